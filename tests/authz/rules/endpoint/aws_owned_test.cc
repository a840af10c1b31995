// EP602: what the help proposes.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "authz/rules.h"
#include "policy/catalogue.h"
#include "policy/lint.h"

namespace postern::authz {
namespace {

std::vector<policy::Diagnostic> Shut(const std::string& statements) {
  policy::LintOptions options;
  options.kind = policy::PolicyKind::kEndpoint;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  options.facts.endpoint.service = "s3";
  options.facts.endpoint.region = "eu-west-1";
  const auto source = std::make_shared<const policy::Source>(
      "endpoint.json", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
  std::vector<policy::Diagnostic> found =
      policy::LintText(source, options, EngineRules()).diagnostics;
  std::erase_if(found, [](const auto& each) { return each.code != "EP602"; });
  return found;
}

TEST_CASE("the statement that EP602 proposes opens the bucket of AWS") {
  const std::string limited = R"({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
"Resource": "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}})";
  const auto found = Shut(limited);
  REQUIRE(found.size() == 1);
  const std::string& help = found.front().help;
  REQUIRE(help.find('{') != std::string::npos);
  CHECK(Shut(limited + ", " + help.substr(help.find('{'))).empty());
}

}  // namespace
}  // namespace postern::authz
