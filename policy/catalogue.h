// What is known of AWS's services: actions, resource types, condition keys, endpoint services. A
// view over one packed file (catalogue_pack writes it, .incbin embeds it): nothing is parsed at
// start-up.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::policy {

enum class KeyType : std::uint8_t { kString, kArn, kNumeric, kDate, kBool, kIpAddress, kBinary };
std::string_view KeyTypeName(KeyType type);

enum class AccessLevel : std::uint8_t { kList, kRead, kWrite, kPermissionsManagement, kTagging };
std::string_view AccessLevelName(AccessLevel level);

// All string_views point into the catalogue's bytes.

struct ConditionKey {
  // Canonical spelling: "aws:PrincipalOrgID", "aws:ResourceTag/". Where a part before the end is
  // free, AWS's template: "codebuild:secondarySources/${sourceIdentifier}.location".
  std::string_view name;
  KeyType type = KeyType::kString;
  bool multivalued = false;  // a property of the key, not of the number of values (S4.15)
  bool has_tail = false;  // the name goes on behind the last character: a tag key, a claim (S4.16)
};

struct ResourceType {
  std::string_view name;          // "bucket"; a type with several ARN forms is there once for each
  std::string_view arn_template;  // "arn:${Partition}:s3:::${BucketName}"
};

struct Action {
  std::string_view service;  // "s3"
  std::string_view name;     // canonical spelling: "ListAllMyBuckets"
  AccessLevel level = AccessLevel::kRead;
  std::uint32_t index = 0;  // for ResourceTypesOf, ConditionKeysOf
};

// An endpoint service by its short name: "s3", "ecr.api", "execute-api".
struct EndpointService {
  std::string_view name;
  bool gateway = false;    // exists as a gateway endpoint
  bool interface = false;  // exists as an interface endpoint
  // Whether EC2 takes a policy for it; absent: not known.
  std::optional<bool> policy_supported;
};

// A service as an SDK's client, the CLI or a policy names it.
struct Api {
  std::string_view name;    // "s3control"
  std::string_view prefix;  // of its actions: "s3"
  std::uint32_t index = 0;  // for PermissionsOf, OperationsOf
};

// What a permission that an API operation needs is asked on (semantics S7.14.2, S7.14.4).
enum class AskedOn : std::uint8_t {
  kResource,
  kAccount,  // on `*`
  kSource,
  kDestination,
  kUnsaid,  // something that the operation's resource does not tell, or a part that nothing tells
};
std::string_view AskedOnName(AskedOn on);

// Which part of the call needs it (S7.14.3).
enum class AskedWhen : std::uint8_t {
  kAlways,
  kEither,  // the call needs one or more of these, by its content
  kWithoutVersion,
  kWithVersion,
  kWithAcl,
  kWithTags,
  kWithRetention,
  kWithLegalHold,
  kWithOwnership,
  kWithSourceIdentity,
};
std::string_view AskedWhenName(AskedWhen when);

struct NeededPermission {
  std::string_view action;  // "s3:ListAllMyBuckets"
  AskedOn on = AskedOn::kResource;
  AskedWhen when = AskedWhen::kAlways;
};

// Immutable and cheap to copy; thread-safe. Every look-up ignores the case of service prefixes,
// action names and condition keys, as AWS does.
class Catalogue {
 public:
  // Absent if the bytes are not a whole and undamaged catalogue of the version this program reads.
  // The bytes must outlive the catalogue and everything it hands out.
  static std::optional<Catalogue> Open(std::string_view bytes);
  template <std::same_as<std::string> Bytes>
  static std::optional<Catalogue> Open(Bytes&& bytes) = delete;  // would dangle
  // The one that is part of this library.
  static const Catalogue& Embedded();
  // The one that questions are answered with: Embedded(), unless another was put in its place.
  static const Catalogue& InUse();
  // Puts another one in its place. For the beginning of a program: no other thread may run, and
  // nothing that was made with the one before may be used again.
  static void Use(const Catalogue& catalogue);

  std::string_view date() const;     // "2026-09-26": the day of the service data
  std::string_view version() const;  // of the npm package it was made from
  std::string_view bytes() const { return bytes_; }

  bool HasService(std::string_view prefix) const;
  // False for a service that AWS has and whose actions, resource types and condition keys this
  // catalogue leaves out: there an action that is not found may well exist.
  bool HoldsActionsOf(std::string_view service) const;
  std::vector<std::string_view> Services() const;
  std::optional<Action> FindAction(std::string_view service, std::string_view name) const;
  std::vector<Action> ActionsOf(std::string_view service) const;  // sorted by name
  // Empty for an action without resource types: its resource is `*` (S3.5).
  std::vector<ResourceType> ResourceTypesOf(const Action& action) const;
  std::vector<ResourceType> ResourceTypesOf(std::string_view service) const;
  // Names of the condition keys that requests of the action can carry, by itself or by its resource
  // types; global keys left out.
  std::vector<std::string_view> ConditionKeysOf(const Action& action) const;

  // Global keys and the services' own, tag keys with their tail: "aws:ResourceTag/team" and
  // "aws:ResourceTag/" find "aws:ResourceTag/", "aws:ResourceTag" finds nothing. Allocates nothing.
  std::optional<ConditionKey> FindConditionKey(std::string_view key) const;
  std::vector<ConditionKey> GlobalConditionKeys() const;
  // Global keys left out.
  std::vector<ConditionKey> ConditionKeysOfService(std::string_view service) const;

  // "CloudWatchLogs", "elbv2", "s3control" or any prefix; `-` does not count.
  std::optional<Api> FindApi(std::string_view name) const;
  std::vector<std::string_view> ApiNames() const;
  // Empty where nothing is known of the operation beyond its name: it then needs the action of the
  // same name, if there is one. If all are kUnsaid, it needs that action and maybe these.
  std::vector<NeededPermission> PermissionsOf(const Api& api, std::string_view operation) const;
  // The names that PermissionsOf knows.
  std::vector<std::string_view> OperationsOf(const Api& api) const;

  bool IsRcpCapable(std::string_view service) const;  // S7.4.4
  // "com.amazonaws.eu-west-1.s3" or "s3".
  std::optional<EndpointService> FindEndpointService(std::string_view name) const;
  // IAM prefixes whose requests the endpoint carries; empty: not known.
  std::vector<std::string_view> ServedPrefixes(const EndpointService& service) const;
  // Whether the service is on AWS's list for a key that not every service sends with a request
  // through an endpoint: aws:SourceVpcArn, aws:VpceAccount, aws:VpceOrgID or aws:VpceOrgPaths
  // (S6.1). The four lists differ. False for any other key.
  bool SendsEndpointKey(std::string_view service, std::string_view key) const;
  // The same for all three aws:Vpce* keys.
  bool SendsVpceKeys(std::string_view service) const;

 private:
  explicit Catalogue(std::string_view bytes) : bytes_(bytes) {}
  std::string_view bytes_;
};

}  // namespace postern::policy
