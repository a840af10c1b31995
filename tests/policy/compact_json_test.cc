#include "policy/compact_json.h"

#include <doctest/doctest.h>

#include <memory>

#include "policy/json_tree.h"
#include "policy/yaml_tree.h"

namespace postern::policy {
namespace {

std::shared_ptr<const Source> SourceOf(std::string text) {
  return std::make_shared<const Source>("a", std::move(text));
}

}  // namespace

TEST_CASE("a tree is written without white space, and reads back as the same") {
  const std::string_view text =
      R"({"a":[1,-2.5e3,true,null,"x \"y\" \\ \n\u0001 ä"],"b":{},"c":[]})";
  const JsonResult compact = ReadJson(SourceOf(std::string(text)));
  REQUIRE(compact.tree.has_value());
  CHECK(CompactJson(compact.tree->root()) == text);
  const JsonResult wide = ReadJson(SourceOf("{ \"a\" : [ 1 ,\n 2 ] }"));
  CHECK(CompactJson(wide.tree->root()) == "{\"a\":[1,2]}");
}

TEST_CASE("YAML is written as JSON, and a function as its text") {
  const YamlResult yaml = ReadYaml(SourceOf("a: b\nc: !Sub \"x${y}\"\nd:\n  - 1\n"));
  REQUIRE(yaml.tree.has_value());
  CHECK(CompactJson(yaml.tree->root()) == R"({"a":"b","c":"x${y}","d":[1]})");
}

}  // namespace postern::policy
