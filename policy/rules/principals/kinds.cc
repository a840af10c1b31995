// Principals that are in order by themselves, and not in this policy.
#include <algorithm>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/parts.h"
#include "policy/rules/principal_entries.h"
#include "policy/rules/principals/checks.h"

namespace postern::policy {
namespace {

// A resource policy of which it is not known whose it is may be a trust policy or a bucket's.
bool IsTold(PolicyKind kind) {
  return kind == PolicyKind::kEndpoint || (IsResourceBased(kind) && kind != PolicyKind::kResource);
}

bool IsPartition(std::string_view text) {
  return (text == "aws" || text.starts_with("aws-")) && FindOpen(text) == text.size();
}

// The one partition of all the ARNs in Resource and NotResource; "" if there is none, or several.
std::string_view PartitionOfResources(const PolicyDocument& document) {
  std::string_view found;
  for (const Statement& statement : document.statements()) {
    if (!statement.resources) continue;
    for (const Node* pattern : statement.resources->patterns) {
      const Arn arn = SplitArn(pattern->text);
      if (!arn.valid()) continue;
      if (!IsPartition(arn.partition())) return {};
      if (!found.empty() && found != arn.partition()) return {};
      found = arn.partition();
    }
  }
  return found;
}

}  // namespace

void CheckFederatedNotAllowed(LintContext& context) {
  if (!IsTold(context.kind()) || context.kind() == PolicyKind::kTrust) return;
  ForEachPrincipal(context, [&](const Statement&, const PrincipalEntry& entry) {
    if (entry.type != PrincipalType::kFederated) return;
    context.Report("PR410", *entry.value,
                   "Federated is for the trust policies of roles: here " +
                       Quote(entry.value->text) + " matches nobody",
                   "name the role that its users assume");
  });
}

void CheckCanonicalUserOutsideS3(LintContext& context) {
  if (!IsTold(context.kind()) || IsS3Resource(context.kind())) return;
  const std::string kind(TraitsOf(context.kind()).title);
  ForEachPrincipal(context, [&](const Statement&, const PrincipalEntry& entry) {
    if (entry.type != PrincipalType::kCanonicalUser) return;
    context.Report("PR411", *entry.value,
                   "CanonicalUser is for policies of S3, not for " + WithArticle(kind),
                   "name the account by its id, under AWS");
  });
}

void CheckPrincipalPartition(LintContext& context) {
  const std::string_view partition = PartitionOfResources(context.document());
  if (partition.empty()) return;
  ForEachPrincipal(context, [&](const Statement&, const PrincipalEntry& entry) {
    const Arn arn = SplitConcreteArn(entry.value->text);
    if (!arn.valid() || !IsPartition(arn.partition()) || arn.partition() == partition) return;
    const std::size_t begin = OffsetIn(entry.value->text, arn.partition());
    context.ReportWithin("PR417", *entry.value, begin, begin + arn.partition().size(),
                         "a principal of " + Quote(arn.partition()) +
                             " cannot reach resources in " + Quote(partition),
                         "partitions share nothing: write one policy for each");
  });
}

}  // namespace postern::policy
