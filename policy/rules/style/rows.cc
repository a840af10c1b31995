#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/style/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"SU101", "sid-missing", kSuggestion, kPreview, "a statement without a name",
     "Explanations, findings and CloudTrail's reports name a statement by its Sid.",
     "IAM User Guide, IAM JSON policy elements: Sid", CheckSidMissing},
    {"SU102", "console-sid", kSuggestion, kStable, "a Sid that a tool made up",
     "`VisualEditor0` and `Stmt1598863925525` say nothing about the statement.",
     "IAM User Guide, IAM JSON policy elements: Sid", CheckConsoleSid},
    {"SU103", "canonical-order", kSuggestion, kPreview, "elements in unusual order",
     "Order has no meaning, and one order reads faster: that of the policy grammar.",
     "IAM User Guide, Grammar of the IAM JSON policy language", CheckCanonicalOrder},
    {"SU104", "sort-lists", kSuggestion, kPreview,
     "a list of actions or resources that is not sorted",
     "Order has no meaning there. Sorted lists show duplicates and make small differences between "
     "versions.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.7", CheckSortedLists},
    {"SU105", "scalar-or-list", kSuggestion, kPreview, "a list with one member",
     "Where a list is allowed a string alone means the same, and is shorter where size counts.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.7",
     CheckLoneListMember},
    {"SU106", "star-object-principal", kSuggestion, kPreview, "everyone, written as an object",
     "`{\"AWS\": \"*\"}` and `*` are the same, anonymous callers included. The object looks like "
     "less.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S2.1", CheckStarObject},
    {"SU108", "description-drift", kSuggestion, kPreview,
     "a Sid that says something else than its statement",
     "A statement that is called ReadOnly and writes, or Deny and allows, misleads whoever reads "
     "only names.",
     "IAM User Guide, IAM JSON policy elements: Sid", CheckDescriptionDrift},
    {"SU109", "long-list", kSuggestion, kPreview, "a statement with more than 25 actions",
     "Long lists are seldom read. A pattern may say the same, if what else it matches is meant.",
     "IAM User Guide, IAM JSON policy elements: Action", CheckLongList},
    {"SU110", "unstable-id", kSuggestion, kPreview, "many accounts listed one by one",
     "New accounts have to be added everywhere. An organization or one of its units says it once.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalOrgID", CheckListedAccounts},
};

}  // namespace

std::span<const Rule> StyleRules() { return kRules; }

}  // namespace postern::policy
