#include "authz/remedy/policy_edit.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "policy/json_tree.h"
#include "policy/parse.h"

namespace postern::authz {
namespace {

std::shared_ptr<const policy::Tree> TreeOf(policy::JsonResult read) {
  REQUIRE(read.tree.has_value());
  return std::make_shared<const policy::Tree>(std::move(*read.tree));
}

std::shared_ptr<const policy::Tree> TreeOf(std::string text) {
  return TreeOf(
      policy::ReadJson(std::make_shared<const policy::Source>("case.json", std::move(text))));
}

JsonValue EffectDeny() { return {"", {{"Effect", {"Deny", {}, {}}}}, {}}; }

TEST_CASE("a policy that is part of a file is edited in that file") {
  const std::string file =
      R"({"id": "x", "identity": {"Statement": [{"Effect": "Allow", "Action": ["a:B"],)"
      R"( "Resource": "*"}]}, "more": 1})";
  const auto tree = TreeOf(file);
  const auto parsed =
      policy::Parse(tree, *tree->root().Find("identity"), policy::PolicyKind::kIdentity);
  REQUIRE(parsed.document.has_value());
  REQUIRE(CanEdit(*parsed.document));
  const policy::Statement& statement = parsed.document->statements()[0];

  const TextEdit action = AppendValue(*parsed.document, *statement.actions->node, "c:\"D");
  CHECK(std::string(file).replace(action.at.begin, action.at.end - action.at.begin, action.text) ==
        R"({"id": "x", "identity": {"Statement": [{"Effect": "Allow", "Action": ["a:B", "c:\"D"],)"
        R"( "Resource": "*"}]}, "more": 1})");
  CHECK(Edited(*parsed.document, action) ==
        R"({"Statement": [{"Effect": "Allow", "Action": ["a:B", "c:\"D"], "Resource": "*"}]})");

  const TextEdit resource = AppendValue(*parsed.document, *statement.resources->node, "x");
  CHECK(Edited(*parsed.document, resource) ==
        R"({"Statement": [{"Effect": "Allow", "Action": ["a:B"], "Resource": ["*", "x"]}]})");

  const auto added = AppendStatement(*parsed.document, EffectDeny());
  REQUIRE(added.has_value());
  CHECK(Edited(*parsed.document, *added) ==
        R"({"Statement": [{"Effect": "Allow", "Action": ["a:B"], "Resource": "*"}, )"
        R"({"Effect": "Deny"}]})");
}

TEST_CASE("lists without members are filled") {
  const auto tree = TreeOf(R"({"Statement": []})");
  const auto parsed = policy::Parse(tree, tree->root(), policy::PolicyKind::kIdentity);
  REQUIRE(parsed.document.has_value());
  const auto added = AppendStatement(*parsed.document, EffectDeny());
  REQUIRE(added.has_value());
  CHECK(Edited(*parsed.document, *added) == R"({"Statement": [{"Effect": "Deny"}]})");
}

TEST_CASE("a policy without Statement takes none") {
  const auto tree = TreeOf(R"({"Version": "2012-10-17"})");
  const auto parsed = policy::Parse(tree, tree->root(), policy::PolicyKind::kIdentity);
  REQUIRE(parsed.document.has_value());
  CHECK_FALSE(AppendStatement(*parsed.document, EffectDeny()).has_value());
}

TEST_CASE("a policy inside a string is not edited") {
  const auto outer = TreeOf(R"({"policy": "{\"Statement\": []}"})");
  const auto inner = TreeOf(policy::ReadJsonInString(*outer, *outer->root().Find("policy")));
  const auto parsed = policy::Parse(inner, inner->root(), policy::PolicyKind::kIdentity);
  REQUIRE(parsed.document.has_value());
  CHECK_FALSE(CanEdit(*parsed.document));
}

TEST_CASE("JSON strings are quoted") {
  CHECK(JsonQuoted("a\"b\\c\n\x01é") == R"("a\"b\\c\u000a\u0001é")");
  CHECK(JsonQuoted("") == R"("")");
}

}  // namespace
}  // namespace postern::authz
