#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/resources/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"RS601", "arn-prefix", kError, kStable, "a resource that is not an ARN",
     "Resource takes `*` and ARNs. IAM refuses anything else; other services may store it, and"
     " it matches nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid ARN prefix; semantics "
     "S3.3",
     CheckArnPrefix},
    {"RS602", "arn-too-few-fields", kError, kStable, "an ARN with fewer than six fields",
     "The colons count: Region and account may be empty, but their colons stay. In identity "
     "policies IAM takes missing fields for `*`, which is more than was meant; in others such "
     "an ARN matches nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Missing ARN field; semantics "
     "S3.3",
     CheckTooFewFields},
    {"RS603", "arn-partition", kError, kStable, "a partition that does not exist",
     "The second field is `aws`, `aws-cn`, `aws-us-gov` or one of the isolated and sovereign "
     "partitions. With another the ARN names nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid partition; AWS General "
     "Reference, Amazon Resource Names",
     CheckPartition},
    {"RS604", "arn-service-case", kError, kStable, "capitals in the service of an ARN",
     "Actions are compared without regard to case, ARNs are not: `arn:aws:S3:::bucket` matches"
     " nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid ARN service case",
     CheckServiceCase},
    {"RS605", "arn-unknown-service", kError, kStable, "a misspelt service in an ARN",
     "The third field is the name of the service, most often the prefix of its actions. Only "
     "names that are close to a known one are told, since some services have another name in "
     "ARNs.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid service; Service "
     "Authorization Reference",
     CheckUnknownArnService, kRestsOnCatalogue},
    {"RS606", "account-not-allowed", kError, kStable,
     "an account in an ARN of a type that has none",
     "Buckets are named without their account: `arn:aws:s3:::NAME`. Nothing has an ARN of that "
     "form with "
     "an account in it, so the statement matches nothing.",
     "IAM User Guide, Access Analyzer policy check reference: ARN account not allowed; service "
     "authorization reference",
     CheckAccountNotAllowed},
    {"RS607", "region-not-allowed", kError, kStable, "a Region in an ARN of a type that has none",
     "Buckets, users, roles and others are named without a Region. Nothing has an ARN of that "
     "form with one in it, so the statement matches nothing.",
     "IAM User Guide, Access Analyzer policy check reference: ARN Region not allowed; Service "
     "Authorization Reference",
     CheckRegionNotAllowed},
    {"RS608", "account-missing", kWarning, kStable, "an ARN without the account that its type has",
     "An empty field matches an empty field only, and every ARN of that type has an account "
     "there. SSM is left out: its public documents and parameters have none.",
     "IAM User Guide, Access Analyzer policy check reference: Missing ARN account; semantics "
     "S3.3.6",
     CheckAccountMissing},
    {"RS609", "region-missing", kWarning, kStable, "an ARN without the Region that its type has",
     "An empty field matches an empty field only, and every ARN of that type has a Region "
     "there.",
     "IAM User Guide, Access Analyzer policy check reference: Missing ARN Region; semantics "
     "S3.3.6",
     CheckRegionMissing},
    {"RS610", "account-format", kError, kStable, "the account of an ARN is not an account id",
     "The fifth field of an ARN is an account id, twelve digits. With anything else in it the ARN "
     "names "
     "nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid ARN account",
     CheckAccountFormat},
    {"RS611", "region-unknown", kError, kStable,
     "something in the place of a Region that cannot be one",
     "Regions are named by area, direction and number: `eu-west-1`. New ones come in the same "
     "form and are not told; zones such as `eu-west-1a` and names of cities are.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid ARN Region; AWS General "
     "Reference, AWS service endpoints",
     CheckRegionUnknown, kRestsOnCatalogue},
    {"RS612", "arn-resource-shape", kWarning, kStable,
     "a last field that no resource of the service has",
     "Each service names its resources in a few forms, such as `role/NAME`. A text that fits "
     "none of them matches nothing. Only services are looked at whose "
     "forms the reference tells in full.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid ARN resource; Service "
     "Authorization Reference",
     CheckArnResourceShape},
    {"RS613", "resource-needs-star", kWarning, kStable,
     "an action that is not about a resource, on some resources only",
     "Most actions that list or create name no resource: they are asked on `*`, and only Resource "
     "`*` matches that. With ARNs the statement says nothing about them. Beside actions that do "
     "work on the ARNs, and in a Deny, it is a suggestion. Some services ask them on all of an "
     "account's resources, so `role/*` and its like are left out.",
     "Service Authorization Reference; semantics S3.5", CheckResourceNeedsStar},
    {"RS614", "resource-never-matches-action", kWarning, kStable,
     "a resource on which none of the statement's actions works",
     "Each action works on the types of resources that the reference lists. A resource of "
     "another type in the same statement is never asked for. "
     "Only services are looked at whose types the reference tells in full.",
     "Service Authorization Reference; semantics S3.3", CheckResourceNeverMatchesAction},
    {"RS615", "bucket-vs-object", kError, kStable,
     "an action about buckets with objects only, or the other way round",
     "s3:ListBucket is about the bucket, `arn:aws:s3:::NAME`; s3:GetObject is about what is in it, "
     "`arn:aws:s3:::NAME/*`. Neither ARN matches the other, so the action is neither allowed nor "
     "denied "
     "by this statement.",
     "Amazon S3 User Guide, Policies and permissions in Amazon S3; semantics S3.3.3",
     CheckBucketVersusObject},
    {"RS616", "bucket-prefix-glued", kSecurity, kStable,
     "`*` right behind the beginning of a bucket's name",
     "Names of buckets are taken by whoever comes first. `arn:aws:s3:::app*` is the bucket "
     "`app`, its objects, and every bucket that begins so, whoever owns it: a place to send "
     "data to. Outside endpoint policies, where naming by a prefix is usual, it is a suggestion.",
     "Amazon S3 User Guide, Amazon S3 resources; semantics S3.3.2", CheckBucketPrefixGlued},
    {"RS617", "wildcard-spans-segments", kWarning, kPreview,
     "`*` in the middle of an S3 ARN, before more text",
     "In the last field `*` matches every character, `/` too: `app-*/public/*` also matches "
     "`app-x/private/public/y`.",
     "IAM User Guide, IAM JSON policy elements: Resource; awsdocs/iam-user-guide#175; "
     "semantics S3.3.2",
     CheckWildcardSpansSegments},
    {"RS618", "not-an-arn-but-s3", kError, kStable,
     "an address or a bare name in place of the ARN of a bucket",
     "`s3://bucket/key` and `https://bucket.s3.amazonaws.com/key` are for the CLI and the "
     "browser. A policy names buckets and objects by their ARNs.",
     "Amazon S3 User Guide, Amazon S3 resources", CheckNotAnArnButS3},
    {"RS619", "bucket-name-invalid", kWarning, kStable, "a name that no bucket can have",
     "Such a bucket cannot be made, so the ARN matches nothing. Capitals and underscores are a"
     " suggestion: buckets from before March 2018 may have them.",
     "Amazon S3 User Guide, Bucket naming rules", CheckBucketName},
    {"RS620", "trailing-slash-resource", kWarning, kStable, "an S3 ARN that ends with a slash",
     "`bucket/prefix/` is one object of that name, the empty one that the console makes for a "
     "folder. What is in the folder is `bucket/prefix/*`.",
     "Amazon S3 User Guide, Organizing objects by using folders; semantics S3.3",
     CheckTrailingSlash},
    {"RS621", "effectively-star", kWarning, kStable, "an ARN of wildcards that matches everything",
     "It reads as a restriction and is none. In an Allow that is a security warning.",
     "IAM User Guide, IAM JSON policy elements: Resource; "
     "duo-labs/parliament:parliament/config.yaml",
     CheckEffectivelyStar},
    {"RS622", "redundant-resource", kSuggestion, kStable,
     "a resource that another one of the list covers",
     "It adds nothing, and hides how wide the list is.",
     "IAM User Guide, Access Analyzer policy check reference: Redundant resource; semantics "
     "S3.3",
     CheckRedundantResource},
    {"RS623", "wildcard-in-service", kSuggestion, kStable, "a wildcard in the service of an ARN",
     "IAM documents wildcards for the other fields and takes none in this one.",
     "IAM User Guide, Access Analyzer policy check reference: Wildcard in service name; "
     "semantics S3.3.4",
     CheckWildcardInService},
    {"RS624", "partition-mix", kWarning, kStable, "resources of several partitions in one policy",
     "An account belongs to one partition, so one of the ARNs matches nothing. The same ARN "
     "for each partition in turn is taken for a policy that is used in all of them.",
     "IAM User Guide, IAM identifiers; Access Analyzer policy check reference: Invalid "
     "partition",
     CheckPartitionMix},
    {"RS625", "secret-suffix", kWarning, kStable,
     "the ARN of a secret without its last six characters",
     "Secrets Manager appends a dash and six random characters to the name of a secret. "
     "Requests are looked at by the whole ARN. A name that itself ends in a word of six "
     "characters is not told.",
     "AWS Secrets Manager User Guide, Secrets Manager secret ARN; Service Authorization "
     "Reference",
     CheckSecretSuffix},
    {"RS626", "log-group-star", kWarning, kStable, "a log group where its streams are meant",
     "The ARN of a stream is that of its log group with more behind it. Actions on streams, "
     "such as logs:PutLogEvents, need `:*` at the end.",
     "Amazon CloudWatch Logs User Guide, CloudWatch Logs resources; Service Authorization "
     "Reference",
     CheckLogGroupStar},
    {"RS627", "table-without-index", kSuggestion, kPreview,
     "a query that is allowed on tables only",
     "An index has its own ARN, `table/NAME/index/INDEX`. Whether there are indexes is not in "
     "the policy.",
     "Amazon DynamoDB Developer Guide, Using IAM with DynamoDB secondary indexes",
     CheckTableWithoutIndex},
    {"RS628", "kms-alias-resource", kWarning, kStable, "the alias of a key where the key is meant",
     "Actions on a key are asked on the ARN of the key, also where the request names the "
     "alias. An alias in Resource is for making, changing and removing the alias.",
     "AWS KMS Developer Guide, Using aliases to control access to KMS keys", CheckKmsAliasResource},
    {"RS629", "notresource-allow", kSecurity, kStable, "Allow with NotResource",
     "The list says what is not allowed, and everything else is: resources that come later, "
     "and those of other accounts as well.",
     "IAM User Guide, IAM JSON policy elements: NotResource; semantics S3.4",
     CheckAllowNotResource},
    {"RS630", "resource-type-case", kError, kStable, "the type in an ARN in the wrong case",
     "ARNs are compared letter by letter: `Role/Reader` is not `role/Reader`.",
     "IAM User Guide, IAM JSON policy elements: Resource; Service Authorization Reference",
     CheckResourceTypeCase},
    {"RS631", "duplicate-slash", kWarning, kStable, "`//` in the ARN of an object",
     "S3 keeps every slash: `a//b` is another key than `a/b`. Most often two texts were joined"
     " that both had one.",
     "Amazon S3 User Guide, Naming Amazon S3 objects", CheckDuplicateSlash},
};

}  // namespace

std::span<const Rule> ResourceRules() { return kRules; }

}  // namespace postern::policy
