#include "policy/tree.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/json_tree.h"

namespace postern::policy {
namespace {

Tree TreeOf(std::string text) {
  JsonResult result = ReadJson(std::make_shared<const Source>("a.json", std::move(text)));
  if (result.error) FAIL(result.error->message);
  return *std::move(result.tree);
}

TEST_CASE("a pointer leads to its node and back") {
  const Tree tree = TreeOf(R"({"a":[0,{"b/c":1,"~d":[2,3]}],"":{"":4},"~1":5,"12":{"0":6}})");
  for (const std::string_view pointer : {"", "/a", "/a/0", "/a/1", "/a/1/b~1c", "/a/1/~0d",
                                         "/a/1/~0d/1", "/", "//", "/~01", "/12", "/12/0"}) {
    CAPTURE(pointer);
    const Node* node = tree.At(pointer);
    REQUIRE(node != nullptr);
    CHECK(tree.PointerTo(*node) == pointer);
  }
  for (const Node* node = &tree.root(); node != &tree.root() + tree.root().span; ++node) {
    CHECK(tree.At(tree.PointerTo(*node)) == node);
  }
}

TEST_CASE("a pointer to nothing is null") {
  const Tree tree = TreeOf(R"({"a":[1,2],"b":"x"})");
  for (const std::string_view pointer : {"a", "/c", "/a/2", "/a/00", "/a/-1", "/a/", "/a/1x",
                                         "/b/0", "/a/0/0", "/a/99999999999999999999", "/A"}) {
    CAPTURE(pointer);
    CHECK(tree.At(pointer) == nullptr);
  }
}

TEST_CASE("members are found by their exact name, the first one of several") {
  const Tree tree = TreeOf(R"({"Sid":"1","sid":"2","Sid":"3"})");
  CHECK(tree.root().Find("Sid")->text == "1");
  CHECK(tree.root().Find("sid")->text == "2");
  CHECK(tree.root().Find("SID") == nullptr);
  CHECK(tree.root().Find("Sid")->Find("x") == nullptr);
}

TEST_CASE(
    "duplicate keys are found in every object, by the name after escapes, in document order") {
  const Tree tree = TreeOf(R"({"a":{"x":1,"y":2,"\u0078":3,"x":4},"b":[{"z":1,"Z":2},{"":1,"":2}],
    "a":5})");
  std::vector<std::string> found;
  for (const DuplicateKey& duplicate : FindDuplicateKeys(tree.root())) {
    found.push_back(std::string(tree.source().Slice(duplicate.first->range)) + " " +
                    std::string(tree.source().Slice(duplicate.again->range)));
  }
  CHECK(found == std::vector<std::string>{"1 3", "1 4", "1 2",
                                          "{\"x\":1,\"y\":2,\"\\u0078\":3,"
                                          "\"x\":4} 5"});
  CHECK(FindDuplicateKeys(*tree.At("/b/0")).empty());
  CHECK(FindDuplicateKeys(*tree.At("/b/1")).size() == 1);
}

TEST_CASE("an object with very many members is searched for duplicates in reasonable time") {
  std::string text = "{";
  for (int i = 0; i < 100'000; ++i) text += "\"k" + std::to_string(i / 2) + "\":0,";
  text += "\"last\":0}";
  JsonResult result =
      ReadJson(std::make_shared<const Source>("a", std::move(text)), kContainerLimits);
  REQUIRE(result.tree);
  CHECK(FindDuplicateKeys(result.tree->root()).size() == 50'000);
}

TEST_CASE("a part of a string is located in its spelling, escapes or not") {
  const Tree tree = TreeOf(R"(["arn:aws:s3", "\u0061rn\u003aaws", "a\\b\ud83d\ude00c", ""])");
  const struct {
    std::string_view pointer;
    std::size_t begin, end;
    std::string_view spelled;
  } table[] = {
      {"/0", 0, 3, "arn"},         {"/0", 4, 7, "aws"},
      {"/0", 0, 99, "arn:aws:s3"}, {"/0", 50, 99, ""},
      {"/1", 0, 1, R"(\u0061)"},   {"/1", 0, 3, R"(\u0061rn)"},
      {"/1", 3, 4, R"(\u003a)"},   {"/1", 4, 7, "aws"},
      {"/2", 1, 2, R"(\\)"},       {"/2", 3, 7, R"(\ud83d\ude00)"},
      {"/2", 7, 8, "c"},           {"/3", 0, 0, ""},
  };
  for (const auto& row : table) {
    CAPTURE(row.pointer);
    CAPTURE(row.begin);
    const SourceRange range = tree.Within(*tree.At(row.pointer), row.begin, row.end);
    CHECK(tree.source().Slice(range) == row.spelled);
  }
}

TEST_CASE("an offset map with very many escapes is built in linear time, at every layer") {
  std::string inner = "\"";
  for (int i = 0; i < 50'000; ++i) inner += "\\\\\\\\n";  // an escaped escape of an escape
  inner += "\"";
  const OffsetMap outer = OffsetMap::OfJsonString(inner, 10);
  CHECK(outer.ToOuter(0) == 10);
  const std::string middle(100'000, 'x');
  const OffsetMap map = OffsetMap::OfJsonString(middle, outer, 1);
  CHECK(map.ToOuter(0) == 11);
  CHECK(map.ToOuter(3) == 11 + 5);
}

TEST_CASE("text that differs from its spelling in white space is mapped word by word") {
  const std::string raw = "\n    {\n      \"a\": 1\n    }";
  const auto map = OffsetMap::OfFolded(raw, 100, "{\n  \"a\": 1\n}\n");
  REQUIRE(map.has_value());
  CHECK(map->ToOuter(0) == 100 + raw.find('{'));
  CHECK(map->ToOuter(4) == 100 + raw.find('"'));
  CHECK(map->ToOuter(11) == 100 + raw.find('}'));
  CHECK_FALSE(OffsetMap::OfFolded("a b", 0, "a c").has_value());
  CHECK_FALSE(OffsetMap::OfFolded("", 0, "a").has_value());
}

TEST_CASE("URL-encoded text is mapped byte by byte") {
  const OffsetMap map = OffsetMap::OfUrlEncoded("%7Ba%7D%zz", 10);
  CHECK(map.ToOuter(0) == 10);
  CHECK(map.ToOuter(1) == 13);
  CHECK(map.ToOuter(2) == 14);
  CHECK(map.ToOuter(3) == 17);
  CHECK(map.ToOuter(5) == 19);
}

TEST_CASE("nodes stay where they are when their tree moves") {
  Tree tree = TreeOf(R"({"a":"b"})");
  const Node* node = tree.At("/a");
  const Tree moved = std::move(tree);
  CHECK(moved.At("/a") == node);
  CHECK(node->text == "b");
}

TEST_CASE("kinds have the names that messages use") {
  CHECK(NodeKindName(NodeKind::kObject) == "object");
  CHECK(NodeKindName(NodeKind::kBool) == "boolean");
  CHECK(NodeKindName(NodeKind::kUnknown) == "unknown value");
}

}  // namespace
}  // namespace postern::policy
