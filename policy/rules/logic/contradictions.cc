// Statements that no request can satisfy, because two of their parts exclude each other.
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/principals.h"
#include "policy/quote.h"
#include "policy/rules/logic/checks.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

using Texts = std::vector<std::string_view>;

// In requests of a service that acts by itself, and in no others (S6.1).
constexpr std::string_view kServiceCallerKeys[] = {"aws:PrincipalServiceName",
                                                   "aws:PrincipalServiceNamesList"};
// In requests of users and roles, and never in those of a service that acts by itself.
constexpr std::string_view kAccountCallerKeys[] = {"aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
                                                   "aws:username"};

// Public addresses, and what only a request through an endpoint carries.
constexpr std::string_view kEndpointKeys[] = {
    "aws:SourceVpc", "aws:SourceVpce",   "aws:SourceVpcArn", "aws:VpceAccount",
    "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:VpcSourceIp"};

const Condition* FindNeeded(const Statement& statement, std::span<const std::string_view> keys) {
  const auto found = std::ranges::find_if(statement.conditions, [keys](const Condition& condition) {
    return IsOneOf(condition.key_node->key, keys) && NeedsKey(condition);
  });
  return found == statement.conditions.end() ? nullptr : &*found;
}

// What says that the caller is a service: a condition, or the Principal itself.
struct ServiceCaller {
  const Node* node;
  std::string text;
};

std::optional<ServiceCaller> FindServiceCaller(const Statement& statement) {
  if (const Condition* named = FindNeeded(statement, kServiceCallerKeys)) {
    return ServiceCaller{named->key_node, "condition on " + std::string(named->key_node->key)};
  }
  for (const Condition& condition : statement.conditions) {
    if (IsBool(condition, "aws:PrincipalIsAWSService", true) && NeedsKey(condition)) {
      return ServiceCaller{condition.key_node, "condition on aws:PrincipalIsAWSService"};
    }
  }
  if (statement.principal && !statement.principal->negated && !statement.principal->everyone &&
      !statement.principal->entries.empty() &&
      std::ranges::all_of(statement.principal->entries, [](const PrincipalEntry& entry) {
        return entry.type == PrincipalType::kService;
      })) {
    return ServiceCaller{statement.principal->node, "Service principal"};
  }
  return std::nullopt;
}

// The literal values that a positive condition admits; nothing where one may stand for several, or
// where a request without the key passes.
std::optional<Texts> FixedValues(const Condition& condition) {
  if (!condition.op || !NeedsKey(condition) || condition.values.empty()) return std::nullopt;
  const OperatorFamily family = TraitsOf(condition.op->base).family;
  if (family != OperatorFamily::kString && family != OperatorFamily::kArn) return std::nullopt;
  Texts values;
  for (const Node* value : condition.values) {
    if (IsUnfinished(value->text)) return std::nullopt;
    values.push_back(value->text);
  }
  return values;
}

std::optional<Texts> FixedValuesOf(const Statement& statement, std::string_view key) {
  for (const Condition& condition : statement.conditions) {
    if (!EqualsIgnoreAsciiCase(condition.key_node->key, key)) continue;
    auto values = FixedValues(condition);
    if (!values) continue;
    if (std::ranges::any_of(*values, HasWildcard)) continue;
    return values;
  }
  return std::nullopt;
}

// One field of every ARN of a list; nothing where one is open or empty.
std::optional<Texts> FieldsOf(const Texts& arns, ArnField field) {
  Texts fields;
  for (const std::string_view text : arns) {
    const Arn arn = SplitArn(text);
    if (!arn.valid() || arn[field].empty() || HasWildcard(arn[field])) return std::nullopt;
    fields.push_back(arn[field]);
  }
  return fields;
}

std::optional<Texts> ResourceFields(const Statement& statement, ArnField field) {
  if (!statement.resources || statement.resources->negated) return std::nullopt;
  Texts arns;
  for (const Node* pattern : statement.resources->patterns) {
    if (IsUnfinished(pattern->text)) return std::nullopt;
    arns.push_back(pattern->text);
  }
  if (arns.empty()) return std::nullopt;
  return FieldsOf(arns, field);
}

