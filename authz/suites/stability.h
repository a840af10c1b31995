// What a verdict hangs on (semantics S8.2): where AWS documents nothing, another reading of the
// same words. The layers and defaults that a case leaves open are no such readings
// (S8.2.3).
#pragma once

#include <string>
#include <vector>

#include "authz/bind.h"
#include "authz/compile.h"
#include "authz/suites/case_file.h"
#include "authz/verdict.h"

namespace postern::authz {

// With the alternative of this one assumption the verdict would be that one, another than it is.
struct OtherReading {
  Assumption assumption = Assumption::kA1;
  Verdict verdict = Verdict::kUnknown;
};

struct Stability {
  std::vector<OtherReading> otherwise;  // in the order of Assumption
  bool stable() const { return otherwise.empty(); }
};

// Decides the case once more for each assumption that `decision` used, with its alternative alone
// (S8.2.2).
// `decision` is DecideCase's of the same policies and case.
Stability Assess(const CompiledPolicySet& policies, const Case& question, const Decision& decision,
                 BoundRequest& scratch);

// "A9 (otherwise implicit-deny), A18 (otherwise allow)"; "" if stable.
std::string OtherwiseText(const Stability& stability);

}  // namespace postern::authz
