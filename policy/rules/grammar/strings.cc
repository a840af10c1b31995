// Empty strings, and the names of statements.
#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/grammar/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What nobody objects to where other characters are taken.
bool IsPlainSidCharacter(char c) { return IsAlphanumeric(c) || c == '_' || c == '-' || c == ' '; }

// Kinds whose service refuses two statements of one name (S1.6.2).
bool RefusesSameSid(PolicyKind kind) {
  return TraitsOf(kind).sid_is_alphanumeric || kind == PolicyKind::kQueue ||
         kind == PolicyKind::kTopic;
}

void CheckEmptyIn(LintContext& context, const Node& value, std::string_view element) {
  if (!value.IsString() || !value.text.empty()) return;
  context.Report("GR223", value, "an empty string in " + std::string(element) + " matches nothing",
                 "remove it, or write what is meant");
}

std::string OnlyAlphanumeric(std::string_view sid) {
  std::string text;
  for (const char c : sid) {
    if (IsAlphanumeric(c)) text += c;
  }
  return text;
}

}  // namespace

void CheckEmptyString(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (statement.principal) {
      for (const PrincipalEntry& entry : statement.principal->entries) {
        CheckEmptyIn(context, *entry.value, statement.principal->node->key);
      }
    }
    for (const auto* patterns : {&statement.actions, &statement.resources}) {
      if (!*patterns) continue;
      for (const Node* pattern : (*patterns)->patterns) {
        CheckEmptyIn(context, *pattern, (*patterns)->node->key);
      }
    }
  }
}

void CheckSidCharacters(LintContext& context) {
  const KindTraits& traits = TraitsOf(context.kind());
  std::unordered_map<std::string, int> times;  // of a name as it would be repaired
  for (const Statement& statement : context.document().statements()) {
    if (statement.sid != nullptr) ++times[OnlyAlphanumeric(statement.sid->text)];
  }
  for (const Statement& statement : context.document().statements()) {
    if (statement.sid == nullptr || IsUnfinished(statement.sid->text)) continue;
    const Node& sid = *statement.sid;
    bool (*const allowed)(char) =
        traits.sid_is_alphanumeric ? &IsAlphanumeric : &IsPlainSidCharacter;
    if (std::ranges::all_of(sid.text, allowed)) continue;
    if (!traits.sid_is_alphanumeric) {
      context
          .Report("GR224", sid,
                  "Sid " + Quote(sid.text) + " has characters that not every service takes",
                  "keep to letters, digits, blanks, `-` and `_`")
          .severity = Severity::kSuggestion;
      continue;
    }
    Diagnostic& finding =
        context.Report("GR224", sid,
                       "Sid " + Quote(sid.text) +
                           " has characters other than letters and digits, "
                           "which " +
                           WithArticle(traits.title) + " does not take",
                       "write `" + OnlyAlphanumeric(sid.text).substr(0, 60) + "`");
    const std::string meant = OnlyAlphanumeric(sid.text);
    // Two statements of one name would be refused as well.
    const bool is_taken = times[meant] > 1;
    if (!meant.empty() && !is_taken)
      AddRewrite(finding, context.document(), sid, meant, FixSafety::kSafe);
  }
}

void CheckDuplicateSid(LintContext& context) {
  std::unordered_map<std::string_view, const Node*> first_of;
  for (const Statement& statement : context.document().statements()) {
    if (statement.sid == nullptr || statement.sid->text.empty()) continue;
    const auto [entry, is_new] = first_of.emplace(statement.sid->text, statement.sid);
    if (is_new) continue;
    Diagnostic& finding = context.Report(
        "GR225", *statement.sid,
        "Sid " + Quote(statement.sid->text) + " is the name of another statement too",
        "give each statement a name of its own");
    finding.related.push_back({entry->second->range, "the other one"});
    if (!RefusesSameSid(context.kind())) finding.severity = Severity::kWarning;
  }
}

void CheckEmptySid(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (statement.sid == nullptr || !statement.sid->text.empty()) continue;
    context.Report("GR226", *statement.sid, "the Sid is empty",
                   "give the statement a name, or leave Sid out");
  }
}

}  // namespace postern::policy
