#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "cmd/render/findings.h"
#include "cmd/render/snippet.h"

namespace postern::cmd {
namespace {

using policy::Diagnostic;
using policy::Severity;

constexpr std::array kSeverities{Severity::kError, Severity::kSecurity, Severity::kWarning,
                                 Severity::kSuggestion};

std::string_view NameOf(const LintReport& report, std::string_view code) {
  const policy::Rule* rule = policy::FindRule(report.rules, code);
  return rule == nullptr ? std::string_view() : rule->name;
}

std::string Totals(const LintReport& report) {
  std::array<std::size_t, kSeverities.size()> counts{};
  std::size_t all = 0;
  for (const LintedFile& file : report.files) {
    for (const Diagnostic& diagnostic : file.diagnostics) {
      ++counts[static_cast<std::size_t>(diagnostic.severity)];
      ++all;
    }
  }
  if (all == 0) return "no findings";
  std::string text;
  for (Severity severity : kSeverities) {
    const std::size_t count = counts[static_cast<std::size_t>(severity)];
    if (count == 0) continue;
    const std::string_view noun =
        severity == Severity::kSecurity ? "security finding" : policy::SeverityName(severity);
    text += fmt::format("{}{}", text.empty() ? "" : ", ", Count(count, noun));
  }
  return text;
}

// "kind: endpoint (the file is named so)", counted where there are several files.
std::string Kinds(const LintReport& report) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> counts;
  for (const LintedFile& file : report.files) {
    ++counts[{policy::TraitsOf(file.kind).name, file.kind_reason}];
  }
  std::string text;
  for (const auto& [kind, count] : counts) {
    text += fmt::format("{}{}{} ({})", text.empty() ? "kind: " : ", ",
                        report.files.size() == 1 ? "" : fmt::format("{} ", count), kind.first,
                        kind.second);
  }
  return text + "\n";
}

// "3 files", or "12 policies in 3 files" where some are containers.
std::string WhatWasChecked(const LintReport& report) {
  std::set<const policy::Source*> sources;
  bool contained = false;
  for (const LintedFile& file : report.files) {
    sources.insert(file.source.get());
    contained |= file.container.has_value();
  }
  const std::string files = Count(sources.size(), "file");
  if (!contained) return files;
  const std::size_t policies = report.files.size();
  return fmt::format("{} {} in {}", policies, policies == 1 ? "policy" : "policies", files);
}

// "aws_vpc_endpoint.s3 (plan.json)", or the file.
std::string NameOf(const LintedFile& file) {
  if (!file.container || file.container->resource.empty()) return file.source->name();
  return fmt::format("{} ({})", OneLine(file.container->resource), file.source->name());
}

std::string Unchecked(const LintReport& report) {
  std::string text;
  for (const UncheckedPolicy& policy : report.unchecked) {
    text += fmt::format(
        "{}: not checked: the {} of {} is {}\n", OneLine(Place(*policy.source, policy.range)),
        policy::TraitsOf(policy.kind).title, OneLine(policy.container.resource), policy.reason);
  }
  return text;
}

std::string Summary(const LintReport& report) {
  std::string text = Unchecked(report);
  for (const std::string& note : report.notes) text += fmt::format("{}\n", OneLine(note));
  text += fmt::format("checked {}: {}\n", WhatWasChecked(report), Totals(report));
  if (report.files.size() > 1 && report.verbose) {
    for (const LintedFile& file : report.files) {
      text += fmt::format("kind of {}: {} ({})\n", NameOf(file), policy::TraitsOf(file.kind).name,
                          file.kind_reason);
    }
  } else if (!report.files.empty()) {
    text += Kinds(report);
  }
  if (!report.others.empty()) {
    text += fmt::format("passed over {} without a policy{}\n", Count(report.others.size(), "file"),
                        report.verbose ? ":" : "");
    if (report.verbose) {
      for (const std::string& other : report.others) text += fmt::format("  {}\n", OneLine(other));
    }
  }
  if (!report.errors.empty()) {
    text += fmt::format("could not use {}\n", Count(report.errors.size(), "argument"));
  }
  return text;
}

std::string Statistics(const LintReport& report) {
  std::map<std::string_view, std::size_t> counts;
  std::map<std::string_view, Severity> severities;
  for (const LintedFile& file : report.files) {
    for (const Diagnostic& diagnostic : file.diagnostics) {
      ++counts[diagnostic.code];
      severities[diagnostic.code] = diagnostic.severity;
    }
  }
  std::vector<std::pair<std::string_view, std::size_t>> rows(counts.begin(), counts.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [code, count] : rows) {
    text += fmt::format("{:>6}  {:<6} {:<10}  {}\n", count, code,
                        policy::SeverityName(severities[code]), NameOf(report, code));
  }
  return text;
}

}  // namespace

std::string FindingAsText(const policy::Source& source, const Diagnostic& diagnostic,
                          std::string_view rule_name, bool color, std::string_view resource) {
  const Palette palette(color);
  std::string text = fmt::format(
      "{}{}{}: {}{}{}: {} [{}]\n", palette.bold, OneLine(Place(source, diagnostic.range)),
      palette.reset, palette.Of(diagnostic.severity), policy::SeverityName(diagnostic.severity),
      palette.reset, OneLine(diagnostic.message), diagnostic.code);
  text += Snippet(source, diagnostic.range, palette);
  for (const policy::RelatedRange& related : diagnostic.related) {
    text += fmt::format("  {}: {}\n", At(source, related.range), OneLine(related.message));
    text += Snippet(source, related.range, palette);
  }
  if (!resource.empty()) text += fmt::format("  in:   {}\n", OneLine(resource));
  if (!diagnostic.help.empty()) text += fmt::format("  help: {}\n", OneLine(diagnostic.help));
  text += fmt::format("  why:  postern rules {}{}\n", diagnostic.code,
                      rule_name.empty() ? "" : fmt::format(" ({})", rule_name));
  return text;
}

std::string FindingsAsText(const LintReport& report, bool color) {
  std::string text;
  if (report.statistics) {
    text = Statistics(report);
  } else {
    for (const LintedFile& file : report.files) {
      const std::size_t shown = std::min(file.diagnostics.size(), kShownFindings);
      for (std::size_t i = 0; i < shown; ++i) {
        const Diagnostic& diagnostic = file.diagnostics[i];
        text += FindingAsText(*file.source, diagnostic, NameOf(report, diagnostic.code), color,
                              file.container ? std::string_view(file.container->resource) : "");
        text += '\n';
      }
      if (shown < file.diagnostics.size()) {
        text += fmt::format("{}: and {} (`-f json` lists all)\n\n", OneLine(NameOf(file)),
                            Count(file.diagnostics.size() - shown, "more finding"));
      }
    }
  }
  if (!report.quiet) text += Summary(report);
  return text;
}

}  // namespace postern::cmd
