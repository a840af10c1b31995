#include "policy/json_tree.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace postern::policy {
namespace {

using Kind = JsonError::Kind;
using namespace std::string_literals;
using namespace std::string_view_literals;

std::shared_ptr<const Source> SourceOf(std::string text) {
  return std::make_shared<const Source>("policy.json", std::move(text));
}

Tree TreeOf(std::string text) {
  JsonResult result = ReadJson(SourceOf(std::move(text)));
  if (result.error) FAIL(result.error->message);
  return *std::move(result.tree);
}

std::string_view Spelled(const Tree& tree, SourceRange range) { return tree.source().Slice(range); }

TEST_CASE("every key and every value has the range of its spelling") {
  const Tree tree = TreeOf(
      " { \"Version\" : \"2012-10-17\",\n\t\"Statement\":[ {\"Sid\":\"a\\\"b\"},[],-1.5e3 , "
      "true,false,"
      "null ] , \"\":{} }\n");
  const struct {
    std::string_view pointer, key, value;
    NodeKind kind;
  } table[] = {
      {"/Version", "\"Version\"", "\"2012-10-17\"", NodeKind::kString},
      {"/Statement", "\"Statement\"", R"([ {"Sid":"a\"b"},[],-1.5e3 , true,false,null ])",
       NodeKind::kArray},
      {"/Statement/0", "", R"({"Sid":"a\"b"})", NodeKind::kObject},
      {"/Statement/0/Sid", "\"Sid\"", R"("a\"b")", NodeKind::kString},
      {"/Statement/1", "", "[]", NodeKind::kArray},
      {"/Statement/2", "", "-1.5e3", NodeKind::kNumber},
      {"/Statement/3", "", "true", NodeKind::kBool},
      {"/Statement/4", "", "false", NodeKind::kBool},
      {"/Statement/5", "", "null", NodeKind::kNull},
      {"/", "\"\"", "{}", NodeKind::kObject},
  };
  for (const auto& row : table) {
    CAPTURE(row.pointer);
    const Node* node = tree.At(row.pointer);
    REQUIRE(node != nullptr);
    CHECK(node->kind == row.kind);
    CHECK(Spelled(tree, node->key_range) == row.key);
    CHECK(Spelled(tree, node->range) == row.value);
    CHECK(tree.PointerTo(*node) == row.pointer);
  }
  CHECK(tree.root().span == 11);
  CHECK(tree.root().count == 3);
  CHECK(tree.At("/Statement")->count == 6);
}

TEST_CASE("a string ends at its own closing quote, whatever escapes it holds") {
  const struct {
    std::string_view raw, text;
  } table[] = {
      {R"("")", ""},
      {R"("\"")", "\""},
      {R"("\\")", "\\"},
      {R"("\\\"")", "\\\""},
      {R"("a\"b\"")", "a\"b\""},
      {R"("\u0041\u00e9\u20ac")", "A\xc3\xa9\xe2\x82\xac"},
      {R"("\ud83d\ude00")", "\xf0\x9f\x98\x80"},
      {R"("\/\b\f\n\r\t")", "/\b\f\n\r\t"},
      {R"("\u0000")", "\0"sv},
      {"\"\xc3\xa9\"", "\xc3\xa9"},
  };
  for (const auto& row : table) {
    CAPTURE(row.raw);
    const Tree tree = TreeOf("[" + std::string(row.raw) + ",{" + std::string(row.raw) + ":7}]");
    CHECK(tree.At("/0")->text == row.text);
    CHECK(Spelled(tree, tree.At("/0")->range) == row.raw);
    const Node& member = *(tree.At("/1")->children().begin());
    CHECK(member.key == row.text);
    CHECK(Spelled(tree, member.key_range) == row.raw);
    CHECK(Spelled(tree, member.range) == "7");
  }
}

TEST_CASE("numbers are text, however large") {
  const std::string digits(400, '9');
  for (const std::string& number : {"0"s, "-0"s, "111122223333"s, "1e400"s, "-1E+400"s, digits,
                                    "-" + digits + ".5", "1e-999"s}) {
    CAPTURE(number);
    const Tree tree =
        TreeOf("{\"a\":[" + number + ", \"1e400\", " + number + "],\"b\":\"\\\"1e400\"}");
    CHECK(tree.At("/a/0")->kind == NodeKind::kNumber);
    CHECK(tree.At("/a/0")->text == number);
    CHECK(tree.At("/a/2")->text == number);
    CHECK(tree.At("/a/1")->text == "1e400");
    CHECK(tree.At("/b")->text == "\"1e400");
  }
}

