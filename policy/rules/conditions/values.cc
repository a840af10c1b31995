// Values that are not of their operator's type: such a condition is never true (S4.9).
#include "policy/language/values.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"

namespace postern::policy {
namespace {

constexpr std::int64_t kLongAgo = std::int64_t{365} * 24 * 60 * 60;

template <typename Visit>
void ForEachValueOf(OperatorFamily family, const LintContext& context, Visit visit) {
  ForEachValue(context, [&](const Condition& condition, const Node& value) {
    if (Traits(condition).family == family && !IsUnfinished(value.text)) visit(condition, value);
  });
}

bool IsAllDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool IsLess(BaseOperator base) {
  return base == BaseOperator::kNumericLessThan || base == BaseOperator::kNumericLessThanEquals;
}
bool IsGreater(BaseOperator base) {
  return base == BaseOperator::kNumericGreaterThan ||
         base == BaseOperator::kNumericGreaterThanEquals;
}

// Of the clock, as a date or as seconds.
bool EndsAt(BaseOperator base) {
  return IsLess(base) || base == BaseOperator::kDateLessThan ||
         base == BaseOperator::kDateLessThanEquals;
}
bool BeginsAt(BaseOperator base) {
  return IsGreater(base) || base == BaseOperator::kDateGreaterThan ||
         base == BaseOperator::kDateGreaterThanEquals;
}

}  // namespace

void CheckBoolValue(LintContext& context) {
  for (const OperatorFamily family : {OperatorFamily::kBool, OperatorFamily::kNull}) {
    ForEachValueOf(family, context, [&](const Condition& condition, const Node& value) {
      if (ParseBool(value.text)) return;
      context.Report("CO711", value,
                     Quote(condition.op_node->key) + " takes `true` or `false`, not " +
                         Quote(value.text) + ": this is never true");
    });
  }
}

void CheckSeveralBools(LintContext& context) {
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    const OperatorFamily family = Traits(condition).family;
    if (family != OperatorFamily::kBool && family != OperatorFamily::kNull) return;
    if (condition.values.size() < 2) return;
    context.ReportKey("CO712", *condition.key_node,
                      Quote(condition.op_node->key) + " takes one value, not " +
                          std::to_string(condition.values.size()),
                      "write `true` or `false`, or remove the condition");
  });
}

void CheckDateValue(LintContext& context) {
  ForEachValueOf(OperatorFamily::kDate, context, [&](const Condition&, const Node& value) {
    const std::string_view text = value.text;
    if (!Instant::Parse(text)) {
      context.Report("CO713", value, Quote(text) + " is no date: this is never true",
                     "write a date such as `2026-01-31T00:00:00Z`, or seconds since 1970");
    } else if (IsAllDigits(text) && text.size() == 4) {
      context.Report("CO713", value, Quote(text) + " is read as seconds since 1970, not as a year",
                     "write `" + std::string(text) + "-01-01T00:00:00Z`");
    } else if (IsAllDigits(text) && text.size() == 13) {
      context.Report("CO713", value,
                     Quote(text) + " is read as seconds since 1970, and looks like milliseconds",
                     "write `" + std::string(text.substr(0, 10)) + "`");
    }
  });
}

void CheckDatePassed(LintContext& context) {
  const auto today = Instant::Parse(context.facts().today);
  if (!today) return;
  const auto is_clock = [](const Condition& condition) {
    return IsOn(condition, "aws:CurrentTime") || IsOn(condition, "aws:EpochTime");
  };
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (!IsPlain(condition) || !is_clock(condition) || condition.values.empty()) return;
    const bool ends = EndsAt(condition.op->base);
    if (!ends && !BeginsAt(condition.op->base)) return;
    // Of several values one is enough: the last day to end, or the first to begin.
    std::optional<Instant> limit;
    for (const Node* value : condition.values) {
      const auto instant = Instant::Parse(value->text);
      if (!instant) return;
      if (!limit || (ends ? *limit < *instant : *instant < *limit)) limit = instant;
    }
    const Node& place = *condition.values.front();
    const std::string effect = IsAllow(statement) ? "allows" : "denies";
    if (ends && *limit < *today) {
      context.Report("CO714", place,
                     "this day is over: the statement " + effect + " nothing any more",
                     "remove the statement, or write the day until which it has to hold");
      return;
    }
    // A window that has opened and will close is in order.
    const bool closes = std::ranges::any_of(statement.conditions, [&](const Condition& other) {
      return other.op && is_clock(other) && EndsAt(other.op->base);
    });
    if (ends || closes || limit->seconds + kLongAgo > today->seconds) return;
    context
        .Report("CO714", place,
                "this day is long over: the condition has held ever since, and tells nothing apart",
                "remove the condition")
        .severity = Severity::kSuggestion;
  });
}

void CheckNumberValue(LintContext& context) {
  ForEachValueOf(
      OperatorFamily::kNumeric, context, [&](const Condition& condition, const Node& value) {
        if (Decimal::Parse(value.text)) return;
        context.Report("CO715", value,
                       Quote(value.text) + " is no number, which " + Quote(condition.op_node->key) +
                           " compares: this is never true");
      });
}

void CheckRedundantNumber(LintContext& context) {
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    const BaseOperator base = condition.op->base;
    if ((!IsLess(base) && !IsGreater(base)) || condition.values.size() < 2) return;
    // Any one of them is enough, so the widest decides.
    const Node* widest = nullptr;
    std::optional<Decimal> limit;
    for (const Node* value : condition.values) {
      const auto number = Decimal::Parse(value->text);
      if (!number) return;
      const bool is_wider = !limit || (IsLess(base) ? *number > *limit : *number < *limit);
      if (is_wider) {
        widest = value;
        limit = number;
      }
    }
    Diagnostic& finding = context.ReportKey("CO741", *condition.key_node,
                                            "of the values under " + Quote(condition.op_node->key) +
                                                " only " + Quote(widest->text) + " counts",
                                            "write that one alone");
    Fix& fix = finding.fixes.emplace_back();
    fix.safe = true;
    fix.title = "write " + Quote(widest->text);
    fix.edits.push_back(
        {condition.key_node->range, std::string(context.document().source().Slice(widest->range))});
  });
}

}  // namespace postern::policy
