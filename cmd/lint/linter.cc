#include "cmd/lint/linter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cmd/fingerprint.h"
#include "cmd/render/snippet.h"
#include "cmd/replace_file.h"

namespace postern::cmd {

namespace {

void SetSeverities(const LintConfig& config, std::vector<policy::Diagnostic>& diagnostics) {
  for (policy::Diagnostic& diagnostic : diagnostics) {
    for (const auto& [code, severity] : config.severities) {
      if (code == diagnostic.code) diagnostic.severity = severity;
    }
  }
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
  Take(std::move(found), *settings, linted);
  report_.files.push_back(std::move(linted));
}

Linter::Found Linter::Find(const Job& job, const std::shared_ptr<const policy::Source>& source) {
  policy::LintResult result = policy::LintText(source, job.options, job.settings->rules);
  SetSeverities(job.settings->config, result.diagnostics);
  const policy::PolicyDocument* document = result.document ? &*result.document : nullptr;
  const std::vector<std::string> fingerprints = Fingerprints(*source, result.diagnostics);
  Found found;
  found.editable = document == nullptr || document->tree().layers() == 0;
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    policy::Diagnostic& diagnostic = result.diagnostics[i];
    if (job.settings->ignores->Takes(job.path, document, diagnostic)) {
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
  if (!result.dropped.empty()) {
    const bool one = result.dropped.size() == 1;
    session_.Warn(fmt::format("`{}`: {} left as {}: the {} would bring a new error",
                              OneLine(linted.source->name()),
                              Count(result.dropped.size(), "finding"), one ? "it is" : "they are",
                              one ? "repair" : "repairs"));
  }
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

void Linter::AddConfigurations(std::vector<std::filesystem::path> folders) {
  const IgnoreList::Looked looked{std::move(folders), looked_at_};
  for (const LintSettings* settings : table_.All()) {
    Found found;
    found.diagnostics = settings->ignores->Findings(looked, settings->rules);
    if (found.diagnostics.empty()) continue;
    SetSeverities(settings->config, found.diagnostics);
    LintedFile linted;
    linted.source = settings->config.source;
    linted.kind = "configuration";
    linted.kind_reason = "it says what to ignore";
    linted.editable = false;
    found.fingerprints = Fingerprints(*linted.source, found.diagnostics);
    Take(std::move(found), *settings, linted);
    report_.files.push_back(std::move(linted));
  }
}

}  // namespace postern::cmd
