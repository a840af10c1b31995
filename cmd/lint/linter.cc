#include "cmd/lint/linter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cmd/fingerprint.h"
#include "cmd/render/snippet.h"
#include "cmd/replace_file.h"
#include "policy/containers/lint_policy.h"
#include "policy/utf8.h"

namespace postern::cmd {

namespace {

void SetSeverities(const LintConfig& config, std::vector<policy::Diagnostic>& diagnostics) {
  for (policy::Diagnostic& diagnostic : diagnostics) {
    for (const auto& [code, severity] : config.severities) {
      if (code == diagnostic.code) diagnostic.severity = severity;
    }
  }
}

// Whether a text may be meant as JSON, broken or not: what is named otherwise and begins otherwise
// is prose, YAML, or the like. (A comment, a byte-order mark and UTF-16 are findings in a policy.)
bool BeginsLikeJson(std::string_view text) {
  if (policy::GuessEncoding(text) != policy::TextEncoding::kUtf8) return true;
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == text.npos ||
         std::string_view("{[\"/%").find(text[begin]) != std::string_view::npos;
}

// The edits of a policy in a JSON string as they are written there.
void EscapeEdits(std::vector<policy::Diagnostic>& diagnostics) {
  for (policy::Diagnostic& diagnostic : diagnostics) {
    for (policy::Fix& fix : diagnostic.fixes) {
      for (policy::Edit& edit : fix.edits) {
        std::string escaped;
        for (char c : edit.text) {
          if (c == '"' || c == '\\') escaped += '\\';
          escaped += c == '\n' ? "\\n" : std::string(1, c);
        }
        edit.text = std::move(escaped);
      }
    }
  }
}

constexpr std::size_t kShownDropped = 8;

void WarnOfDropped(const policy::FixResult& result, const Session& session) {
  const policy::Source& source = *result.source;
  for (std::size_t i = 0; i < std::min(result.dropped.size(), kShownDropped); ++i) {
    const policy::DroppedFix& fix = result.dropped[i];
    const std::string why = fix.error.empty() ? "it is not known which repairs bring new errors"
                                              : fmt::format("it would bring {}", fix.error);
    session.Warn(fmt::format("`{}`: {} at {} is not repaired: {}", OneLine(source.name()), fix.code,
                             At(source, fix.range), why));
  }
  if (result.dropped.size() <= kShownDropped) return;
  session.Warn(fmt::format("`{}`: nor are {}, for the same reason", OneLine(source.name()),
                           Count(result.dropped.size() - kShownDropped, "more finding")));
}

std::vector<SidPlace> SidsOf(const std::optional<policy::PolicyDocument>& document) {
  std::vector<SidPlace> sids;
  if (!document) return sids;
  for (const policy::Statement& statement : document->statements()) {
    if (statement.sid != nullptr) sids.push_back({statement.node->range, statement.sid->text});
  }
  return sids;
}

}  // namespace

void Linter::Refuse(const InputFile& file, std::string message) {
  if (file.named) {
    report_.errors.push_back(std::move(message));
  } else {
    report_.others.push_back(file.path);
  }
}

void Linter::Add(const InputFile& file) {
  if (HasSuffix(file.path, ".tf")) {
    Refuse(file, fmt::format("`{}`: run `terraform show -json` and lint the policies in its output",
                             file.path));
    return;
  }
  const ReadResult source = files_.Read(file.path, kContainerBytes);
  if (!source) {
    report_.errors.push_back(source.error());
    return;
  }
  const std::filesystem::path path = files_.Absolute((*source)->name());
  LintSettings* settings = table_.For(path, session_);
  if (AddContainer(file, *source, settings)) return;
  if (file.path != "-" && !HasSuffix(file.path, ".json") && !BeginsLikeJson((*source)->text())) {
    Refuse(file, fmt::format("`{}`: holds no policy: it is neither JSON nor a template",
                             (*source)->name()));
    return;
  }
  const PolicyShape shape = LookAt(*source, path.string());
  if (!file.named && shape.likeness != PolicyLikeness::kPolicy) {
    report_.others.push_back(file.path);
  } else if (!settings->kind && shape.likeness == PolicyLikeness::kOther) {
    Refuse(file,
           fmt::format("`{}`: holds no policy: there is no `Statement` in it", (*source)->name()));
  } else {
    Check(file, *source, shape, settings);
  }
}

void Linter::Check(const InputFile& file, const std::shared_ptr<const policy::Source>& source,
                   const PolicyShape& shape, LintSettings* settings) {
  Job job{files_.Absolute(source->name()), settings, {}};
  looked_at_.push_back(job.path);
  KindGuess guess = shape.guess;
  bool is_endpoint = false;
  job.options.facts = settings->FactsFor(job.path, is_endpoint);
  if (guess.kind == policy::PolicyKind::kResource && !options_.endpoint_flag.empty()) {
    // Only its Principal says so, and an endpoint policy has one too.
    guess = {policy::PolicyKind::kEndpoint, fmt::format("{} says so", options_.endpoint_flag)};
  }
  if (is_endpoint) guess = {policy::PolicyKind::kEndpoint, "the configuration says so"};
  if (settings->kind) guess = {*settings->kind, "--kind"};
  job.options.kind = guess.kind;

  LintedFile linted;
  linted.source = source;
  linted.kind = policy::TraitsOf(guess.kind).name;
  linted.kind_reason = guess.reason;
  Found found = Find(job, source);
  linted.editable = found.editable;
  if (options_.fix != FixMode::kNone && found.editable) {
    Repair(job, file, linted);
    if (linted.before != nullptr) found = Find(job, linted.source);
  }
  held_.Add({job.path, settings, job.options.facts, std::move(found.document), linted.source,
             nullptr, std::move(found.sids), report_.files.size()});
  Take(std::move(found), *settings, linted);
  report_.files.push_back(std::move(linted));
}

bool Linter::AddContainer(const InputFile& file,
                          const std::shared_ptr<const policy::Source>& source,
                          LintSettings* settings) {
  policy::ContainerResult read = policy::ReadContainer(source);
  if (read.error) {
    const policy::LineColumn at = read.error->source->Locate(read.error->range.begin);
    Refuse(file,
           fmt::format("`{}`:{}:{}: {}", source->name(), at.line, at.column, read.error->message));
    return true;
  }
  if (!read.container) return false;
  const auto shared = std::make_shared<const policy::Container>(*std::move(read.container));
  const policy::Container& container = *shared;
  if (!container.note.empty()) {
    report_.notes.push_back(fmt::format("`{}`: {}", source->name(), container.note));
  }
  if (container.policies.empty() && file.named) {
    report_.notes.push_back(
        fmt::format("`{}`: holds no policy ({})", source->name(), container.format));
  } else if (container.policies.empty()) {
    report_.others.push_back(file.path);
  }
  Job job{files_.Absolute(source->name()), settings, {}};
  looked_at_.push_back(job.path);
  bool is_endpoint = false;  // the resource says what the policy is
  job.options.facts = settings->FactsFor(job.path, is_endpoint);
  for (const policy::ContainedPolicy& policy : container.policies) {
    CheckContained(job, policy, container.source);
  }
  held_.Add({job.path, settings, shared});
  return true;
}

void Linter::CheckContained(const Job& job, const policy::ContainedPolicy& policy,
                            const std::shared_ptr<const policy::Source>& source) {
  const KindGuess guess = job.settings->kind ? KindGuess{*job.settings->kind, "--kind"}
                                             : KindGuess{policy.kind, "its resource says so"};
  ContainerPlace place{policy.pointer, policy.resource};
  if (!policy.unreadable.empty()) {
    report_.unchecked.push_back(
        {source, guess.kind, std::move(place), policy.range, policy.unreadable});
    return;
  }
  policy::LintOptions options = job.options;
  options.kind = guess.kind;
  policy::LintResult result =
      policy::LintContained(policy, options, job.settings->RulesFor(options.facts));
  std::vector<SidPlace> sids = SidsOf(result.document);
  if (policy.in_string && !policy.spelling) {
    sids.clear();  // every finding is at the string as a whole
  } else if (policy.in_string) {
    for (SidPlace& sid : sids) sid.range = policy.spelling->ToOuter(sid.range);
  }
  if (policy.in_string && source->Slice(policy.range).starts_with('"')) {
    EscapeEdits(result.diagnostics);
  }
  LintedFile linted;
  linted.source = source;
  linted.kind = policy::TraitsOf(guess.kind).name;
  linted.kind_reason = guess.reason;
  linted.editable = policy.editable;
  linted.container = std::move(place);
  Take(Sift(job, *source, linted.Resource(), sids, std::move(result.diagnostics)), *job.settings,
       linted);
  held_.Add({job.path, job.settings, policy::FactsOf(policy, job.options.facts),
             std::move(result.document), source, &policy, std::move(sids), report_.files.size()});
  report_.files.push_back(std::move(linted));
}

Linter::Found Linter::Find(const Job& job, const std::shared_ptr<const policy::Source>& source) {
  policy::LintResult result =
      policy::LintText(source, job.options, job.settings->RulesFor(job.options.facts));
  const bool editable = !result.document || result.document->tree().layers() == 0;
  if (result.document && editable &&
      !source->Slice(result.document->root().range).starts_with('{')) {
    // URL-encoded: the edits of rules are JSON.
    for (policy::Diagnostic& diagnostic : result.diagnostics) diagnostic.fixes.clear();
  }
  std::vector<SidPlace> sids = SidsOf(result.document);
  Found found = Sift(job, *source, {}, sids, std::move(result.diagnostics));
  found.editable = editable;
  found.document = std::move(result.document);
  found.sids = std::move(sids);
  return found;
}

Linter::Found Linter::Sift(const Job& job, const policy::Source& source, std::string_view resource,
                           const std::vector<SidPlace>& sids,
                           std::vector<policy::Diagnostic> diagnostics) {
  SetSeverities(job.settings->config, diagnostics);
  const std::vector<std::string> fingerprints = Fingerprints(source, resource, diagnostics);
  Found found;
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    policy::Diagnostic& diagnostic = diagnostics[i];
    if (job.settings->ignores->Takes(job.path, sids, diagnostic)) {
      ++found.ignored;
      continue;
    }
    if (baseline_ != nullptr) {
      KnownFinding key = baseline_->Key(job.path, diagnostic.code, fingerprints[i]);
      if (options_.fill_baseline) baseline_->findings.insert(key);
      if (baseline_->findings.contains(key)) {
        ++found.in_baseline;
        continue;
      }
    }
    found.diagnostics.push_back(std::move(diagnostic));
    found.fingerprints.push_back(fingerprints[i]);
  }
  return found;
}

