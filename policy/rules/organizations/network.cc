// Denies by network and organization, whom they hit beside those who were meant.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/organizations/checks.h"
#include "policy/rules/perimeter.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// In requests through an endpoint, but of some services only.
constexpr std::string_view kPartlySentKeys[] = {"aws:SourceVpcArn", "aws:VpceAccount",
                                                "aws:VpceOrgID", "aws:VpceOrgPaths"};

bool IsOrganizationPolicy(PolicyKind kind) {
  return kind == PolicyKind::kScp || kind == PolicyKind::kRcp;
}

bool CoversEveryService(const Statement& statement) {
  return statement.actions && (statement.actions->negated || OnEveryAction(statement));
}

// The statement is about requests with the key only.
bool NeedsKeyOf(const Statement& statement, std::string_view key) {
  return std::ranges::any_of(statement.conditions, [key](const Condition& condition) {
    return EqualsIgnoreAsciiCase(condition.key_node->key, key) && NeedsKey(condition);
  });
}

void ReportUnsent(LintContext& context, const Statement& statement, const Condition& limit) {
  const std::string key(limit.key_node->key);
  if (CoversEveryService(statement)) {
    context.ReportKey(
        "OR105", *limit.key_node,
        "not every service sends " + Quote(key) +
            ": this denies the requests of all the others, through your endpoints too",
        "list the actions of services that send it");
    return;
  }
  std::set<std::string> told;
  for (const Node* pattern : statement.actions->patterns) {
    const std::string service = FoldAscii(ServiceOf(pattern->text));
    if (service.empty() || IsUnfinished(service) || !context.catalogue().HasService(service)) {
      continue;
    }
    if (context.catalogue().SendsEndpointKey(service, key) || !told.insert(service).second)
      continue;
    context.Report("OR105", *pattern,
                   Quote(service) + " does not send " + Quote(key) +
                       ": this denies its requests, through your endpoints too",
                   "leave the service out, or limit it by aws:SourceVpc");
  }
}

}  // namespace

void CheckScpDeniesServices(LintContext& context) {
  if (context.kind() != PolicyKind::kScp) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundDeny(statement) || !CoversEveryService(statement)) continue;
    const Condition* const limit = FindNetworkLimit(statement);
    if (limit == nullptr || SparesForwardedCalls(statement)) continue;
    context.ReportKey("OR104", *limit->key_node,
                      "what AWS services do on your behalf comes from their own network, and is "
                      "denied",
                      "add `\"BoolIfExists\": {\"aws:ViaAWSService\": \"false\"}`");
  }
}

void CheckEndpointKeyUnsupported(LintContext& context) {
  if (!IsOrganizationPolicy(context.kind())) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundDeny(statement) || !statement.actions) continue;
    for (const Condition& condition : statement.conditions) {
      const std::string_view key = condition.key_node->key;
      if (!IsNegated(condition) || !IsOneOf(key, kPartlySentKeys)) continue;
      if (NeedsKeyOf(statement, key)) continue;
      ReportUnsent(context, statement, condition);
    }
  }
}

void CheckRcpBlocksServices(LintContext& context) {
  if (context.kind() != PolicyKind::kRcp) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundDeny(statement) || SparesServices(statement)) continue;
    const Condition* limit = FindIdentityLimit(statement);
    if (limit == nullptr) limit = FindNetworkLimit(statement);
    if (limit == nullptr) continue;
    context.ReportKey("OR113", *limit->key_node,
                      "AWS services that call by themselves carry no " +
                          Quote(limit->key_node->key) + " of yours and are denied",
                      "add `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}`");
  }
}

void CheckSourceOrgAbsent(LintContext& context) {
  if (context.kind() != PolicyKind::kRcp) return;
  constexpr std::string_view kOrganization[] = {"aws:SourceOrgID", "aws:SourceOrgPaths"};
  constexpr std::string_view kSource[] = {"aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID",
                                          "aws:SourceOrgPaths"};
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundDeny(statement)) continue;
    const Condition* const limit = FindCondition(statement, kOrganization);
    if (limit == nullptr || !IsNegated(*limit) || NeedsKey(*limit)) continue;
    const bool needs_source =
        std::ranges::any_of(statement.conditions, [&kSource](const Condition& condition) {
          return IsOneOf(condition.key_node->key, kSource) && NeedsKey(condition);
        });
    if (needs_source) continue;
    const bool services_only =
        std::ranges::any_of(statement.conditions, [](const Condition& condition) {
          return IsBool(condition, "aws:PrincipalIsAWSService", true);
        });
    context.ReportKey("OR114", *limit->key_node,
                      services_only
                          ? "a service that calls for no resource of anybody carries no " +
                                Quote(limit->key_node->key) + ", and is denied"
                          : "users and roles carry no " + Quote(limit->key_node->key) +
                                ": this denies all of them",
                      services_only ? "add `\"Null\": {\"aws:SourceAccount\": \"false\"}`"
                                    : "add `\"Null\": {\"aws:SourceAccount\": \"false\"}` and "
                                      "`\"Bool\": {\"aws:PrincipalIsAWSService\": \"true\"}`");
  }
}

}  // namespace postern::policy
