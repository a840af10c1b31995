#include "policy/rules/rows.h"

#include "authz/rules/exposure/checks.h"
#include "authz/rules/groups.h"

namespace postern::authz {
namespace {

using policy::Rule;
using namespace policy::rows;

constexpr Rule kRules[] = {
    {"LO910", "hidden-public", kSecurity, kStable,
     "a resource policy whose condition lets strangers in",
     "Conditions that ask for TLS, or that nobody is of a list, hold for the whole world. The "
     "finding "
     "names a request of a stranger that this policy allows.",
     "Amazon S3 User Guide, Blocking public access to your Amazon S3 storage: the meaning of "
     "public; semantics S4.18",
     CheckHiddenPublic},
    {"SE114", "public-principal", kSecurity, kStable, "a resource policy that lets everybody in",
     "Principal `*` is everybody, also those without an AWS account where the service takes "
     "requests without a signature. Statements that a Deny of the same policy takes back are not "
     "reported: the finding names a request that is allowed.",
     "IAM User Guide, IAM JSON policy elements: Principal; bridgecrewio/checkov: CKV_AWS_70",
     CheckPublicPrincipal},
    {"SE115", "weak-public-fix", kSecurity, kStable,
     "Principal `*` behind a condition that a stranger can meet",
     "A header is the caller's choice; IfExists and ForAllValues hold where the key is absent; a "
     "wildcard in place of an account is every account. The finding names a request that is "
     "allowed.",
     "Amazon S3 User Guide, Blocking public access to your Amazon S3 storage: the meaning of "
     "public; semantics S4.18, S7.11",
     CheckWeakPublicFix},
};

}  // namespace

std::span<const Rule> ExposureEngineRules() { return kRules; }

}  // namespace postern::authz
