#include "policy/rules/rows.h"

#include "policy/rules/groups.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"PR401", "missing-principal", kError, kStable, "a statement without Principal",
     "A policy that is attached to a resource says for whom each statement is. Without Principal "
     "AWS "
     "refuses it.",
     "IAM User Guide, IAM JSON policy elements: Principal", nullptr},
    {"PR402", "principal-not-allowed", kError, kStable, "Principal where none belongs",
     "A policy of a user, a group or a role is for whoever it is attached to; so are boundaries, "
     "session policies and service control policies. AWS refuses Principal there.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S1.9", nullptr},
    {"PR403", "principal-key", kError, kStable, "an unknown type of principal",
     "There are four types: AWS, Service, Federated and CanonicalUser, spelled so.",
     "IAM User Guide, IAM JSON policy elements: Principal", nullptr},
    {"PR404", "principal-bare-string", kError, kStable, "a principal without its type",
     "Only `*` may stand by itself. Everything else is written with its type: `{\"AWS\": "
     "\"...\"}`.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S1.7", nullptr},
};

}  // namespace

std::span<const Rule> PrincipalRules() { return kRules; }

}  // namespace postern::policy
