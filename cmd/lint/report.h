// What one run of `postern lint` found, as data; render/findings draws it.
#pragma once

#include <cstddef>
#include <memory>
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

struct LintedFile {
  std::shared_ptr<const policy::Source> source;  // as it is now
  std::string_view kind;                         // "endpoint", or "configuration"; static
  std::string_view kind_reason;                  // static
  std::vector<policy::Diagnostic> diagnostics;
  std::vector<std::string> fingerprints;  // one for each diagnostic
  std::string fail_on;                    // the threshold (lint/threshold.h)
  bool editable = true;                   // fixes can be applied, not only shown
  // With --fix and --diff: what was repaired, and the text before that; null if nothing was.
  std::shared_ptr<const policy::Source> before;
  std::vector<policy::AppliedFix> fixed;
};

struct LintReport {
  std::vector<LintedFile> files;
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
