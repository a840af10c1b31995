// Resources of execute-api whose form lets no request through.
#include <algorithm>
#include <string>

#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"
#include "policy/rules/parts.h"

namespace postern::policy {

void CheckExecuteApiShape(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || !statement.resources) continue;
    for (const Node* resource : statement.resources->patterns) {
      const Arn arn = SplitArn(resource->text);
      if (!arn.valid() || arn.service() != "execute-api" || HasWildcard(arn.resource()) ||
          IsUnfinished(arn.resource()) || std::ranges::count(arn.resource(), '/') >= 2) {
        continue;
      }
      context.Report(
          "EP703", *resource,
          "no request is about " + Quote(resource->text) + ": stage and method belong to the ARN",
          "write arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH, or API/*");
    }
  }
}

}  // namespace postern::policy
