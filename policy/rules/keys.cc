#include "policy/rules/keys.h"

#include <algorithm>
#include <array>

#include "policy/language/arn.h"
#include "policy/language/fold.h"

namespace postern::policy {
namespace {

struct KeyRow {
  std::string_view key;
  IdKind holds;
  bool of_system;  // one of the keys of S1.11.1
};

constexpr std::array kKeys = {
    KeyRow{"aws:PrincipalAccount", IdKind::kAccount, true},
    KeyRow{"aws:ResourceAccount", IdKind::kAccount, true},
    KeyRow{"aws:SourceAccount", IdKind::kAccount, true},
    KeyRow{"aws:VpceAccount", IdKind::kAccount, true},
    KeyRow{"s3:ResourceAccount", IdKind::kAccount, false},
    KeyRow{"s3:DataAccessPointAccount", IdKind::kAccount, false},
    KeyRow{"kms:CallerAccount", IdKind::kAccount, false},
    KeyRow{"aws:PrincipalOrgID", IdKind::kOrganization, true},
    KeyRow{"aws:ResourceOrgID", IdKind::kOrganization, true},
    KeyRow{"aws:SourceOrgID", IdKind::kOrganization, true},
    KeyRow{"aws:VpceOrgID", IdKind::kOrganization, true},
    KeyRow{"aws:PrincipalOrgPaths", IdKind::kOrganizationPath, false},
    KeyRow{"aws:ResourceOrgPaths", IdKind::kOrganizationPath, false},
    KeyRow{"aws:SourceOrgPaths", IdKind::kOrganizationPath, false},
    KeyRow{"aws:VpceOrgPaths", IdKind::kOrganizationPath, false},
    KeyRow{"aws:SourceVpc", IdKind::kVpc, true},
    KeyRow{"aws:Ec2InstanceSourceVpc", IdKind::kVpc, false},
    KeyRow{"aws:SourceVpce", IdKind::kEndpoint, true},
};

const KeyRow* FindKey(std::string_view key) {
  const auto* const row = std::ranges::find_if(
      kKeys, [key](const KeyRow& each) { return EqualsIgnoreAsciiCase(each.key, key); });
  return row == kKeys.end() ? nullptr : row;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsLowerHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f'); }
bool IsLowerAlnum(char c) { return IsDigit(c) || IsLower(c); }

// `prefix` and then eight or seventeen hexadecimal digits.
bool IsEc2Id(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  const std::string_view digits = text.substr(prefix.size());
  return (digits.size() == 8 || digits.size() == 17) && std::ranges::all_of(digits, IsLowerHex);
}

bool IsOrganizationId(std::string_view text) {
  if (!text.starts_with("o-")) return false;
  const std::string_view rest = text.substr(2);
  return rest.size() >= 10 && rest.size() <= 32 && std::ranges::all_of(rest, IsLowerAlnum);
}

bool IsRootId(std::string_view text) {
  if (!text.starts_with("r-")) return false;
  const std::string_view rest = text.substr(2);
  return rest.size() >= 4 && rest.size() <= 32 && std::ranges::all_of(rest, IsLowerAlnum);
}

// ou-ROOT-UNIT
bool IsUnitId(std::string_view text) {
  if (!text.starts_with("ou-")) return false;
  const std::string_view rest = text.substr(3);
  const std::size_t dash = rest.find('-');
  if (dash == rest.npos) return false;
  const std::string_view root = rest.substr(0, dash);
  const std::string_view unit = rest.substr(dash + 1);
  return root.size() >= 4 && root.size() <= 32 && unit.size() >= 8 && unit.size() <= 32 &&
         std::ranges::all_of(root, IsLowerAlnum) && std::ranges::all_of(unit, IsLowerAlnum);
}

// o-ORGANIZATION/r-ROOT/ou-UNIT/: an organization's root and units, each with its slash.
bool IsOrganizationPath(std::string_view text) {
  for (int part = 0; !text.empty(); ++part) {
    const std::size_t slash = text.find('/');
    if (slash == text.npos) return false;
    const std::string_view id = text.substr(0, slash);
    const bool is_right = part == 0   ? IsOrganizationId(id)
                          : part == 1 ? IsRootId(id)
                                      : IsUnitId(id);
    if (!is_right) return false;
    text.remove_prefix(slash + 1);
    if (text.empty()) return true;
  }
  return false;
}

}  // namespace

std::string_view IdKindTitle(IdKind kind) {
  switch (kind) {
    case IdKind::kAccount:
      return "the id of an account";
    case IdKind::kOrganization:
      return "the id of an organization";
    case IdKind::kOrganizationPath:
      return "the path of an organizational unit";
    case IdKind::kOrganizationalUnit:
      return "the id of an organizational unit";
    case IdKind::kVpc:
      return "the id of a VPC";
    case IdKind::kEndpoint:
      return "the id of a VPC endpoint";
    case IdKind::kArn:
      return "an ARN";
    case IdKind::kNone:
      break;
  }
  return "no id";
}

IdKind IdKindOfKey(std::string_view key) {
  const KeyRow* row = FindKey(key);
  return row == nullptr ? IdKind::kNone : row->holds;
}

IdKind IdKindOfText(std::string_view text) {
  if (text.starts_with("vpce-")) return IdKind::kEndpoint;
  if (text.starts_with("vpc-")) return IdKind::kVpc;
  if (text.starts_with("arn:")) return IdKind::kArn;
  if (text.starts_with("ou-")) return IdKind::kOrganizationalUnit;
  if (text.starts_with("o-")) {
    return text.find('/') == text.npos ? IdKind::kOrganization : IdKind::kOrganizationPath;
  }
  return IsAccountId(text) ? IdKind::kAccount : IdKind::kNone;
}

bool IsWellFormed(IdKind kind, std::string_view text) {
  switch (kind) {
    case IdKind::kAccount:
      return IsAccountId(text);
    case IdKind::kOrganization:
      return IsOrganizationId(text);
    case IdKind::kOrganizationPath:
      return IsOrganizationPath(text);
    case IdKind::kOrganizationalUnit:
      return IsUnitId(text);
    case IdKind::kVpc:
      return IsEc2Id(text, "vpc-");
    case IdKind::kEndpoint:
      return IsEc2Id(text, "vpce-");
    case IdKind::kArn:
      return IsArn(text);
    case IdKind::kNone:
      break;
  }
  return true;
}

bool HoldsSystemId(std::string_view key) {
  const KeyRow* row = FindKey(key);
  return row != nullptr && row->of_system;
}

bool LooksLikeRegion(std::string_view text) {
  // Words of letters, at least two of them, and a digit.
  int words = 0;
  while (true) {
    const std::size_t dash = text.find('-');
    if (dash == text.npos) break;
    const std::string_view word = text.substr(0, dash);
    if (word.size() < 2 || !std::ranges::all_of(word, IsLower)) return false;
    ++words;
    text.remove_prefix(dash + 1);
  }
  return words >= 2 && text.size() == 1 && IsDigit(text.front());
}

}  // namespace postern::policy
