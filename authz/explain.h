// The evidence behind a decision: every layer, every statement, every element with its result.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "authz/verdict.h"
#include "policy/document.h"

namespace postern::authz {

class CompiledPolicySet;
class BoundRequest;

enum class Ternary : std::uint8_t { kNo, kUnknown, kYes };

constexpr Ternary And(Ternary a, Ternary b) { return a < b ? a : b; }
constexpr Ternary Or(Ternary a, Ternary b) { return a > b ? a : b; }
constexpr Ternary Not(Ternary a) { return static_cast<Ternary>(2 - static_cast<std::uint8_t>(a)); }

enum class Element : std::uint8_t { kPrincipal, kAction, kResource, kCondition };
std::string_view ElementName(Element element);  // "principal", "action", "resource", "condition"

// Why a leg came out as it did (S8.1).
enum class Reason : std::uint8_t {
  kMatched,
  kNotMatched,
  kNegatedMatched,     // a Not element or negated operator: nothing listed matched, so it holds
  kNegatedNotMatched,  // something listed matched, so it does not hold
  kKeyMissing,
  kNegatedMissingTrue,  // a negated operator holds where the key is missing
  kIfExists,            // holds because the key is missing
  kTypeError,
  kVariableUnresolved,
  kMultivaluedWithoutSetOperator,
  kUnknownOperator,
  kEmptyValues,
  kVacuous,          // ForAllValues over no values
  kUnknown,          // depends on something unknown
  kPrincipalAbsent,  // this kind of policy has no Principal: it applies to whoever it is attached
                     // to
  kResourceAbsent,   // a resource policy statement without Resource: the resource itself, or in a
                     // key policy nothing (S1.9)
};
std::string_view ReasonName(Reason reason);  // "key-missing", "negated-missing-true", ...

struct LegEvidence {
  Element element = Element::kAction;
  Ternary result = Ternary::kNo;
  Reason reason = Reason::kNotMatched;
  // What the policy says: the element's value, or the member named like the condition key. Null
  // where the element is absent.
  const policy::Node* node = nullptr;
  const policy::Node* operator_node =
      nullptr;  // of a condition: the member named like the operator
  // The list member that decided (the value that matched), or null.
  const policy::Node* value = nullptr;
};

struct StatementEvidence {
  StatementRef ref;
  const policy::Statement* statement = nullptr;
  policy::Effect effect = policy::Effect::kAllow;
  Ternary matched = Ternary::kNo;
  // Principal, action, resource, conditions in document order.
  std::span<const LegEvidence> legs;
};

enum class Outcome : std::uint8_t {
  kNotApplicable,  // the layer does not take part in this request
  kAllow,
  kImplicitDeny,
  kExplicitDeny,
  kUnknown,
};
std::string_view OutcomeName(Outcome outcome);  // "not-applicable", "allow", "implicit-deny", ...

// Which of the two resources of a request through an S3 access point decided a layer: `resource`,
// the access point's ARN, or the bucket behind it (S7.12). Elsewhere there is one.
enum class JudgedOn : std::uint8_t { kResource, kBucket, kBoth };

struct LayerEvidence {
  Layer layer = Layer::kIdentity;
  Outcome outcome = Outcome::kNotApplicable;
  JudgedOn judged_on = JudgedOn::kResource;
  // One sentence where the outcome comes from a rule and not from statements: "no endpoint",
  // "default policy", "not given". Static text, text of the compiled set, or "".
  std::string_view note;
  std::span<const StatementEvidence> statements;  // in document order
};

// A key that was looked at, or supplied: where its value came from.
enum class KeySource : std::uint8_t { kAbsent, kSupplied, kDerived, kDefaulted, kUnknown };
std::string_view KeySourceName(KeySource source);  // "supplied", "derived", ...

struct KeyEvidence {
  std::string_view name;  // as the policy spells it, or as supplied
  KeySource source = KeySource::kAbsent;
  bool tested = false;  // some condition or variable of the policies reads it
  std::span<const std::string_view> values;
};

// Owns the text of its request; refers to policies through the compiled set, which it keeps alive.
// Its records stand in a few flat arrays, and everything in it lives as long as it does. Move-only;
// records stay where they are on a move. One that is filled again uses its memory again.
class Explanation {
 public:
  Explanation() = default;
  Explanation(Explanation&&) = default;
  Explanation& operator=(Explanation&&) = default;

  std::shared_ptr<const CompiledPolicySet> policies;
  Decision decision;
  std::string_view principal;
  std::string_view action;
  std::string_view resource;
  bool through_access_point = false;
  std::string_view bucket_resource;               // behind the access point; "" = unknown
  std::string_view resource_account;              // "" = unknown
  std::array<LayerEvidence, kLayerCount> layers;  // in the order of Layer
  std::span<const KeyEvidence> keys;              // sorted by name
  std::vector<std::string> missing;               // names behind decision.missing, sorted

  const LayerEvidence& Of(Layer layer) const& { return layers[static_cast<std::size_t>(layer)]; }
  const LayerEvidence& Of(Layer layer) const&& = delete;  // would dangle
  // What the layer's statements were judged on: the first of the two if it was both. A member.
  const std::string_view& ResourceOf(Layer layer) const {
    return Of(layer).judged_on == JudgedOn::kBucket ? bucket_resource : resource;
  }

 private:
  friend class Explainer;
  std::vector<StatementEvidence> statements_;
  std::vector<LegEvidence> legs_;
  std::vector<KeyEvidence> keys_;
  std::vector<std::string_view> values_;
  std::vector<char> text_;
};

}  // namespace postern::authz
