#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

#include "cmd/render/findings.h"
#include "cmd/render/snippet.h"
#include "cmd/render/suggestion.h"
#include "cmd/render/unified_diff.h"
#include "policy/fixes.h"

namespace postern::cmd {
namespace {

using policy::Diagnostic;
using policy::Severity;

// A rule that speaks about every line hides the others.
constexpr std::size_t kShownOfRule = 8;

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
    ++counts[{file.kind, file.kind_reason}];
  }
  std::string text;
  for (const auto& [kind, count] : counts) {
    text += fmt::format("{}{}{} ({})", text.empty() ? "kind: " : ", ",
                        report.files.size() == 1 ? "" : fmt::format("{} ", count), kind.first,
                        kind.second);
  }
  return text + "\n";
}

// "3 findings (JS102, 2 GR209)"
std::string Repaired(const std::vector<policy::AppliedFix>& fixes) {
  std::map<std::string_view, std::size_t> counts;
  for (const policy::AppliedFix& fix : fixes) ++counts[fix.code];
  std::string codes;
  for (const auto& [code, count] : counts) {
    codes += fmt::format("{}{}{}", codes.empty() ? "" : ", ",
                         count == 1 ? "" : fmt::format("{} ", count), code);
  }
  return fmt::format("{} ({})", Count(fixes.size(), "finding"), codes);
}

std::string WhatWasRepaired(const LintReport& report) {
  std::string text;
  for (const LintedFile& file : report.files) {
    if (file.fixed.empty()) continue;
    text += fmt::format("repaired {} in {}\n", Repaired(file.fixed), OneLine(file.source->name()));
  }
  return text;
}

std::string WhatCanBeRepaired(const LintReport& report) {
  std::size_t safe = 0;
  std::size_t all = 0;
  for (const LintedFile& file : report.files) {
    if (!file.Repairable()) continue;
    for (const Diagnostic& diagnostic : file.diagnostics) {
      safe += policy::PermittedFix(diagnostic, policy::FixLevel::kSafe) != nullptr ? 1 : 0;
      all += policy::PermittedFix(diagnostic, policy::FixLevel::kUnsafe) != nullptr ? 1 : 0;
    }
  }
  if (all == 0) return {};
  if (safe == 0) return fmt::format("--fix --unsafe-fixes repairs {}\n", Count(all, "finding"));
  return fmt::format("--fix repairs {}{}\n", Count(safe, "finding"),
                     all == safe ? "" : fmt::format(", --fix --unsafe-fixes {}", all));
}

std::string NotReported(const LintReport& report) {
  std::string text;
  if (report.ignored > 0) {
    text +=
        fmt::format("ignored {}, as the configuration says\n", Count(report.ignored, "finding"));
  }
  if (report.in_baseline > 0) {
    text += fmt::format("the baseline has {}\n", Count(report.in_baseline, "finding"));
  }
  return text;
}

// "3 files", or "12 policies in 3 files" where some are containers.
std::string WhatWasChecked(const LintReport& report) {
  std::set<const policy::Source*> sources;
  bool contained = false;
  for (const LintedFile& file : report.files) {
    sources.insert(file.source.get());
    contained |= file.container.has_value();
  }
  std::string files = Count(sources.size(), "file");
  if (!contained) return files;
  const std::size_t policies = report.files.size();
  return fmt::format("{} {} in {}", policies, policies == 1 ? "policy" : "policies", files);
}

// "aws_vpc_endpoint.s3 (plan.json)", or the file.
std::string NameOf(const LintedFile& file) {
  if (file.Resource().empty()) return file.source->name();
  return fmt::format("{} ({})", OneLine(file.Resource()), file.source->name());
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
  text += WhatWasRepaired(report);
  text += fmt::format("checked {}: {}\n", WhatWasChecked(report), Totals(report));
  text += WhatCanBeRepaired(report) + NotReported(report);
  if (report.files.size() > 1 && report.verbose) {
    for (const LintedFile& file : report.files) {
      text += fmt::format("kind of {}: {} ({})\n", NameOf(file), file.kind, file.kind_reason);
    }
  } else if (!report.files.empty()) {
    text += Kinds(report);
  }
  if (!report.others.empty()) {
    text += fmt::format("skipped {} without a policy{}\n", Count(report.others.size(), "file"),
                        report.verbose ? ":" : "");
    if (report.verbose) {
      for (const std::string& other : report.others) text += fmt::format("  {}\n", OneLine(other));
    }
  }
  if (!report.errors.empty()) {
    text += fmt::format("{} could not be read\n", Count(report.errors.size(), "argument"));
  }
  return text;
}

