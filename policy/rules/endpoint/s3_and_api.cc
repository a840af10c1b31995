// Resources of particular services whose form lets no request through.
#include <algorithm>
#include <string>

#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"
#include "policy/rules/parts.h"

namespace postern::policy {
namespace {

bool IsAccessPoint(const Arn& arn) {
  return arn.valid() && arn.service() == "s3" && arn.resource().starts_with("accesspoint/");
}

// Whether the pattern may match something that is no access point of S3.
bool MayBeBucket(std::string_view text) {
  const Arn arn = SplitArn(text);
  if (!arn.valid()) return true;  // `*`, or nothing that can be told
  if (HasWildcard(arn.service()) || arn.service().find("${") != arn.service().npos) return true;
  return arn.service() == "s3" && !IsAccessPoint(arn);
}

}  // namespace

void CheckAccessPointWithoutBucket(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  const Node* access_point = nullptr;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement)) return;
    if (statement.effect != Effect::kAllow) continue;
    if (!statement.resources || statement.resources->negated) return;
    for (const Node* resource : statement.resources->patterns) {
      if (MayBeBucket(resource->text)) return;
      if (access_point == nullptr && IsAccessPoint(SplitArn(resource->text))) {
        access_point = resource;
      }
    }
  }
  if (access_point == nullptr) return;
  context.Report("EP305", *access_point,
                 "requests through this access point are refused: no statement allows the bucket "
                 "behind it",
                 "list the ARN of the bucket and of its objects as well");
}

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