void Linter::Repair(const Job& job, const InputFile& file, LintedFile& linted) {
  policy::FixResult result = policy::RunFixes(
      linted.source,
      [&](const std::shared_ptr<const policy::Source>& source) {
        return Find(job, source).diagnostics;
      },
      options_.level);
  WarnOfDropped(result, session_);
  if (result.applied.empty()) return;
  if (options_.fix == FixMode::kWrite) {
    const auto error = ReplaceFile(files_.Resolve(file.path), result.source->text());
    if (error) {
      report_.errors.push_back(fmt::format("cannot write `{}`: {}", file.path, *error));
      return;
    }
  }
  linted.before = std::exchange(linted.source, std::move(result.source));
  linted.fixed = std::move(result.applied);
}

void Linter::Take(Found found, const LintSettings& settings, LintedFile& linted) {
  report_.ignored += found.ignored;
  report_.in_baseline += found.in_baseline;
  linted.diagnostics = std::move(found.diagnostics);
  linted.fingerprints = std::move(found.fingerprints);
  linted.fail_on = settings.fail_on;
}

std::size_t Linter::FileFor(const HeldContainer& container, const authz::RunFinding& finding) {
  if (const HeldPolicy* policy = held_.Find(container, finding.resource)) return policy->reported;
  LintedFile linted;
  linted.source = container.container->source;
  linted.kind = "resource";
  linted.kind_reason = "it stands beside policies";
  linted.editable = false;
  linted.container = ContainerPlace{finding.diagnostic.pointer, finding.resource};
  linted.fail_on = container.settings->fail_on;
  report_.files.push_back(std::move(linted));
  return report_.files.size() - 1;
}

