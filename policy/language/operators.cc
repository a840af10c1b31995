#include "policy/language/operators.h"

#include <array>
#include <cassert>
#include <cstddef>

#include "policy/language/fold.h"

namespace postern::policy {
namespace {

using enum BaseOperator;

constexpr OperatorFamily String = OperatorFamily::kString;
constexpr OperatorFamily Numeric = OperatorFamily::kNumeric;
constexpr OperatorFamily Date = OperatorFamily::kDate;
constexpr OperatorFamily Ip = OperatorFamily::kIpAddress;
constexpr OperatorFamily Arn = OperatorFamily::kArn;

// In the order of BaseOperator. Columns: negated, wildcards, variables.
constexpr std::array<OperatorTraits, 27> kOperators = {{
    {kStringEquals, "StringEquals", String, false, false, true},
    {kStringNotEquals, "StringNotEquals", String, true, false, true},
    {kStringEqualsIgnoreCase, "StringEqualsIgnoreCase", String, false, false, true},
    {kStringNotEqualsIgnoreCase, "StringNotEqualsIgnoreCase", String, true, false, true},
    {kStringLike, "StringLike", String, false, true, true},
    {kStringNotLike, "StringNotLike", String, true, true, true},
    {kNumericEquals, "NumericEquals", Numeric, false, false, false},
    {kNumericNotEquals, "NumericNotEquals", Numeric, true, false, false},
    {kNumericLessThan, "NumericLessThan", Numeric, false, false, false},
    {kNumericLessThanEquals, "NumericLessThanEquals", Numeric, false, false, false},
    {kNumericGreaterThan, "NumericGreaterThan", Numeric, false, false, false},
    {kNumericGreaterThanEquals, "NumericGreaterThanEquals", Numeric, false, false, false},
    {kDateEquals, "DateEquals", Date, false, false, false},
    {kDateNotEquals, "DateNotEquals", Date, true, false, false},
    {kDateLessThan, "DateLessThan", Date, false, false, false},
    {kDateLessThanEquals, "DateLessThanEquals", Date, false, false, false},
    {kDateGreaterThan, "DateGreaterThan", Date, false, false, false},
    {kDateGreaterThanEquals, "DateGreaterThanEquals", Date, false, false, false},
    {kBool, "Bool", OperatorFamily::kBool, false, false, true},  // A10
    {kBinaryEquals, "BinaryEquals", OperatorFamily::kBinary, false, false, false},
    {kIpAddress, "IpAddress", Ip, false, false, false},
    {kNotIpAddress, "NotIpAddress", Ip, true, false, false},
    {kArnEquals, "ArnEquals", Arn, false, true, true},
    {kArnLike, "ArnLike", Arn, false, true, true},
    {kArnNotEquals, "ArnNotEquals", Arn, true, true, true},
    {kArnNotLike, "ArnNotLike", Arn, true, true, true},
    {kNull, "Null", OperatorFamily::kNull, false, false, false},
}};

constexpr std::string_view kForAllValues = "ForAllValues:";
constexpr std::string_view kForAnyValue = "ForAnyValue:";
constexpr std::string_view kIfExists = "IfExists";

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!EqualsIgnoreAsciiCase(text.substr(0, prefix.size()), prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool TakeSuffix(std::string_view& text, std::string_view suffix) {
  if (text.size() < suffix.size()) return false;
  if (!EqualsIgnoreAsciiCase(text.substr(text.size() - suffix.size()), suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

}  // namespace

std::span<const OperatorTraits> AllOperators() { return kOperators; }

const OperatorTraits& TraitsOf(BaseOperator base) {
  const OperatorTraits& traits = kOperators[static_cast<std::size_t>(base)];
  assert(traits.base == base);
  return traits;
}

std::optional<ConditionOperator> ParseOperator(std::string_view text) {
  ConditionOperator op;
  if (TakePrefix(text, kForAllValues)) {
    op.qualifier = SetQualifier::kForAllValues;
  } else if (TakePrefix(text, kForAnyValue)) {
    op.qualifier = SetQualifier::kForAnyValue;
  }
  op.if_exists = TakeSuffix(text, kIfExists);
  for (const OperatorTraits& traits : kOperators) {
    if (!EqualsIgnoreAsciiCase(text, traits.name)) continue;
    if (op.if_exists && traits.base == kNull) return std::nullopt;
    op.base = traits.base;
    return op;
  }
  return std::nullopt;
}

std::string OperatorName(ConditionOperator op) {
  std::string name;
  if (op.qualifier == SetQualifier::kForAllValues) name += kForAllValues;
  if (op.qualifier == SetQualifier::kForAnyValue) name += kForAnyValue;
  name += TraitsOf(op.base).name;
  if (op.if_exists) name += kIfExists;
  return name;
}

}  // namespace postern::policy
