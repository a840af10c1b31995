// Callers that an OpenID Connect provider vouches for: the claims that tell them apart.
#include <algorithm>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"
#include "policy/rules/trust/checks.h"

namespace postern::policy {
namespace {

constexpr std::string_view kGithub = "token.actions.githubusercontent.com";
constexpr std::string_view kWithWebIdentity = "sts:AssumeRoleWithWebIdentity";

// The claims of GitHub's tokens that say whose repository a workflow runs in.
constexpr std::string_view kGithubOwnerClaims[] = {
    "token.actions.githubusercontent.com:sub",
    "token.actions.githubusercontent.com:repository",
    "token.actions.githubusercontent.com:repository_id",
    "token.actions.githubusercontent.com:repository_owner",
    "token.actions.githubusercontent.com:repository_owner_id",
    "token.actions.githubusercontent.com:enterprise",
    "token.actions.githubusercontent.com:enterprise_id",
    "token.actions.githubusercontent.com:job_workflow_ref"};

// "accounts.google.com" or "oidc.eks.eu-west-1.amazonaws.com/id/1A2B", as in the names of its
// condition keys; "" for SAML and for text that is not final.
std::string_view ProviderOf(const PrincipalEntry& entry) {
  const std::string_view text = entry.value->text;
  if (entry.type != PrincipalType::kFederated || IsUnfinished(text) || HasWildcard(text)) return {};
  constexpr std::string_view kType = "oidc-provider/";
  if (IsArn(text)) {
    const std::string_view resource = SplitConcreteArn(text).resource();
    return resource.starts_with(kType) ? resource.substr(kType.size()) : std::string_view();
  }
  return text.find("://") == text.npos ? text : std::string_view();
}

bool IsKeyOf(std::string_view key, std::string_view provider) {
  return key.size() > provider.size() && key[provider.size()] == ':' &&
         EqualsIgnoreAsciiCase(key.substr(0, provider.size()), provider);
}

bool NamesProviderArn(std::string_view key) {
  return IsArn(key) && key.find(":oidc-provider/") != key.npos;
}

template <typename Visit>
void ForEachProvider(LintContext& context, Visit visit) {
  if (context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.principal || statement.principal->negated) continue;
    if (!CoversAction(statement, kWithWebIdentity)) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      const std::string_view provider = ProviderOf(entry);
      if (!provider.empty()) visit(statement, entry, provider);
    }
  }
}

bool HasUnfinishedKey(const Statement& statement) {
  return std::ranges::any_of(statement.conditions, [](const Condition& condition) {
    return IsUnfinished(condition.key_node->key) || NamesProviderArn(condition.key_node->key);
  });
}

bool HasClaim(const Statement& statement, std::string_view provider) {
  return std::ranges::any_of(statement.conditions, [provider](const Condition& condition) {
    return IsKeyOf(condition.key_node->key, provider) && NeedsKey(condition);
  });
}

// Whether a pattern of GitHub's subject leaves the owner of the repository open: the text before
// the first wildcard does not end its name.
bool LeavesOwnerOpen(std::string_view pattern) {
  const std::string_view fixed = pattern.substr(0, pattern.find_first_of("*?"));
  if (fixed.size() == pattern.size()) return false;
  constexpr std::string_view kRepo = "repo:";
  if (!fixed.starts_with(kRepo)) {
    return kRepo.starts_with(fixed);  // another shape of subject is the owner's own choice
  }
  return fixed.find('/') == fixed.npos;
}

}  // namespace

void CheckOidcNoCondition(LintContext& context) {
  ForEachProvider(context, [&context](const Statement& statement, const PrincipalEntry& entry,
                                      std::string_view provider) {
    if (HasUnfinishedKey(statement) || HasClaim(statement, provider)) return;
    context.Report("TR107", *entry.value,
                   "whoever has a token of " + Quote(provider) + " may assume this role",
                   "add StringEquals on `" + std::string(provider) + ":sub` or `:aud`");
  });
}

void CheckGithubSubject(LintContext& context) {
  ForEachProvider(context, [&context](const Statement& statement, const PrincipalEntry& entry,
                                      std::string_view provider) {
    if (!EqualsIgnoreAsciiCase(provider, kGithub) || HasUnfinishedKey(statement) ||
        !HasClaim(statement, provider)) {
      return;
    }
    bool owner_is_told = false;
    const Node* open = nullptr;
    for (const Condition& condition : statement.conditions) {
      if (!IsOneOf(condition.key_node->key, kGithubOwnerClaims) || !NeedsKey(condition)) continue;
      const bool like = condition.op->base == BaseOperator::kStringLike;
      const bool subject = condition.key_node->key.ends_with(":sub");
      const Node* wide = nullptr;
      if (like && subject) {
        const auto value = std::ranges::find_if(condition.values, [](const Node* each) {
          return !IsUnfinished(each->text) && LeavesOwnerOpen(each->text);
        });
        if (value != condition.values.end()) wide = *value;
      }
      if (wide == nullptr) {
        owner_is_told = true;
      } else {
        open = wide;
      }
    }
    if (owner_is_told) return;
    context.Report(
        "TR108", open != nullptr ? *open : *entry.value,
        open != nullptr
            ? Quote(open->text) + " lets repositories of other owners assume this role"
            : "any repository on GitHub may assume this role: its owner is not asked for",
        "add StringLike on `token.actions.githubusercontent.com:sub` with "
        "`repo:OWNER/NAME:*`");
  });
}

void CheckOidcKeyShape(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement)) continue;
    for (const Condition& condition : statement.conditions) {
      const Node& node = *condition.key_node;
      if (!NamesProviderArn(node.key) || IsUnfinished(node.key)) continue;
      constexpr std::string_view kType = ":oidc-provider/";
      const std::string name(node.key.substr(node.key.find(kType) + kType.size()));
      Diagnostic& finding =
          context.ReportKey("TR109", node,
                            "no request carries " + Quote(node.key) +
                                ": a claim is named by its provider without the ARN around it",
                            "write `" + name + "`");
      AddRename(finding, context.document(), node, name, FixSafety::kUnsafe);
    }
  }
}

void CheckOidcWildcardStringEquals(LintContext& context) {
  ForEachProvider(context, [&context](const Statement& statement, const PrincipalEntry&,
                                      std::string_view provider) {
    for (const Condition& condition : statement.conditions) {
      if (!condition.op || condition.op->base != BaseOperator::kStringEquals) continue;
      if (!IsKeyOf(condition.key_node->key, provider)) continue;
      for (const Node* value : condition.values) {
        if (!HasWildcard(value->text) || IsUnfinished(value->text)) continue;
        Diagnostic& finding =
            context.Report("TR110", *value,
                           "with StringEquals a wildcard in " + Quote(value->text) +
                               " is plain text, which no token holds",
                           "use StringLike, or write the whole value");
        // The other keys under the operator would change with it.
        if (condition.op_node->count == 1) {
          ConditionOperator like = *condition.op;
          like.base = BaseOperator::kStringLike;
          AddRename(finding, context.document(), *condition.op_node, OperatorName(like),
                    FixSafety::kUnsafe);
        }
      }
    }
  });
}

}  // namespace postern::policy
