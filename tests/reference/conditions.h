#pragma once

#include "tests/reference/documents.h"
#include "tests/reference/truth.h"

namespace postern::reference {

class Keys;

// One operator and key of a Condition: S4, as S12.3 sets it out. `variables`: the document's
// version has them.
Truth JudgeLeg(const ConditionLeg& leg, bool variables, const Keys& keys);

// The operator's parts (S4.2), for the public test of S7.11.
enum class Base {
  kString,
  kStringIgnoreCase,
  kStringLike,
  kNumeric,
  kDate,
  kBool,
  kBinary,
  kIp,
  kArn,
  kNull,
};
enum class Relation { kEqual, kLess, kLessEqual, kGreater, kGreaterEqual };
enum class SetPrefix { kNone, kForAllValues, kForAnyValue };
struct Operator {
  Base base = Base::kString;
  bool negated = false;
  Relation relation = Relation::kEqual;
  SetPrefix set = SetPrefix::kNone;
  bool if_exists = false;
};
// Nothing where there is no such operator.
std::optional<Operator> ReadOperator(const std::string& text);

}  // namespace postern::reference
