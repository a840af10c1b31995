// Actions that exist and do nothing, or too much, where they stand.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/action_patterns.h"
#include "policy/rules/actions/checks.h"
#include "policy/rules/fixes.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// Whose actions a policy on a resource can carry. The second one is "" where there is no other.
struct Carried {
  PolicyKind kind;
  std::array<std::string_view, 3> services;
};
constexpr std::array<Carried, 6> kCarried = {{
    {PolicyKind::kBucket, {"s3", "s3express", "s3-outposts"}},
    {PolicyKind::kAccessPoint, {"s3", "s3-object-lambda", "s3-outposts"}},
    {PolicyKind::kKey, {"kms", "", ""}},
    {PolicyKind::kQueue, {"sqs", "", ""}},
    {PolicyKind::kTopic, {"sns", "", ""}},
    {PolicyKind::kSecret, {"secretsmanager", "", ""}},
}};

struct Retired {
  std::string_view action;
  std::string_view what;
};
constexpr std::array kRetired = {
    Retired{"s3:GetObjectTorrent", "BitTorrent access to S3"},
    Retired{"s3:GetObjectVersionTorrent", "BitTorrent access to S3"},
    Retired{"ec2:AttachClassicLinkVpc", "EC2-Classic"},
    Retired{"ec2:DetachClassicLinkVpc", "EC2-Classic"},
    Retired{"ec2:EnableVpcClassicLink", "EC2-Classic"},
    Retired{"ec2:DisableVpcClassicLink", "EC2-Classic"},
    Retired{"ec2:EnableVpcClassicLinkDnsSupport", "EC2-Classic"},
    Retired{"ec2:DisableVpcClassicLinkDnsSupport", "EC2-Classic"},
    Retired{"ec2:DescribeClassicLinkInstances", "EC2-Classic"},
    Retired{"ec2:MoveAddressToVpc", "EC2-Classic"},
    Retired{"ec2:RestoreAddressToClassic", "EC2-Classic"},
};

const Retired* FindRetired(std::string_view action) {
  const auto* const found = std::ranges::find_if(
      kRetired, [action](const Retired& row) { return EqualsIgnoreAsciiCase(row.action, action); });
  return found == kRetired.end() ? nullptr : found;
}

// What S3 asks of the role that replicates for it, and of nobody else.
constexpr std::array<std::string_view, 6> kOfReplication = {"s3:ReplicateObject",
                                                            "s3:ReplicateDelete",
                                                            "s3:ReplicateTags",
                                                            "s3:InitiateReplication",
                                                            "s3:GetObjectVersionForReplication",
                                                            "s3:ObjectOwnerOverrideToBucketOwner"};
// What readers and writers do, and that role does not.
constexpr std::array<std::string_view, 4> kOfUsers = {"s3:GetObject", "s3:PutObject",
                                                      "s3:DeleteObject", "s3:PutObjectAcl"};

template <std::size_t N>
bool IsOneOf(const std::array<std::string_view, N>& names, std::string_view action) {
  return std::ranges::any_of(
      names, [action](std::string_view name) { return EqualsIgnoreAsciiCase(name, action); });
}

bool NamesUserAction(const PatternSet& actions) {
  return std::ranges::any_of(actions.patterns,
                             [](const Node* each) { return IsOneOf(kOfUsers, each->text); });
}

// Resources of any service: then an Allow with NotAction reaches all of them.
bool ReachesEveryService(const Statement& statement) {
  if (!statement.resources) return true;
  if (statement.resources->negated) return true;
  return std::ranges::any_of(statement.resources->patterns, [](const Node* each) {
    return each->text == "*" || HasWildcard(SplitArn(each->text).service());
  });
}

}  // namespace

bool IsRetiredAction(std::string_view action) { return FindRetired(action) != nullptr; }

void CheckActionNotForPolicy(LintContext& context) {
  const auto* const row = std::ranges::find(kCarried, context.kind(), &Carried::kind);
  if (row == kCarried.end()) return;
  const std::string kind(TraitsOf(context.kind()).title);
  ForEachAction(context.document(), [&](const Statement& statement, const Node& value) {
    const auto action = SplitAction(value.text);
    if (!action || statement.actions->negated || HasWildcard(action->service)) return;
    if (!context.catalogue().HasService(action->service)) return;  // AC501
    if (IsOneOf(row->services, action->service)) return;
    context.Report("AC511", value,
                   WithArticle(kind) + " is about actions of " + std::string(row->services[0]) +
                       ", not " + Quote(value.text),
                   "allow it in a policy of the principal, or of its own resource");
  });
}

void CheckRetiredAction(LintContext& context) {
  ForEachAction(context.document(), [&context](const Statement& statement, const Node& value) {
    const Retired* const retired = FindRetired(value.text);
    if (retired == nullptr || statement.actions->negated) return;
    context.Report(
        "AC513", value,
        Quote(value.text) + " belongs to " + std::string(retired->what) + ", which AWS has ended",
        "remove it");
  });
}

void CheckAllowNotAction(LintContext& context) {
  const PolicyKind kind = context.kind();
  if (!IsIdentity(kind) && !IsS3Resource(kind) && kind != PolicyKind::kEndpoint &&
      kind != PolicyKind::kResource) {
    return;
  }
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || statement.effect != Effect::kAllow || !statement.actions ||
        !statement.actions->negated) {
      continue;
    }
    // A bucket and an endpoint have one service, whose every other action this is.
    if (IsIdentity(kind) && !ReachesEveryService(statement)) continue;
    context.ReportKey("AC514", *statement.actions->node,
                      "NotAction with Allow allows every action that is not listed, those of "
                      "services to come too",
                      "list what is allowed in Action, or deny what is not in a statement of its "
                      "own");
  }
}

void CheckReplicationAction(LintContext& context) {
  const bool is_endpoint = context.kind() == PolicyKind::kEndpoint;
  if (!is_endpoint && !IsIdentity(context.kind())) return;
  ForEachAction(context.document(), [&](const Statement& statement, const Node& value) {
    if (statement.effect != Effect::kAllow || statement.actions->negated) return;
    if (!IsOneOf(kOfReplication, value.text)) return;
    if (!NamesUserAction(*statement.actions)) return;
    Diagnostic& finding =
        context.Report("AC516", value,
                       Quote(value.text) +
                           " is for the role that S3 replicates with; readers and writers do not "
                           "need it",
                       "remove it");
    AddRemoval(finding, context.document(), *statement.actions->node, value, FixSafety::kUnsafe);
  });
}

}  // namespace postern::policy
