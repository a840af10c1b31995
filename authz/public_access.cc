#include "authz/public_access.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/principals.h"
#include "policy/language/values.h"

namespace postern::authz {
namespace {

using policy::ArnField;
using policy::BaseOperator;
using policy::OperatorFamily;

bool HasWildcardOrVariable(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos ||
         text.find("${") != std::string_view::npos;
}

bool IsFixed(std::string_view value) { return !value.empty() && !HasWildcardOrVariable(value); }

// An ARN whose account, and all before it, is fixed.
bool HasFixedAccount(std::string_view value) {
  const policy::Arn arn = policy::SplitArn(value);
  return arn.whole() && policy::IsAccountId(arn.account()) &&
         std::ranges::none_of(arn.fields.begin(), arn.fields.begin() + 5, HasWildcardOrVariable);
}

// Any access point of one account and Region.
bool IsFixedAccessPoint(std::string_view value) {
  return HasFixedAccount(value) && policy::SplitArn(value).resource().starts_with("accesspoint/");
}

// "AROA...:session" names a role's session, which its bearer may name as it likes.
bool IsFixedUserId(std::string_view value) {
  return IsFixed(value) && !(value.starts_with("AROA") && value.find(':') != value.npos);
}

bool IsNarrowRange(std::string_view value) {
  constexpr std::uint8_t kBroadestV4 = 8;
  constexpr std::uint8_t kBroadestV6 = 32;
  const auto block = policy::CidrBlock::Parse(value);
  return block && block->prefix >= (block->network.v6 ? kBroadestV6 : kBroadestV4);
}

struct FixingKey {
  std::string_view key;
  bool (*is_fixed)(std::string_view value);
};

// Keys whose fixed values narrow a grant to somebody whom the bucket's owner chose.
constexpr FixingKey kFixingKeys[] = {
    {"aws:PrincipalAccount", IsFixed},
    {"aws:PrincipalArn", HasFixedAccount},
    {"aws:PrincipalOrgID", IsFixed},
    {"aws:PrincipalOrgPaths", IsFixed},
    {"aws:SourceAccount", IsFixed},
    {"aws:SourceArn", IsFixed},
    {"aws:SourceIp", IsNarrowRange},
    {"aws:SourceOwner", IsFixed},
    {"aws:SourceVpc", IsFixed},
    {"aws:SourceVpcArn", IsFixed},
    {"aws:SourceVpce", IsFixed},
    {"aws:userid", IsFixedUserId},
    {"aws:VpceAccount", IsFixed},
    {"aws:VpceOrgID", IsFixed},
    {"aws:VpceOrgPaths", IsFixed},
    {"s3:DataAccessPointAccount", IsFixed},
    {"s3:x-amz-server-side-encryption-aws-kms-key-id", IsFixed},
};
constexpr FixingKey kBucketPolicyKeys[] = {
    // In an access point's policy it is public (S7.11.3).
    {"s3:DataAccessPointArn", IsFixedAccessPoint},
};

template <std::size_t kCount>
const FixingKey* Find(const FixingKey (&keys)[kCount], std::string_view key) {
  const auto* const found = std::ranges::find_if(
      keys, [key](const FixingKey& row) { return policy::EqualsIgnoreAsciiCase(row.key, key); });
  return found == std::end(keys) ? nullptr : found;
}

bool Fixes(const policy::Condition& condition, policy::PolicyKind kind) {
  if (!condition.op || condition.op->if_exists || condition.values.empty() ||
      condition.op->qualifier == policy::SetQualifier::kForAllValues) {
    return false;
  }
  const policy::OperatorTraits& traits = policy::TraitsOf(condition.op->base);
  const bool compares = traits.family == OperatorFamily::kString ||
                        traits.family == OperatorFamily::kArn ||
                        traits.family == OperatorFamily::kIpAddress;
  if (!compares || traits.negated) return false;
  const std::string_view name = condition.key_node->key;
  const FixingKey* key = Find(kFixingKeys, name);
  if (key == nullptr && kind == policy::PolicyKind::kBucket) key = Find(kBucketPolicyKeys, name);
  return key != nullptr && std::ranges::all_of(condition.values, [key](const policy::Node* value) {
           return key->is_fixed(value->text);
         });
}

bool NamesFixedPrincipals(const policy::PrincipalSet& principal) {
  return !principal.everyone &&
         std::ranges::all_of(principal.entries, [](const policy::PrincipalEntry& entry) {
           return entry.type != policy::PrincipalType::kFederated && IsFixed(entry.value->text);
         });
}

std::optional<StatementRef> FirstPublic(const std::vector<DocumentPtr>& documents,
                                        policy::PolicyKind kind) {
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const policy::Statement& statement : documents[i]->statements()) {
      if (!IsPublic(statement, kind)) continue;
      return StatementRef{static_cast<std::uint16_t>(i),
                          static_cast<std::uint16_t>(statement.index)};
    }
  }
  return std::nullopt;
}

}  // namespace

bool IsPublic(const policy::Statement& statement, policy::PolicyKind kind) {
  if (statement.effect != policy::Effect::kAllow || !statement.principal) return false;
  if (statement.principal->negated) return true;
  if (NamesFixedPrincipals(*statement.principal)) return false;
  return std::ranges::none_of(statement.conditions, [kind](const policy::Condition& condition) {
    return Fixes(condition, kind);
  });
}

PublicStatements FindPublicStatements(const PolicySet& policies) {
  PublicStatements found;
  found.bucket = FirstPublic(policies.resource.policies, policy::PolicyKind::kBucket);
  const auto& access_point = policies.access_point;
  if (access_point && access_point->document && !access_point->vpc_origin) {
    found.access_point = FirstPublic({access_point->document}, policy::PolicyKind::kAccessPoint);
  }
  return found;
}

}  // namespace postern::authz
