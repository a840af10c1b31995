// Containers as texts, for tests.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/containers/container.h"
#include "policy/containers/lint_policy.h"

namespace postern::testing {

inline policy::Container ReadContainer(std::string text) {
  auto result =
      policy::ReadContainer(std::make_shared<const policy::Source>("container", std::move(text)));
  if (result.error) FAIL(result.error->message);
  REQUIRE(result.container.has_value());
  return *std::move(result.container);
}

// The one policy of a resource.
inline const policy::ContainedPolicy& PolicyOf(const policy::Container& container,
                                               std::string_view resource) {
  const policy::ContainedPolicy* found = nullptr;
  for (const policy::ContainedPolicy& policy : container.policies) {
    if (policy.resource == resource) found = &policy;
  }
  CAPTURE(resource);
  REQUIRE(found != nullptr);
  return *found;
}

// "CODE line:column `the text there`", one a line, of the stable rules.
inline std::string Lint(const policy::Container& container, const policy::ContainedPolicy& policy) {
  policy::LintOptions options;
  options.kind = policy.kind;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  std::vector<policy::Rule> rules;
  for (const policy::Rule& rule : policy::PolicyRules()) {
    if (rule.status == policy::RuleStatus::kStable) rules.push_back(rule);
  }
  std::string text;
  for (const policy::Diagnostic& finding :
       policy::LintContained(policy, options, rules).diagnostics) {
    const policy::LineColumn at = container.source->Locate(finding.range.begin);
    text += std::string(finding.code) + ' ' + std::to_string(at.line) + ':' +
            std::to_string(at.column) + " `" + std::string(container.source->Slice(finding.range)) +
            "`\n";
  }
  return text;
}

}  // namespace postern::testing
