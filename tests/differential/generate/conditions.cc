#include "tests/differential/generate/conditions.h"

#include <algorithm>
#include <array>
#include <string>

#include "tests/differential/operators.h"

namespace postern::differential {
namespace {

using policy::OperatorFamily;

// Operators that there are not: such a condition never holds (S4.2).
constexpr std::string_view kNoOperators[] = {
    "BinaryNotEquals",           "NotBool",       "StringEqualsLike",
    "DateNotLessThan",           "NullIfExists",  "IfExists",
    "ForAnyValues:StringEquals", "ForAllValues:", "StringLikes",
    "ForAllValues:NullIfExists",
};

std::string ChangeCase(std::string_view text, Random& random) {
  std::string changed(text);
  for (char& c : changed) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter && random.Chance(50)) c = static_cast<char>(c ^ 0x20);
  }
  return changed;
}

void WritePolicyValue(OperatorFamily family, const ConditionKey& key, const PoolValue& hot,
                      Random& random, JsonWriter& out) {
  const bool fits = key.family == family || family == OperatorFamily::kString;
  const bool takes_variables = family == OperatorFamily::kString ||
                               family == OperatorFamily::kArn || family == OperatorFamily::kBool;
  if (takes_variables && random.Chance(14)) {
    WriteValue(out, random.Pick(VariableValues(family)));
  } else if (fits && random.Chance(40)) {
    WriteValue(out, hot);
  } else {
    WriteValue(out, random.Pick(fits ? key.PolicyPool() : PolicyValues(family)));
  }
}

void WriteValues(OperatorFamily family, const ConditionKey& key, const PoolValue& hot,
                 Random& random, JsonWriter& out) {
  constexpr unsigned kCounts[] = {4, 58, 28, 10};
  const std::size_t count = random.Weighted(kCounts);
  if (count == 1 && random.Chance(60)) return WritePolicyValue(family, key, hot, random, out);
  out.StartArray();
  for (std::size_t i = 0; i < count; ++i) WritePolicyValue(family, key, hot, random, out);
  out.EndArray();
}

void WriteKeys(OperatorFamily family, SetPlan& plan, Random& random, JsonWriter& out) {
  const auto keys = ConditionKeys();
  const std::size_t count = random.Chance(12) ? 2 : 1;
  std::size_t first = keys.size();
  out.StartObject();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from =
        random.Chance(6) ? random.Below(kFamilies) : static_cast<std::size_t>(family);
    // The first may have any number of values.
    constexpr unsigned kWhich[] = {50, 25, 25};
    const std::size_t key = plan.keys[from][random.Weighted(kWhich)];
    if (key == first) continue;
    first = key;
    plan.used.set(key);
    WriteKey(out,
             random.Chance(4) ? ChangeCase(keys[key].name, random) : std::string(keys[key].name));
    WriteValues(family, keys[key], plan.hot[key], random, out);
  }
  out.EndObject();
}

}  // namespace

void WriteCondition(std::size_t count, SetPlan& plan, Random& random, JsonWriter& out) {
  const std::vector<NamedOperator>& all = LegalOperators();
  std::array<std::size_t, 4> drawn{};
  count = std::min(count, drawn.size());
  out.StartObject();
  for (std::size_t i = 0; i < count; ++i) {
    drawn[i] = random.Below(all.size());
    if (std::find(drawn.begin(), drawn.begin() + i, drawn[i]) != drawn.begin() + i) continue;
    const NamedOperator& op = all[drawn[i]];
    const bool exists = !random.Chance(1);
    WriteKey(out, !exists            ? std::string(random.Pick(kNoOperators))
                  : random.Chance(3) ? ChangeCase(op.name, random)
                                     : op.name);
    WriteKeys(policy::TraitsOf(op.op.base).family, plan, random, out);
  }
  out.EndObject();
}

}  // namespace postern::differential