TEST_CASE("what is not RFC 8259 in UTF-8 is refused where reading stopped") {
  const struct {
    std::string_view text;
    Kind kind;
    std::uint32_t offset;
  } table[] = {
      {"", Kind::kEmpty, 0},
      {" \n\t", Kind::kEmpty, 3},
      {"{\"a\":1,}", Kind::kSyntax, 7},
      {"[1 2]", Kind::kSyntax, 3},
      {"{} {}", Kind::kSyntax, 3},
      {"[01]", Kind::kSyntax, 2},
      {"[1e400x]", Kind::kSyntax, 6},
      {"[1e400, 01e400]", Kind::kSyntax, 9},
      {"[1e400e1]", Kind::kSyntax, 6},
      {"[1.]", Kind::kSyntax, 3},
      {"[\"a\tb\"]", Kind::kSyntax, 3},
      {"[\"\\x\"]", Kind::kSyntax, 2},
      {"[\"abc", Kind::kSyntax, 5},
      {"[nul]", Kind::kSyntax, 4},
      {"[1]\0"sv, Kind::kSyntax, 3},
      {"[\"a\0b\"]"sv, Kind::kSyntax, 3},
      {"\xef\xbb\xbf{}", Kind::kEncoding, 0},
      {"\xff\xfe{\0}\0"sv, Kind::kEncoding, 0},
      {"\xfe\xff\0{\0}"sv, Kind::kEncoding, 0},
      {"{\0}\0"sv, Kind::kEncoding, 0},
      {"\0{\0}"sv, Kind::kEncoding, 0},
      {"[\"a\xff\"]", Kind::kEncoding, 3},
      {"[\xff]", Kind::kEncoding, 1},
      {"[\"\\udc00\"]", Kind::kEncoding, 2},
      {"\"\\udc00\"", Kind::kEncoding, 1},
      {"[\"\\ud800\"]", Kind::kEncoding, 2},
      {"[\"\\ud800\\u0041\"]", Kind::kEncoding, 2},
      {"{\"\\ud83d\\ude00\\ude00\":1}", Kind::kEncoding, 14},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    const JsonResult result = ReadJson(SourceOf(std::string(row.text)));
    CHECK(!result.tree);
    REQUIRE(result.error);
    CAPTURE(result.error->message);
    CHECK(result.error->kind == row.kind);
    CHECK(result.error->offset == row.offset);
    CHECK(!result.error->message.empty());
  }
}

TEST_CASE("a raw control character is refused, wherever the string stands") {
  for (char c = 1; c < 0x20; ++c) {
    for (std::size_t before = 0; before < 40; ++before) {
      const std::string text = std::string(before, ' ') + "[\"" + std::string(20, 'x') + c +
                               std::string(20, 'x') + "\"]";
      CAPTURE(int{c});
      CAPTURE(before);
      CHECK_FALSE(ReadJson(SourceOf(text)).tree);
    }
  }
}

