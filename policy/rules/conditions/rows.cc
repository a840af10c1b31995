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
    {"CO702", "set-prefix-typo", kError, kStable, "a set operator that is misspelt",
     "There are two, ForAllValues and ForAnyValue, with a colon behind them. AWS refuses the "
     "document with any other.",
     "IAM User Guide, IAM JSON policy elements: Condition operators; semantics S4.2",
     CheckSetPrefix},
    {"CO703", "null-ifexists", kError, kStable, "Null with IfExists",
     "Null asks whether a key exists, so IfExists has no meaning with it. AWS refuses the "
     "document.",
     "IAM User Guide, Access Analyzer policy check reference: Null with if exists; semantics S4.5",
     CheckNullIfExists},
    {"CO704", "unknown-global-key", kError, kStable,
     "a key that begins with aws: and does not exist",
     "No request carries a key that does not exist. A positive condition on it is then never "
     "true; a negated one, or one with IfExists, always is, which in a Deny hits everybody and"
     " in an Allow restricts nobody.",
     "IAM User Guide, AWS global condition context keys; semantics S4.17", CheckUnknownGlobalKey,
     kRestsOnCatalogue},
    {"CO705", "unknown-service-key", kError, kStable,
     "a condition key that its service does not have",
     "No request carries a key that does not exist: a positive condition on it is never true, a "
     "negated one always. Without a key of nearly that name it is a warning, as the key may be "
     "new.",
     "Service Authorization Reference; semantics S4.17", CheckUnknownServiceKey, kRestsOnCatalogue},
    {"CO706", "key-format", kError, kStable, "a condition key without a prefix",
     "Each key begins with `aws:` or the prefix of a service or an identity provider. A name "
     "without a colon is in no request.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid condition key format",
     CheckKeyFormat},
    {"CO707", "duplicate-key-case", kError, kStable,
     "the same condition key twice, in different case",
     "Condition keys and operators ignore case, so the two are one, and which of their values "
     "count "
     "is not defined.",
     "IAM User Guide, Access Analyzer policy check reference: Duplicate keys with different case; "
     "semantics S1.2.3",
     nullptr},
    {"CO708", "key-case-style", kSuggestion, kStable, "a condition key in unusual case",
     "Keys ignore case, so it works. Whoever searches for the key as AWS writes it does not find "
     "this one.",
     "IAM User Guide, AWS global condition context keys; semantics S4.3", CheckKeyCase},
    {"CO709", "operator-type", kWarning, kStable,
     "an operator that does not compare values of the key's type",
     "An address block under StringEquals, or a name under a Numeric operator, matches no value "
     "that a request can carry. AWS takes the policy and the condition is never true, or always.",
     "IAM User Guide, Access Analyzer policy check reference: Type mismatch; semantics S4.2",
     CheckOperatorType},
    {"CO710", "string-operator-on-arn", kSecurity, kStable,
     "StringLike where ArnLike would keep a wildcard in its field",
     "With StringLike a wildcard in the account or Region of an ARN goes on into the resource, so "
     "that an ARN of another shape matches too. ArnLike compares the six parts one by one.",
     "IAM User Guide, IAM JSON policy elements: Condition operators: ARN condition operators; "
     "semantics S4.14",
     CheckStringLikeOnArn},
    {"CO711", "bool-value", kError, kStable,
     "a value of Bool or Null that is neither true nor false",
     "Anything else is a type error: the condition is never true, which in a Deny protects "
     "nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Type mismatch Boolean; semantics "
     "S4.12",
     CheckBoolValue},
    {"CO712", "bool-many", kError, kStable, "several values under Bool or Null",
     "A list is true if one of its values is. With both values it is always true, and AWS refuses "
     "it.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid condition multiple Boolean; "
     "semantics S4.12",
     CheckSeveralBools},
    {"CO713", "date-value", kWarning, kStable,
     "a date that cannot be read, or is read as another one",
     "Dates are ISO 8601 or seconds since 1970. Digits alone are always seconds: 2026 is half past "
     "midnight in 1970.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid date value; semantics S4.11",
     CheckDateValue},
    {"CO714", "date-passed", kWarning, kStable, "a time limit that has passed",
     "The statement was to hold until a day that is over: it can be removed, or should still hold. "
     "One that was to begin long ago holds always.",
     "IAM User Guide, IAM JSON policy elements: Condition operators, Date condition operators; "
     "semantics S4.11",
     CheckDatePassed},
    {"CO715", "number-value", kError, kStable, "a value of a Numeric operator that is no number",
     "It is a type error, and the condition is never true: a Deny does not protect.",
     "IAM User Guide, Access Analyzer policy check reference: Type mismatch number; semantics "
     "S4.10",
     CheckNumberValue},
    {"CO716", "cidr-value", kError, kStable, "an address or address block that is none",
     "A condition with one is never true, also with NotIpAddress: a Deny with it keeps nobody out.",
     "IAM User Guide, Access Analyzer policy check reference: Type mismatch IP range; semantics "
     "S4.13",
     CheckAddressBlock},
    {"CO717", "cidr-host-bits", kSuggestion, kStable,
     "an address block with bits set behind its prefix",
     "AWS compares the prefix alone, so the block is larger than the address in front of it "
     "suggests.",
     "IAM User Guide, Access Analyzer policy check reference: Improve IP range; semantics S4.13",
     CheckHostBits},
    {"CO718", "private-sourceip", kError, kStable, "a private address under aws:SourceIp",
     "The key holds the public address that a request comes from, and is absent from requests "
     "through a VPC endpoint: a private one never matches. Beside public ones it is a warning.",
     "IAM User Guide, Access Analyzer policy check reference: Private IP address; semantics S6.1",
     CheckPrivateSourceIp},
    {"CO719", "wildcard-without-like", kWarning, kStable,
     "a wildcard under an operator that takes none",
     "StringEquals compares `*` and `?` as characters. The condition is then true of hardly any "
     "request, or of all if it is negated.",
     "IAM User Guide, Access Analyzer policy check reference: Wildcard without like operator; "
     "semantics S4.2",
     CheckWildcardWithoutLike},
    {"CO720", "sensitive-key-wildcard", kSecurity, kStable,
     "a wildcard in place of an id that AWS made up",
     "Ids of accounts, organizations, VPCs and endpoints say nothing in part: a pattern lets in "
     "everybody whose id happens to match. Endpoint policies refuse it: EP107.",
     "IAM User Guide, Access Analyzer policy check reference: Wildcard usage too permissive; "
     "semantics S1.11.1",
     CheckIdWildcard},
    {"CO721", "sensitive-key-variable", kSecurity, kPreview,
     "an id that is compared with what a tag says",
     "Whoever may set the tag chooses the account, organization or network that passes. Comparing "
     "two ids of the request is a usual form and not meant.",
     "IAM User Guide, Access Analyzer policy check reference: Variable usage too permissive",
     CheckIdVariable},
    {"CO723", "forallvalues-single", kSecurity, kStable, "ForAllValues on a key that has one value",
     "ForAllValues is true of a request without the key. In an Allow it opens what the condition "
     "was to close; the operator by itself does not.",
     "IAM User Guide, Access Analyzer policy check reference: ForAllValues with single-valued key; "
     "semantics S4.6",
     CheckForAllValuesOnSingle},
    {"CO724", "forallvalues-vacuous", kSecurity, kStable,
     "ForAllValues that is true of requests without the key",
     "On keys that say who asks, from where, or for what, a request without any value is a "
     "stranger's. For dynamodb:LeadingKeys it is a scan. Keys that are often rightly absent, such "
     "as aws:TagKeys, are not meant.",
     "IAM User Guide, Single-valued vs. multivalued context keys; semantics S4.6",
     CheckForAllValuesVacuous},
    {"CO725", "foranyvalue-single", kWarning, kStable, "ForAnyValue on a key that has one value",
     "It is the same without the prefix, which makes readers look for a list.",
     "IAM User Guide, Single-valued vs. multivalued context keys; semantics S4.15",
     CheckForAnyValueOnSingle},
    {"CO726", "missing-set-operator", kError, kStable,
     "a key with several values under an operator for one",
     "AWS needs to be told whether one value or all of them have to match. Without that the "
     "condition is never true. For keys of services it is a warning.",
     "IAM User Guide, Access Analyzer policy check reference: Missing qualifier; semantics S4.15",
     CheckSetOperatorMissing},
    {"CO727", "null-with-set", kSuggestion, kStable, "Null with ForAllValues or ForAnyValue",
     "ForAllValues:Null is true of every request and ForAnyValue:Null of none, whether the key is "
     "there or not.",
     "IAM User Guide, Access Analyzer policy check reference: Null with qualifier; semantics S4.5",
     CheckNullWithSet},
    {"CO728", "key-not-for-action", kWarning, kStable,
     "a condition on a key that requests of the action do not carry",
     "Services send each key with some of their actions. An action that does not send it never "
     "meets the condition: it is not allowed, or not denied, by this statement.",
     "Service Authorization Reference; semantics S4.17", CheckKeyForAction},
    {"CO730", "tag-key-missing", kError, kStable,
     "a tag's condition key that does not say which tag",
     "The tag key stands behind the slash: aws:ResourceTag/team. AWS refuses the key by itself.",
     "IAM User Guide, Access Analyzer policy check reference: Missing tag key in condition; "
     "semantics S4.16",
     CheckTagKeyMissing},
    {"CO732", "vpc-id-format", kError, kStable, "what should be the id of a VPC and is not",
     "Ids of VPCs have 8 or 17 hexadecimal digits. Anything else equals no request's value.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid VPC format; semantics S6.1",
     CheckVpcId},
    {"CO733", "vpce-id-format", kError, kStable,
     "what should be the id of a VPC endpoint and is not",
     "Ids of endpoints have 8 or 17 hexadecimal digits. Anything else equals no request's value.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid VPCE format; semantics S6.1",
     CheckEndpointId},
    {"CO734", "org-id-format", kError, kStable,
     "what should be the id of an organization and is not",
     "An organization is `o-` and 10 to 32 small letters and digits; anything else equals no "
     "request's value.",
     "AWS Organizations API Reference, Organization: Id", CheckOrganizationId},
    {"CO735", "account-key-format", kError, kStable, "what should be an account id and is not",
     "Keys that hold an account hold its twelve digits: no ARN, no dashes, no name.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalAccount", CheckAccountKey},
    {"CO736", "org-path-format", kError, kStable,
     "what should be the path of an organizational unit and is not",
     "A path names the organization, the root and each unit, and ends with a slash; without it "
     "nothing matches.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalOrgPaths; semantics S6.1",
     CheckOrganizationPath},
    {"CO737", "id-in-wrong-key", kError, kStable,
     "an id of one sort under a key that holds another",
     "`vpc-…` under aws:SourceVpce equals no request's value: an Allow allows nothing, and a Deny "
     "with StringNotEquals denies everybody.",
     "IAM User Guide, AWS global condition context keys; "
     "terraform-aws-modules/terraform-aws-vpc#680",
     CheckIdInWrongKey},
    {"CO738", "region-value", kError, kStable, "a value of aws:RequestedRegion that is no Region",
     "Regions are written as `eu-west-1`. Availability zones and names of places match nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid Region; semantics S6.1",
     CheckRegionValue},
    {"CO739", "deprecated-key", kWarning, kStable, "a condition key that AWS has replaced",
     "It is kept for old policies, and newer services and actions do not send it.",
     "IAM User Guide, Access Analyzer policy check reference: Deprecated global condition key; "
     "semantics S6.1",
     CheckOldKey},
    {"CO740", "paired-key", kSecurity, kStable, "aws:VpcSourceIp without a VPC",
     "Private addresses are the same in every customer's VPCs. Without aws:SourceVpc or "
     "aws:SourceVpce the condition holds in strangers' as well.",
     "IAM User Guide, AWS global condition context keys: aws:VpcSourceIp", CheckPairedKey},
    {"CO741", "redundant-number", kSuggestion, kStable, "several values where the widest decides",
     "One value that is met is enough, so of several limits only the widest counts.",
     "IAM User Guide, Access Analyzer policy check reference: Redundant condition value num; "
     "semantics S4.1",
     CheckRedundantNumber},
    {"CO742", "irrelevant-key", kSuggestion, kStable,
     "a key that is the same in every request the policy looks at",
     "The policy of a resource is asked about that resource alone: its account and organization "
     "are known.",
     "IAM User Guide, Access Analyzer policy check reference: Irrelevant condition key in policy",
     CheckConstantKey},
    {"CO743", "always-true", kSuggestion, kStable, "a condition that is true of every request",
     "It looks like a restriction and is none: every address, or any value where there always is "
     "one.",
     "IAM User Guide, Access Analyzer policy check reference: Redundant key due to wildcard in "
     "condition; semantics S4.18",
     CheckAlwaysTrue},
    {"CO744", "never-true", kWarning, kStable, "a condition that is true of no request",
     "The statement never applies: an Allow allows nothing, and a Deny protects nothing.",
     "IAM User Guide, IAM JSON policy elements: Condition operators; semantics S4.14",
     CheckNeverTrue},
    {"CO745", "negated-allow-absent-key", kSecurity, kStable,
     "an Allow with a negated operator on a key that strangers' requests lack",
     "A negated operator is true where the key is absent. On keys that say who asks or from where, "
     "those are the requests to keep out.",
     "IAM User Guide, IAM JSON policy elements: Condition operators; semantics S4.4",
     CheckNegatedAllow},
    {"CO746", "ifexists-allow", kSecurity, kStable,
     "an Allow with IfExists on a key that strangers' requests lack",
     "With IfExists a request without the key passes. On keys that say who asks or from where, "
     "those are the requests to keep out.",
     "IAM User Guide, IAM JSON policy elements: Condition operators: ...IfExists; semantics S4.4",
     CheckIfExistsAllow},
    {"CO748", "negated-values-are-nor", kWarning, kStable,
     "two denying statements that between them spare nobody",
     "Each denies all but its own list, so together they deny everything. The values belong into "
     "one list: negated, it means none of these.",
     "IAM User Guide, IAM JSON policy elements: Condition operators; semantics S4.1",
     CheckDeniesExcludeEachOther},
    {"CO750", "mfa-bool-absent", kSecurity, kStable,
     "a check for MFA that requests with long-term keys escape",
     "aws:MultiFactorAuthPresent is in requests with temporary credentials only. `Bool` false in a "
     "Deny does not meet access keys, and `BoolIfExists` true in an Allow lets them pass.",
     "IAM User Guide, AWS global condition context keys: aws:MultiFactorAuthPresent; "
     "duo-labs/parliament: BAD_PATTERN_FOR_MFA",
     CheckMfaAbsent},
    {"CO751", "caller-controlled-key", kSecurity, kStable,
     "access for everyone who says the right word",
     "Referer and User-Agent are what the caller writes into the request. As the only condition "
     "they keep nobody out.",
     "IAM User Guide, AWS global condition context keys: aws:Referer, aws:UserAgent",
     CheckCallersWord},
    {"CO752", "s3-prefix-negative", kSecurity, kStable, "s3:prefix to say what may not be listed",
     "A listing with a shorter prefix shows the same objects: to forbid a prefix forbids one way "
     "to ask for them.",
     "IAM User Guide, Access Analyzer policy check reference: S3 prefix in negative context",
     CheckPrefixNegative},
    {"CO753", "ddb-attributes-without-select", kSecurity, kStable,
     "dynamodb:Attributes without dynamodb:Select",
     "A query that asks for all attributes lists none, and so meets a condition on the list. "
     "dynamodb:Select has to say that they are listed.",
     "Amazon DynamoDB Developer Guide, Using IAM policy conditions for fine-grained access control",
     CheckAttributesWithoutSelect},
    {"CO754", "kms-key-value", kError, kStable, "a KMS key that is not named by its ARN",
     "The key holds the ARN of the KMS key. An id or an alias equals none: a Deny with "
     "StringNotEquals then denies every upload.",
     "Amazon S3 User Guide, Using server-side encryption with AWS KMS keys", CheckKmsKeyValue},
    {"CO755", "value-case", kWarning, kStable, "an id or a Region in capitals",
     "Values are case-sensitive, and these are always in small letters.",
     "IAM User Guide, IAM JSON policy elements: Condition operators: String condition operators; "
     "semantics S4.2",
     CheckValueCase},
    {"CO756", "string-vs-bool", kWarning, kStable, "a String operator on true or false in capitals",
     "The value in the request is `true` or `false`: \"True\" never equals it under StringEquals.",
     "IAM User Guide, IAM JSON policy elements: Condition operators: Boolean condition operators; "
     "semantics S4.12",
     CheckStringOnBool},
    {"CO757", "condition-depth", kError, kStable, "a condition key where an operator is due",
     "A condition is operator, then key, then values. With the operator left out or behind the "
     "key, AWS refuses the document.",
     "IAM User Guide, IAM JSON policy elements: Condition", CheckConditionDepth},
    {"CO758", "same-key-contradiction", kWarning, kStable,
     "conditions on one key that exclude each other",
     "All conditions of a statement must hold. Where one asks for values that another excludes, "
     "the statement never applies.",
     "IAM User Guide, Conditions with multiple context keys or values; semantics S4.1",
     CheckContradiction},
};

}  // namespace

std::span<const Rule> ConditionRules() { return kRules; }

}  // namespace postern::policy
