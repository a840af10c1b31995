// What one run of `postern lint` found, as data; render/findings draws it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/diagnostic.h"
#include "policy/fixes.h"
#include "policy/kind.h"
#include "policy/rule.h"
#include "policy/source.h"

namespace postern::cmd {

// Where in a plan, a template or the like a policy stands.
struct ContainerPlace {
  std::string pointer;   // in the file
  std::string resource;  // "aws_vpc_endpoint.s3"; "" if it has no name
};

// One policy: a file, or a part of one.
struct LintedFile {
  std::shared_ptr<const policy::Source> source;  // as it is now
  std::string_view kind;                         // "endpoint", or "configuration"; static
  std::string kind_reason;
  std::vector<policy::Diagnostic> diagnostics;
  std::vector<std::string> fingerprints;    // one for each diagnostic
  std::string fail_on;                      // the threshold (lint/threshold.h)
  bool editable = true;                     // fixes are edits of the file as it stands
  std::optional<ContainerPlace> container;  // absent: the policy is the file
  // With --fix and --diff: what was repaired, and the text before that; null if nothing was.
  std::shared_ptr<const policy::Source> before;
  std::vector<policy::AppliedFix> fixed;

  // Whether --fix repairs it. In a container fixes are shown only.
  bool Repairable() const { return editable && !container; }
  // Whether a program may make the edits of its fixes.
  bool EditsHold() const { return editable || !container; }
  // "aws_vpc_endpoint.s3"; "" where there is no container or no name.
  std::string_view Resource() const {
    return container ? std::string_view(container->resource) : std::string_view();
  }
};

// A policy that cannot be checked, because it is not known yet.
struct UncheckedPolicy {
  std::shared_ptr<const policy::Source> source;
  policy::PolicyKind kind;
  ContainerPlace container;
  policy::SourceRange range;
  std::string_view reason;  // "known only after apply"; static
};

struct LintReport {
  std::vector<LintedFile> files;
  std::vector<UncheckedPolicy> unchecked;
  std::vector<std::string> notes;   // about files: "`plan.json`: ..."
  std::vector<std::string> others;  // files in directories that hold no policy
  std::vector<std::string> errors;  // what could not be read
  std::span<const policy::Rule> rules;
  std::size_t ignored = 0;      // findings that postern.yaml says to ignore
  std::size_t in_baseline = 0;  // findings that the baseline knows
  bool statistics = false;
  bool deterministic = false;
  bool quiet = false;
  bool verbose = false;
};

}  // namespace postern::cmd
