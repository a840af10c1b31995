#include "tests/reference/public_access.h"

#include <algorithm>
#include <set>

#include "tests/reference/conditions.h"
#include "tests/reference/patterns.h"
#include "tests/reference/values.h"

namespace postern::reference {
namespace {

bool HasWildcardOrVariable(const std::string& text) {
  return text.find_first_of("*?") != std::string::npos || text.find("${") != std::string::npos;
}

bool IsFixed(const std::string& text) { return !text.empty() && !HasWildcardOrVariable(text); }

bool GrantsToFixedPrincipals(const PrincipalElement& element) {
  if (element.everybody) return false;
  return std::all_of(element.entries.begin(), element.entries.end(), [](const auto& entry) {
    return entry.type != PrincipalEntry::kFederated && IsFixed(entry.value);
  });
}

// S7.11.5: everything before the account, and the account.
bool HasFixedAccount(const std::string& arn) {
  const Texts parts = SplitArn(arn, true);
  return parts.size() == 6 && IsAccount(parts[4]) &&
         std::none_of(parts.begin(), parts.begin() + 4, HasWildcardOrVariable);
}

// s3:DataAccessPointArn: all is fixed but the name.
bool HasFixedOwner(const std::string& arn) {
  const Texts parts = SplitArn(arn, true);
  static const std::string kType = "accesspoint/";
  return HasFixedAccount(arn) && parts[5].compare(0, kType.size(), kType) == 0;
}

// S7.11.5: the session's name is its bearer's choice.
bool IsFixedUserId(const std::string& id) {
  const bool of_a_session = id.compare(0, 4, "AROA") == 0 && id.find(':') != std::string::npos;
  return IsFixed(id) && !of_a_session;
}

bool IsNarrowNetwork(const std::string& text) {
  const auto network = ReadNetwork(text);
  return network && network->prefix >= (network->v6 ? 32 : 8);
}

bool IsFixedValue(const std::string& key, const std::string& value, bool of_access_point) {
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
                                              "s3:x-amz-server-side-encryption-aws-kms-key-id",
                                              "s3:dataaccesspointaccount"};
  if (key == "aws:principalarn") return HasFixedAccount(value);
  if (key == "s3:dataaccesspointarn") return !of_access_point && HasFixedOwner(value);
  if (key == "aws:sourceip") return IsNarrowNetwork(value);
  if (key == "aws:userid") return IsFixedUserId(value);
  return kKeys.count(key) > 0 && IsFixed(value);
}

// S7.11.1
bool NarrowsToFixedValues(const ConditionLeg& leg, bool of_access_point) {
  static const std::set<Base> kBases = {Base::kString, Base::kStringIgnoreCase, Base::kStringLike,
                                        Base::kIp, Base::kArn};
  const auto op = ReadOperator(leg.op);
  const bool counts = op && !op->negated && !op->if_exists && kBases.count(op->base) > 0 &&
                      op->set != SetPrefix::kForAllValues && !leg.values.empty();
  return counts && std::all_of(leg.values.begin(), leg.values.end(), [&](const auto& value) {
           return IsFixedValue(LowerText(leg.key), value, of_access_point);
         });
}

Truth IsPublic(const PolicyLayer& layer, bool of_access_point) {
  if (layer.state == PolicyLayer::kUnknown) return Truth::kUnknown;
  return Of(std::any_of(
      layer.documents.begin(), layer.documents.end(),
      [of_access_point](const auto& document) { return IsPublic(document, of_access_point); }));
}

// S7.11.5: the setting is for buckets and objects; other resources of S3 have an account in their
// ARN.
Truth ConcernsBucket(const Case& the_case) {
  if (the_case.through_access_point) return Truth::kYes;
  if (the_case.resource.kind == Resource::kUnknown) return Truth::kUnknown;
  return Of(the_case.resource.kind == Resource::kArn && the_case.resource.components[4].empty());
}

}  // namespace

bool IsPublic(const Document& document, bool of_access_point) {
  for (const Statement& statement : document.statements) {
    if (statement.deny || !statement.principal) continue;
    if (statement.principal->negated) return true;
    const bool narrowed =
        GrantsToFixedPrincipals(*statement.principal) ||
        std::any_of(statement.conditions.begin(), statement.conditions.end(),
                    [&](const auto& leg) { return NarrowsToFixedValues(leg, of_access_point); });
    if (!narrowed) return true;
  }
  return false;
}

Truth RefusedAsPublic(const Case& the_case, const Reading& reading) {
  if (the_case.restrict_public_buckets == Case::kOff) return Truth::kNo;
  if (reading.caller == Caller::kService || reading.same_account) return Truth::kNo;
  Truth is_public = IsPublic(the_case.resource_policy, false);
  if (the_case.through_access_point && !the_case.access_point->vpc_origin) {  // S7.11.3
    is_public = Or(is_public, IsPublic(the_case.access_point->policy, true));
  }
  const bool certain = the_case.restrict_public_buckets == Case::kOn;
  const Truth applies = And(ConcernsBucket(the_case), certain ? Truth::kYes : Truth::kUnknown);
  return And(is_public, applies);
}

}  // namespace postern::reference
