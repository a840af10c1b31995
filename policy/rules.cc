#include "policy/rule.h"
#include "policy/rules/rules.h"

namespace postern::policy {
namespace {

constexpr Severity kError = Severity::kError;
constexpr Severity kWarning = Severity::kWarning;
constexpr Severity kSuggestion = Severity::kSuggestion;
constexpr RuleStatus kStable = RuleStatus::kStable;

// Pages of the AWS guides that several rules rest on.
constexpr std::string_view kGrammar = "IAM User Guide, Grammar of the IAM JSON policy language";
constexpr std::string_view kPrincipalPage =
    "IAM User Guide, AWS JSON policy elements: Principal; semantics S2.1";
constexpr std::string_view kEndpointPolicies =
    "AWS PrivateLink Guide, Control access to VPC endpoints using endpoint policies";

constexpr Rule kRules[] = {
    // Reading: json_repair.h and json_tree.h find these; parse adds JS110 and JS116.
    {"JS101", "syntax-error", kError, kStable, "The text is not JSON",
     "AWS takes policies as JSON and refuses the whole document at the first error. A parser names the "
     "place where it gave up; this names what is missing there.",
     "RFC 8259; IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"JS102", "trailing-comma", kError, kStable, "A comma stands before a closing bracket",
     "JSON has no comma behind the last member of an object or list, so the document is refused. It is "
     "left over when the last line of a list is removed.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS103", "missing-comma", kError, kStable, "Two values stand beside each other without a comma",
     "JSON separates the members of objects and lists by commas, so the document is refused. It happens "
     "when a line is added behind the last one.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS104", "missing-open-brace", kError, kStable,
     "Members of an object stand in a list: the brace that opens it is missing",
     "A statement that lost its first line leaves its members behind in the list of statements. Parsers "
     "then complain about the colon, far from what is missing.",
     "RFC 8259, section 5", nullptr},
    {"JS105", "unclosed-bracket", kError, kStable, "A bracket is opened and never closed",
     "The text ends inside an object or list, so the document is refused. Parsers report the end of the "
     "text; the place that matters is the bracket.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS106", "extra-close-bracket", kError, kStable, "A closing bracket closes nothing",
     "Every closing bracket ends the object or list opened last. One too many, or one of the other sort, "
     "makes AWS refuse the document.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS107", "comment", kError, kStable, "The text holds a comment",
     "JSON has no comments and AWS refuses a policy that holds one. What a statement is for can be said "
     "in its Sid, or beside the policy.",
     "RFC 8259, section 2", nullptr},
    {"JS110", "duplicate-key", kError, kStable, "A member is given twice in one object",
     "Parsers disagree about which of two members with one name wins, so a reader and AWS may see two "
     "different policies. IAM says that an element must not be given more than once.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.2.2", nullptr},
    {"JS111", "bom-or-bad-utf8", kError, kStable, "The text is not plain UTF-8",
     "A byte-order mark, UTF-16 or bytes that are no UTF-8 at all come from an editor's or a shell's way "
     "of saving. They are invisible, and the document is refused.",
     "RFC 8259, section 8.1; semantics S1.2.1", nullptr},
    {"JS115", "several-documents", kError, kStable, "Something follows the end of the policy",
     "A policy is one JSON object. A second one in the same text, or left-over text behind it, makes AWS "
     "refuse the whole.",
     "RFC 8259, section 2", nullptr},
    {"JS116", "root-not-object", kError, kStable, "The text is JSON, but not an object",
     "A policy document is one object that holds Statement. A list of statements alone, or a string, is "
     "refused.",
     kGrammar, nullptr},
    {"JS119", "nesting-too-deep", kError, kStable, "The text is nested deeper than any policy",
     "A policy needs five levels. Text that is nested more than 64 levels deep is no policy, and readers "
     "that recurse fail on it.",
     "semantics S1.2.7", nullptr},

    // Grammar: parse.h finds these.
    {"GR201", "missing-version", kWarning, kStable, "The policy has no Version",
     "Without Version the old policy language 2008-10-17 is used: policy variables such as "
     "`${aws:username}` are plain text in it, so a statement that has one matches something else than it "
     "says.",
     "IAM User Guide, AWS JSON policy elements: Version; semantics S1.5", nullptr},
    {"GR202", "invalid-version", kError, kStable, "Version names no policy language",
     "Version is the version of the policy language, not of the policy: 2012-10-17 or 2008-10-17, and "
     "nothing else. AWS refuses a policy with another date.",
     "IAM User Guide, AWS JSON policy elements: Version; semantics S1.5.1", nullptr},
    {"GR203", "old-version", kWarning, kStable, "Version is the old policy language",
     "In 2008-10-17 policy variables are plain text. It stands in many old policies, and a variable that "
     "is added to one of them later is never filled in.",
     "IAM User Guide, AWS JSON policy elements: Version; semantics S1.5.3", nullptr},
    {"GR204", "version-not-string", kError, kStable, "Version is not a string",
     "Version is a string. Without quotes a template language may turn it into a number or a date, "
     "which AWS refuses.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.5.1", nullptr},
    {"GR205", "missing-statement", kError, kStable, "The policy has no Statement",
     "Statement is the only element that a policy must have. Without it the document says nothing and "
     "AWS refuses it.",
     "IAM User Guide, AWS JSON policy elements: Statement; semantics S1.1", nullptr},
    {"GR206", "empty-statement-list", kWarning, kStable, "The list of statements is empty",
     "A policy without statements allows nothing. Where the kind of policy starts from deny (endpoint "
     "policy, boundary, service and resource control policy), that refuses every request: an error "
     "there.",
     "semantics S1.1", nullptr},
    {"GR207", "unknown-element", kError, kStable, "The policy has an element that does not exist",
     "A policy has Version, Id and Statement. AWS refuses a document with any other element; it is often "
     "a slip of the pen, or a part of a statement in the wrong place.",
     kGrammar, nullptr},
    {"GR208", "unknown-statement-element", kError, kStable,
     "A statement has an element that does not exist",
     "A statement has nine elements. A misspelled one does not do what it says, and AWS refuses the "
     "document.",
     kGrammar, nullptr},
    {"GR209", "element-case", kError, kStable, "The name of an element is in the wrong case",
     "Element names are case-sensitive: `effect` is not `Effect`. AWS refuses the document.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.4", nullptr},
    {"GR211", "statement-not-object", kError, kStable, "A member of Statement is not an object",
     "Each statement is an object of its own. A string or a list among the statements comes from a "
     "template that joined its lists wrongly.",
     kGrammar, nullptr},
    {"GR212", "missing-effect", kError, kStable, "A statement has no Effect",
     "There is no default: every statement says Allow or Deny, or AWS refuses the document.",
     "IAM User Guide, AWS JSON policy elements: Effect", nullptr},
    {"GR213", "invalid-effect", kError, kStable, "Effect is neither Allow nor Deny",
     "The values of Effect are case-sensitive: `allow` is not `Allow`. AWS refuses anything else.",
     "IAM User Guide, AWS JSON policy elements: Effect", nullptr},
    {"GR214", "missing-action", kError, kStable, "A statement has neither Action nor NotAction",
     "AWS refuses a statement that does not say what it is about. A key policy is accepted with it, and "
     "the statement has no effect: a warning there.",
     "IAM User Guide, AWS JSON policy elements: Action; semantics S1.9", nullptr},
    {"GR215", "missing-resource", kError, kStable, "A statement has neither Resource nor NotResource",
     "Where a policy is not attached to the one resource that it is about, each statement must say which "
     "resources it covers, or AWS refuses the document.",
     "IAM User Guide, AWS JSON policy elements: Resource; semantics S1.9", nullptr},
    {"GR216", "exclusive-elements", kError, kStable, "An element and its Not form stand together",
     "Action and NotAction (Resource and NotResource, Principal and NotPrincipal) exclude each other. "
     "AWS refuses a statement that has both.",
     kGrammar, nullptr},
    {"GR217", "wrong-type", kError, kStable, "An element has the wrong JSON type",
     "Elements are strings, lists of strings or objects as the grammar says. Numbers and booleans may "
     "only be values of conditions; an account id is a string.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.2.5, S1.7", nullptr},
    {"GR218", "null-value", kError, kStable, "A value is null",
     "Policies have no null. A template that was given no value leaves one behind, and AWS refuses the "
     "document.",
     "semantics S1.2.5", nullptr},
    {"GR219", "nested-array", kError, kStable, "A list stands inside a list of values",
     "Lists of actions, resources, principals and condition values hold strings. A list inside comes "
     "from a template that put two lists together without flattening them.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.7", nullptr},
    {"GR221", "empty-list", kSuggestion, kStable, "A list in a statement is empty",
     "A statement without any action, resource or principal matches nothing, so an Allow does not allow "
     "what was meant: a warning there. An empty NotAction, NotResource or NotPrincipal would match "
     "everything, and is an error.",
     "IAM User Guide, IAM Access Analyzer policy check reference: empty array; semantics S1.8",
     nullptr},
    {"GR227", "id-not-allowed", kError, kStable, "Id stands in a policy that has none",
     "Id belongs to policies that are attached to resources. Identity policies have no such element.",
     "IAM User Guide, AWS JSON policy elements: Id; semantics S1.6.3", nullptr},

    // Principals: parse.h finds these.
    {"PR401", "missing-principal", kError, kStable,
     "A statement of a resource policy has neither Principal nor NotPrincipal",
     "A policy that is attached to a resource says in each statement for whom it is. AWS refuses a "
     "statement that does not.",
     kPrincipalPage, nullptr},
    {"PR402", "principal-not-allowed", kError, kStable,
     "A statement has a Principal where the kind of policy forbids it",
     "Identity policies and service control policies are attached to the principals that they are for, "
     "and name none. AWS answers \"Has prohibited field Principal\".",
     "IAM User Guide, AWS JSON policy elements: Principal; semantics S1.9", nullptr},
    {"PR403", "principal-key", kError, kStable, "A principal is of a type that does not exist",
     "Principals are listed under AWS, Service, Federated or CanonicalUser, spelled so. AWS refuses any "
     "other type.",
     kPrincipalPage, nullptr},
    {"PR404", "principal-bare-string", kError, kStable, "Principal is a string other than `*`",
     "Only `*` may stand alone. Everything else is listed under its type, as in `{\"AWS\": \"ARN\"}`. AWS "
     "answers \"Invalid principal in policy\".",
     "IAM User Guide, AWS JSON policy elements: Principal; semantics S1.7", nullptr},

    {"CO707", "duplicate-key-case", kError, kStable,
     "Two condition keys or operators differ in nothing but case",
     "Case makes no difference in the names of operators and condition keys, so the two are one, given "
     "twice. IAM refuses it.",
     "IAM User Guide, IAM Access Analyzer policy check reference: duplicate keys with different case; "
     "semantics S1.2.3, S1.2.4",
     nullptr},
    {"EP101", "endpoint-principal-required", kError, kStable,
     "A statement of an endpoint policy has no Principal",
     "Every statement of an endpoint policy must say for whom it is, most often \"*\" together with a "
     "condition. A policy written for a role lacks it, and EC2 refuses that.",
     kEndpointPolicies, nullptr},
    {"EP102", "endpoint-notprincipal", kWarning, kStable, "An endpoint policy uses NotPrincipal",
     "NotPrincipal works with Deny only (an Allow is an error), and a Deny with it hits every session "
     "that is not listed together with its role and its account. Principal \"*\" with a condition on "
     "aws:PrincipalArn says the same and is read without surprise.",
     "IAM User Guide, AWS JSON policy elements: NotPrincipal; semantics S2.6", nullptr},
};

}  // namespace

std::span<const Rule> PolicyRules() { return kRules; }

}  // namespace postern::policy
