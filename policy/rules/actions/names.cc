#include <string>
#include <string_view>

#include "policy/api_names.h"
#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/action_patterns.h"
#include "policy/rules/actions/checks.h"
#include "policy/rules/fixes.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// What is wrong with the form of an action, or "".
std::string_view FormError(std::string_view action) {
  const std::size_t colon = action.find(':');
  if (action.find_first_of(" \t\r\n") != action.npos) return "has white space in it";
  if (colon == action.npos) return "names no service";
  if (action.find(':', colon + 1) != action.npos) return "has more than one colon";
  if (colon == 0) return "names no service";
  if (colon + 1 == action.size()) return "names no action";
  return {};
}

}  // namespace

void CheckApiNameNotAction(LintContext& context) {
  ForEachAction(context.document(), [&context](const Statement&, const Node& action) {
    const std::string permission = PermissionInPlaceOf(context.catalogue(), action.text);
    if (permission.empty()) return;
    Diagnostic& finding = context.Report(
        "AC503", action,
        Quote(action.text) + " is the name of an API operation; the permission for it is " +
            permission,
        "write " + permission);
    // Where it needs several, the choice is not for a machine.
    if (permission.find(' ') == permission.npos) {
      AddRewrite(finding, context.document(), action, permission, FixSafety::kUnsafe);
    }
  });
}

void CheckActionFormat(LintContext& context) {
  ForEachAction(context.document(), [&context](const Statement&, const Node& action) {
    if (action.text.empty() || action.text == "*" || IsUnfinished(action.text)) return;
    const std::string_view error = FormError(action.text);
    if (error.empty()) return;
    Diagnostic& finding = context.Report(
        "AC504", action, Quote(action.text) + " " + std::string(error) + ": it matches no action",
        "write service:Action, for example `s3:GetObject`");
    std::string without_blanks(action.text);
    std::erase_if(without_blanks,
                  [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    if (without_blanks != action.text && FormError(without_blanks).empty()) {
      AddRewrite(finding, context.document(), action, without_blanks, FixSafety::kUnsafe);
    }
  });
}

void CheckServiceWildcard(LintContext& context) {
  ForEachAction(context.document(), [&context](const Statement&, const Node& value) {
    const auto action = SplitAction(value.text);
    if (!action || !HasWildcard(action->service)) return;
    const bool all = action->service == "*" && action->name == "*";
    Diagnostic& finding = context.ReportWithin(
        "AC506", value, 0, action->service.size(),
        "a wildcard in the service of " + Quote(value.text) + ": services are named one by one",
        all ? "write `*`" : "write one action for each service");
    if (all) AddRewrite(finding, context.document(), value, "*", FixSafety::kUnsafe);
  });
}

void CheckActionCase(LintContext& context) {
  const Catalogue& catalogue = context.catalogue();
  ForEachAction(context.document(), [&](const Statement&, const Node& value) {
    const auto action = SplitAction(value.text);
    if (!action || HasWildcard(action->service) || !catalogue.HasService(action->service)) return;
    std::string canonical = FoldAscii(action->service) + ":";
    const auto known = catalogue.FindAction(action->service, action->name);
    canonical += known ? known->name : action->name;
    if (canonical == value.text) return;
    Diagnostic& finding = context.Report(
        "AC509", value,
        Quote(value.text) + " is spelled " + Quote(canonical) + " by AWS; it matches all the same",
        "write " + Quote(canonical));
    AddRewrite(finding, context.document(), value, canonical, FixSafety::kSafe);
  });
}

}  // namespace postern::policy
