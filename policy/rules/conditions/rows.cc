#include "policy/rules/rows.h"

#include "policy/rules/conditions/checks.h"
#include "policy/rules/groups.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"CO701", "unknown-operator", kError, kStable, "a condition operator that does not exist",
     "There is a fixed list of operators; a set prefix (ForAnyValue:) and IfExists are all "
     "that may be added, and not to each of them. AWS refuses the document.",
     "IAM User Guide, IAM JSON policy elements: Condition operators; semantics S4.2",
     CheckUnknownOperator},
    {"CO704", "unknown-global-key", kError, kStable,
     "a key that begins with aws: and does not exist",
     "No request carries a key that does not exist. A positive condition on it is then never "
     "true; a negated one, or one with IfExists, always is, which in a Deny hits everybody and"
     " in an Allow restricts nobody.",
     "IAM User Guide, AWS global condition context keys; semantics S4.17", CheckUnknownGlobalKey},
    {"CO707", "duplicate-key-case", kError, kStable,
     "the same condition key twice, in different case",
     "Condition keys and operators ignore case, so the two are one, and which of their values "
     "count "
     "is not defined.",
     "IAM User Guide, Access Analyzer policy check reference: Duplicate keys with different case; "
     "semantics S1.2.3",
     nullptr},
};

}  // namespace

std::span<const Rule> ConditionRules() { return kRules; }

}  // namespace postern::policy
