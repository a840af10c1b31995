// Operators against the types of their keys.
#include <array>
#include <string>
#include <string_view>

#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/values.h"
#include "policy/language/variables.h"
#include "policy/language/wildcard.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"
#include "policy/rules/fixes.h"
#include "policy/rules/keys.h"

namespace postern::policy {
namespace {

constexpr unsigned Bit(OperatorFamily family) { return 1u << static_cast<unsigned>(family); }

// Which operators can be true of a key's values, and what to use.
struct TypeRow {
  KeyType type;
  std::string_view title;
  unsigned families;
  std::string_view help;
};
constexpr unsigned kAny = Bit(OperatorFamily::kNull);
constexpr std::array kTypes = {
    // Services declare a good many keys as strings that hold something narrower: only the global
    // ones are judged.
    TypeRow{KeyType::kString, "a string",
            kAny | Bit(OperatorFamily::kString) | Bit(OperatorFamily::kArn) |
                Bit(OperatorFamily::kBinary),
            "use StringEquals or StringLike"},
    TypeRow{KeyType::kArn, "an ARN",
            kAny | Bit(OperatorFamily::kString) | Bit(OperatorFamily::kArn),
            "use ArnLike or ArnEquals"},
    TypeRow{KeyType::kNumeric, "a number", kAny | Bit(OperatorFamily::kNumeric),
            "use a Numeric operator"},
    TypeRow{KeyType::kDate, "a point in time", kAny | Bit(OperatorFamily::kDate),
            "use a Date operator"},
    TypeRow{KeyType::kBool, "true or false",
            kAny | Bit(OperatorFamily::kBool) | Bit(OperatorFamily::kString), "use Bool"},
    TypeRow{KeyType::kIpAddress, "an IP address", kAny | Bit(OperatorFamily::kIpAddress),
            "use IpAddress or NotIpAddress"},
};

const TypeRow* RowOf(KeyType type) {
  for (const TypeRow& row : kTypes) {
    if (row.type == type) return &row;
  }
  return nullptr;
}

// Text that is written like an ARN and has a wildcard in front of its last field.
bool HasWildcardBeforeResource(std::string_view text) {
  const Arn arn = SplitArn(text);
  if (!arn.valid()) return false;
  for (std::size_t field = 1; field < 5; ++field) {
    if (HasWildcard(arn.fields[field])) return true;
  }
  return false;
}

}  // namespace

void CheckOperatorType(LintContext& context) {
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    const auto known = context.catalogue().FindConditionKey(key);
    if (!known) return;
    const TypeRow* row = RowOf(known->type);
    const OperatorFamily family = Traits(condition).family;
    if (row == nullptr || (row->families & Bit(family)) != 0) return;
    const bool is_global = EqualsIgnoreAsciiCase(key.substr(0, 4), "aws:");
    // A tag holds whatever people put there.
    if (known->type == KeyType::kString && (!is_global || known->has_tail)) return;
    // Its value is written as a number.
    if (IsOn(condition, "aws:EpochTime") && family == OperatorFamily::kNumeric) return;
    // `*` asks whether there is a value at all, whatever its type; EP107 knows the ids.
    if (condition.values.size() == 1 && condition.values[0]->text == "*") return;
    if (context.kind() == PolicyKind::kEndpoint && HoldsSystemId(key)) return;
    context.ReportKey("CO709", *condition.op_node,
                      Quote(key) + " is " + std::string(row->title) + ", which " +
                          Quote(condition.op_node->key) + " does not compare",
                      std::string(row->help));
  });
}

void CheckStringLikeOnArn(LintContext& context) {
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    if (Traits(condition).family != OperatorFamily::kString || !Traits(condition).wildcards) return;
    const auto known = context.catalogue().FindConditionKey(condition.key_node->key);
    if (!known || known->type != KeyType::kArn) return;
    for (const Node* value : condition.values) {
      if (!HasWildcardBeforeResource(value->text)) continue;
      const bool negated = Traits(condition).negated;
      context.Report("CO710", *value,
                     "with " + Quote(condition.op_node->key) +
                         " a wildcard in an ARN goes on across `:` into the next fields",
                     std::string("use ") + (negated ? "ArnNotLike" : "ArnLike") +
                         ", which compares field by field");
    }
  });
}

void CheckWildcardWithoutLike(LintContext& context) {
  ForEachValue(context, [&](const Condition& condition, const Node& value) {
    const OperatorTraits& traits = Traits(condition);
    if (traits.family != OperatorFamily::kString || traits.wildcards) return;
    // A URL may well have a `?` in it, and `${*}` is a star that is meant.
    const std::string tokens = Tokenize(value.text, {.version = context.document().version()}).text;
    const bool has_star = tokens.find(kAnyRun) != tokens.npos;
    const bool has_mark =
        tokens.find(kAnyOne) != tokens.npos && value.text.find("://") == value.text.npos;
    if (!has_star && !has_mark) return;
    context.Report("CO719", value,
                   std::string(has_star ? "`*`" : "`?`") + " is an ordinary character under " +
                       Quote(condition.op_node->key) + ", so " + Quote(value.text) +
                       " equals hardly anything",
                   std::string("use ") + (traits.negated ? "StringNotLike" : "StringLike") +
                       ", or write the whole value");
  });
}

void CheckStringOnBool(LintContext& context) {
  ForEachValue(context, [&](const Condition& condition, const Node& value) {
    const OperatorTraits& traits = Traits(condition);
    const bool ignores_case = condition.op->base == BaseOperator::kStringEqualsIgnoreCase ||
                              condition.op->base == BaseOperator::kStringNotEqualsIgnoreCase;
    if (traits.family != OperatorFamily::kString || ignores_case) return;
    const auto known = context.catalogue().FindConditionKey(condition.key_node->key);
    if (!known || known->type != KeyType::kBool || !ParseBool(value.text)) return;
    const std::string lower = FoldAscii(value.text);
    if (lower == value.text) return;
    Diagnostic& finding = context.Report(
        "CO756", value,
        Quote(condition.key_node->key) + " is `true` or `false`, and " +
            Quote(condition.op_node->key) + " compares the case: it is never " + Quote(value.text),
        "use Bool, which ignores case");
    AddRewrite(finding, context.document(), value, lower, FixSafety::kUnsafe);
  });
}

}  // namespace postern::policy
