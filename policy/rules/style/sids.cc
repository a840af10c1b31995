// What statements are called.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/style/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Made up by the console or by AWS's policy generator.
bool IsMadeUp(std::string_view sid) {
  constexpr std::string_view kEditor = "VisualEditor";
  constexpr std::string_view kGenerator = "Stmt";
  if (sid.starts_with(kEditor)) return IsDigits(sid.substr(kEditor.size()));
  // The generator's are points in time, in milliseconds.
  return sid.starts_with(kGenerator) && sid.size() >= kGenerator.size() + 10 &&
         IsDigits(sid.substr(kGenerator.size()));
}

bool Changes(AccessLevel level) {
  return level == AccessLevel::kWrite || level == AccessLevel::kPermissionsManagement ||
         level == AccessLevel::kTagging;
}

// The first action of the list that changes something; "" if none is known to.
std::string_view FirstChange(const Catalogue& catalogue, const Statement& statement) {
  if (!statement.actions || statement.actions->negated) return {};
  for (const Node* pattern : statement.actions->patterns) {
    const std::size_t colon = pattern->text.find(':');
    if (colon == std::string_view::npos || HasWildcard(pattern->text)) continue;
    const auto action =
        catalogue.FindAction(pattern->text.substr(0, colon), pattern->text.substr(colon + 1));
    if (action && Changes(action->level)) return pattern->text;
  }
  return {};
}

}  // namespace

void CheckSidMissing(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (statement.sid != nullptr) continue;
    Diagnostic& finding =
        context.Report("SU101", *statement.node, "the statement has no Sid",
                       "give it a name: explanations and access-denied reports show it");
    finding.range.end = finding.range.begin + 1;
  }
}

void CheckConsoleSid(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (statement.sid == nullptr || !IsMadeUp(statement.sid->text)) continue;
    context.Report("SU102", *statement.sid,
                   Quote(statement.sid->text) + " was made up by a tool and says nothing",
                   "name the statement after what it allows or denies");
  }
}

void CheckDescriptionDrift(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (statement.sid == nullptr || !IsSound(statement)) continue;
    const std::string sid = FoldAscii(statement.sid->text);
    const bool allows = statement.effect == Effect::kAllow;
    const bool says_other =
        allows ? sid.starts_with("deny") : sid.starts_with("allow") && sid.find("deny") == sid.npos;
    if (says_other) {
      context.Report("SU108", *statement.sid,
                     "Sid " + Quote(statement.sid->text) + " says " + (allows ? "deny" : "allow") +
                         ", and the statement " + (allows ? "allows" : "denies"),
                     "rename it, or see whether Effect is what was meant");
      continue;
    }
    const bool says_read = sid.find("readonly") != sid.npos || sid.find("read-only") != sid.npos;
    const std::string_view change =
        says_read && allows ? FirstChange(context.catalogue(), statement) : std::string_view();
    if (change.empty()) continue;
    context.Report(
        "SU108", *statement.sid,
        "Sid " + Quote(statement.sid->text) + " says read-only, and " + Quote(change) + " is not",
        "rename it, or take the action out");
  }
}

}  // namespace postern::policy
