// Repairs that rules offer: what is left is the list without the element.
#include "policy/rules/element_edits.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>

#include "policy/parse.h"

namespace postern::policy {
namespace {

const Node& Child(const Node& list, std::size_t index) {
  auto child = list.children().begin();
  for (; index > 0; --index) ++child;
  return *child;
}

std::string Without(const std::string& text, std::string_view list_name, std::size_t index) {
  const auto source = std::make_shared<const Source>("policy.json", text);
  const ParseResult parsed = ParseText(source, PolicyKind::kIdentity);
  REQUIRE(parsed.document);
  const Node& root = parsed.document->root();
  const Node& list = list_name.empty() ? root : *root.Find(list_name);
  const Fix fix = RemoveElement(true, "", list, Child(list, index));
  REQUIRE(fix.edits.size() == 1);
  std::string left = text;
  const SourceRange range = fix.edits[0].range;
  left.replace(range.begin, range.end - range.begin, fix.edits[0].text);
  return left;
}

TEST_CASE("an element goes with its comma") {
  CHECK(Without(R"({"Statement": [{"a": 1}, {"b": 2}, {"c": 3}]})", "Statement", 0) ==
        R"({"Statement": [{"b": 2}, {"c": 3}]})");
  CHECK(Without(R"({"Statement": [{"a": 1}, {"b": 2}, {"c": 3}]})", "Statement", 1) ==
        R"({"Statement": [{"a": 1}, {"c": 3}]})");
  CHECK(Without(R"({"Statement": [{"a": 1}, {"b": 2}, {"c": 3}]})", "Statement", 2) ==
        R"({"Statement": [{"a": 1}, {"b": 2}]})");
}

TEST_CASE("a member goes with its name") {
  CHECK(Without(R"({"Version": "2012-10-17", "Id": "x", "Statement": []})", "", 1) ==
        R"({"Version": "2012-10-17", "Statement": []})");
  CHECK(Without(R"({"Statement": [], "Id": "x"})", "", 1) == R"({"Statement": []})");
}

}  // namespace
}  // namespace postern::policy
