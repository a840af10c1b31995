// Findings that are known and not reported again: `--baseline`, `--write-baseline`.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "cmd/command.h"
#include "cmd/files.h"

namespace postern::cmd {

struct KnownFinding {
  std::string file;  // from the folder of the baseline on
  std::string rule;
  std::string fingerprint;

  friend auto operator<=>(const KnownFinding&, const KnownFinding&) = default;
};

struct Baseline {
  std::filesystem::path folder;  // absolute
  std::set<KnownFinding> findings;

  // `file`: absolute.
  KnownFinding Key(const std::filesystem::path& file, std::string_view rule,
                   std::string_view fingerprint) const;
};

// Absent after having said on the error stream what is wrong with it.
std::optional<Baseline> ReadBaseline(const std::string& path, const Files& files,
                                     const Session& session);
std::string BaselineAsJson(const Baseline& baseline);

}  // namespace postern::cmd
