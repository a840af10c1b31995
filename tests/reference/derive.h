#pragma once

#include "tests/reference/keys.h"
#include "tests/reference/readings.h"
#include "tests/reference/truth.h"

namespace postern::reference {

// The condition keys of the request: supplied, derived, defaulted (S6). Throws Refusal where a
// supplied value contradicts a derived one.
Keys DeriveKeys(const Case& the_case, const Reading& reading);

// Does the call pass the case's endpoint (S6.4.6, S7.10.4)?
Truth UsesEndpoint(const Case& the_case);
// ... or another one, which the context shows (S6.4.5)?
Truth ComesThroughEndpoint(const Case& the_case);

// S7.2, S7.4: do the organization's policies that the case gives limit this account? Not the
// management account, nor one of another organization; all where the case does not tell. `account`
// is empty where it is not known; `unknown_org`: its organization is said to be unknown.
Truth IsLimitedMember(const Case& the_case, const std::string& account,
                      const std::optional<std::string>& org_id, bool unknown_org);
// The organization of the caller or the resource, where `organization` does not tell.
std::optional<std::string> CallerOrg(const Case& the_case);
std::optional<std::string> ResourceOrg(const Case& the_case);

// S7.9.5
Truth IsServiceLinkedRole(const Caller& caller);

}  // namespace postern::reference
