#include "tests/reference/conditions.h"

#include <map>

#include "tests/reference/keys.h"
#include "tests/reference/patterns.h"
#include "tests/reference/values.h"

namespace postern::reference {
namespace {

using Texts = std::vector<std::string>;

bool TakeStart(std::string& text, const std::string& start) {
  if (text.compare(0, start.size(), start) != 0) return false;
  text.erase(0, start.size());
  return true;
}

bool TakeEnd(std::string& text, const std::string& end) {
  if (text.size() < end.size()) return false;
  if (text.compare(text.size() - end.size(), end.size(), end) != 0) return false;
  text.resize(text.size() - end.size());
  return true;
}

bool TakesVariables(Base base) {
  return base == Base::kString || base == Base::kStringIgnoreCase || base == Base::kStringLike ||
         base == Base::kArn || base == Base::kBool;  // Bool: A10
}

bool IsArn(const Texts& parts) { return parts.size() == 6 && parts[0] == "arn"; }

// Can the operator read this text? The request's value, or a policy's value whose variables are
// replaced (S4.9).
bool IsOfType(Base base, const std::string& text, bool of_policy) {
  switch (base) {
    case Base::kString:
    case Base::kStringIgnoreCase:
    case Base::kStringLike:
      return true;
    case Base::kNumeric:
      return ReadDecimal(text).has_value();
    case Base::kDate:
      return ReadDate(text).has_value();
    case Base::kBool:
    case Base::kNull:
      return ReadBool(text).has_value();
    case Base::kBinary:
      return ReadBase64(text).has_value();
    case Base::kIp:
      return (of_policy ? ReadNetwork(text) : ReadAddress(text)).has_value();
    case Base::kArn:
      return IsArn(SplitArn(text, false));
  }
  return false;
}

// A policy's value that no request makes readable.
bool IsMalformed(Base base, const std::string& text, bool variables) {
  const bool replaced = variables && TakesVariables(base);
  if (base == Base::kArn && replaced) {
    return !IsOneVariable(text) && !IsArn(SplitArn(text, true));
  }
  if (replaced && HasVariable(text)) return false;
  return !IsOfType(base, text, true);
}

// What one policy value says of one request value.
struct Comparison {
  Truth matches = Truth::kNo;
  bool type_error = false;
};

bool Holds(Relation relation, int order) {
  switch (relation) {
    case Relation::kEqual:
      return order == 0;
    case Relation::kLess:
      return order < 0;
    case Relation::kLessEqual:
      return order <= 0;
    case Relation::kGreater:
      return order > 0;
    case Relation::kGreaterEqual:
      return order >= 0;
  }
  return false;
}

std::string ToAscii(const Tokens& literals) {
  std::string text;
  for (const Token& token : literals) {
    text += token.character < 0x80 ? static_cast<char>(token.character) : '?';
  }
  return text;
}

Tokens Lower(Tokens tokens) {
  for (Token& token : tokens) {
    if (token.kind == Token::kLiteral) {
      token.character = reference::Lower(std::u32string(1, token.character))[0];
    }
  }
  return tokens;
}

Comparison CompareBool(const std::string& value, const std::string& policy, bool variables,
                       const Keys& keys) {
  const Expansion expansion = Expand(policy, variables, false, keys);
  if (expansion.unresolved) return {};
  if (expansion.uncertain) return {Truth::kUnknown};
  const auto wanted = ReadBool(ToAscii(expansion.tokens));
  if (!wanted) return {Truth::kNo, true};
  return {Of(ReadBool(value) == wanted)};
}

// A value of one variable alone: it is replaced first, and then split (S12.2).
Comparison CompareArnVariable(const Texts& value, const std::string& policy, const Keys& keys) {
  const Expansion expansion = Expand(policy, true, false, keys);
  if (expansion.unresolved) return {};
  if (expansion.uncertain) return {Truth::kUnknown};
  Tokens text = expansion.tokens;
  std::vector<std::u32string> parts(1);
  for (const Token& token : text) {
    if (token.character == U':' && parts.size() < 6) {
      parts.emplace_back();
    } else {
      parts.back() += token.character;
    }
  }
  if (parts.size() != 6 || parts[0] != U"arn") return {Truth::kNo, true};
  bool equal = true;
  for (size_t i = 0; i < 6; ++i) equal = equal && parts[i] == Decode(value[i]);
  return {Of(equal)};
}

// S4.14
Comparison CompareArn(const std::string& value, const std::string& policy, bool variables,
                      const Keys& keys) {
  const Texts parts = SplitArn(value, false);
  if (variables && IsOneVariable(policy)) return CompareArnVariable(parts, policy, keys);
  const Texts patterns = SplitArn(policy, variables);
  Truth matches = Of(IsArn(patterns));
  if (matches == Truth::kNo) return {Truth::kNo, true};
  for (size_t i = 0; i < 6; ++i) {
    matches = And(matches, Match(Expand(patterns[i], variables, true, keys), Decode(parts[i])));
  }
  return {matches};
}

Comparison CompareString(const Operator& op, const std::string& value, const std::string& policy,
                         bool variables, const Keys& keys) {
  Expansion pattern = Expand(policy, variables, op.base == Base::kStringLike, keys);
  std::u32string text = Decode(value);
  if (op.base == Base::kStringIgnoreCase) {
    pattern.tokens = Lower(pattern.tokens);
    text = reference::Lower(text);
  }
  return {Match(pattern, text)};
}

// The positive form of the operator; `value` is of its type.
Comparison CompareValues(const Operator& op, const std::string& value, const std::string& policy,
                         bool variables, const Keys& keys) {
  switch (op.base) {
    case Base::kString:
    case Base::kStringIgnoreCase:
    case Base::kStringLike:
      return CompareString(op, value, policy, variables, keys);
    case Base::kArn:
      return CompareArn(value, policy, variables, keys);
    case Base::kBool:
      return CompareBool(value, policy, variables, keys);
    case Base::kNull:
      return {};
    case Base::kNumeric:
    case Base::kDate:
    case Base::kBinary:
    case Base::kIp:
      break;
  }
  if (!IsOfType(op.base, policy, true)) return {Truth::kNo, true};
  if (op.base == Base::kIp) return {Of(Contains(*ReadNetwork(policy), *ReadAddress(value)))};
  if (op.base == Base::kBinary) return {Of(ReadBase64(policy) == ReadBase64(value))};
  const auto read = op.base == Base::kDate ? ReadDate : ReadDecimal;
  return {Of(Holds(op.relation, Compare(*read(value), *read(policy))))};
}

// S12.3, one(): a request value against all policy values; the negated form is NOR.
Truth JudgeValue(const Operator& op, const std::string& value, const Texts& policy_values,
                 bool variables, const Keys& keys) {
  if (!IsOfType(op.base, value, false)) return Truth::kNo;
  Truth hit = Truth::kNo;
  for (const std::string& policy : policy_values) {
    const Comparison comparison = CompareValues(op, value, policy, variables, keys);
    if (comparison.type_error && op.negated) return Truth::kNo;
    hit = Or(hit, comparison.matches);
  }
  return op.negated ? Not(hit) : hit;
}

// S4.3
bool IsNullDataSet(const KeyState& key) {
  for (const std::string& value : key.values) {
    if (!value.empty()) return false;
  }
  return true;
}

// S4.5
Truth JudgeNull(const Operator& op, const KeyState& key, const Texts& policy_values) {
  if (op.set == SetPrefix::kForAllValues) return Truth::kYes;
  if (op.set == SetPrefix::kForAnyValue) return Truth::kNo;
  const bool absent =
      key.kind == KeyState::kMissing || (key.values.size() == 1 && key.values[0].empty());
  bool when_absent = false;
  bool when_present = false;
  for (const std::string& text : policy_values) {
    if (const auto value = ReadBool(text)) (*value ? when_absent : when_present) = true;
  }
  if (key.kind == KeyState::kUnknown) {
    return when_absent == when_present ? Of(when_absent) : Truth::kUnknown;
  }
  return Of(absent ? when_absent : when_present);
}

// S4.8
Truth JudgeEmptyList(const Operator& op, const KeyState& key) {
  const bool unknown = key.kind == KeyState::kUnknown;
  if (op.set == SetPrefix::kForAllValues) {
    return unknown ? Truth::kUnknown : Of(IsNullDataSet(key));
  }
  if (op.set == SetPrefix::kForAnyValue) return Truth::kNo;
  if (op.negated) return Truth::kYes;
  if (!op.if_exists) return Truth::kNo;
  return unknown ? Truth::kUnknown : Of(key.kind == KeyState::kMissing);
}

// S4.19: what holds of every value and of absence.
Truth JudgeUnknownKey(const Operator& op, const KeyState& key) {
  const bool never_true =
      op.set == SetPrefix::kNone && key.multivalued && !op.negated && !op.if_exists;
  return never_true ? Truth::kNo : Truth::kUnknown;
}

}  // namespace

std::optional<Operator> ReadOperator(const std::string& text) {
  static const std::map<std::string, Operator> kBases = {
      {"stringequals", {Base::kString}},
      {"stringnotequals", {Base::kString, true}},
      {"stringequalsignorecase", {Base::kStringIgnoreCase}},
      {"stringnotequalsignorecase", {Base::kStringIgnoreCase, true}},
      {"stringlike", {Base::kStringLike}},
      {"stringnotlike", {Base::kStringLike, true}},
      {"numericequals", {Base::kNumeric}},
      {"numericnotequals", {Base::kNumeric, true}},
      {"numericlessthan", {Base::kNumeric, false, Relation::kLess}},
      {"numericlessthanequals", {Base::kNumeric, false, Relation::kLessEqual}},
      {"numericgreaterthan", {Base::kNumeric, false, Relation::kGreater}},
      {"numericgreaterthanequals", {Base::kNumeric, false, Relation::kGreaterEqual}},
      {"dateequals", {Base::kDate}},
      {"datenotequals", {Base::kDate, true}},
      {"datelessthan", {Base::kDate, false, Relation::kLess}},
      {"datelessthanequals", {Base::kDate, false, Relation::kLessEqual}},
      {"dategreaterthan", {Base::kDate, false, Relation::kGreater}},
      {"dategreaterthanequals", {Base::kDate, false, Relation::kGreaterEqual}},
      {"bool", {Base::kBool}},
      {"binaryequals", {Base::kBinary}},
      {"ipaddress", {Base::kIp}},
      {"notipaddress", {Base::kIp, true}},
      {"arnequals", {Base::kArn}},
      {"arnlike", {Base::kArn}},
      {"arnnotequals", {Base::kArn, true}},
      {"arnnotlike", {Base::kArn, true}},
      {"null", {Base::kNull}},
  };
  std::string name = LowerText(text);
  SetPrefix set = SetPrefix::kNone;
  if (TakeStart(name, "forallvalues:")) {
    set = SetPrefix::kForAllValues;
  } else if (TakeStart(name, "foranyvalue:")) {
    set = SetPrefix::kForAnyValue;
  }
  const bool if_exists = TakeEnd(name, "ifexists");
  const auto found = kBases.find(name);
  if (found == kBases.end()) return std::nullopt;
  Operator op = found->second;
  if (op.base == Base::kNull && if_exists) return std::nullopt;
  op.set = set;
  op.if_exists = if_exists;
  return op;
}

Truth JudgeLeg(const ConditionLeg& leg, bool variables, const Keys& keys) {
  const auto op = ReadOperator(leg.op);
  if (!op) return Truth::kNo;  // S4.2
  const KeyState key = keys.Find(leg.key);
  if (leg.values.empty()) return JudgeEmptyList(*op, key);

  size_t malformed = 0;
  for (const std::string& value : leg.values) {
    if (IsMalformed(op->base, value, variables)) ++malformed;
  }
  if (malformed == leg.values.size() || (malformed > 0 && op->negated)) return Truth::kNo;

  if (op->base == Base::kNull) return JudgeNull(*op, key, leg.values);
  if (key.kind == KeyState::kUnknown) return JudgeUnknownKey(*op, key);
  if (op->set == SetPrefix::kForAllValues) {
    Truth all = Truth::kYes;
    if (IsNullDataSet(key)) return all;
    for (const std::string& value : key.values) {
      all = And(all, JudgeValue(*op, value, leg.values, variables, keys));
    }
    return all;
  }
  if (op->set == SetPrefix::kForAnyValue) {
    Truth any = Truth::kNo;
    if (IsNullDataSet(key)) return any;
    for (const std::string& value : key.values) {
      any = Or(any, JudgeValue(*op, value, leg.values, variables, keys));
    }
    return any;
  }
  if (key.kind == KeyState::kMissing) return Of(op->if_exists || op->negated);
  if (key.multivalued) return Truth::kNo;  // S4.15
  return JudgeValue(*op, key.values[0], leg.values, variables, keys);
}

}  // namespace postern::reference
