// PolicySet -> CompiledPolicySet: flat, indexed, immutable.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "authz/policy_set.h"
#include "authz/verdict.h"
#include "policy/catalogue.h"

namespace postern::authz {

class CompiledPolicySet;

struct CompileOptions {
  // A layer that is not given may hold anything (explain), instead of nothing (eval, test).
  bool not_given_is_unknown = false;
};

// Never fails: what cannot be evaluated was refused by parse (S1.13), and what is left is evaluated
// as its rule says. The documents are kept alive by the result.
std::shared_ptr<const CompiledPolicySet> Compile(const PolicySet& policies,
                                                 const policy::Catalogue& catalogue,
                                                 CompileOptions options = {});

// How a compiled set names things: the spelling of a condition key by its number in MissingSet, and
// the policies of a layer in the order that StatementRef counts.
std::string_view KeyName(const CompiledPolicySet& policies, std::size_t key);
const std::vector<DocumentPtr>& PoliciesOf(const CompiledPolicySet& policies, Layer layer);
// The statement behind a reference, or null.
const policy::Statement* StatementAt(const CompiledPolicySet& policies, Layer layer,
                                     StatementRef ref);
// Names behind a MissingSet: keys, "principal", "resource", "resource_account", "layer:identity".
std::vector<std::string> MissingNames(const CompiledPolicySet& policies, const MissingSet& missing);

}  // namespace postern::authz
