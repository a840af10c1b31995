// The answer: what was decided, by which layers and statements, and what it depended on. Fixed
// size, no pointers: cheap to keep by the million. The evidence behind it is in explain.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace postern::authz {

enum class Verdict : std::uint8_t { kAllow, kImplicitDeny, kExplicitDeny, kUnknown };
std::string_view VerdictName(Verdict verdict);  // "allow", "implicit-deny", ...
std::optional<Verdict> VerdictNamed(std::string_view name);

// The steps of a decision, in the order in which they are reported (semantics S8.3).
enum class Layer : std::uint8_t {
  kScp,
  kRcp,
  kEndpoint,
  kSession,
  kBoundary,
  kIdentity,
  kResource,
  kAccessPoint,
  kBlockPublicAccess,
};
inline constexpr std::size_t kLayerCount = 9;
std::string_view LayerName(Layer layer);  // "scp", "endpoint", "block-public-access", ...
std::optional<Layer> LayerNamed(std::string_view name);

class LayerMask {
 public:
  constexpr LayerMask() = default;
  constexpr LayerMask(std::initializer_list<Layer> layers) {
    for (Layer layer : layers) Add(layer);
  }
  static constexpr LayerMask All() {
    LayerMask mask;
    mask.bits_ = (1u << kLayerCount) - 1;
    return mask;
  }
  constexpr void Add(Layer layer) { bits_ = static_cast<std::uint16_t>(bits_ | Bit(layer)); }
  constexpr void Remove(Layer layer) { bits_ = static_cast<std::uint16_t>(bits_ & ~Bit(layer)); }
  constexpr bool Has(Layer layer) const { return (bits_ & Bit(layer)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr LayerMask operator|(LayerMask other) const { return FromBits(bits_ | other.bits_); }
  constexpr LayerMask operator&(LayerMask other) const { return FromBits(bits_ & other.bits_); }
  constexpr bool operator==(const LayerMask&) const = default;

 private:
  static constexpr std::uint16_t Bit(Layer layer) {
    return static_cast<std::uint16_t>(1u << static_cast<unsigned>(layer));
  }
  static constexpr LayerMask FromBits(int bits) {
    LayerMask mask;
    mask.bits_ = static_cast<std::uint16_t>(bits);
    return mask;
  }
  std::uint16_t bits_ = 0;
};

// What a decision took for granted: a default, a layer not given, an assumption of semantics S10.
enum class Assumption : std::uint8_t {
  kA1,
  kA2,
  kA5,
  kA6,
  kA7,
  kA8,
  kA9,
  kA10,
  kA11,
  kA12,
  kA13,
  kA14,
  kA15,
  kA16,
  kA17,
  kA18,
  kA19,
  kA20,
  kA22,
  kA25,
  kA26,
  kA27,
  kEndpointNotGiven,  // keys of an endpoint, but no endpoint in the case: its policy is the default
  kEndpointTypeNotGiven,   // judged as an interface endpoint
  kEndpointNotUsed,        // the request is for another Region than the gateway endpoint's
  kEndpointTakesNoPolicy,  // the service's endpoints have no policy: full access (S7.10.3)
  kEndpointPolicyTaken,    // not known whether they have one: taken as they have (S7.10.3)
  kIdentityNotGiven,       // treated as none
  kResourceNotGiven,       // likewise
  kResourcePolicyMissing,  // a key or role without a policy in the case (S7.5)
  kSecureTransportTrue,    // not supplied: true (S6.4.5)
  kCurrentTimeMissing,     // tested, but the clock is not consulted: supply it (S0.5)
  kViaAwsServiceFalse,     // not supplied: false (S6.4.5)
  kRolePathUnknown,      // aws:PrincipalArn derived from a session: the role's path is not visible
  kSessionNameUnknown,   // the requester is a role, not a session of it (S2.5)
  kAccessPointNotGiven,  // judged as one of network origin Internet without a policy (S7.12.6)
};
inline constexpr std::size_t kAssumptionCount =
    static_cast<std::size_t>(Assumption::kAccessPointNotGiven) + 1;
// Whether S10 has an alternative to it. The rest are defaults and layers that were not given.
constexpr bool HasAlternative(Assumption assumption) { return assumption <= Assumption::kA27; }
// As output says it: "A9", "layer:identity", "default:aws:SecureTransport=true".
std::string_view AssumptionName(Assumption assumption);
// One line for people.
std::string_view AssumptionText(Assumption assumption);

class AssumptionSet {
 public:
  constexpr void Add(Assumption a) { bits_ |= std::uint64_t{1} << static_cast<unsigned>(a); }
  constexpr bool Has(Assumption a) const { return ((bits_ >> static_cast<unsigned>(a)) & 1) != 0; }
  constexpr bool HasAny(AssumptionSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr void Merge(AssumptionSet other) { bits_ |= other.bits_; }
  constexpr bool operator==(const AssumptionSet&) const = default;

 private:
  std::uint64_t bits_ = 0;
};

// Which unknown things could change the verdict: condition keys by their number in the compiled set
// (CompiledPolicySet::KeyName), and the parts of the request and the layers that were unknown.
class MissingSet {
 public:
  static constexpr std::size_t kKeys = 240;  // further keys share the last number
  void AddKey(std::size_t key);
  void AddPrincipal() { Set(kPrincipal); }
  void AddResource() { Set(kResource); }
  void AddResourceAccount() { Set(kResourceAccount); }
  void AddOperation() { Set(kOperation); }  // what an API operation is sent with (S7.14)
  void AddLayer(Layer layer) { Set(kFirstLayer + static_cast<std::size_t>(layer)); }
  bool HasKey(std::size_t key) const { return Get(key < kKeys ? key : kKeys - 1); }
  bool HasPrincipal() const { return Get(kPrincipal); }
  bool HasResource() const { return Get(kResource); }
  bool HasResourceAccount() const { return Get(kResourceAccount); }
  bool HasOperation() const { return Get(kOperation); }
  bool HasLayer(Layer layer) const { return Get(kFirstLayer + static_cast<std::size_t>(layer)); }
  bool empty() const { return (words_[0] | words_[1] | words_[2] | words_[3]) == 0; }
  void Merge(const MissingSet& other);
  bool operator==(const MissingSet&) const = default;

 private:
  static constexpr std::size_t kPrincipal = 240;
  static constexpr std::size_t kResource = 241;
  static constexpr std::size_t kResourceAccount = 242;
  static constexpr std::size_t kOperation = 243;
  static constexpr std::size_t kFirstLayer = 244;
  void Set(std::size_t bit) { words_[bit / 64] |= std::uint64_t{1} << (bit % 64); }
  bool Get(std::size_t bit) const { return ((words_[bit / 64] >> (bit % 64)) & 1) != 0; }
  std::array<std::uint64_t, 4> words_{};
};

// A statement by its place: the policy's index in its layer (levels of SCPs and RCPs counted
// through) and the statement's index in the document, both 0-based.
struct StatementRef {
  static constexpr std::uint16_t kNone = 0xFFFF;
  std::uint16_t policy = kNone;
  std::uint16_t statement = kNone;
  bool present() const { return policy != kNone; }
  friend bool operator==(const StatementRef&, const StatementRef&) = default;
};

struct Decision {
  Verdict verdict = Verdict::kImplicitDeny;
  // explicit-deny: the layers with a matching Deny. implicit-deny: the layers that would have to
  // change for the request to be allowed. allow: the layers whose statements granted. unknown:
  // none.
  LayerMask decided_by;
  // For each layer of decided_by its first deciding statement in document order; none where no
  // statement decided (an implicit deny, a root user's own rights).
  std::array<StatementRef, kLayerCount> statements;
  AssumptionSet assumed;
  MissingSet missing;  // only with kUnknown

  StatementRef StatementOf(Layer layer) const {
    return statements[static_cast<std::size_t>(layer)];
  }
};

}  // namespace postern::authz