// A rule that speaks with several severities has a row for each.
std::string Statistics(const LintReport& report) {
  struct Row {
    std::string_view code;
    Severity severity;
    std::size_t count;
  };
  std::map<std::pair<std::string_view, Severity>, std::size_t> counts;
  for (const LintedFile& file : report.files) {
    for (const Diagnostic& diagnostic : file.diagnostics) {
      ++counts[{diagnostic.code, diagnostic.severity}];
    }
  }
  std::vector<Row> rows;
  rows.reserve(counts.size());
  for (const auto& [key, count] : counts) rows.push_back({key.first, key.second, count});
  std::ranges::stable_sort(rows, std::ranges::greater(), &Row::count);
  std::string text;
  for (const Row& row : rows) {
    text += fmt::format("{:>6}  {:<6} {:<10}  {}\n", row.count, row.code,
                        policy::SeverityName(row.severity), NameOf(report, row.code));
  }
  return text;
}

std::string_view WhyByHand(const LintedFile& file) {
  if (file.Repairable()) return {};
  return file.container ? "the policy is part of a larger file" : "the policy is in a string";
}

}  // namespace

std::string FindingAsText(const LintedFile& file, const Diagnostic& diagnostic,
                          std::string_view rule_name, bool color) {
  const policy::Source& source = *file.source;
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
  if (!file.Resource().empty()) text += fmt::format("  in:   {}\n", OneLine(file.Resource()));
  const bool said = !diagnostic.fixes.empty() && diagnostic.fixes.front().title == diagnostic.help;
  if (!diagnostic.help.empty() && !said) {
    text += fmt::format("  help: {}\n", OneLine(diagnostic.help));
  }
  for (const policy::Fix& fix : diagnostic.fixes) {
    text += FixAsText(source, fix, WhyByHand(file), palette);
  }
  text += fmt::format("  why:  postern rules {}{}\n", diagnostic.code,
                      rule_name.empty() ? "" : fmt::format(" ({})", rule_name));
  return text;
}

std::string FixesAsDiff(const LintReport& report) {
  std::string text;
  for (const LintedFile& file : report.files) {
    if (file.before == nullptr) continue;
    text += UnifiedDiff(file.source->name(), file.before->text(), file.source->text());
  }
  return text;
}

namespace {

// With what is beyond the first few of a rule, or the first of all, as a count.
std::string FindingsOf(const LintedFile& file, const LintReport& report, bool color) {
  std::string text;
  std::map<std::string_view, std::size_t> count_of;
  std::map<std::string_view, std::size_t> left_out;
  std::size_t shown = 0;
  for (const Diagnostic& diagnostic : file.diagnostics) {
    const bool is_one_more = ++count_of[diagnostic.code] > kShownOfRule || shown == kShownFindings;
    if (is_one_more && !report.verbose) {
      ++left_out[diagnostic.code];
      continue;
    }
    ++shown;
    text += FindingAsText(file, diagnostic, NameOf(report, diagnostic.code), color);
    text += '\n';
  }
  if (left_out.empty()) return text;
  std::string rules;
  for (const auto& [code, count] : left_out) {
    rules += fmt::format("{}{} of {}", rules.empty() ? "" : ", ", count, code);
  }
  return text + fmt::format("{}: and {} ({}); `-v` shows all\n\n", OneLine(NameOf(file)),
                            Count(file.diagnostics.size() - shown, "more finding"), rules);
}

}  // namespace

std::string FindingsAsText(const LintReport& report, bool color) {
  std::string text;
  if (report.statistics) {
    text = Statistics(report);
  } else {
    for (const LintedFile& file : report.files) {
      text += FindingsOf(file, report, color);
    }
  }
  if (!report.quiet) text += Summary(report);
  return text;
}

}  // namespace postern::cmd
