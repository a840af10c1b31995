// Files that hold policies: Terraform plans, CloudFormation templates, what the AWS CLI prints.
#include "policy/containers/container.h"

#include "cmd/rule_table.h"
#include "policy/catalogue.h"
#include "policy/containers/lint_policy.h"
#include "tests/fuzz/lie_in.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"

namespace postern::fuzz {
namespace {

constexpr std::size_t kLinted = 8;

void CheckContained(const policy::Container& container, const policy::ContainedPolicy& policy) {
  Require(LiesIn(*container.source, policy.range), "a policy is outside its container");
  const bool readable = policy.node != nullptr || policy.text != nullptr;
  Require(readable == policy.unreadable.empty(), "a policy is neither readable nor unreadable");
  Require((policy.node != nullptr) == (policy.tree != nullptr), "a node without a tree");
  for (const policy::SourceRange open : policy.open) {
    Require(policy.tree == nullptr || LiesIn(policy.tree->source(), open),
            "an open value is outside the policy");
  }
}

}  // namespace

void CheckContainer(std::string_view bytes) {
  const auto source = std::make_shared<const policy::Source>("container", std::string(bytes));
  const policy::ContainerResult read = policy::ReadContainer(source);
  Require(!read.container || !read.error, "both a container and an error");
  if (read.error) {
    Require(LiesIn(*read.error->source, read.error->range), "the error is outside the text");
    Require(!read.error->message.empty(), "an error without a message");
  }
  if (!read.container) return;
  const policy::Container& container = *read.container;
  for (const policy::ContainedEndpoint& endpoint : container.endpoints) {
    Require(LiesIn(*container.source, endpoint.range), "an endpoint is outside its container");
  }
  for (const policy::ContainedApi& api : container.apis) {
    Require(LiesIn(*container.source, api.range), "an API is outside its container");
  }
  policy::LintOptions options;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  std::size_t linted = 0;
  for (const policy::ContainedPolicy& policy : container.policies) {
    CheckContained(container, policy);
    if (!policy.unreadable.empty() || ++linted > kLinted) continue;
    MustLieIn(*container.source,
              policy::LintContained(policy, options, cmd::AllRules()).diagnostics);
  }
}

std::vector<std::string> ContainerSeeds(const std::filesystem::path& root) {
  std::vector<std::string> seeds;
  for (const auto& file : {"aws_output_test.cc", "cloudformation_test.cc", "container_test.cc",
                           "contents_test.cc", "terraform_plan_test.cc"}) {
    for (std::string& text : LiteralsIn(root / "tests/policy/containers" / file)) {
      seeds.push_back(std::move(text));
    }
  }
  return seeds;
}

}  // namespace postern::fuzz
