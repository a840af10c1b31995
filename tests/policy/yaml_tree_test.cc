#include "policy/yaml_tree.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>

namespace postern::policy {
namespace {

using namespace std::string_view_literals;

std::shared_ptr<const Source> SourceOf(std::string text) {
  return std::make_shared<const Source>("case.yaml", std::move(text));
}

Tree TreeOf(std::string text) {
  YamlResult result = ReadYaml(SourceOf(std::move(text)));
  if (result.error) FAIL(result.error->message);
  return *std::move(result.tree);
}

YamlError ErrorOf(std::string text, YamlLimits limits = {}) {
  YamlResult result = ReadYaml(SourceOf(std::move(text)), limits);
  CHECK(!result.tree);
  REQUIRE(result.error);
  return *std::move(result.error);
}

TEST_CASE("every key and every value has the range of its spelling") {
  const Tree tree = TreeOf(R"(# a case
title: an endpoint   # comment
"quoted \u00e9": 'it''s'
folded: plain
  over lines
literal: |
  {"a":
    1}
after: "b \"c\" #d"
list:
- one
-   - two
flow: [1, {a: b, c}, 'x' ] # ]
é: ü
empty:
nothing: ~
last: &anchor "v"
again: *anchor
)");
  const struct {
    std::string_view pointer, key, value, text;
    NodeKind kind;
  } table[] = {
      {"/title", "title", "an endpoint", "an endpoint", NodeKind::kString},
      {"/quoted \xc3\xa9", "\"quoted \\u00e9\"", "'it''s'", "it's", NodeKind::kString},
      {"/folded", "folded", "plain\n  over lines", "plain over lines", NodeKind::kString},
      {"/literal", "literal", "|\n  {\"a\":\n    1}", "{\"a\":\n  1}\n", NodeKind::kString},
      {"/after", "after", R"("b \"c\" #d")", "b \"c\" #d", NodeKind::kString},
      {"/list", "list", "- one\n-   - two", "", NodeKind::kArray},
      {"/list/0", "", "one", "one", NodeKind::kString},
      {"/list/1", "", "- two", "", NodeKind::kArray},
      {"/list/1/0", "", "two", "two", NodeKind::kString},
      {"/flow", "flow", "[1, {a: b, c}, 'x' ]", "", NodeKind::kArray},
      {"/flow/0", "", "1", "1", NodeKind::kNumber},
      {"/flow/1", "", "{a: b, c}", "", NodeKind::kObject},
      {"/flow/1/a", "a", "b", "b", NodeKind::kString},
      {"/flow/1/c", "c", "", "", NodeKind::kNull},
      {"/flow/2", "", "'x'", "x", NodeKind::kString},
      {"/\xc3\xa9", "\xc3\xa9", "\xc3\xbc", "\xc3\xbc", NodeKind::kString},
      {"/empty", "empty", "", "", NodeKind::kNull},
      {"/nothing", "nothing", "~", "", NodeKind::kNull},
      {"/last", "last", "\"v\"", "v", NodeKind::kString},
      {"/again", "again", "*anchor", "v", NodeKind::kString},
  };
  for (const auto& row : table) {
    CAPTURE(row.pointer);
    const Node* node = tree.At(row.pointer);
    REQUIRE(node != nullptr);
    CHECK(node->kind == row.kind);
    CHECK(node->text == row.text);
    CHECK(tree.source().Slice(node->key_range) == row.key);
    CHECK(tree.source().Slice(node->range) == row.value);
    CHECK(tree.PointerTo(*node) == row.pointer);
  }
  const SourceRange empty = tree.At("/empty")->range;
  CHECK(tree.source().Locate(empty.begin).line == 15);
  CHECK(tree.source().Locate(empty.begin).column == 7);
}

TEST_CASE("plain scalars are typed by the JSON schema of YAML 1.2, quoted ones are strings") {
  const struct {
    std::string_view written;
    NodeKind kind;
    std::string_view text;
    bool plain;
  } table[] = {
      {"111122223333", NodeKind::kNumber, "111122223333", true},
      {"\"111122223333\"", NodeKind::kString, "111122223333", false},
      {"'111122223333'", NodeKind::kString, "111122223333", false},
      {"012345678901", NodeKind::kString, "012345678901", true},
      {"-0", NodeKind::kNumber, "-0", true},
      {"1.50", NodeKind::kNumber, "1.50", true},
      {"1e400", NodeKind::kNumber, "1e400", true},
      {"-1.5E-3", NodeKind::kNumber, "-1.5E-3", true},
      {"+1", NodeKind::kString, "+1", true},
      {"0x1f", NodeKind::kString, "0x1f", true},
      {".5", NodeKind::kString, ".5", true},
      {"1_000", NodeKind::kString, "1_000", true},
      {"true", NodeKind::kBool, "true", true},
      {"false", NodeKind::kBool, "false", true},
      {"\"true\"", NodeKind::kString, "true", false},
      {"True", NodeKind::kString, "True", true},
      {"yes", NodeKind::kString, "yes", true},
      {"no", NodeKind::kString, "no", true},
      {"on", NodeKind::kString, "on", true},
      {"off", NodeKind::kString, "off", true},
      {"null", NodeKind::kNull, "", true},
      {"\"null\"", NodeKind::kString, "null", false},
      {"!!str 12", NodeKind::kString, "12", false},
      {"!!int 12", NodeKind::kNumber, "12", false},
      {"2012-10-17", NodeKind::kString, "2012-10-17", true},
      {"arn:aws:s3:::b/*", NodeKind::kString, "arn:aws:s3:::b/*", true},
  };
  for (const auto& row : table) {
    CAPTURE(row.written);
    const Tree tree = TreeOf("a: " + std::string(row.written) + "\nb: 1\n");
    const Node& node = *tree.At("/a");
    CHECK(node.kind == row.kind);
    CHECK(node.text == row.text);
    CHECK(node.plain == row.plain);
  }
}

TEST_CASE("tags of CloudFormation functions make intrinsics") {
  const Tree tree = TreeOf(R"(a: !Ref Bucket
b: !Sub "arn:${AWS::Partition}"
c: !GetAtt
  - Role
  - Arn
d: !Join ["", [x, !Ref Y]]
e: &n !Transform {Name: x}
f: !Sub
)");
  const struct {
    std::string_view pointer, written, text;
    std::uint32_t count;
  } table[] = {
      {"/a", "!Ref Bucket", "Bucket", 0},
      {"/b", "!Sub \"arn:${AWS::Partition}\"", "arn:${AWS::Partition}", 0},
      {"/c", "!GetAtt\n  - Role\n  - Arn", "", 2},
      {"/d", "!Join [\"\", [x, !Ref Y]]", "", 2},
      {"/e", "!Transform {Name: x}", "", 1},
  };
  for (const auto& row : table) {
    CAPTURE(row.pointer);
    const Node& node = *tree.At(row.pointer);
    CHECK(node.kind == NodeKind::kIntrinsic);
    CHECK(node.text == row.text);
    CHECK(node.count == row.count);
    CHECK(tree.source().Slice(node.range) == row.written);
  }
}

TEST_CASE("a part of a string is located in its spelling where that is possible") {
  const Tree tree = TreeOf("a: plain text\nb: 'single'\nc: \"do\\u0075ble\"\nd: >\n  fol\n  ded\n");
  const auto spelled = [&tree](std::string_view pointer, std::size_t begin, std::size_t end) {
    return tree.source().Slice(tree.Within(*tree.At(pointer), begin, end));
  };
  CHECK(spelled("/a", 6, 10) == "text");
  CHECK(spelled("/b", 0, 3) == "sin");
  CHECK(spelled("/c", 2, 4) == "\\u0075b");
  CHECK(spelled("/d", 0, 3) == "fol");
  CHECK(spelled("/d", 2, 5) == "l\n  d");
}

TEST_CASE("a block keeps its lines where its tag stands on a line of its own") {
  const Tree tree = TreeOf("a:\n  b: \r\n    !Sub |\n    {\n      x\n    }\n  c: d\n");
  const Node& node = *tree.At("/a/b");
  CHECK(node.kind == NodeKind::kIntrinsic);
  CHECK(node.text == "{\n  x\n}\n");
  CHECK(tree.source().Slice(tree.Within(node, 4, 5)) == "x");
  CHECK(tree.source().Slice(node.range) == "!Sub |\n    {\n      x\n    }");
  CHECK(tree.At("/a/c")->text == "d");
}

TEST_CASE("duplicate keys are kept for those who refuse them") {
  const Tree tree = TreeOf("a: 1\nb: 2\na: 3\n");
  CHECK(tree.root().count == 3);
  CHECK(FindDuplicateKeys(tree.root()).size() == 1);
}

TEST_CASE("a byte-order mark and carriage returns do not move positions") {
  const Tree tree = TreeOf(
      "\xef\xbb\xbf"
      "a: x\r\nb: \"y\"\r\n");
  CHECK(tree.source().Slice(tree.At("/a")->range) == "x");
  CHECK(tree.source().Slice(tree.At("/b")->key_range) == "b");
  CHECK(tree.source().Slice(tree.At("/b")->range) == "\"y\"");
}

TEST_CASE("what is not one YAML document in UTF-8 is refused where it goes wrong") {
  const struct {
    std::string_view text;
    std::uint32_t offset;
    std::string_view message;
  } table[] = {
      {"", 0, "empty"},
      {"# only a comment\n", 0, "empty"},
      {"a: 1\n---\nb: 2\n", 5, "second document"},
      {"a: 1\n...\nb: 2\n", 9, "second document"},
      {"a: [1, 2\nb: 3\n", 10, "flow"},
      {"a: \"x", 5, "EOF"},
      {"a: b: c", 4, "map value"},
      {"[a: 1]: 2", 0, "key"},
      {"{}: 2", 0, "key"},
      {"? - a\n: 2", 2, "key"},
      {"a: &x [*x]", 7, "alias"},
      {"&k a: 1\nb: *k", 11, "alias"},
      {"a: 1\n*x : 2", 5, "anchor"},
      {"a: *nowhere", 3, "anchor"},
      {"a: \xff", 3, "UTF-8"},
      {"a: b\0c: d"sv, 4, "control character"},
      {"a: b\n\x04\nc: d", 5, "control character"},
      {"\xff\xfe"
       "a\0:\0"sv,
       0, "UTF-16"},
      {"a\0:\0"sv, 0, "UTF-16"},
      {"a: \"\\ud83d\\ude00\"", 10, "unicode"},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    const YamlError error = ErrorOf(std::string(row.text));
    CAPTURE(error.message);
    CHECK(error.offset == row.offset);
    CHECK(error.message.find(row.message) != std::string::npos);
  }
}

TEST_CASE("nesting is bounded, however it is written") {
  std::string indented;
  for (std::size_t i = 0; i < 300; ++i) indented += std::string(i, ' ') + "a:\n";
  const auto repeated = [](std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  };
  for (const std::string& text :
       {repeated("[", 100'000) + repeated("]", 100'000),
        repeated("{a: ", 100'000) + repeated("}", 100'000), repeated("- ", 100'000), indented,
        repeated("[\n", 100'000) + repeated("]", 100'000),
        repeated("[a, ", 100'000) + repeated("]", 100'000)}) {
    CAPTURE(text.substr(0, 12));
    CHECK(ErrorOf(text).message.find("64 levels deep") != std::string::npos);
  }
  // Without an end the first one is taken for a key.
  for (const std::string_view part : {"? ", "[", "{a: "}) ErrorOf(repeated(part, 100'000));
  CHECK(ReadYaml(SourceOf(repeated("[", 64) + repeated("]", 64))).tree);
  CHECK(ReadYaml(SourceOf(repeated("[", 65) + repeated("]", 65))).error);
}

TEST_CASE("aliases are expanded, and count as what they stand for") {
  const Tree tree = TreeOf("a: &x {k: [1, 2]}\nb: *x\nc: [*x]\n");
  CHECK(tree.root().span == 14);
  CHECK(tree.At("/b/k/1")->text == "2");
  CHECK(tree.At("/c/0/k/0")->text == "1");
  CHECK(tree.PointerTo(*tree.At("/c/0/k/0")) == "/c/0/k/0");

  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 1; k < 10; ++k) bomb += ", " + before;
    bomb += "]\n";
  }
  CHECK(ErrorOf(bomb, {1 << 20, 64, 100'000}).message.find("more than 100000 values") !=
        std::string::npos);

  std::string deep = "a0: &a0 [x]\n";
  for (int i = 1; i < 70; ++i) {
    deep += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
            "]\n";
  }
  CHECK(ErrorOf(deep).message.find("64 levels deep") != std::string::npos);
}

TEST_CASE("no prefix and no damaged byte of a case file does harm") {
  const std::string text =
      "title: &t \"a\\u00e9\"\npolicies: [{endpoint: !Sub 'x''y'}, *t]\nliteral: |\n  a\n   b\n"
      "folded: plain\n  more\n? key\n: - 1\n  - {a: ~}\n";
  const auto check = [](std::string damaged) {
    const auto source = SourceOf(std::move(damaged));
    const YamlResult result = ReadYaml(source);
    REQUIRE(result.tree.has_value() != result.error.has_value());
    if (result.error) {
      CHECK(result.error->offset <= source->text().size());
      return;
    }
    const Node* root = &result.tree->root();
    for (const Node* node = root; node != root + root->span; ++node) {
      CHECK(node->range.begin <= node->range.end);
      CHECK(node->range.end <= source->text().size());
      CHECK(node->key_range.end <= source->text().size());
      result.tree->Within(*node, 0, 1);
    }
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    CAPTURE(i);
    check(text.substr(0, i));
    check(std::string(text).erase(i, 1));
    check(std::string(text).insert(i, 1, text[i]));
    for (const char c : "\0\n \"'[]{}:,#&*!|>-?%@`\x7f\xff"sv) {
      std::string damaged = text;
      damaged[i] = c;
      check(damaged);
    }
  }
}

}  // namespace
}  // namespace postern::policy
