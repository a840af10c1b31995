// A bucket policy is about its own bucket and the objects in it.
#include <algorithm>
#include <string>
#include <string_view>

#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/bucket/checks.h"
#include "policy/rules/fixes.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// The bucket that an ARN of S3 names; "" where that is open.
std::string_view BucketOf(std::string_view text) {
  if (IsUnfinished(text)) return {};
  const Arn arn = SplitArn(text);
  if (!arn.valid() || arn.service() != "s3") return {};
  if (!arn.region().empty() || !arn.account().empty()) return {};  // an access point, a job
  const std::string_view bucket = arn.resource().substr(0, arn.resource().find('/'));
  return HasWildcard(bucket) ? std::string_view() : bucket;
}

bool IsOfOtherService(std::string_view text) {
  if (IsUnfinished(text)) return false;
  const Arn arn = SplitArn(text);
  return arn.valid() && !arn.service().empty() && !HasWildcard(arn.service()) &&
         !arn.service().starts_with("s3");
}

bool DeniesPlainHttp(const Statement& statement) {
  return IsSoundDeny(statement) &&
         std::ranges::any_of(statement.conditions, [](const Condition& condition) {
           return EqualsIgnoreAsciiCase(condition.key_node->key, "aws:SecureTransport");
         });
}

}  // namespace

void CheckForeignBucketArn(LintContext& context) {
  if (context.kind() != PolicyKind::kBucket) return;
  const Node* first = nullptr;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.resources || statement.resources->negated) continue;
    for (const Node* pattern : statement.resources->patterns) {
      if (IsOfOtherService(pattern->text)) {
        context.Report(
            "BP109", *pattern,
            "a bucket policy is about its own bucket, and S3 refuses " + Quote(pattern->text),
            "name the bucket and its objects only");
        continue;
      }
      const std::string_view bucket = BucketOf(pattern->text);
      if (bucket.empty()) continue;
      if (first == nullptr) {
        first = pattern;
      } else if (bucket != BucketOf(first->text)) {
        Diagnostic& finding =
            context.Report("BP109", *pattern,
                           "a bucket policy is about one bucket, and names " +
                               Quote(BucketOf(first->text)) + " and " + Quote(bucket),
                           "give each bucket a policy of its own");
        finding.related.push_back({first->range, "the other bucket"});
      }
    }
  }
}

void CheckAccountLevelAction(LintContext& context) {
  if (context.kind() != PolicyKind::kBucket) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || !statement.actions || statement.actions->negated) continue;
    for (const Node* pattern : statement.actions->patterns) {
      const std::string_view text = pattern->text;
      if (!EqualsIgnoreAsciiCase(ServiceOf(text), "s3")) continue;
      const auto action = context.catalogue().FindAction("s3", text.substr(3));
      if (!action || !context.catalogue().ResourceTypesOf(*action).empty()) continue;
      Diagnostic& finding =
          context.Report("BP110", *pattern,
                         Quote(text) +
                             " is about the account and no bucket: a bucket policy never "
                             "decides it",
                         "allow it in an identity policy, on Resource `*`");
      AddRemoval(finding, context.document(), *statement.actions->node, *pattern,
                 FixSafety::kUnsafe);
    }
  }
}

void CheckNoTls(LintContext& context) {
  if (context.kind() != PolicyKind::kBucket) return;
  const auto statements = context.document().statements();
  if (statements.empty() || std::ranges::any_of(statements, DeniesPlainHttp)) return;
  // Whoever may come in does so by TLS.
  const bool allows_plain = std::ranges::any_of(statements, [](const Statement& statement) {
    return IsSoundAllow(statement) && FindCondition(statement, "aws:SecureTransport") == nullptr;
  });
  const Node* const list = context.document().root().Find("Statement");
  if (!allows_plain || list == nullptr) return;
  context.ReportKey("BP116", *list, "no statement denies requests without TLS",
                    "add a Deny of `s3:*` with Bool aws:SecureTransport `false`");
}

}  // namespace postern::policy