void Linter::AddTogether() {
  const std::vector<policy::Rule> rules = table_.AllRules();
  for (authz::RunFinding& found : authz::LintTogether(held_.Run(), rules)) {
    if (found.policy) {
      const HeldPolicy& about = held_.policy(*found.policy);
      const std::string_view resource = about.contained != nullptr
                                            ? std::string_view(about.contained->resource)
                                            : std::string_view();
      const Job job{about.path, about.settings, {}};
      AddOne(job, *about.file, resource, about.sids, found, [&] { return about.reported; });
    } else {
      const HeldContainer& about = held_.container(found.container);
      const Job job{about.path, about.settings, {}};
      AddOne(job, *about.container->source, found.resource, {}, found,
             [&] { return FileFor(about, found); });
    }
  }
}

void Linter::AddOne(const Job& job, const policy::Source& source, std::string_view resource,
                    const std::vector<SidPlace>& sids, const authz::RunFinding& found,
                    const std::function<std::size_t()>& where) {
  if (policy::FindRule(job.settings->rules, found.diagnostic.code) == nullptr) return;
  Found sifted = Sift(job, source, resource, sids, {found.diagnostic});
  report_.ignored += sifted.ignored;
  report_.in_baseline += sifted.in_baseline;
  if (sifted.diagnostics.empty()) return;
  LintedFile& file = report_.files[where()];
  const auto behind =
      std::ranges::upper_bound(file.diagnostics, found.diagnostic.range.begin, {},
                               [](const policy::Diagnostic& each) { return each.range.begin; });
  file.fingerprints.insert(file.fingerprints.begin() + (behind - file.diagnostics.begin()),
                           std::move(sifted.fingerprints.front()));
  file.diagnostics.insert(behind, std::move(sifted.diagnostics.front()));
}

void Linter::AddConfigurations(std::vector<std::filesystem::path> folders) {
  const IgnoreList::Looked looked{std::move(folders), looked_at_};
  for (const LintSettings* settings : table_.All()) {
    Found found;
    // Whether a rule over several policies has nothing to say hangs on what is in the run.
    std::vector<policy::Rule> rules = settings->rules;
    std::erase_if(rules, [](const policy::Rule& rule) {
      return policy::FindRule(authz::TogetherRules(), rule.code) != nullptr;
    });
    found.diagnostics = settings->ignores->Findings(looked, rules);
    if (found.diagnostics.empty()) continue;
    SetSeverities(settings->config, found.diagnostics);
    LintedFile linted;
    linted.source = settings->config.source;
    linted.kind = "configuration";
    linted.kind_reason = "it says what to ignore";
    linted.editable = false;
    found.fingerprints = Fingerprints(*linted.source, {}, found.diagnostics);
    Take(std::move(found), *settings, linted);
    report_.files.push_back(std::move(linted));
  }
}

}  // namespace postern::cmd
