#include "policy/rules/perimeter.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "policy/language/fold.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

constexpr std::string_view kNetworkKeys[] = {
    "aws:SourceIp",    "aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce",
    "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:VpcSourceIp"};

constexpr std::string_view kIdentityKeys[] = {"aws:PrincipalAccount", "aws:PrincipalOrgID",
                                              "aws:PrincipalOrgPaths"};

// In calls of services, for some resource or in their own name.
constexpr std::string_view kServiceKeys[] = {"aws:PrincipalIsAWSService",
                                             "aws:PrincipalServiceName",
                                             "aws:PrincipalServiceNamesList",
                                             "aws:SourceAccount",
                                             "aws:SourceArn",
                                             "aws:SourceOrgID",
                                             "aws:SourceOrgPaths"};

constexpr std::string_view kPrincipalKeys[] = {
    "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
    "aws:PrincipalType",    "aws:userid",       "aws:username"};

constexpr std::string_view kForwardingKeys[] = {"aws:CalledVia", "aws:CalledViaFirst",
                                                "aws:CalledViaLast", "aws:ViaAWSService"};

bool IsPrincipalKey(std::string_view key) {
  constexpr std::string_view kTag = "aws:PrincipalTag/";
  return IsOneOf(key, kPrincipalKeys) || EqualsIgnoreAsciiCase(key.substr(0, kTag.size()), kTag);
}

const Condition* FindLimit(const Statement& statement, std::span<const std::string_view> keys) {
  const auto found = std::ranges::find_if(statement.conditions, [keys](const Condition& condition) {
    return IsNegated(condition) && IsOneOf(condition.key_node->key, keys) &&
           !condition.values.empty() && HoldsWithoutKey(condition) == true;
  });
  return found == statement.conditions.end() ? nullptr : &*found;
}

}  // namespace

const Condition* FindNetworkLimit(const Statement& statement) {
  return FindLimit(statement, kNetworkKeys);
}

const Condition* FindIdentityLimit(const Statement& statement) {
  return FindLimit(statement, kIdentityKeys);
}

bool SparesServices(const Statement& statement) {
  return std::ranges::any_of(statement.conditions, [](const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    return IsOneOf(key, kServiceKeys) || (IsPrincipalKey(key) && NeedsKey(condition));
  });
}

bool SparesForwardedCalls(const Statement& statement) {
  return FindCondition(statement, kForwardingKeys) != nullptr;
}

bool LooksAtPrincipal(const Statement& statement) {
  return std::ranges::any_of(statement.conditions, [](const Condition& condition) {
    return IsPrincipalKey(condition.key_node->key);
  });
}

}  // namespace postern::policy
