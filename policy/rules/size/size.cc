// How large a policy may be (S1.10): what AWS counts differs from kind to kind.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "policy/format/minify.h"
#include "policy/limits.h"
#include "policy/rules/size/checks.h"
#include "policy/rules/size/own_text.h"

namespace postern::policy {
namespace {

std::string IfMinified(std::size_t minified, std::size_t limit) {
  const std::string size =
      "without the white space between its parts it has " + std::to_string(minified);
  return minified <= limit
             ? size + " and fits, with " + std::to_string(limit - minified) + " to spare"
             : size + ", still " + std::to_string(minified - limit) +
                   " too many; `postern fmt --minify=tight` may find shorter words";
}

// Where AWS refuses the policy for its white space alone there is one repair, and it changes
// nothing else.
void OfferMinified(const PolicyDocument& document, Diagnostic& finding) {
  const std::string_view text = document.source().text();
  if (!IsTheFile(document)) return;
  Fix& fix = finding.fixes.emplace_back();
  fix.safe = true;
  fix.title = "leave out the white space between its parts";
  fix.edits.push_back({{0, static_cast<std::uint32_t>(text.size())}, WithoutWhiteSpace(text)});
}

std::size_t MinifiedSize(const TextSize& size, SizeUnit unit) {
  switch (unit) {
    case SizeUnit::kBytes:
      return size.minified_bytes();
    case SizeUnit::kCharacters:
      return size.minified_characters();
    case SizeUnit::kCharactersButNoSpace:
      break;
  }
  return Counted(size, unit);
}

std::string HowMuch(std::size_t counted, const SizeLimit& row) {
  return std::to_string(counted) + " " + std::string(SizeUnitName(row.unit)) + "; " +
         std::string(row.counted) + " may have " + std::to_string(row.limit);
}

// What AWS granted the account stands in the place of its default.
SizeLimit Granted(const LintContext& context, const SizeLimit& row) {
  SizeLimit limit = row;
  const auto& quotas = context.facts().quotas;
  const auto quota = std::ranges::find(quotas, row.kind, &SizeQuota::kind);
  if (quota != quotas.end()) limit.limit = quota->limit;
  return limit;
}

SizeLimit LimitOf(const LintContext& context, PolicyKind kind) {
  return Granted(context, LimitsOf(kind).front());
}

// The policy against one row of the limits.
void CheckLimit(LintContext& context, std::string_view code, const SizeLimit& row) {
  const TextSize size = Measure(OwnText(context.document()));
  const std::size_t counted = Counted(size, row.unit);
  if (counted <= row.limit) return;
  const bool space_counts = row.unit != SizeUnit::kCharactersButNoSpace;
  const std::size_t minified = MinifiedSize(size, row.unit);
  Diagnostic& finding = ReportAtBeginning(
      context, code, HowMuch(counted, row),
      space_counts ? IfMinified(minified, row.limit) : "split it, or shorten its lists");
  if (space_counts && minified <= row.limit) OfferMinified(context.document(), finding);
}

void CheckLimitOf(LintContext& context, std::string_view code, PolicyKind kind) {
  if (context.kind() == kind) CheckLimit(context, code, LimitOf(context, kind));
}

// Of inline policies the sum counts, so one by itself is too large only beyond the largest sum: a
// role's.
SizeLimit LargestInline(const LintContext& context) {
  const auto rows = LimitsOf(PolicyKind::kInline);
  return Granted(context, *std::ranges::max_element(rows, {}, &SizeLimit::limit));
}

}  // namespace

void CheckEndpointPolicySize(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  const SizeLimit row = LimitOf(context, PolicyKind::kEndpoint);
  const TextSize size = Measure(OwnText(context.document()));
  const std::string bytes = std::to_string(size.bytes) + " bytes";
  if (size.characters > row.limit) {
    Diagnostic& finding =
        ReportAtBeginning(context, "SZ301",
                          std::to_string(size.characters) + " characters (" + bytes + "); " +
                              std::string(row.counted) + " may have " + std::to_string(row.limit) +
                              ", white space included",
                          IfMinified(size.minified_characters(), row.limit));
    if (size.minified_characters() <= row.limit) OfferMinified(context.document(), finding);
  } else if (size.bytes > row.limit) {
    ReportAtBeginning(context, "SZ301",
                      bytes + "; the limit of " + std::to_string(row.limit) +
                          " is documented in characters, of which there are " +
                          std::to_string(size.characters),
                      IfMinified(size.minified_bytes(), row.limit))
        .severity = Severity::kWarning;
  }
}

void CheckEndpointPolicyNearLimit(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  const SizeLimit row = LimitOf(context, PolicyKind::kEndpoint);
  const TextSize size = Measure(OwnText(context.document()));
  if (size.bytes > row.limit || size.characters * 10 < row.limit * 9) return;
  const Statement* largest = nullptr;
  for (const Statement& statement : context.document().statements()) {
    const auto length = [](const Statement& each) {
      return each.node->range.end - each.node->range.begin;
    };
    if (largest == nullptr || length(statement) > length(*largest)) largest = &statement;
  }
  Diagnostic& finding =
      ReportAtBeginning(context, "SZ302",
                        std::to_string(size.characters) + " of " + std::to_string(row.limit) +
                            " characters are used, white space included",
                        IfMinified(size.minified_characters(), row.limit));
  if (largest != nullptr) {
    SourceRange range = largest->node->range;
    range.end = range.begin + 1;
    finding.related.push_back({range, "the largest statement"});
  }
}

void CheckIdentityPolicySize(LintContext& context) {
  const PolicyKind kind = context.kind();
  if (kind == PolicyKind::kInline) {
    CheckLimit(context, "SZ303", LargestInline(context));
  } else if (kind == PolicyKind::kManaged || kind == PolicyKind::kBoundary) {
    CheckLimitOf(context, "SZ303", kind);
  } else if (kind == PolicyKind::kIdentity) {
    // Managed or inline, which is not known: an error if it is too large for both.
    const SizeLimit managed = LimitOf(context, PolicyKind::kManaged);
    const SizeLimit largest = LargestInline(context);
    const std::size_t counted = Counted(Measure(OwnText(context.document())), managed.unit);
    const bool too_large_for_both = counted > largest.limit;
    if (counted <= managed.limit) return;
    const SizeLimit& row = too_large_for_both ? largest : managed;
    Diagnostic& finding = ReportAtBeginning(context, "SZ303", HowMuch(counted, row),
                                            "split it, or shorten its lists");
    if (!too_large_for_both) finding.severity = Severity::kWarning;
  }
}

void CheckTrustPolicySize(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  constexpr std::size_t kRaised = 8'192;  // what AWS grants on request
  const SizeLimit row = LimitOf(context, PolicyKind::kTrust);
  const std::size_t counted = Counted(Measure(OwnText(context.document())), row.unit);
  if (counted <= row.limit) return;
  const bool may_be_raised = row.limit == LimitsOf(PolicyKind::kTrust).front().limit;
  Diagnostic& finding = ReportAtBeginning(
      context, "SZ304", HowMuch(counted, row),
      may_be_raised ? "shorten it; on request AWS raises the limit of the account to " +
                          std::to_string(kRaised) +
                          ", which --quota trust=" + std::to_string(kRaised) + " says"
                    : "shorten it");
  if (may_be_raised && counted <= kRaised) finding.severity = Severity::kWarning;
}

void CheckScpSize(LintContext& context) { CheckLimitOf(context, "SZ305", PolicyKind::kScp); }
void CheckRcpSize(LintContext& context) { CheckLimitOf(context, "SZ306", PolicyKind::kRcp); }
void CheckSessionPolicySize(LintContext& context) {
  CheckLimitOf(context, "SZ308", PolicyKind::kSession);
}

void CheckBucketPolicySize(LintContext& context) {
  if (!IsS3Resource(context.kind())) return;
  const SizeLimit row = LimitOf(context, context.kind());
  const TextSize size = Measure(OwnText(context.document()));
  if (size.bytes <= row.limit) return;
  Diagnostic& finding =
      ReportAtBeginning(context, "SZ307",
                        std::to_string(size.bytes) + " bytes; " + std::string(row.counted) +
                            " may have " + std::to_string(row.limit),
                        IfMinified(size.minified_bytes(), row.limit));
  if (size.minified_bytes() <= row.limit) OfferMinified(context.document(), finding);
}

}  // namespace postern::policy
