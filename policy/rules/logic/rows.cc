#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/logic/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"LO905", "no-allow", kError, kStable, "a policy in which no statement allows anything",
     "An endpoint policy, a permissions boundary and a session policy allow only what a "
     "statement of theirs allows. One that only denies blocks every request; the default "
     "policy of the endpoint does not stand behind it. For a session policy it is a warning: "
     "managed policies may be passed along.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; IAM User"
     " Guide, Policy evaluation logic; terraform-aws-modules/terraform-aws-vpc#1197",
     CheckNoAllow},
};

}  // namespace

std::span<const Rule> LogicRules() { return kRules; }

}  // namespace postern::policy
