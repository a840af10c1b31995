#include "policy/rules/endpoint/perimeter_keys.h"

#include <algorithm>
#include <array>

#include "policy/language/fold.h"

namespace postern::policy {
namespace {

struct PerimeterKey {
  std::string_view name;
  PerimeterSide side;
  bool organization;
};

constexpr std::array<PerimeterKey, 8> kKeys = {{
    {"aws:PrincipalAccount", PerimeterSide::kIdentity, false},
    {"aws:PrincipalArn", PerimeterSide::kIdentity, false},
    {"aws:PrincipalOrgID", PerimeterSide::kIdentity, true},
    {"aws:PrincipalOrgPaths", PerimeterSide::kIdentity, true},
    {"aws:ResourceAccount", PerimeterSide::kResource, false},
    {"aws:ResourceOrgID", PerimeterSide::kResource, true},
    {"aws:ResourceOrgPaths", PerimeterSide::kResource, true},
    {"s3:ResourceAccount", PerimeterSide::kResource, false},
}};

const PerimeterKey* FindKey(std::string_view key) {
  const auto* const found = std::ranges::find_if(
      kKeys, [key](const PerimeterKey& each) { return EqualsIgnoreAsciiCase(each.name, key); });
  return found == kKeys.end() ? nullptr : found;
}

}  // namespace

PerimeterSide PerimeterSideOf(std::string_view key) {
  const PerimeterKey* const found = FindKey(key);
  return found == nullptr ? PerimeterSide::kNone : found->side;
}

bool IsOrganizationKey(std::string_view key) {
  const PerimeterKey* const found = FindKey(key);
  return found != nullptr && found->organization;
}

std::string_view OrganizationIn(std::string_view value) { return value.substr(0, value.find('/')); }

bool Restricts(const Condition& condition) {
  if (!condition.op || condition.op->if_exists ||
      condition.op->qualifier == SetQualifier::kForAllValues) {
    return false;
  }
  const OperatorTraits& traits = TraitsOf(condition.op->base);
  return !traits.negated &&
         (traits.family == OperatorFamily::kString || traits.family == OperatorFamily::kArn);
}

bool RestrictsSide(const Statement& statement, PerimeterSide side) {
  return std::ranges::any_of(statement.conditions, [side](const Condition& condition) {
    return Restricts(condition) && PerimeterSideOf(condition.key_node->key) == side;
  });
}

bool IsEveryone(const Statement& statement) {
  if (!statement.principal || statement.principal->negated) return false;
  return statement.principal->everyone ||
         std::ranges::any_of(statement.principal->entries, [](const PrincipalEntry& entry) {
           return entry.type == PrincipalType::kAws && entry.value->text == "*";
         });
}

bool HasStar(const std::optional<PatternSet>& set) {
  return set && !set->negated && std::ranges::any_of(set->patterns, [](const Node* pattern) {
           return pattern->text == "*";
         });
}

const Statement* FindFullAccess(const PolicyDocument& document) {
  const auto is_all = [](const Node* action) {
    const std::string_view text = action->text;
    return text == "*" || (text.ends_with(":*") &&
                           FoldAscii(text).find_first_not_of(
                               "abcdefghijklmnopqrstuvwxyz0123456789-") == text.size() - 2);
  };
  const Statement* full = nullptr;
  for (const Statement& statement : document.statements()) {
    if (!IsSound(statement) || statement.effect == Effect::kDeny) return nullptr;
    const bool all = statement.actions && !statement.actions->negated &&
                     std::ranges::any_of(statement.actions->patterns, is_all);
    if (full == nullptr && all && IsEveryone(statement) && HasStar(statement.resources) &&
        statement.conditions.empty()) {
      full = &statement;
    }
  }
  return full;
}

std::string ServiceNamedIn(const PolicyDocument& document) {
  std::string only;
  for (const Statement& statement : document.statements()) {
    if (!statement.actions) continue;
    for (const Node* action : statement.actions->patterns) {
      if (action->text == "*") continue;
      const std::size_t colon = action->text.find(':');
      if (colon == action->text.npos) return {};
      const std::string_view prefix = action->text.substr(0, colon);
      if (HasWildcard(prefix) || IsUnfinished(prefix)) return {};
      std::string service = FoldAscii(prefix);
      if (!only.empty() && service != only) return {};
      only = std::move(service);
    }
  }
  return only;
}

std::string OnlyServiceOf(const PolicyDocument& document) {
  const auto has_star = [](const Statement& statement) {
    return statement.actions &&
           std::ranges::any_of(statement.actions->patterns,
                               [](const Node* action) { return action->text == "*"; });
  };
  return std::ranges::any_of(document.statements(), has_star) ? std::string()
                                                              : ServiceNamedIn(document);
}

bool IsRegion(std::string_view text) {
  // Two letters, one or more words, a digit.
  std::size_t parts = 0;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('-', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    begin = end + 1;
    const bool last = end == text.size();
    if (last) return parts >= 2 && part.size() == 1 && part[0] >= '1' && part[0] <= '9';
    if (part.empty() || part.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != part.npos ||
        (parts == 0 && part.size() != 2)) {
      return false;
    }
    ++parts;
  }
  return false;
}

}  // namespace postern::policy
