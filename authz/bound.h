// A request ready to decide: for the engine's own files.
#pragma once

#include <array>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "authz/bind.h"
#include "authz/compiled.h"
#include "authz/explain.h"
#include "authz/request.h"
#include "policy/language/arn.h"
#include "policy/language/principals.h"

namespace postern::authz {

enum class SlotState : std::uint8_t { kAbsent, kUnknown, kPresent };

// The values of one condition key.
struct Slot {
  SlotState state = SlotState::kAbsent;
  KeySource source = KeySource::kAbsent;
  std::uint32_t count = 0;  // at least 1 with kPresent
  const std::string_view* values = nullptr;

  // Missing, or present with nothing but empty values: the "null data set" of S4.3.
  bool IsNull() const {
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!values[i].empty()) return false;
    }
    return true;
  }
};

// How the request reaches the service.
enum class EndpointUse : std::uint8_t {
  kNone,           // no endpoint
  kDefaultPolicy,  // full access
  kPolicy,         // the endpoint's policy decides
  kUnknown,
};

// A resource of the request.
struct BoundResource {
  std::string_view text;
  policy::Arn arn;
  bool unknown = false;
};

struct BoundRequest::State {
  const CompiledPolicySet* policies = nullptr;
  const Request* request = nullptr;

  // The requester. `who` is taken apart from the ARN; its form is kInvalid for the other kinds.
  RequesterKind requester = RequesterKind::kUnknown;
  policy::PrincipalPattern who;
  bool path_known = false;     // of a role; a session's ARN does not show it (S2.4)
  std::string_view role_path;  // with path_known
  bool service_linked = false;
  std::string_view account;  // "" where the requester has none, or it is not known

  std::string_view vendor;  // of the action, lower case
  std::string_view name;    // likewise
  std::string_view resource;
  policy::Arn resource_arn;  // fields empty for `*`
  bool head_has_upper =
      false;  // an upper-case letter before its resource field, or the bucket's (A1)
  bool resource_unknown = false;
  bool account_level = false;  // the resource is `*`
  // `*` taken as arn:aws:s3:::* (S3.5, A9).
  bool all_buckets = false;
  // A key policy's statement without Resource has no effect (S1.9).
  bool absent_resource_is_inert = false;
  std::string_view resource_account;  // "" = unknown
  Ternary same_account = Ternary::kUnknown;
  // S7.12: `resource` is an access point's ARN. The two below are set only then.
  bool through_access_point = false;
  BoundResource bucket;                           // what lies behind it
  Ternary owns_access_point = Ternary::kUnknown;  // whether the caller's account does

  EndpointUse endpoint = EndpointUse::kNone;
  // Where `endpoint` is not kNone: whether the request comes through it.
  Ternary through_endpoint = Ternary::kYes;
  Ternary through_any_endpoint = Ternary::kNo;
  bool gateway = false;

  std::vector<Slot> slots;  // by KeyId
  // The keys of the request before, in its order: the next one's are mostly the same.
  std::vector<KeyId> guesses;
  AssumptionSet assumed;       // found on binding; Decide adds to a copy
  AssumptionSet alternatives;  // whose alternatives are taken (S10)
  bool weighing = false;       // an element is matched once more, to see what it hangs on

  std::vector<std::uint64_t> candidates;  // statements that the action selects
  // Those whose selection hangs on a pattern `*:Name` (A7); empty if there is no such pattern.
  std::vector<std::uint64_t> by_any_service;
  std::string expanded;  // scratch: token text with values in place

  // Text that binding made. The first bytes are part of the object, so ordinary requests allocate
  // nothing.
  std::array<char, 4096> buffer;
  std::pmr::monotonic_buffer_resource text{buffer.data(), buffer.size()};
  std::array<std::string_view, kWellKnownKeyCount> derived;  // values, by key

  const Slot& SlotOf(KeyId key) const { return slots[key]; }
  // Of a session's role, where the case says that it is not known (S2.4).
  bool PathIsUnknown() const {
    return who.form == policy::PrincipalForm::kRoleSession && !path_known &&
           SlotOf(kPrincipalArn).state == SlotState::kUnknown;
  }
  // Then the role may be a service-linked one, if it is named as those are (S7.9.5).
  bool MayBeServiceLinked() const {
    return PathIsUnknown() && who.name.starts_with("AWSServiceRoleFor");
  }
};

}  // namespace postern::authz
