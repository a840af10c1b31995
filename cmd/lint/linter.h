// Turns files into findings, one after another, and then all of them together.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/lint/baseline.h"
#include "cmd/lint/held.h"
#include "cmd/lint/report.h"
#include "cmd/lint/settings.h"
#include "cmd/policy_kind.h"
#include "policy/containers/container.h"
#include "policy/fixes.h"
#include "policy/lint.h"

namespace postern::cmd {

enum class FixMode {
  kNone,
  kShow,   // --diff: nothing is written
  kWrite,  // --fix
};

struct LinterOptions {
  FixMode fix = FixMode::kNone;
  policy::FixLevel level = policy::FixLevel::kSafe;
  bool fill_baseline = false;  // --write-baseline: every finding is known from now on
  // The flag by which a policy with principals is an endpoint's where nothing else says what it is;
  // "" = none.
  std::string_view endpoint_flag;
};

class Linter {
 public:
  // All of them must outlive it. `baseline` may be null.
  Linter(const LinterOptions& options, const Files& files, SettingsTable& table, Baseline* baseline,
         const Session& session)
      : options_(options), files_(files), table_(table), baseline_(baseline), session_(session) {}

  // Reads, checks and, if asked to, repairs a file. The settings of its folder must be good.
  void Add(const InputFile& file);

  // What several policies say about one another, after all files.
  void AddTogether();
  // What is to be said about the configurations, at last.
  void AddConfigurations(std::vector<std::filesystem::path> folders);

  LintReport& report() { return report_; }

 private:
  // One file on its way.
  struct Job {
    std::filesystem::path path;  // absolute
    LintSettings* settings;
    policy::LintOptions options;
  };
  struct Found {
    std::vector<policy::Diagnostic> diagnostics;
    std::vector<std::string> fingerprints;
    std::optional<policy::PolicyDocument> document;
    std::vector<SidPlace> sids;
    bool editable = true;
    std::size_t ignored = 0;
    std::size_t in_baseline = 0;
  };

  void Refuse(const InputFile& file, std::string message);
  void Check(const InputFile& file, const std::shared_ptr<const policy::Source>& source,
             const PolicyShape& shape, LintSettings* settings);
  // False if the file is no container.
  bool AddContainer(const InputFile& file, const std::shared_ptr<const policy::Source>& source,
                    LintSettings* settings);
  void CheckContained(const Job& job, const policy::ContainedPolicy& policy,
                      const std::shared_ptr<const policy::Source>& source);
  // One finding of AddTogether; `where` says which file of the report it goes to.
  void AddOne(const Job& job, const policy::Source& source, std::string_view resource,
              const std::vector<SidPlace>& sids, const authz::RunFinding& found,
              const std::function<std::size_t()>& where);
  // Where a finding about something in a container that has no policy goes.
  std::size_t FileFor(const HeldContainer& container, const authz::RunFinding& finding);
  Found Find(const Job& job, const std::shared_ptr<const policy::Source>& source);
  // What is left of the findings about `resource` ("" = the file) in `source`.
  Found Sift(const Job& job, const policy::Source& source, std::string_view resource,
             const std::vector<SidPlace>& sids, std::vector<policy::Diagnostic> diagnostics);
  void Repair(const Job& job, const InputFile& file, LintedFile& linted);
  void Take(Found found, const LintSettings& settings, LintedFile& linted);

  const LinterOptions& options_;
  const Files& files_;
  SettingsTable& table_;
  Baseline* baseline_;
  const Session& session_;
  HeldPolicies held_;
  LintReport report_;
  std::vector<std::filesystem::path> looked_at_;
};

}  // namespace postern::cmd
