#include "tests/reference/public_access.h"

#include <algorithm>
#include <set>

#include "tests/reference/conditions.h"
#include "tests/reference/patterns.h"
#include "tests/reference/values.h"

namespace postern::reference {
namespace {

bool HasWildcard(const std::string& text) { return text.find_first_of("*?") != std::string::npos; }

bool IsFixed(const std::string& text, bool variables) {
  return !HasWildcard(text) && !(variables && text.find("${") != std::string::npos);
}

bool GrantsToFixedPrincipals(const PrincipalElement& element) {
  if (element.everybody) return false;
  return std::all_of(element.entries.begin(), element.entries.end(), [](const auto& entry) {
    return entry.type != PrincipalEntry::kFederated && !HasWildcard(entry.value);
  });
}

// aws:PrincipalArn: the account is fixed.
bool HasFixedAccount(const std::string& arn, bool variables) {
  const Texts parts = SplitArn(arn, variables);
  return parts.size() == 6 && !parts[4].empty() && IsFixed(parts[4], variables);
}

// s3:DataAccessPointArn: all is fixed but the name.
bool HasFixedOwner(const std::string& arn, bool variables) {
  Texts parts = SplitArn(arn, variables);
  static const std::string kType = "accesspoint/";
  if (parts.size() != 6 || parts[5].compare(0, kType.size(), kType) != 0) return false;
  parts.pop_back();
  return std::all_of(parts.begin(), parts.end(),
                     [variables](const auto& part) { return IsFixed(part, variables); });
}

bool IsNarrowPublicNetwork(const std::string& text) {
  const auto network = ReadNetwork(text);
  if (!network || network->prefix < (network->v6 ? 32 : 8)) return false;
  for (const char* range : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"}) {
    if (Contains(*ReadNetwork(range), *network)) return false;
  }
  return true;
}

bool IsFixedValue(const std::string& key, const std::string& value, bool variables) {
  static const std::set<std::string> kKeys = {"aws:principalorgid",
                                              "aws:principalaccount",
                                              "aws:principalorgpaths",
                                              "aws:sourcearn",
                                              "aws:sourcevpc",
                                              "aws:sourcevpce",
                                              "aws:sourcevpcarn",
                                              "aws:vpceaccount",
                                              "aws:vpceorgid",
                                              "aws:vpceorgpaths",
                                              "aws:sourceowner",
                                              "aws:sourceaccount",
                                              "aws:userid",
                                              "s3:x-amz-server-side-encryption-aws-kms-key-id",
                                              "s3:dataaccesspointaccount"};
  if (key == "aws:principalarn") return HasFixedAccount(value, variables);
  if (key == "s3:dataaccesspointarn") return HasFixedOwner(value, variables);
  if (key == "aws:sourceip") return IsNarrowPublicNetwork(value);
  return kKeys.count(key) > 0 && IsFixed(value, variables);
}

// S7.11.1
bool NarrowsToFixedValues(const ConditionLeg& leg, bool variables) {
  const auto op = ReadOperator(leg.op);
  const bool counts = op && !op->negated && !op->if_exists && op->base != Base::kNull &&
                      op->set != SetPrefix::kForAllValues;
  return counts && std::all_of(leg.values.begin(), leg.values.end(), [&](const auto& value) {
           return IsFixedValue(LowerText(leg.key), value, variables);
         });
}

Truth IsPublic(const PolicyLayer& layer) {
  if (layer.state == PolicyLayer::kUnknown) return Truth::kUnknown;
  return Of(std::any_of(layer.documents.begin(), layer.documents.end(),
                        [](const auto& document) { return IsPublic(document); }));
}

}  // namespace

bool IsPublic(const Document& document) {
  for (const Statement& statement : document.statements) {
    if (statement.deny || !statement.principal) continue;
    if (statement.principal->negated) return true;
    const bool narrowed =
        GrantsToFixedPrincipals(*statement.principal) ||
        std::any_of(statement.conditions.begin(), statement.conditions.end(),
                    [&](const auto& leg) { return NarrowsToFixedValues(leg, document.variables); });
    if (!narrowed) return true;
  }
  return false;
}

Truth RefusedAsPublic(const Case& the_case, const Reading& reading) {
  if (the_case.restrict_public_buckets == Case::kOff) return Truth::kNo;
  if (reading.caller == Caller::kService || reading.same_account) return Truth::kNo;
  Truth is_public = IsPublic(the_case.resource_policy);
  if (the_case.through_access_point) {
    is_public = Or(is_public, IsPublic(the_case.access_point->policy));
  }
  const bool certain = the_case.restrict_public_buckets == Case::kOn;
  return And(is_public, certain ? Truth::kYes : Truth::kUnknown);
}

}  // namespace postern::reference
