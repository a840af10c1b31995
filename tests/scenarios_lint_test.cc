// What lint says of the scenarios of S11 in authz/semantics.md that end in a finding.
#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmd/rule_table.h"
#include "policy/catalogue.h"
#include "policy/lint.h"
#include "tests/files.h"

namespace postern {
namespace {

// The findings on the policy of an S3 gateway endpoint: `CODE message`, one a line.
std::string Lint(std::string text) {
  policy::LintOptions options;
  options.kind = policy::PolicyKind::kEndpoint;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  options.facts.endpoint.type = policy::EndpointType::kGateway;
  options.facts.endpoint.service = "s3";
  const auto source = std::make_shared<const policy::Source>("endpoint.json", std::move(text));
  std::string found;
  for (const auto& finding : policy::LintText(source, options, cmd::AllRules()).diagnostics) {
    found += std::string(finding.code) + " " + finding.message + "\n";
  }
  return found;
}

TEST_CASE("lint tells of the endpoint policies that shut everybody out, S11.22 to S11.24") {
  struct Row {
    std::string_view file;
    std::string_view code;
    std::string_view mended;  // the policy beside it that lets somebody through
  };
  const std::vector<Row> rows = {
      {"home-without-version.json", "VA805 ", "home.json"},
      {"account.json", "EP104 ", "everybody-of-the-account.json"},
      {"deny-only.json", "LO905 ", "deny-and-allow.json"},
  };
  const auto folder =
      testing::SourceDir() / "corpus/scenarios/endpoint-policies-that-shut-everybody-out";
  for (const Row& row : rows) {
    CAPTURE(row.file);
    const std::string found = Lint(testing::ReadAll(folder / row.file));
    CAPTURE(found);
    CHECK(found.find(row.code) != std::string::npos);
    const std::string good = Lint(testing::ReadAll(folder / row.mended));
    CAPTURE(good);
    CHECK(good.find(row.code) == std::string::npos);
  }
}

TEST_CASE("an endpoint policy may have 20,480 characters and not one more, S11.31") {
  const std::string policy =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]})";
  constexpr std::size_t kLimit = 20480;
  const std::string full = policy + std::string(kLimit - policy.size(), ' ');
  CHECK(Lint(full).find("SZ301 ") == std::string::npos);
  const std::string found = Lint(full + " ");
  CAPTURE(found);
  CHECK(found.find("SZ301 20481 characters") != std::string::npos);
}

TEST_CASE("an element that is given twice is refused, S11.32") {
  const std::string found = Lint(
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]})");
  CAPTURE(found);
  CHECK(found.find("JS110 `Effect` is given twice") != std::string::npos);
}

}  // namespace
}  // namespace postern
