#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/language/operators.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/key_names.h"
#include "policy/rules/conditions/operators.h"
#include "policy/rules/texts.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

std::vector<std::string> AllOperatorNames() {
  std::vector<std::string> names;
  for (const OperatorTraits& traits : AllOperators()) {
    for (const auto qualifier :
         {SetQualifier::kNone, SetQualifier::kForAnyValue, SetQualifier::kForAllValues}) {
      for (const bool if_exists : {false, true}) {
        std::string name = OperatorName({traits.base, qualifier, if_exists});
        if (ParseOperator(name)) names.push_back(std::move(name));
      }
    }
  }
  return names;
}

std::string OperatorMeant(std::string_view text) {
  const std::vector<std::string> names = AllOperatorNames();
  return DidYouMean(text, std::vector<std::string_view>(names.begin(), names.end()));
}

// What people write for a key that exists under another name.
struct KeyAlias {
  std::string_view alias;
  std::string_view key;
};
constexpr std::array kKeyAliases = {
    KeyAlias{"aws:SourceVpcEndpoint", "aws:SourceVpce"},
    KeyAlias{"aws:SourceVpcEndpointId", "aws:SourceVpce"},
    KeyAlias{"aws:VpcEndpointId", "aws:SourceVpce"},
    KeyAlias{"aws:VpceId", "aws:SourceVpce"},
    KeyAlias{"aws:SourceVpcId", "aws:SourceVpc"},
    KeyAlias{"aws:VpcId", "aws:SourceVpc"},
    KeyAlias{"aws:OrgId", "aws:PrincipalOrgID"},
    KeyAlias{"aws:OrganizationId", "aws:PrincipalOrgID"},
    KeyAlias{"aws:PrincipalOrganizationId", "aws:PrincipalOrgID"},
    KeyAlias{"aws:ResourceOrganizationId", "aws:ResourceOrgID"},
    KeyAlias{"aws:AccountId", "aws:PrincipalAccount"},
    KeyAlias{"aws:PrincipalAccountId", "aws:PrincipalAccount"},
    KeyAlias{"aws:ResourceAccountId", "aws:ResourceAccount"},
    KeyAlias{"aws:SourceAccountId", "aws:SourceAccount"},
    KeyAlias{"aws:Region", "aws:RequestedRegion"},
    KeyAlias{"aws:RequestRegion", "aws:RequestedRegion"},
};

// In managed policies of AWS, and in no guide.
constexpr std::string_view kUndocumentedKey = "aws:PrincipalOrgMasterAccountId";

std::string KeyMeant(const Catalogue& catalogue, std::string_view key) {
  const auto alias = std::ranges::find_if(
      kKeyAliases, [key](const KeyAlias& row) { return EqualsIgnoreAsciiCase(row.alias, key); });
  if (alias != kKeyAliases.end()) return "did you mean `" + std::string(alias->key) + "`?";
  std::vector<std::string_view> names;
  const std::size_t slash = key.find('/');
  for (const ConditionKey& known : catalogue.GlobalConditionKeys()) names.push_back(known.name);
  // With a tag key behind it the part before the slash is what may be misspelt.
  return DidYouMean(slash == key.npos ? key : key.substr(0, slash + 1), names);
}

std::string Consequence(const Condition& condition) {
  const auto holds = HoldsWithoutKey(condition);
  if (!holds) return {};
  return *holds ? ", so that this condition is always true"
                : ", so that this condition is never true";
}

}  // namespace

void CheckUnknownOperator(LintContext& context) {
  const Node* told = nullptr;
  for (const Statement& statement : context.document().statements()) {
    for (const Condition& condition : statement.conditions) {
      if (condition.op || condition.op_node == told) continue;
      told = condition.op_node;
      // CO702, CO703 and CO757 say more.
      if (SlipOf(context.catalogue(), *told) != OperatorSlip::kNone) continue;
      context.ReportKey(
          "CO701", *told,
          "there is no condition operator " + Quote(told->key) + ": the statement never applies",
          OperatorMeant(told->key));
    }
  }
}

void CheckUnknownGlobalKey(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    for (const Condition& condition : statement.conditions) {
      const std::string_view key = condition.key_node->key;
      if (!EqualsIgnoreAsciiCase(key.substr(0, 4), "aws:") || IsUnfinished(key)) continue;
      if (context.catalogue().FindConditionKey(key)) continue;
      if (EqualsIgnoreAsciiCase(key, kUndocumentedKey)) continue;
      if (LacksTagKey(context.catalogue(), key)) continue;  // CO730
      context.ReportKey("CO704", *condition.key_node,
                        "there is no global condition key " + Quote(key) +
                            ": no request carries it" + Consequence(condition),
                        KeyMeant(context.catalogue(), key));
    }
  }
}

}  // namespace postern::policy
