// Real plans, templates and answers of the AWS CLI: every policy in them is found, and none where
// there is none.
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "tests/external/external_data.h"
#include "tests/files.h"
#include "tests/policy/containers/testing.h"

namespace postern {
namespace {

struct Row {
  std::string_view prefix;  // of the file's name
  std::size_t policies = 0;
  std::size_t unreadable = 0;  // of these
};

constexpr std::array kContainers = std::to_array<Row>({
    {"01-", 1}, {"02-", 5}, {"03-", 1, 1}, {"04-", 1},  {"05-", 0}, {"06-", 0},
    {"07-", 2}, {"08-", 2}, {"09-", 8},    {"10-", 14}, {"12-", 2}, {"13-", 2},
    {"14-", 1}, {"15-", 4}, {"16-", 3},    {"17-", 0},  {"21-", 5}, {"22-", 5},
    {"23-", 7}, {"24-", 7}, {"26-", 2},    {"27-", 0},  {"28-", 1}, {"29-", 1},
    {"30-", 0}, {"31-", 2}, {"32-", 3},    {"33-", 3},  {"34-", 2},
});
constexpr std::array<std::string_view, 8> kOthers = {"11-", "18-", "19-", "20-",
                                                     "25-", "35-", "36-", "37-"};

std::filesystem::path FileIn(const std::filesystem::path& folder, std::string_view prefix) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with(prefix)) return entry.path();
  }
  return {};
}

}  // namespace

TEST_CASE("every policy in real containers is found and linted at its place") {
  const auto folder = testing::ExternalData("data/iac");
  if (!folder) return;
  std::size_t without_service = 0;
  for (const Row& row : kContainers) {
    const std::filesystem::path file = FileIn(*folder, row.prefix);
    CAPTURE(file.string());
    const policy::ContainerResult read = policy::ReadContainer(testing::ReadSource(file));
    REQUIRE(read.container.has_value());
    CHECK(read.container->policies.size() == row.policies);
    std::size_t unreadable = 0;
    for (const policy::ContainedPolicy& policy : read.container->policies) {
      CAPTURE(policy.resource);
      CHECK_FALSE(policy.resource.empty());
      if (!policy.unreadable.empty()) {
        ++unreadable;
        continue;
      }
      if (policy.kind == policy::PolicyKind::kEndpoint) {
        CHECK(policy.endpoint.type != policy::EndpointType::kUnknown);
        without_service += policy.endpoint.service.empty() ? 1 : 0;
      }
      // One recording has an elided text in the place of a policy.
      const bool elided = read.container->source->Slice(policy.range) == "\"{...}\"";
      const std::string findings = testing::Lint(*read.container, policy);
      CAPTURE(findings);
      CHECK(elided == (findings.find("JS") != findings.npos));
    }
    CHECK(unreadable == row.unreadable);
  }
  // A plan that was cut down to the policy, and an endpoint for somebody's own service.
  CHECK(without_service == 2);
}

TEST_CASE("no policy is found in real files that are no containers") {
  const auto folder = testing::ExternalData("data/iac");
  if (!folder) return;
  for (std::string_view prefix : kOthers) {
    const std::filesystem::path file = FileIn(*folder, prefix);
    CAPTURE(file.string());
    const policy::ContainerResult read = policy::ReadContainer(testing::ReadSource(file));
    CHECK_FALSE(read.container.has_value());
    CHECK_FALSE(read.error.has_value());
  }
}

}  // namespace postern
