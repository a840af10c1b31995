// What the entries of a Principal or NotPrincipal mean together.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "policy/language/fold.h"
#include "policy/language/operators.h"
#include "policy/language/principals.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/principal_entries.h"
#include "policy/rules/principals/checks.h"

namespace postern::policy {
namespace {

// An endpoint's NotPrincipal is EP102's; trust policies and others take none (PR402).
bool HasNotPrincipal(const LintContext& context, const Statement& statement, Effect effect) {
  return context.kind() != PolicyKind::kEndpoint && IsSound(statement) && statement.principal &&
         statement.principal->negated && statement.effect == effect;
}

// The entries are compared with each other; the rest of a list that a machine made is left out.
constexpr std::size_t kMostEntries = 300;

std::vector<PrincipalPattern> Entries(const PrincipalSet& set) {
  std::vector<PrincipalPattern> parsed;
  for (const PrincipalEntry& entry : set.entries) {
    if (parsed.size() == kMostEntries) break;
    parsed.push_back(ParsePrincipal(entry.type, entry.value->text));
  }
  return parsed;
}

bool ListsAccount(const std::vector<PrincipalPattern>& list, std::string_view account) {
  return std::ranges::any_of(list, [account](const PrincipalPattern& each) {
    return each.form == PrincipalForm::kEveryone ||
           (each.form == PrincipalForm::kAccount && each.account == account);
  });
}

bool ListsRole(const std::vector<PrincipalPattern>& list, const PrincipalPattern& session) {
  return std::ranges::any_of(list, [&session](const PrincipalPattern& each) {
    return each.form == PrincipalForm::kRole && each.account == session.account &&
           each.name == session.name;
  });
}

// What a list that spares it has to name as well, or "".
std::string MissingBeside(const std::vector<PrincipalPattern>& list,
                          const PrincipalPattern& entry) {
  const bool is_session = entry.form == PrincipalForm::kRoleSession;
  if (!is_session && entry.form != PrincipalForm::kUser && entry.form != PrincipalForm::kRole) {
    return {};
  }
  if (entry.form == PrincipalForm::kRole &&
      std::ranges::none_of(list, [&entry](const PrincipalPattern& each) {
        return each.form == PrincipalForm::kRoleSession && each.account == entry.account &&
               each.name == entry.name;
      })) {
    return "the session";
  }
  if (is_session && !ListsRole(list, entry)) return "the role";
  return ListsAccount(list, entry.account) ? "" : "the account";
}

enum class Overlap { kNone, kSame, kSession, kAccount };

// Why `wide` makes `narrow` needless.
Overlap OverlapOf(const PrincipalPattern& wide, const PrincipalPattern& narrow, bool in_trust) {
  if (wide.form == PrincipalForm::kInvalid || narrow.form == PrincipalForm::kInvalid) {
    return Overlap::kNone;
  }
  if (wide.form == PrincipalForm::kAccount && narrow.form == PrincipalForm::kAccount) {
    return wide.account == narrow.account ? Overlap::kSame : Overlap::kNone;
  }
  if (wide.text == narrow.text && wide.form == narrow.form) return Overlap::kSame;
  if (wide.form == PrincipalForm::kRole && narrow.form == PrincipalForm::kRoleSession) {
    return wide.account == narrow.account && wide.name == narrow.name ? Overlap::kSession
                                                                      : Overlap::kNone;
  }
  const bool is_identity = narrow.form == PrincipalForm::kUser ||
                           narrow.form == PrincipalForm::kRole ||
                           narrow.form == PrincipalForm::kRoleSession;
  if (in_trust && wide.form == PrincipalForm::kAccount && is_identity &&
      wide.account == narrow.account) {
    return Overlap::kAccount;
  }
  return Overlap::kNone;
}

// Keys that tell of the principal of an account, and those that tell of the resource which a
// service acts for. Requests of the other sort do not carry them.
constexpr std::array<std::string_view, 4> kOfAccounts = {
    "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:PrincipalArn"};
constexpr std::array<std::string_view, 4> kOfServices = {"aws:SourceArn", "aws:SourceAccount",
                                                         "aws:SourceOrgID", "aws:SourceOrgPaths"};

bool IsOneOf(const std::array<std::string_view, 4>& keys, std::string_view key) {
  return std::ranges::any_of(
      keys, [key](std::string_view each) { return EqualsIgnoreAsciiCase(each, key); });
}

}  // namespace

void CheckAllowNotPrincipal(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!HasNotPrincipal(context, statement, Effect::kAllow)) continue;
    context.ReportKey("PR414", *statement.principal->node,
                      "NotPrincipal with Allow allows everybody who is not listed, anonymous "
                      "callers too",
                      "list who is allowed in Principal");
  }
}

