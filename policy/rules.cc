#include "policy/rules/rules.h"

#include "policy/rule.h"

namespace postern::policy {
namespace {

constexpr auto kError = Severity::kError;
constexpr auto kWarning = Severity::kWarning;
constexpr auto kSuggestion = Severity::kSuggestion;
constexpr auto kStable = RuleStatus::kStable;

// By code. Rows without a check are reported by reading (JS) and by parsing (the others).
constexpr Rule kRules[] = {
    // JSON and encoding
    {"JS101", "syntax-error", kError, kStable, "the text is not JSON",
     "A policy is JSON, and AWS refuses a text that is not. The finding stands where reading could "
     "not "
     "go on; what is before and behind it is checked all the same.",
     "RFC 8259; IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"JS102", "trailing-comma", kError, kStable, "a comma before `]` or `}`",
     "JavaScript allows a comma behind the last member, JSON does not, and AWS refuses the "
     "document. It "
     "is what remains when the last member of a list is deleted.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS103", "missing-comma", kError, kStable, "two values without a comma between them",
     "A parser stops at the second value, which is right; the comma is missing behind the first. "
     "It "
     "happens when a line is added at the end of a list.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS104", "missing-open-brace", kError, kStable,
     "a member of an object stands in a list: the `{` in front of it is missing",
     "Where statements are copied by hand the line with the opening brace is lost easily. Parsers "
     "then "
     "complain about the colon behind the first name and say nothing about a brace.",
     "RFC 8259, section 4", nullptr},
    {"JS105", "unclosed-bracket", kError, kStable, "a bracket that is never closed",
     "A parser notices at the end of the file, far from the mistake. The indentation tells which "
     "bracket it was.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS106", "extra-close-bracket", kError, kStable, "a closing bracket that closes nothing",
     "It is left over from a deleted block, or its partner is missing further up. AWS refuses the "
     "document.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS107", "comment", kError, kStable, "a comment in the policy",
     "JSON has no comments, and AWS refuses a policy that holds one, also where the tool that "
     "wrote it "
     "accepts them. The place for a remark is the Sid of a statement.",
     "RFC 8259, section 2; IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"JS110", "duplicate-key", kError, kStable, "the same name twice in one object",
     "Parsers disagree about which of the two wins, so two readers of one policy see two policies. "
     "The "
     "policy grammar forbids it for every element.",
     "IAM User Guide, Grammar of the IAM JSON policy language; RFC 8259, section 4", nullptr},
    {"JS111", "bom-or-bad-utf8", kError, kStable, "a byte order mark, or bytes that are not UTF-8",
     "JSON is UTF-8 without a byte order mark. Editors on Windows add the mark silently, and what "
     "AWS "
     "answers then says nothing about it.",
     "RFC 8259, section 8.1", nullptr},
    {"JS115", "several-documents", kError, kStable, "something stands behind the policy",
     "A policy is one JSON object. Text behind it, a second policy for example, makes the whole "
     "document invalid.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"JS116", "root-not-object", kError, kStable, "the document is not an object",
     "A policy is one object with Version and Statement. A list of statements alone, or a text, is "
     "none.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"JS119", "nesting-too-deep", kError, kStable, "brackets nested deeper than 64 levels",
     "The grammar of policies needs five levels. Deeper ones are damage, or an attempt to exhaust "
     "whoever reads it.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.2.7", nullptr},

    // Policy grammar
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
    {"GR227", "id-not-allowed", kError, kStable, "Id in a policy that takes none",
     "Id belongs to resource policies. IAM refuses it in policies of users, groups and roles.",
     "IAM User Guide, IAM JSON policy elements: Id; semantics S1.6.3", nullptr},

    // Size
    {"SZ301", "endpoint-policy-too-large", kError, kStable,
     "an endpoint policy of more than 20,480 characters",
     "EC2 counts the text as it is sent, white space included: an indented file can be refused "
     "that "
     "would fit without its indentation.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S1.10",
     CheckEndpointPolicySize},
    {"SZ307", "bucket-policy-too-large", kError, kStable,
     "a bucket or access point policy of more than 20,480 bytes",
     "S3 refuses larger ones. It counts bytes: a letter with an accent is two.",
     "Amazon S3 User Guide, Bucket policies for Amazon S3: 20 KB; semantics S1.10",
     CheckBucketPolicySize},

    // Actions
    {"AC503", "api-name-not-action", kError, kStable,
     "an API operation that has a permission of another name",
     "Most operations and permissions share their names; in S3 a good many do not, and some in "
     "most services. An action that does not exist matches nothing: `aws s3 ls` needs "
     "s3:ListAllMyBuckets, and s3:ListBuckets is nothing.",
     "Amazon S3 User Guide, Required permissions for Amazon S3 API operations; Service "
     "Authorization Reference; semantics S7.14",
     CheckApiNameNotAction},
    {"AC504", "action-format", kError, kStable, "an action that is not service:Action",
     "An action is `*`, or a service and a name with one colon between them. Anything else "
     "matches nothing: an Allow allows less than it says, and a Deny or a NotAction does not "
     "protect.",
     "IAM User Guide, IAM JSON policy elements: Action; semantics S3.1", CheckActionFormat},

    // Conditions
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

    // Principals
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

    // Resources
    {"RS606", "account-not-allowed", kError, kStable,
     "an account in an ARN of a type that has none",
     "Buckets are named without their account: `arn:aws:s3:::NAME`. Nothing has an ARN of that "
     "form with "
     "an account in it, so the statement matches nothing.",
     "IAM User Guide, Access Analyzer policy check reference: ARN account not allowed; service "
     "authorization reference",
     CheckAccountNotAllowed},
    {"RS610", "account-format", kError, kStable, "the account of an ARN is not an account id",
     "The fifth field of an ARN is an account id, twelve digits. With anything else in it the ARN "
     "names "
     "nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid ARN account",
     CheckAccountFormat},
    {"RS615", "bucket-vs-object", kError, kStable,
     "an action about buckets with objects only, or the other way round",
     "s3:ListBucket is about the bucket, `arn:aws:s3:::NAME`; s3:GetObject is about what is in it, "
     "`arn:aws:s3:::NAME/*`. Neither ARN matches the other, so the action is neither allowed nor "
     "denied "
     "by this statement.",
     "Amazon S3 User Guide, Policies and permissions in Amazon S3; semantics S3.3.3",
     CheckBucketVersusObject},

    // Variables and placeholders
    {"VA805", "variable-needs-2012", kError, kStable,
     "a policy variable in a policy of the old language",
     "Variables work with Version 2012-10-17 only. With 2008-10-17, or without Version, "
     "`${aws:username}` is those fifteen characters, and the statement matches nothing.",
     "IAM User Guide, IAM policy elements: Variables and tags; semantics S1.5",
     CheckVariablesNeedVersion},
    {"VA811", "placeholder-left", kError, kStable, "a placeholder that nobody filled in",
     "Text such as `{BUCKET_NAME}` or `<my-org-id>` is no policy variable: AWS takes it "
     "literally, and the statement matches nothing. Ids from AWS's documentation are a "
     "suggestion: they may be meant.",
     "Amazon S3 User Guide, General purpose bucket naming rules: what a name can hold; IAM "
     "User Guide, IAM policy elements: Variables and tags",
     CheckPlaceholders},

    // Logic
    {"LO905", "no-allow", kError, kStable, "a policy in which no statement allows anything",
     "An endpoint policy, a permissions boundary and a session policy allow only what a "
     "statement of theirs allows. One that only denies blocks every request; the default "
     "policy of the endpoint does not stand behind it. For a session policy it is a warning: "
     "managed policies may be passed along.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; IAM User"
     " Guide, Policy evaluation logic; terraform-aws-modules/terraform-aws-vpc#1197",
     CheckNoAllow},

    // Endpoint policies
    {"EP101", "endpoint-principal-required", kError, kStable,
     "a statement of an endpoint policy without Principal",
     "An endpoint policy looks like an identity policy and is checked like a resource policy: each "
     "statement needs a Principal. The usual form is `*`, narrowed by aws:PrincipalOrgID.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies", nullptr},
    {"EP102", "endpoint-notprincipal", kError, kStable, "NotPrincipal in an endpoint policy",
     "With Allow it is refused. With Deny it hits every session whose role and account are not "
     "listed "
     "as well, which is a warning: hardly anyone means that.",
     "IAM User Guide, IAM JSON policy elements: NotPrincipal; semantics S2.6",
     CheckEndpointNotPrincipal},
    {"EP103", "gateway-principal-not-star", kError, kStable,
     "a Principal other than `*` in the policy of a gateway endpoint",
     "Gateway endpoints, for S3 and DynamoDB, take Principal `*` only; a role that is named there "
     "does "
     "not match its sessions. Who may use the endpoint is said with aws:PrincipalArn in a "
     "condition.",
     "AWS PrivateLink guide, Gateway endpoints; semantics S2.9.2", CheckGatewayPrincipal},
    {"EP104", "gateway-account-means-root", kError, kStable,
     "an account as Principal in the policy of a gateway endpoint",
     "In most policies an account stands for everyone in it. On a gateway endpoint it is the root "
     "user "
     "of the account alone: the users and roles are refused.",
     "AWS PrivateLink guide, Gateway endpoints; awsdocs/amazon-vpc-user-guide#24; semantics S2.9.2",
     CheckGatewayAccountIsRoot},
    {"EP107", "system-id-wildcard", kError, kStable,
     "a wildcard or a number in place of an id that AWS made up",
     "Account ids, organization ids and the ids of VPCs and endpoints say nothing in part: whoever "
     "makes enough accounts gets one that begins alike. EC2 takes no wildcards and no numeric "
     "operators on their keys.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S1.11.1",
     CheckSystemIdWildcard},
    {"EP108", "six-characters", kError, kStable, "a wildcard with too little text beside it",
     "With string operators EC2 wants at least six characters in a row before or behind each "
     "wildcard "
     "of an endpoint policy.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S1.11.2",
     CheckSixCharacters},
    {"EP109", "account-part-mix", kError, kStable, "an account id with wildcards in it",
     "The account of an ARN in an endpoint policy is an account id or a wildcard by itself. Part "
     "of an "
     "id says nothing about whose account it is.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S1.11.3",
     CheckAccountPartMix},
    {"EP501", "sourceip-never-present", kError, kStable, "aws:SourceIp in an endpoint policy",
     "Requests through an endpoint carry no aws:SourceIp. A condition on it is never true, or,"
     " negated, always: `Deny` with NotIpAddress then locks everybody out. The address inside "
     "the VPC is aws:VpcSourceIp.",
     "IAM User Guide, AWS global condition context keys: aws:SourceIp; semantics S6.1",
     CheckSourceIpNeverPresent},
    {"EP502", "own-vpce", kWarning, kStable, "aws:SourceVpce in an endpoint's own policy",
     "Each request that the policy looks at comes through its endpoint, so the key is "
     "constant: the condition is true of all of them or of none. With a value that is no "
     "endpoint id, a VPC id for example, it is known which; a Deny that hits every request is "
     "an error. The key belongs in the policies of buckets and roles.",
     "IAM User Guide, AWS global condition context keys: aws:SourceVpce; "
     "terraform-aws-modules/terraform-aws-vpc#680",
     CheckOwnEndpointId},
};

}  // namespace

std::span<const Rule> PolicyRules() { return kRules; }

}  // namespace postern::policy