TEST_CASE("depth and size have limits, and the limit itself is allowed") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(ReadJson(SourceOf(nested(64))).tree);
  const JsonResult deep = ReadJson(SourceOf(nested(65)));
  REQUIRE(deep.error);
  CHECK(deep.error->kind == Kind::kTooDeep);
  CHECK(deep.error->offset == 64);
  CHECK(ReadJson(SourceOf(nested(512)), kContainerLimits).tree);
  CHECK(ReadJson(SourceOf(std::string(200'000, '[')), kContainerLimits).error->kind ==
        Kind::kTooDeep);
  CHECK(ReadJson(SourceOf("[1]"), {3, 64}).tree);
  CHECK(ReadJson(SourceOf("[12]"), {3, 64}).error->kind == Kind::kTooLarge);
}

TEST_CASE("a reader is reused, after a refusal too") {
  JsonReader reader;
  for (int round = 0; round < 3; ++round) {
    CAPTURE(round);
    const Node* root = reader.Read(R"({"a": {"b": [1, "x"]}})");
    REQUIRE(root != nullptr);
    CHECK(root->span == 5);
    CHECK(root->Find("a")->Find("b")->count == 2);
    CHECK(reader.Read("{\"a\": [") == nullptr);
    CHECK(reader.error().kind == Kind::kSyntax);
    CHECK(reader.Read("[\"\\udc00\"]") == nullptr);
    CHECK(reader.error().kind == Kind::kEncoding);
  }
}

TEST_CASE("what a reader returned does not need the text any more") {
  JsonReader reader;
  auto text = std::make_unique<std::string>("[\"a\", 12, true, 1e400]");
  const Node* root = reader.Read(*text);
  text->assign(text->size(), '#');
  text.reset();
  REQUIRE(root != nullptr);
  std::vector<std::string_view> texts;
  for (const Node& child : root->children()) texts.push_back(child.text);
  CHECK(texts == std::vector<std::string_view>{"a", "12", "true", "1e400"});
}

TEST_CASE("a policy inside a string has ranges in the outer file") {
  const Tree outer = TreeOf(R"({"policy": "{\"Sid\": \"a\\u00e9\\\"b\", \"n\": [1, true]}"})");
  JsonResult result = ReadJsonInString(outer, *outer.At("/policy"));
  REQUIRE(result.tree);
  const Tree& tree = *result.tree;
  CHECK(Spelled(tree, tree.root().range) == R"({\"Sid\": \"a\\u00e9\\\"b\", \"n\": [1, true]})");
  const Node& sid = *tree.At("/Sid");
  CHECK(sid.text == "a\xc3\xa9\"b");
  CHECK(Spelled(tree, sid.key_range) == R"(\"Sid\")");
  CHECK(Spelled(tree, sid.range) == R"(\"a\\u00e9\\\"b\")");
  CHECK(Spelled(tree, tree.Within(sid, 0, 1)) == "a");
  CHECK(Spelled(tree, tree.Within(sid, 1, 3)) == R"(\\u00e9)");
  CHECK(Spelled(tree, tree.Within(sid, 3, 4)) == R"(\\\")");
  CHECK(Spelled(tree, tree.Within(sid, 4, 5)) == "b");
  CHECK(Spelled(tree, tree.At("/n")->range) == "[1, true]");
  CHECK(Spelled(tree, tree.At("/n/1")->range) == "true");
}

TEST_CASE("a policy inside a string inside a string has ranges in the outermost file") {
  const Tree outer = TreeOf(R"(["{\"policy\": \"{\\\"Sid\\\": \\\"x\\\\n\\u0079\\\"}\"}"])");
  JsonResult middle = ReadJsonInString(outer, *outer.At("/0"));
  REQUIRE(middle.tree);
  JsonResult inner = ReadJsonInString(*middle.tree, *middle.tree->At("/policy"));
  REQUIRE(inner.tree);
  const Node& sid = *inner.tree->At("/Sid");
  CHECK(sid.text == "x\ny");
  CHECK(Spelled(*inner.tree, sid.key_range) == R"(\\\"Sid\\\")");
  CHECK(Spelled(*inner.tree, sid.range) == R"(\\\"x\\\\n\\u0079\\\")");
  CHECK(Spelled(*inner.tree, inner.tree->Within(sid, 1, 2)) == R"(\\\\n)");
  CHECK(Spelled(*inner.tree, inner.tree->Within(sid, 2, 3)) == R"(\\u0079)");
}

TEST_CASE("an error inside a string is placed in the outer file") {
  const Tree outer = TreeOf(R"({"policy": "{\"a\": \"b\",}"})");
  const JsonResult result = ReadJsonInString(outer, *outer.At("/policy"));
  REQUIRE(result.error);
  CHECK(outer.source().text().substr(result.error->offset) == "}\"}");
}

TEST_CASE("the tree of an inner text owns what it says") {
  std::optional<Tree> inner;
  {
    const Tree outer = TreeOf(R"(["[123456, true, \"x\"]"])");
    inner = std::move(ReadJsonInString(outer, *outer.At("/0")).tree);
  }
  CHECK(inner->At("/0")->text == "123456");
  CHECK(inner->At("/1")->text == "true");
  CHECK(inner->At("/2")->text == "x");
}

}  // namespace
}  // namespace postern::policy