std::optional<Texts> PrincipalArnAccounts(const Statement& statement) {
  for (const Condition& condition : statement.conditions) {
    if (!EqualsIgnoreAsciiCase(condition.key_node->key, "aws:PrincipalArn")) continue;
    if (const auto arns = FixedValues(condition)) return FieldsOf(*arns, ArnField::kAccount);
  }
  return std::nullopt;
}

bool AllAre(const Texts& texts, bool (*is)(std::string_view)) {
  return std::ranges::all_of(texts, is);
}

bool IsRegionLike(std::string_view text) {
  return std::ranges::count(text, '-') >= 2 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool Disjoint(const Texts& a, const Texts& b) {
  return std::ranges::none_of(
      a, [&b](std::string_view each) { return std::ranges::find(b, each) != b.end(); });
}

struct Comparison {
  std::optional<Texts> (*left)(const Statement& statement);
  std::string_view key;
  bool (*is_value)(std::string_view text);
  std::string_view left_name;
};

constexpr Comparison kComparisons[] = {
    {[](const Statement& each) { return ResourceFields(each, ArnField::kAccount); },
     "aws:ResourceAccount", IsAccountId, "the account of Resource"},
    {[](const Statement& each) { return ResourceFields(each, ArnField::kRegion); },
     "aws:RequestedRegion", IsRegionLike, "the Region of Resource"},
    {PrincipalArnAccounts, "aws:PrincipalAccount", IsAccountId, "the account of aws:PrincipalArn"},
};

}  // namespace

void CheckDeadStatement(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement)) continue;
    const Condition* const account = FindNeeded(statement, kAccountCallerKeys);
    if (account == nullptr) continue;
    const auto service = FindServiceCaller(statement);
    if (!service) continue;
    Diagnostic& finding = context.ReportKey(
        "LO907", *account->key_node,
        "this statement never applies: a service that calls by itself carries no " +
            Quote(account->key_node->key),
        "use aws:SourceOrgID or aws:SourceAccount for calls of services, and a statement of its "
        "own for those of users and roles");
    const SourceRange range =
        service->node->key_range.empty() ? service->node->range : service->node->key_range;
    finding.related.push_back({range, "the " + service->text});
  }
}

void CheckContradictingAccount(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement)) continue;
    for (const Comparison& row : kComparisons) {
      const auto values = FixedValuesOf(statement, row.key);
      if (!values || !AllAre(*values, row.is_value)) continue;
      const auto left = row.left(statement);
      if (!left || !AllAre(*left, row.is_value) || !Disjoint(*left, *values)) continue;
      context.ReportKey("LO911", *FindCondition(statement, row.key)->key_node,
                        "this statement never applies: " + std::string(row.left_name) + " is " +
                            Quote(left->front()) + ", and " + std::string(row.key) + " must be " +
                            Quote(values->front()),
                        "write the same on both sides, or keep one of them");
    }
  }
}

void CheckMixedRoutes(LintContext& context) {
  if (context.kind() == PolicyKind::kEndpoint) return;  // EP501 says more
  constexpr std::string_view kSourceIp[] = {"aws:SourceIp"};
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement)) continue;
    const Condition* const address = FindNeeded(statement, kSourceIp);
    const Condition* const endpoint = FindNeeded(statement, kEndpointKeys);
    if (address == nullptr || endpoint == nullptr) continue;
    const bool allows = statement.effect == Effect::kAllow;
    Diagnostic& finding = context.ReportKey(
        "LO913", *address->key_node,
        std::string("this statement never ") + (allows ? "allows" : "denies") +
            " anything: no request has both aws:SourceIp and " + Quote(endpoint->key_node->key),
        "write two statements, one for each way in");
    finding.related.push_back({endpoint->key_node->key_range, "the other key"});
  }
}

}  // namespace postern::policy