void CheckDenyNotPrincipal(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!HasNotPrincipal(context, statement, Effect::kDeny)) continue;
    const std::vector<PrincipalPattern> list = Entries(*statement.principal);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Node& value = *statement.principal->entries[i].value;
      if (IsUnfinished(value.text)) continue;
      const std::string missing = MissingBeside(list, list[i]);
      if (missing.empty()) continue;
      context.Report("PR415", value,
                     Quote(value.text) + " is denied all the same: NotPrincipal does not list " +
                         missing + " beside it",
                     "use `\"Principal\": \"*\"` with ArnNotEquals on aws:PrincipalArn");
      break;  // the remedy is for all of them
    }
  }
}

void CheckRedundantPrincipal(LintContext& context) {
  if (!TakesNamedPrincipals(context)) return;
  const bool in_trust = context.kind() == PolicyKind::kTrust;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.principal || statement.principal->negated) continue;
    const std::vector<PrincipalPattern> list = Entries(*statement.principal);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Node& value = *statement.principal->entries[i].value;
      for (std::size_t j = 0; j < list.size(); ++j) {
        const Overlap overlap = i == j ? Overlap::kNone : OverlapOf(list[j], list[i], in_trust);
        if (overlap == Overlap::kNone || (overlap == Overlap::kSame && j > i)) continue;
        const Node& cover = *statement.principal->entries[j].value;
        Diagnostic& finding = context.Report(
            "PR416", value,
            Quote(value.text) + (overlap == Overlap::kSame ? " is listed twice"
                                 : overlap == Overlap::kSession
                                     ? " is a session of a role that is listed too"
                                     : " belongs to an account that is listed too"),
            overlap == Overlap::kAccount
                ? "keep one: the account leaves it to its own policies who may, the other names "
                  "them here"
                : "remove it");
        finding.related.push_back({cover.range, "covers it"});
        break;
      }
    }
  }
}

void CheckMixedPrincipalConditions(LintContext& context) {
  if (!IsResourceBased(context.kind())) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || !statement.principal || statement.principal->negated) continue;
    const auto has = [&statement](PrincipalType type) {
      return std::ranges::any_of(statement.principal->entries, [type](const PrincipalEntry& entry) {
        // `*` is services too.
        return entry.type == type && entry.value->text != "*";
      });
    };
    if (!has(PrincipalType::kAws) || !has(PrincipalType::kService)) continue;
    for (const Condition& condition : statement.conditions) {
      const std::string_view key = condition.key_node->key;
      const bool of_accounts = IsOneOf(kOfAccounts, key);
      if (!of_accounts && !IsOneOf(kOfServices, key)) continue;
      if (HoldsWithoutKey(condition) != false) continue;
      context.ReportKey("PR418", *condition.key_node,
                        Quote(key) + " is in requests of " +
                            (of_accounts ? "accounts" : "services") + " only: the " +
                            (of_accounts ? "services" : "accounts") +
                            " of this statement never match",
                        "write a statement for the accounts and one for the services");
    }
  }
}

}  // namespace postern::policy
