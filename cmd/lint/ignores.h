// What postern.yaml says to ignore: taken out of the findings, and judged itself.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/lint/config.h"
#include "policy/diagnostic.h"
#include "policy/rule.h"
#include "policy/source.h"

namespace postern::cmd {

// The rules about postern.yaml itself: CF101, CF102.
std::span<const policy::Rule> ConfigRules();

// A statement that has a Sid, in the bytes of the findings.
struct SidPlace {
  policy::SourceRange range;
  std::string_view sid;
};

// The entries of one configuration, and how often each took effect. The configuration must outlive
// it.
class IgnoreList {
 public:
  // `today`: YYYY-MM-DD.
  IgnoreList(const LintConfig& config, std::string today);

  // Whether a finding about the file `path` (absolute) is to be ignored. `sids`: of its policy.
  bool Takes(const std::filesystem::path& path, std::span<const SidPlace> sids,
             const policy::Diagnostic& diagnostic);

  // What was linted: whole folders, and files by themselves; absolute.
  struct Looked {
    std::vector<std::filesystem::path> folders, files;
  };
  // Entries that have expired, and those that took no effect although all files that they are about
  // were looked at with their rules among `rules`.
  std::vector<policy::Diagnostic> Findings(const Looked& looked,
                                           std::span<const policy::Rule> rules) const;

 private:
  bool Expired(const Ignore& ignore) const;
  bool WasLookedAt(const Ignore& ignore, const Looked& looked) const;

  const LintConfig& config_;
  std::string today_;
  std::vector<std::size_t> uses_;  // one for each entry
};

}  // namespace postern::cmd
