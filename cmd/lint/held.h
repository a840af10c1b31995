// The policies of a run, kept for the rules that look at several of them.
#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "authz/rules/together.h"
#include "cmd/lint/ignores.h"
#include "cmd/lint/settings.h"
#include "policy/containers/container.h"
#include "policy/document.h"

namespace postern::cmd {

// A policy that was linted by itself. `document`'s places are in its own text; those of `sids` in
// the file.
struct HeldPolicy {
  std::filesystem::path path;  // absolute
  LintSettings* settings = nullptr;
  policy::LintFacts facts;
  std::optional<policy::PolicyDocument> document;
  std::shared_ptr<const policy::Source> file;
  const policy::ContainedPolicy* contained = nullptr;  // in a container that is held as well
  std::vector<SidPlace> sids;
  std::size_t reported = 0;  // index in LintReport::files
};

struct HeldContainer {
  std::filesystem::path path;
  LintSettings* settings = nullptr;
  std::shared_ptr<const policy::Container> container;
};

class HeldPolicies {
 public:
  // What no rule looks at is let go.
  void Add(HeldPolicy policy);
  void Add(HeldContainer container) { containers_.push_back(std::move(container)); }

  const HeldPolicy& policy(std::size_t index) const { return policies_[index]; }
  const HeldContainer& container(std::size_t index) const { return containers_[index]; }
  // Refers to what is held; the same indexes.
  authz::LintRun Run() const;
  // The policy of that resource of a container, or null.
  const HeldPolicy* Find(const HeldContainer& container, std::string_view resource) const;

 private:
  std::deque<HeldPolicy> policies_;
  std::vector<HeldContainer> containers_;
};

}  // namespace postern::cmd
