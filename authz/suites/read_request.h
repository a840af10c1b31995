// The members of a request, which may come from several places of a suite: the case, a cell of a
// matrix, the defaults.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <string_view>

#include "authz/suites/case_file.h"
#include "authz/suites/reading.h"

namespace postern::authz {

enum class RequestMember : std::size_t {
  kPrincipal,
  kAction,
  kApi,
  kCalls,
  kResource,
  kResources,
  kBucketResource,
  kResourceAccount,
  kResourceOrgId,
  kResourceOrgPaths,
  kShared,
  kForwardedBy,
  kVia,
  kContext,
  kUnknown,
};
inline constexpr std::array<std::string_view, 15> kRequestMembers = {"principal",
                                                                     "action",
                                                                     "api",
                                                                     "calls",
                                                                     "resource",
                                                                     "resources",
                                                                     "bucket_resource",
                                                                     "resource_account",
                                                                     "resource_org_id",
                                                                     "resource_org_paths",
                                                                     "shared",
                                                                     "forwarded_by",
                                                                     "via",
                                                                     "context",
                                                                     "unknown"};
inline constexpr std::size_t kRequestMemberCount = kRequestMembers.size();

struct RequestParts {
  const policy::Node* place;  // where a missing member is reported
  MemberArray<kRequestMemberCount> members{};
  std::bitset<kRequestMemberCount> defaulted;  // taken from the defaults

  const policy::Node* Of(RequestMember member) const {
    return members[static_cast<std::size_t>(member)];
  }
  // Takes members that are not given here. What is called (`action`, `api`, `calls`) counts as one
  // member, and so does what it is called on (`resource`, `resources`).
  void Default(const MemberArray<kRequestMemberCount>& defaults);
};

// Replaces what `into` held. Whether nothing was reported.
bool ReadRequestParts(const RequestParts& parts, const policy::Node* principals, Case& into,
                      Reading& read, Completeness completeness);

// Checks the named principals of a suite, used or not.
void CheckPrincipals(const policy::Node& principals, Case& scratch, Reading& read);

// `via` against the policies: through an endpoint that there is not.
void CheckRoute(const PolicySet& policies, const RequestParts& parts, Case& into, Reading& read);

}  // namespace postern::authz
