// What the parts of binding share: the request, the state that they fill, text that they make, and
// how a condition key gets its value (semantics S6.4). For the files of this folder.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authz/bound.h"
#include "authz/compiled.h"
#include "authz/request.h"

namespace postern::authz {

// The keys that only an endpoint sets (S6.4.5).
inline constexpr KeyId kEndpointKeys[] = {kSourceVpce,  kSourceVpc, kSourceVpcArn, kVpcSourceIp,
                                          kVpceAccount, kVpceOrgId, kVpceOrgPaths};

class Binding {
 public:
  Binding(const CompiledPolicySet& compiled, const Request& the_request, BoundRequest::State& bound)
      : policies(compiled), request(the_request), state(bound) {}

  const CompiledPolicySet& policies;
  const Request& request;
  BoundRequest::State& state;
  std::optional<InputError> error;     // the first one
  const Endpoint* endpoint = nullptr;  // the one that the request goes through, if it is described
  bool supplied_endpoint_key = false;

  void Fail(std::string code, std::string message, std::string pointer);

  // Text that lives as long as the bound request.
  std::string_view Join(std::initializer_list<std::string_view> parts);
  std::string_view Lower(std::string_view text);

  // Has a value. One that is said to be unknown contradicts nothing (S6.4.5).
  bool Supplied(KeyId key) const { return state.slots[key].state == SlotState::kPresent; }
  // Some policy reads the key, and the case says nothing of it.
  bool TestsWhatIsNotGiven(KeyId key) const {
    return policies.keys.IsTested(key) && state.slots[key].source == KeySource::kAbsent;
  }
  // The first value, or "".
  std::string_view ValueOf(KeyId key) const {
    const Slot& slot = state.slots[key];
    return slot.state == SlotState::kPresent ? slot.values[0] : std::string_view{};
  }

  // A value that follows from the request; a supplied one must not contradict it. "" derives
  // nothing.
  void Derive(KeyId key, std::string_view value);
  void DeriveIfAbsent(KeyId key, std::string_view value);
  void DeriveList(KeyId key, const std::vector<std::string_view>& values);
  // Of an account: what the organization tells, else what the request says of it (`where`).
  void DeriveOrganization(KeyId id, KeyId paths, std::string_view account,
                          const std::optional<std::string_view>& given_id,
                          const std::vector<std::string_view>& given_paths, std::string_view where);
  void SetUnknown(KeyId key);
  // A key that AWS always sends, with the value that it has if the case does not say (S6.4.5).
  void Default(KeyId key, std::string_view value, Assumption assumption);
  // A key that requests of this sort never carry.
  void MustBeAbsent(KeyId key, std::string_view why);

  std::string_view Partition() const {
    return state.who.partition.empty() ? std::string_view("aws") : state.who.partition;
  }

 private:
  char* Allocate(std::size_t size);
  void Contradicts(KeyId key, std::string_view derived);
  void Set(KeyId key, std::string_view value, KeySource source);
};

// The parts, in the order in which they have to run.
void BindPrincipal(Binding& binding);          // principal.cc: who asks
void BindAction(Binding& binding);             // bind.cc: what for
void BindResource(Binding& binding);           // resource.cc: on what
void BindAccessPoint(Binding& binding);        // access_point.cc: through what
void BindContext(Binding& binding);            // bind.cc: the keys that are given
void BindEndpoint(Binding& binding);           // network.cc: on which way
void DerivePrincipalKeys(Binding& binding);    // principal.cc
void DeriveResourceKeys(Binding& binding);     // resource.cc
void DeriveAccessPointKeys(Binding& binding);  // access_point.cc
void DeriveNetworkKeys(Binding& binding);      // network.cc
void DeriveAlwaysSentKeys(Binding& binding);   // network.cc
void BindKeysNotTold(Binding& binding);        // not_told.cc: after all that derive

}  // namespace postern::authz
