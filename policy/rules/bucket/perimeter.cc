// Denies of whatever does not come from the own network or organization, in S3's policies.
#include "policy/rules/perimeter.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/language/pattern_algebra.h"
#include "policy/language/wildcard.h"
#include "policy/quote.h"
#include "policy/rules/bucket/checks.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

constexpr std::string_view kPolicyActions[] = {"s3:PutBucketPolicy", "s3:DeleteBucketPolicy"};
// What services deliver and fetch.
constexpr std::string_view kServiceActions[] = {"s3:PutObject", "s3:GetObject"};

bool CoversAny(const Statement& statement, std::span<const std::string_view> actions) {
  return std::ranges::any_of(
      actions, [&statement](std::string_view action) { return CoversAction(statement, action); });
}

bool IsDenyForEveryone(const Statement& statement) {
  return IsSoundDeny(statement) && IsForEveryone(statement);
}

// Objects have a `/` in their ARN.
bool MayBeBucket(const Statement& statement) {
  if (!statement.resources || statement.resources->negated) return false;
  return std::ranges::any_of(statement.resources->patterns, [](const Node* pattern) {
    return pattern->text.find('/') == std::string_view::npos;
  });
}

std::string KeyText(const Condition& condition) { return Quote(condition.key_node->key); }

// Each is held against each; a bucket policy within its size limit has fewer.
constexpr std::size_t kMostResources = 1'000;

std::size_t CountResources(const PolicyDocument& document) {
  std::size_t count = 0;
  for (const Statement& statement : document.statements()) {
    if (statement.resources) count += statement.resources->patterns.size();
  }
  return count;
}

bool AnyLimitCovers(const PolicyDocument& document, std::string_view resource) {
  const std::string wanted = WildcardTokens(resource);
  for (const Statement& statement : document.statements()) {
    if (!IsDenyForEveryone(statement) || !statement.resources) continue;
    if (FindNetworkLimit(statement) == nullptr && FindIdentityLimit(statement) == nullptr) continue;
    if (statement.resources->negated) return true;
    for (const Node* pattern : statement.resources->patterns) {
      if (IsUnfinished(pattern->text) || Includes(WildcardTokens(pattern->text), wanted)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

void CheckEndpointDenyLockout(LintContext& context) {
  if (context.kind() != PolicyKind::kBucket) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsDenyForEveryone(statement) || !MayBeBucket(statement)) continue;
    if (!CoversAny(statement, kPolicyActions) || LooksAtPrincipal(statement)) continue;
    const Condition* const limit = FindNetworkLimit(statement);
    if (limit == nullptr) continue;
    context.ReportKey("BP101", *limit->key_node,
                      "only requests that " + KeyText(*limit) +
                          " lets pass can repair this policy: administrators and the console are "
                          "denied, too",
                      "exempt a role with ArnNotEquals on aws:PrincipalArn, or leave "
                      "s3:PutBucketPolicy and s3:DeleteBucketPolicy out of the Deny");
  }
}

void CheckEndpointDenyBlocksServices(LintContext& context) {
  if (context.kind() != PolicyKind::kBucket) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsDenyForEveryone(statement) || !CoversAny(statement, kServiceActions)) continue;
    const Condition* const limit = FindNetworkLimit(statement);
    if (limit == nullptr || SparesServices(statement)) continue;
    const bool forwarded = !SparesForwardedCalls(statement);
    context.ReportKey(
        "BP102", *limit->key_node,
        "AWS services call from their own network and are denied: log delivery, CloudTrail, "
        "inventories" +
            std::string(forwarded ? ", and what Athena or Glue does on your behalf" : ""),
        "add `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"" +
            std::string(forwarded ? ", \"aws:ViaAWSService\": \"false\"" : "") + "}`");
  }
}

void CheckEndpointDenyBlocksFas(LintContext& context) {
  if (context.kind() != PolicyKind::kBucket) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsDenyForEveryone(statement) || !CoversAny(statement, kServiceActions)) continue;
    const Condition* const limit = FindNetworkLimit(statement);
    // Without a thought of services BP102 says both.
    if (limit == nullptr || !SparesServices(statement) || SparesForwardedCalls(statement)) continue;
    if (LooksAtPrincipal(statement)) continue;
    context.ReportKey("BP103", *limit->key_node,
                      "what Athena, Redshift or Glue does on your behalf comes from the service's "
                      "network, and is denied",
                      "add `\"BoolIfExists\": {\"aws:ViaAWSService\": \"false\"}`");
  }
}

void CheckOrgDenyBlocksServices(LintContext& context) {
  if (context.kind() != PolicyKind::kBucket) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsDenyForEveryone(statement) || !CoversAny(statement, kServiceActions)) continue;
    const Condition* const limit = FindIdentityLimit(statement);
    if (limit == nullptr || SparesServices(statement)) continue;
    if (FindNetworkLimit(statement) != nullptr) continue;  // BP102
    context.ReportKey("BP111", *limit->key_node,
                      "AWS services that call by themselves carry no " + KeyText(*limit) +
                          " and are denied: log delivery, CloudTrail, inventories",
                      "add `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}`");
  }
}

void CheckDenyHalfBucket(LintContext& context) {
  if (context.kind() != PolicyKind::kBucket ||
      CountResources(context.document()) > kMostResources) {
    return;
  }
  for (const Statement& statement : context.document().statements()) {
    if (!IsDenyForEveryone(statement) || !statement.resources || statement.resources->negated) {
      continue;
    }
    if (FindNetworkLimit(statement) == nullptr && FindIdentityLimit(statement) == nullptr) continue;
    // Of actions on one half only, the other half is not missed.
    if (!CoversAction(statement, "s3:ListBucket") || !CoversAction(statement, "s3:GetObject")) {
      continue;
    }
    for (const Node* pattern : statement.resources->patterns) {
      const std::string_view text = pattern->text;
      if (!IsArn(text) || IsUnfinished(text)) continue;
      const bool objects = text.ends_with("/*");
      const std::string bucket(objects ? text.substr(0, text.size() - 2) : text);
      if (HasWildcard(bucket) || bucket.find('/') != bucket.npos) continue;
      const std::string missing = objects ? bucket : bucket + "/*";
      if (AnyLimitCovers(context.document(), missing)) continue;
      context.Report("BP108", *pattern,
                     objects ? "this Deny leaves out the bucket itself: its objects can still be "
                               "listed from anywhere"
                             : "this Deny leaves out the objects: they can still be read from "
                               "anywhere",
                     "add " + Quote(missing));
    }
  }
}

}  // namespace postern::policy
