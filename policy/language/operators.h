// Condition operators: their names, their parts, their properties (semantics S4.2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace postern::policy {

enum class BaseOperator : std::uint8_t {
  kStringEquals,
  kStringNotEquals,
  kStringEqualsIgnoreCase,
  kStringNotEqualsIgnoreCase,
  kStringLike,
  kStringNotLike,
  kNumericEquals,
  kNumericNotEquals,
  kNumericLessThan,
  kNumericLessThanEquals,
  kNumericGreaterThan,
  kNumericGreaterThanEquals,
  kDateEquals,
  kDateNotEquals,
  kDateLessThan,
  kDateLessThanEquals,
  kDateGreaterThan,
  kDateGreaterThanEquals,
  kBool,
  kBinaryEquals,
  kIpAddress,
  kNotIpAddress,
  kArnEquals,
  kArnLike,
  kArnNotEquals,
  kArnNotLike,
  kNull,
};

// The type both sides are read as.
enum class OperatorFamily : std::uint8_t {
  kString,
  kNumeric,
  kDate,
  kBool,
  kBinary,
  kIpAddress,
  kArn,
  kNull,
};

enum class SetQualifier : std::uint8_t { kNone, kForAllValues, kForAnyValue };

struct ConditionOperator {
  BaseOperator base = BaseOperator::kStringEquals;
  SetQualifier qualifier = SetQualifier::kNone;
  bool if_exists = false;

  friend bool operator==(const ConditionOperator&, const ConditionOperator&) = default;
};

// One row per base operator.
struct OperatorTraits {
  BaseOperator base;
  std::string_view name;  // canonical spelling
  OperatorFamily family;
  bool negated;
  bool wildcards;  // `*` and `?` in the policy value are wildcards
  bool variables;  // `${...}` in the policy value is substituted (Bool: assumption A10)
};

std::span<const OperatorTraits> AllOperators();
const OperatorTraits& TraitsOf(BaseOperator base);

// "ForAnyValue:StringLikeIfExists" in any case (S1.4). Null takes no IfExists; there is no
// BinaryNotEquals, NotBool, DateNotLessThan: absent.
std::optional<ConditionOperator> ParseOperator(std::string_view text);
std::string OperatorName(ConditionOperator op);  // canonical spelling

}  // namespace postern::policy
