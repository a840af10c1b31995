// Names that no service and no action has.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "policy/api_names.h"
#include "policy/catalogue.h"
#include "policy/quote.h"
#include "policy/rules/action_patterns.h"
#include "policy/rules/actions/checks.h"
#include "policy/rules/fixes.h"
#include "policy/rules/texts.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

enum class Unknown { kService, kAction, kPattern };

// Whether the text names an action, as nearly every one does.
bool IsAction(const Catalogue& catalogue, std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != text.npos &&
         catalogue.FindAction(text.substr(0, colon), text.substr(colon + 1)).has_value();
}

// Whether a part of that sort is what is unknown.
bool Is(Unknown unknown, const Catalogue& catalogue, std::string_view text) {
  if (HasWildcard(text) ? unknown == Unknown::kAction : IsAction(catalogue, text)) return false;
  const auto action = SplitAction(text);
  if (!action || HasWildcard(action->service)) return false;
  if (unknown == Unknown::kService) return !catalogue.HasService(action->service);
  if (HasWildcard(action->name) != (unknown == Unknown::kPattern)) return false;
  if (!catalogue.HasService(action->service) || !catalogue.HoldsActionsOf(action->service)) {
    return false;
  }
  if (!ActionsMatching(catalogue, *action).empty()) return false;
  // AC503 and AC513 say more.
  return unknown == Unknown::kPattern ||
         (!IsRetiredAction(text) && PermissionInPlaceOf(catalogue, text).empty());
}

// What an SDK or the CLI calls a service, or a near name.
std::string_view ServiceInPlaceOf(const Catalogue& catalogue, std::string_view service) {
  if (const auto api = catalogue.FindApi(service)) return api->prefix;
  return ClosestName(service, catalogue.Services());
}

// A Deny with NotAction: there the name has another consequence, which AC515 tells.
bool IsException(const Statement& statement) {
  return statement.actions->negated && statement.effect == Effect::kDeny;
}

// What there is to say of a name without a near one: it may be newer than the catalogue.
std::string UnlessNewer(const Catalogue& catalogue) {
  return "remove it, unless it is newer than the catalogue of " + std::string(catalogue.date());
}

// The rest of the finding: a near name, as help and fix. A name beside a known one is a slip, and
// then there is no doubt; any other may be newer than the catalogue.
void Suggest(LintContext& context, Diagnostic& finding, const Node& value, std::string_view part,
             std::string_view name) {
  if (name.empty()) return;
  finding.severity = std::max(finding.severity, Severity::kError);
  finding.help = "did you mean " + Quote(name) + "?";
  const std::size_t begin = static_cast<std::size_t>(part.data() - value.text.data());
  AddRewrite(finding, context.document(), value, begin, begin + part.size(), name,
             FixSafety::kUnsafe);
}

}  // namespace

void CheckUnknownService(LintContext& context) {
  const Catalogue& catalogue = context.catalogue();
  std::string_view known;  // the service of the action before: they come in groups
  ForEachAction(context.document(), [&](const Statement& statement, const Node& value) {
    const std::string_view service = value.text.substr(0, value.text.find(':'));
    if (service == known || IsException(statement)) return;
    if (!Is(Unknown::kService, catalogue, value.text)) {
      if (catalogue.HasService(service)) known = service;
      return;
    }
    Diagnostic& finding = context.ReportWithin(
        "AC501", value, 0, service.size(), "AWS has no service with the prefix " + Quote(service),
        UnlessNewer(catalogue));
    Suggest(context, finding, value, service, ServiceInPlaceOf(catalogue, service));
  });
}

void CheckUnknownAction(LintContext& context) {
  const Catalogue& catalogue = context.catalogue();
  ForEachAction(context.document(), [&](const Statement& statement, const Node& value) {
    if (IsException(statement) || !Is(Unknown::kAction, catalogue, value.text)) return;
    const ActionText action = *SplitAction(value.text);
    Diagnostic& finding = context.Report(
        "AC502", value, Quote(action.service) + " has no action " + Quote(action.name),
        UnlessNewer(catalogue));
    Suggest(context, finding, value, action.name, ClosestAction(catalogue, action));
  });
}

void CheckWildcardMatchesNothing(LintContext& context) {
  const Catalogue& catalogue = context.catalogue();
  ForEachAction(context.document(), [&](const Statement& statement, const Node& value) {
    if (IsException(statement) || !Is(Unknown::kPattern, catalogue, value.text)) return;
    context.Report("AC505", value, Quote(value.text) + " matches no action",
                   UnlessNewer(catalogue));
  });
}

void CheckNotActionTypo(LintContext& context) {
  const Catalogue& catalogue = context.catalogue();
  ForEachAction(context.document(), [&](const Statement& statement, const Node& value) {
    if (!IsException(statement)) return;
    const bool is_service = Is(Unknown::kService, catalogue, value.text);
    const bool is_pattern = Is(Unknown::kPattern, catalogue, value.text);
    if (!is_service && !is_pattern && !Is(Unknown::kAction, catalogue, value.text)) return;
    const ActionText action = *SplitAction(value.text);
    Diagnostic& finding = context.Report(
        "AC515", value, Quote(value.text) + " names no action, so this Deny spares nothing by it",
        UnlessNewer(catalogue));
    if (is_pattern) return;
    const std::string_view name =
        is_service ? ServiceInPlaceOf(catalogue, action.service) : ClosestAction(catalogue, action);
    Suggest(context, finding, value, is_service ? action.service : action.name, name);
    finding.severity = Severity::kSecurity;
  });
}

}  // namespace postern::policy
