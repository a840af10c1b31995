// The schemas of cases and suites say what the readers take.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "authz/suites/read_request.h"
#include "policy/json_tree.h"
#include "tests/files.h"

namespace postern::authz {
namespace {

using policy::Node;

policy::Tree ReadSchema(std::string_view name) {
  const auto path =
      postern::testing::SourceDir() / "schemas" / (std::string(name) + ".schema.json");
  auto read = policy::ReadJson(postern::testing::ReadSource(path));
  REQUIRE(read.tree);
  return std::move(*read.tree);
}

bool SameContent(const Node& a, const Node& b) {
  if (a.span != b.span) return false;
  for (std::uint32_t i = 0; i < a.span; ++i) {
    const Node& x = (&a)[i];
    const Node& y = (&b)[i];
    if (x.kind != y.kind || x.key != y.key || x.text != y.text) return false;
  }
  return true;
}

TEST_CASE("a suite means by policies, requests and expectations what a case does") {
  const policy::Tree cases = ReadSchema("case");
  const policy::Tree suites = ReadSchema("suite");
  const Node* of_cases = cases.At("/$defs");
  const Node* of_suites = suites.At("/$defs");
  REQUIRE(of_cases);
  REQUIRE(of_suites);
  for (const Node& definition : of_cases->children()) {
    CAPTURE(definition.key);
    const Node* same = of_suites->Find(definition.key);
    REQUIRE(same);
    CHECK(SameContent(definition, *same));
  }
}

TEST_CASE("the schemas name the members of a request, and no others") {
  const policy::Tree suites = ReadSchema("suite");
  const Node* request = suites.At("/$defs/request/properties");
  const Node* row = suites.At("/$defs/row/properties");
  REQUIRE(request);
  REQUIRE(row);
  CHECK(request->count == kRequestMembers.size());
  for (const std::string_view member : kRequestMembers) {
    CAPTURE(member);
    CHECK(request->Find(member) != nullptr);
    CHECK(row->Find(member) != nullptr);
  }
}

}  // namespace
}  // namespace postern::authz
