#include <string>
#include <string_view>

#include "policy/api_names.h"
#include "policy/quote.h"
#include "policy/rules/actions/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

template <typename Check>
void ForEachAction(LintContext& context, Check check) {
  for (const Statement& statement : context.document().statements()) {
    if (!statement.actions) continue;
    for (const Node* action : statement.actions->patterns) check(*action);
  }
}

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
  ForEachAction(context, [&context](const Node& action) {
    const std::string permission = PermissionInPlaceOf(context.catalogue(), action.text);
    if (permission.empty()) return;
    context.Report("AC503", action,
                   Quote(action.text) +
                       " is the name of an API operation; the permission for it is " + permission,
                   "write " + permission);
  });
}

void CheckActionFormat(LintContext& context) {
  ForEachAction(context, [&context](const Node& action) {
    if (action.text.empty() || action.text == "*" || IsUnfinished(action.text)) return;
    const std::string_view error = FormError(action.text);
    if (error.empty()) return;
    context.Report("AC504", action,
                   Quote(action.text) + " " + std::string(error) + ": it matches no action",
                   "write service:Action, for example `s3:GetObject`");
  });
}

}  // namespace postern::policy
