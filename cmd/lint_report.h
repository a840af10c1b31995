// What one run of `postern lint` found, as data; render/findings draws it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/diagnostic.h"
#include "policy/kind.h"
#include "policy/rule.h"
#include "policy/source.h"

namespace postern::cmd {

struct LintedFile {
  std::shared_ptr<const policy::Source> source;
  policy::PolicyKind kind;
  std::string_view kind_reason;  // static
  std::vector<policy::Diagnostic> diagnostics;
};

struct LintReport {
  std::vector<LintedFile> files;
  std::vector<std::string> others;  // files in directories that hold no policy
  std::vector<std::string> errors;  // what could not be read
  std::span<const policy::Rule> rules;
  bool statistics = false;
  bool quiet = false;
  bool verbose = false;
};

}  // namespace postern::cmd
