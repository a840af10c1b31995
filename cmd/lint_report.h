// What one run of `postern lint` found, as data; render/findings draws it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/diagnostic.h"
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
  std::shared_ptr<const policy::Source> source;
  policy::PolicyKind kind;
  std::string_view kind_reason;  // static
  std::vector<policy::Diagnostic> diagnostics;
  std::optional<ContainerPlace> container;  // absent: the policy is the file
  bool editable = true;                     // edits can be made in the file as it stands
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
  bool statistics = false;
  bool quiet = false;
  bool verbose = false;
};

}  // namespace postern::cmd
