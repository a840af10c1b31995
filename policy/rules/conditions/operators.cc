// Operators that are none, or that say something else than they seem to.
#include "policy/language/operators.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/operators.h"
#include "policy/rules/conditions/parts.h"
#include "policy/rules/fixes.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

constexpr std::size_t kLongestName = 60;  // no operator is longer, misspelt or not
constexpr std::array<std::string_view, 2> kSetPrefixes = {"ForAllValues", "ForAnyValue"};

// The part of an operator's name behind a set prefix, right or wrong.
std::string_view WithoutSetPrefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

// The base operator that a name ends with, without regard to what stands in front of it; the
// longest one.
std::string_view EndsWithOperator(std::string_view name) {
  for (std::size_t at = 1; at < name.size(); ++at) {
    const std::string_view tail = name.substr(at);
    if (ParseOperator(tail)) return tail;
  }
  return {};
}

template <typename Visit>
void ForEachUnknownOperator(const LintContext& context, Visit visit) {
  const Node* told = nullptr;
  for (const Statement& statement : context.document().statements()) {
    for (const Condition& condition : statement.conditions) {
      if (condition.op || condition.op_node == told) continue;
      told = condition.op_node;
      visit(*told);
    }
  }
}

}  // namespace

OperatorSlip SlipOf(const Catalogue& catalogue, const Node& op) {
  const std::string_view name = op.key;
  const std::string_view base = WithoutSetPrefix(name);
  if (EqualsIgnoreAsciiCase(base, "NullIfExists")) return OperatorSlip::kNullIfExists;
  if (!MeantSetOperator(name).empty()) return OperatorSlip::kSetPrefix;
  const bool is_key =
      name.find(':') != name.npos && (EqualsIgnoreAsciiCase(name.substr(0, 4), "aws:") ||
                                      catalogue.FindConditionKey(name).has_value());
  return is_key ? OperatorSlip::kKeyInItsPlace : OperatorSlip::kNone;
}

std::string MeantSetOperator(std::string_view name) {
  if (name.size() > kLongestName) return {};
  const std::string_view base = EndsWithOperator(name);
  if (base.empty()) return {};
  std::string_view prefix = name.substr(0, name.size() - base.size());
  while (!prefix.empty() && std::string_view(":.-_ ").find(prefix.back()) != prefix.npos) {
    prefix.remove_suffix(1);
  }
  const std::string_view meant = ClosestName(prefix, kSetPrefixes);
  if (meant.empty()) return {};
  std::string whole = std::string(meant) + ":" + OperatorName(*ParseOperator(base));
  return ParseOperator(whole) ? whole : std::string();
}

void CheckSetPrefix(LintContext& context) {
  ForEachUnknownOperator(context, [&context](const Node& op) {
    if (SlipOf(context.catalogue(), op) != OperatorSlip::kSetPrefix) return;
    const std::string meant = MeantSetOperator(op.key);
    Diagnostic& finding =
        context.ReportKey("CO702", op,
                          "there is no condition operator " + Quote(op.key) +
                              ": set operators begin with `ForAllValues:` or `ForAnyValue:`",
                          "write `" + meant + "`");
    AddRename(finding, context.document(), op, meant, FixSafety::kSafe);
  });
}

void CheckNullIfExists(LintContext& context) {
  ForEachUnknownOperator(context, [&context](const Node& op) {
    if (SlipOf(context.catalogue(), op) != OperatorSlip::kNullIfExists) return;
    Diagnostic& finding = context.ReportKey(
        "CO703", op, "Null takes no IfExists: it asks by itself whether the key exists",
        "write `Null`");
    AddRename(finding, context.document(), op, "Null", FixSafety::kUnsafe);
  });
}

void CheckNullWithSet(LintContext& context) {
  const Node* told = nullptr;
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    if (condition.op->base != BaseOperator::kNull || IsPlain(condition)) return;
    if (condition.op_node == told) return;
    told = condition.op_node;
    const bool holds = condition.op->qualifier == SetQualifier::kForAllValues;
    Diagnostic& finding = context.ReportKey(
        "CO727", *told,
        Quote(told->key) + " is always " + (holds ? "true" : "false") + ", whatever the request",
        "write `Null` by itself");
    AddRename(finding, context.document(), *told, "Null", FixSafety::kUnsafe);
  });
}

void CheckConditionDepth(LintContext& context) {
  ForEachUnknownOperator(context, [&context](const Node& op) {
    if (SlipOf(context.catalogue(), op) != OperatorSlip::kKeyInItsPlace) return;
    context.ReportKey("CO757", op,
                      Quote(op.key) + " is a condition key and stands where an operator is due",
                      "write operator, then key, then value: `{\"StringEquals\": {\"" +
                          std::string(op.key.substr(0, 60)) + "\": …}}`");
  });
}

}  // namespace postern::policy
