#pragma once

#include "tests/reference/cases.h"
#include "tests/reference/truth.h"

// S2: who a Principal element means.
namespace postern::reference {

// Whether the caller is matched at each strength that S7.6 tells apart (S2.3).
struct Strengths {
  Truth direct = Truth::kNo;  // any, user, session, fed-session, service, root-exact
  Truth role = Truth::kNo;
  Truth federating = Truth::kNo;
  Truth account = Truth::kNo;

  Truth Any() const;
};
Strengths And(const Strengths& strengths, Truth condition);
Strengths Or(const Strengths& a, const Strengths& b);

struct PrincipalQuestion {
  const Caller& caller;
  bool is_s3 = false;               // CanonicalUser means something only there
  bool gateway_endpoint = false;    // S2.9.2
  Truth has_boundary = Truth::kNo;  // S2.6.3
};

Strengths MatchPrincipal(const PrincipalElement& element, bool deny,
                         const PrincipalQuestion& question);

}  // namespace postern::reference
