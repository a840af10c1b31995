#include "policy/rules/rows.h"

#include "policy/rules/grammar/checks.h"
#include "policy/rules/groups.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"GR201", "missing-version", kWarning, kStable, "the policy has no Version",
     "Without Version the language of 2008-10-17 is used. In it `${aws:username}` is plain text: "
     "the "
     "statement matches nothing, and nobody says so.",
     "IAM User Guide, IAM JSON policy elements: Version", nullptr},
    {"GR202", "invalid-version", kError, kStable, "Version is not a version of the policy language",
     "Version names the policy language: 2012-10-17 or 2008-10-17. The date of your own policy "
     "does not "
     "belong there, and AWS refuses it.",
     "IAM User Guide, IAM JSON policy elements: Version", nullptr},
    {"GR203", "old-version", kWarning, kStable, "Version is 2008-10-17",
     "In the old language policy variables are plain text. 2012-10-17 does everything that it "
     "does, "
     "and variables too.",
     "IAM User Guide, IAM JSON policy elements: Version", nullptr},
    {"GR204", "version-not-string", kError, kStable, "Version is a number or a date, not a string",
     "In YAML an unquoted 2012-10-17 is a date, which some tools print as a timestamp. AWS takes a "
     "string only.",
     "IAM User Guide, IAM JSON policy elements: Version", nullptr},
    {"GR205", "missing-statement", kError, kStable, "the policy has no Statement",
     "Statement is the one element that every policy must have.",
     "IAM User Guide, IAM JSON policy elements: Statement", nullptr},
    {"GR206", "empty-statement-list", kError, kStable, "the list of statements is empty",
     "A policy without statements allows nothing. As an endpoint policy, a boundary or a service "
     "control policy it would block every request; elsewhere it does nothing, which is a warning.",
     "IAM User Guide, IAM JSON policy elements: Statement; semantics S1.1", nullptr},
    {"GR207", "unknown-element", kError, kStable, "a name that no policy has",
     "A policy has Version, Id and Statement. AWS refuses every other name.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"GR208", "unknown-statement-element", kError, kStable, "a name that no statement has",
     "A statement has Sid, Effect, Principal, Action, Resource, their Not forms and Condition. AWS "
     "refuses every other name; a misspelt Condition would otherwise widen the statement.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"GR209", "element-case", kError, kStable, "an element in the wrong case",
     "Names of elements are case-sensitive: `effect` is not Effect. Condition keys and actions are "
     "not, which is why this one surprises.",
     "IAM User Guide, IAM JSON policy element reference; semantics S1.4", nullptr},
    {"GR210", "misplaced-element", kError, kStable,
     "an element of a statement beside the statements, or one of the policy inside a statement",
     "Version and Id belong to the policy, the other elements to a statement. In the wrong place "
     "they "
     "are unknown names, and AWS refuses the document.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"GR211", "statement-not-object", kError, kStable, "a statement that is not an object",
     "Each member of Statement is an object with Effect, Action and so on.",
     "IAM User Guide, IAM JSON policy elements: Statement", nullptr},
    {"GR212", "missing-effect", kError, kStable, "a statement without Effect",
     "Effect has no default: a statement must say Allow or Deny.",
     "IAM User Guide, IAM JSON policy elements: Effect", nullptr},
    {"GR213", "invalid-effect", kError, kStable, "Effect is neither Allow nor Deny",
     "There are two effects, and their spelling counts: `allow` is refused.",
     "IAM User Guide, IAM JSON policy elements: Effect", nullptr},
    {"GR214", "missing-action", kError, kStable, "a statement without Action and NotAction",
     "A statement says which actions it is about. A key policy may hold a statement that does not; "
     "it "
     "has no effect, so there it is a warning.",
     "IAM User Guide, IAM JSON policy elements: Action", nullptr},
    {"GR215", "missing-resource", kError, kStable, "a statement without Resource and NotResource",
     "Policies that are not attached to a resource must name one; so must bucket and endpoint "
     "policies. Other resource policies mean the resource that they are attached to.",
     "IAM User Guide, IAM JSON policy elements: Resource; semantics S1.9", nullptr},
    {"GR216", "exclusive-elements", kError, kStable, "an element and its Not form in one statement",
     "Action and NotAction, Resource and NotResource, Principal and NotPrincipal exclude each "
     "other in "
     "a statement.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"GR217", "wrong-type", kError, kStable, "a value of the wrong JSON type",
     "Each element has its type: a number where a string is due, or a list where an object is due, "
     "is "
     "refused.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"GR218", "null-value", kError, kStable, "null in the policy",
     "No element takes null. It is what a template leaves behind when a variable is not set.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.2.5", nullptr},
    {"GR219", "nested-array", kError, kStable, "a list inside a list",
     "Lists of actions, resources, principals and condition values are flat. A template that "
     "inserts a "
     "list as one member makes this.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.7", nullptr},
    {"GR220", "cfn-intrinsic", kWarning, kStable, "a function of a template, not resolved",
     "Ref and Fn:: functions of CloudFormation, and values that Terraform knows only after apply, "
     "are no "
     "part of a policy: the template puts text in their place. Until then nobody can say what the "
     "statement covers.",
     "AWS CloudFormation User Guide, Intrinsic function reference", nullptr},
    {"GR221", "empty-list", kSuggestion, kStable, "an empty list",
     "A statement with an empty list of actions, resources or principals matches nothing; in an "
     "Allow "
     "that is a warning. An empty NotAction, NotResource or NotPrincipal would match everything, "
     "which "
     "is an error.",
     "IAM User Guide, Access Analyzer policy check reference: Empty array; semantics S1.8",
     nullptr},
    {"GR222", "empty-object", kSuggestion, kStable, "an empty object",
     "An empty Condition or operator restricts nothing: if a restriction was meant, it is not "
     "there. An "
     "empty Principal matches nobody, and an empty NotPrincipal would match everybody, which is an "
     "error.",
     "IAM User Guide, IAM Access Analyzer policy check reference: empty object; semantics S1.8",
     nullptr},
    {"GR223", "empty-string", kError, kStable, "an empty string as action, resource or principal",
     "It matches nothing. It is what a template leaves behind when a variable is empty.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.8", CheckEmptyString},
    {"GR224", "sid-characters", kError, kStable, "a Sid with characters that are not taken",
     "IAM and Organizations take letters and digits only. Other services take more; there, what "
     "goes beyond letters, digits, blanks, dashes and underscores is a suggestion.",
     "IAM User Guide, IAM JSON policy elements: Sid; semantics S1.6.1", CheckSidCharacters},
    {"GR225", "duplicate-sid", kError, kStable, "the same Sid on two statements",
     "IAM, Organizations, SNS and SQS refuse it. Elsewhere it is a warning: nobody can tell which "
     "statement is meant.",
     "IAM User Guide, IAM JSON policy elements: Sid; semantics S1.6.2", CheckDuplicateSid},
    {"GR226", "empty-sid", kSuggestion, kStable, "an empty Sid",
     "It names nothing. Sid may be left out.",
     "IAM User Guide, IAM JSON policy elements: Sid; semantics S1.6.2", CheckEmptySid},
    {"GR227", "id-not-allowed", kError, kStable, "Id in a policy that takes none",
     "Id belongs to resource policies. IAM refuses it in policies of users, groups and roles.",
     "IAM User Guide, IAM JSON policy elements: Id; semantics S1.6.3", nullptr},
    {"GR228", "kind-mismatch", kWarning, kStable, "a policy of another sort than it is said to be",
     "Every statement has a Principal where none belongs, or none has one where each needs one: "
     "most likely the file is taken for something it is not.",
     "IAM User Guide, Policies and permissions; semantics S1.9", CheckKindMismatch},
    {"GR229", "multiple-policies-in-file", kError, kStable, "a list of policies in one file",
     "A policy is one object. A list of them is what a script or a listing prints, and AWS takes "
     "none.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"GR230", "hcl-shaped-condition", kError, kStable, "Terraform's condition block inside JSON",
     "In aws_iam_policy_document a condition has test, variable and values. In a policy it is "
     "operator, key and values; AWS refuses the other.",
     "hashicorp/terraform-provider-aws#42291", nullptr},
};

}  // namespace

std::span<const Rule> GrammarRules() { return kRules; }

}  // namespace postern::policy
