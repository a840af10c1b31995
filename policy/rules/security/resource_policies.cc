// Grants of resource policies to services, and of the policy itself.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/security/checks.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// Services that act on a resource for whichever customer of theirs names it, and say for whose.
constexpr std::string_view kDeputies[] = {"backup.amazonaws.com",
                                          "budgets.amazonaws.com",
                                          "cloudfront.amazonaws.com",
                                          "cloudtrail.amazonaws.com",
                                          "cloudwatch.amazonaws.com",
                                          "codestar-notifications.amazonaws.com",
                                          "config.amazonaws.com",
                                          "costalerts.amazonaws.com",
                                          "delivery.logs.amazonaws.com",
                                          "events.amazonaws.com",
                                          "guardduty.amazonaws.com",
                                          "logging.s3.amazonaws.com",
                                          "s3.amazonaws.com",
                                          "ses.amazonaws.com",
                                          "sns.amazonaws.com",
                                          "vpc-flow-logs.amazonaws.com"};

constexpr std::string_view kSourceKeys[] = {
    "aws:SourceAccount", "aws:SourceArn",     "aws:SourceOrgID", "aws:SourceOrgPaths",
    "aws:SourceOwner",   "kms:CallerAccount", "kms:ViaService",  "s3:DataAccessPointAccount"};

// aws:SourceArn with patterns that name neither an account nor a whole bucket: anybody's can match.
bool LetsAnyAccountBeSource(const Condition& condition) {
  if (!EqualsIgnoreAsciiCase(condition.key_node->key, "aws:SourceArn")) return false;
  return std::ranges::any_of(condition.values, [](const Node* value) {
    if (IsUnfinished(value->text)) return false;
    const Arn arn = SplitArn(value->text);
    if (!arn.valid()) return value->text == "*";
    if (!arn.account().empty()) return arn.account() == "*";
    // Names of buckets are global, so a whole one says whose it is.
    return arn.service() == "s3" && HasWildcard(arn.resource().substr(0, arn.resource().find('/')));
  });
}

bool AllowsToAny(const PolicyDocument& document, const PrincipalEntry& entry,
                 std::string_view action) {
  return std::ranges::any_of(document.statements(), [&](const Statement& statement) {
    if (!IsSoundAllow(statement) || !statement.principal || !CoversAction(statement, action)) {
      return false;
    }
    return statement.principal->negated || IsForEveryone(statement) ||
           std::ranges::any_of(statement.principal->entries, [&entry](const PrincipalEntry& each) {
             return each.value->text == entry.value->text;
           });
  });
}

}  // namespace

void CheckServicePrincipalOpen(LintContext& context) {
  if (!IsResourceBased(context.kind()) || context.kind() == PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.principal || statement.principal->negated) continue;
    const bool asks = std::ranges::any_of(statement.conditions, [](const Condition& condition) {
      const std::string_view key = condition.key_node->key;
      return (IsOneOf(key, kSourceKeys) || IsUnfinished(key)) && !LetsAnyAccountBeSource(condition);
    });
    if (asks) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      if (entry.type != PrincipalType::kService || !IsOneOf(entry.value->text, kDeputies)) continue;
      context.Report(
          "SE112", *entry.value,
          "any customer of " + Quote(entry.value->text) + " can have it use this resource",
          "add a condition on aws:SourceArn, aws:SourceAccount or aws:SourceOrgID");
    }
  }
}

void CheckPolicyWriteWithoutData(LintContext& context) {
  if (context.kind() != PolicyKind::kBucket) return;
  constexpr std::string_view kPut[] = {"s3:PutBucketPolicy"};
  std::size_t left = 100;  // each is held against every statement
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.principal || statement.principal->negated) continue;
    const Node* const action = FindActionPattern(statement, kPut);
    if (action == nullptr) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      if (entry.type != PrincipalType::kAws) continue;
      if (left-- == 0) return;
      if (AllowsToAny(context.document(), entry, "s3:GetObject")) continue;
      context.Report("SE113", *action,
                     Quote(entry.value->text) +
                         " may not read the objects, and may write itself a policy that lets it",
                     "leave s3:PutBucketPolicy to administrators");
      break;
    }
  }
}

}  // namespace postern::policy
