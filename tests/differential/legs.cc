// S12.7 (d) (e) (i): what a change of one element does to that element's own result.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "policy/language/fold.h"
#include "tests/differential/documents.h"
#include "tests/differential/property.h"

namespace postern::differential {
namespace {

using authz::LegEvidence;
using authz::Ternary;

constexpr std::size_t kAction = 1;  // places of StatementEvidence::legs
constexpr std::size_t kResource = 2;
constexpr std::size_t kFirstCondition = 3;

struct Leg {
  authz::Layer layer;
  std::size_t policy;
  std::size_t statement;
  std::size_t leg;
};

const authz::StatementEvidence* StatementOf(const std::optional<authz::Explanation>& explanation,
                                            const Leg& leg) {
  if (!explanation) return nullptr;
  for (const authz::StatementEvidence& each : explanation->Of(leg.layer).statements) {
    if (each.ref.policy == leg.policy && each.ref.statement == leg.statement) return &each;
  }
  return nullptr;  // the layer takes no part
}

// Compares one leg before and after: what is wrong, or "".
template <typename Compare>
std::optional<Violation> CompareLegs(const Examined& before, const JsonDocument& changed,
                                     const Leg& leg, Compare compare) {
  EngineSet engine(Print(changed));
  for (std::size_t i = 0; i < engine.size(); ++i) {
    const authz::StatementEvidence* const first = StatementOf(before.explanations[i], leg);
    if (first == nullptr || !engine.Ask(i)) continue;
    const std::optional<authz::Explanation> explanation = engine.Explain();
    const authz::StatementEvidence* const second = StatementOf(explanation, leg);
    if (second == nullptr || leg.leg >= first->legs.size() || leg.leg >= second->legs.size()) {
      continue;
    }
    // The endpoint policy and RCPs show what they say of the access point or of what is behind it,
    // whichever is worse.
    if (before.explanations[i]->Of(leg.layer).judged_on != explanation->Of(leg.layer).judged_on) {
      continue;
    }
    std::string what =
        compare(*before.explanations[i], first->legs[leg.leg], second->legs[leg.leg]);
    if (what.empty()) continue;
    return Violation{i, std::string(authz::LayerName(leg.layer)) + " statement " +
                            std::to_string(leg.statement) + ": " + std::move(what)};
  }
  return std::nullopt;
}

std::string WhereNotOpposite(const LegEvidence& before, const LegEvidence& after) {
  if (after.result == Not(before.result)) return {};
  return std::string("the leg is ") + std::string(ReasonName(before.reason)) + " before and " +
         std::string(ReasonName(after.reason)) + " after";
}

std::string WhereNotOpposite(const authz::Explanation&, const LegEvidence& before,
                             const LegEvidence& after) {
  return WhereNotOpposite(before, after);
}

// The member of `statement` with one name or the other, under the other one.
bool SwapName(Json& statement, const char* positive, const char* negative) {
  for (const auto& [from, to] : {std::pair(positive, negative), std::pair(negative, positive)}) {
    const auto member = statement.FindMember(from);
    if (member == statement.MemberEnd()) continue;
    const Json& value = member->value;
    if (value.IsArray() && value.Empty()) return false;  // an empty Not element is refused
    member->name.SetString(rapidjson::StringRef(to));
    return true;
  }
  return false;
}

// ---- (d)

std::optional<Violation> NotElement(Examined& examined, Random& random) {
  JsonDocument changed;
  changed.CopyFrom(examined.json, changed.GetAllocator());
  const auto statements = StatementsOf(changed["policies"]);
  if (statements.empty()) return std::nullopt;
  const StatementPlace& place = statements[random.Below(statements.size())];
  const bool action = random.Chance(40);
  const bool swapped = action ? SwapName(*place.statement, "Action", "NotAction")
                              : SwapName(*place.statement, "Resource", "NotResource");
  if (!swapped) return std::nullopt;
  const Leg leg{place.layer, place.policy, place.index, action ? kAction : kResource};
  using Compare =
      std::string (*)(const authz::Explanation&, const LegEvidence&, const LegEvidence&);
  return CompareLegs(examined, changed, leg, Compare(WhereNotOpposite));
}

// ---- (e)

// "StringEqualsIfExists" -> "StringNotEqualsIfExists" and back.
std::optional<std::string> OppositeOperator(std::string_view name) {
  constexpr std::pair<policy::BaseOperator, policy::BaseOperator> kPairs[] = {
      {policy::BaseOperator::kStringEquals, policy::BaseOperator::kStringNotEquals},
      {policy::BaseOperator::kStringEqualsIgnoreCase,
       policy::BaseOperator::kStringNotEqualsIgnoreCase},
      {policy::BaseOperator::kStringLike, policy::BaseOperator::kStringNotLike},
      {policy::BaseOperator::kNumericEquals, policy::BaseOperator::kNumericNotEquals},
      {policy::BaseOperator::kDateEquals, policy::BaseOperator::kDateNotEquals},
      {policy::BaseOperator::kIpAddress, policy::BaseOperator::kNotIpAddress},
      {policy::BaseOperator::kArnEquals, policy::BaseOperator::kArnNotEquals},
      {policy::BaseOperator::kArnLike, policy::BaseOperator::kArnNotLike},
  };
  auto op = policy::ParseOperator(name);
  if (!op) return std::nullopt;
  for (const auto& [positive, negative] : kPairs) {
    if (op->base != positive && op->base != negative) continue;
    op->base = op->base == positive ? negative : positive;
    return policy::OperatorName(*op);
  }
  return std::nullopt;
}

// Present, with a single value that is not empty.
bool IsSingle(const authz::Explanation& explanation, std::string_view key) {
  const auto evidence = std::ranges::find_if(explanation.keys, [&](const auto& each) {
    return policy::EqualsIgnoreAsciiCase(each.name, key);
  });
  return evidence != explanation.keys.end() && evidence->values.size() == 1 &&
         evidence->source != authz::KeySource::kUnknown && !evidence->values.front().empty();
}

// Where the two operators need not be opposite: S4.8, S4.9, S4.15.
bool IsSpecial(authz::Reason reason) {
  return reason == authz::Reason::kTypeError ||
         reason == authz::Reason::kMultivaluedWithoutSetOperator ||
         reason == authz::Reason::kEmptyValues;
}

std::optional<Violation> NegatedOperator(Examined& examined, Random& random) {
  JsonDocument changed;
  changed.CopyFrom(examined.json, changed.GetAllocator());
  auto statements = StatementsOf(changed["policies"]);
  std::erase_if(statements, [](const StatementPlace& each) {
    const Json* condition = Find(*each.statement, "Condition");
    return condition == nullptr || !condition->IsObject() || condition->ObjectEmpty();
  });
  if (statements.empty()) return std::nullopt;
  const StatementPlace& place = statements[random.Below(statements.size())];
  Json& condition = (*place.statement)["Condition"];
  const std::size_t drawn = random.Below(condition.MemberCount());
  std::size_t leg = kFirstCondition;
  auto op = condition.MemberBegin();
  for (std::size_t i = 0; i < drawn; ++i, ++op) leg += op->value.MemberCount();
  const auto opposite = OppositeOperator(TextOf(op->name));
  if (!opposite || !op->value.IsObject() || op->value.ObjectEmpty()) return std::nullopt;
  for (const auto& other : condition.GetObject()) {
    if (policy::EqualsIgnoreAsciiCase(TextOf(other.name), *opposite)) return std::nullopt;
  }
  op->name = MakeText(*opposite, changed.GetAllocator());
  return CompareLegs(examined, changed, {place.layer, place.policy, place.index, leg},
                     [](const authz::Explanation& explanation, const LegEvidence& before,
                        const LegEvidence& after) -> std::string {
                       if (!IsSingle(explanation, before.node->key)) return {};
                       if (IsSpecial(before.reason) || IsSpecial(after.reason)) return {};
                       return WhereNotOpposite(before, after);
                     });
}

// ---- (i)

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<Violation> LetterOfPattern(Examined& examined, Random& random) {
  JsonDocument changed;
  changed.CopyFrom(examined.json, changed.GetAllocator());
  auto statements = StatementsOf(changed["policies"]);
  std::erase_if(statements, [](const StatementPlace& each) {
    const Json* resource = Find(*each.statement, "Resource");
    return resource == nullptr || !resource->IsString() ||
           TextOf(*resource).find('$') != std::string_view::npos ||
           !std::ranges::any_of(TextOf(*resource), IsLetter);
  });
  if (statements.empty()) return std::nullopt;
  const StatementPlace& place = statements[random.Below(statements.size())];
  Json& resource = (*place.statement)["Resource"];
  std::string pattern(TextOf(resource));
  std::size_t at = random.Below(pattern.size());
  while (!IsLetter(pattern[at])) at = (at + 1) % pattern.size();
  pattern[at] = static_cast<char>(pattern[at] ^ 0x20);
  const char letter = pattern[at];
  resource = MakeText(pattern, changed.GetAllocator());
  return CompareLegs(examined, changed, {place.layer, place.policy, place.index, kResource},
                     [letter](const authz::Explanation& explanation, const LegEvidence& before,
                              const LegEvidence& after) -> std::string {
                       // Where the letter stands in the resource too, the pattern may still match.
                       const bool only_through_it =
                           explanation.resource.find(letter) == std::string::npos;
                       if (before.result != Ternary::kYes || !only_through_it) return {};
                       if (after.result == Ternary::kNo) return {};
                       return std::string("still matches with the letter ") + letter;
                     });
}

constexpr Property kProperties[] = {
    {"S12.7 (d)", "an element and its Not element are opposites", NotElement},
    {"S12.7 (e)", "an operator and its negated form are opposites", NegatedOperator},
    {"S12.7 (i)", "resource patterns compare with case", LetterOfPattern},
};

}  // namespace

std::span<const Property> LegProperties() { return kProperties; }

}  // namespace postern::differential
