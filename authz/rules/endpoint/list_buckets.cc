#include <algorithm>
#include <string>

#include "authz/match/action_index.h"
#include "authz/rules/endpoint/checks.h"
#include "authz/rules/probe.h"
#include "policy/language/fold.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::authz {
namespace {

constexpr std::string_view kAction = "s3:ListAllMyBuckets";

bool NamesS3(std::string_view action) {
  return action.size() > 3 && policy::EqualsIgnoreAsciiCase(action.substr(0, 3), "s3:");
}

// The first statement that allows actions for which `names(action)` holds, or null.
template <typename Names>
const policy::Statement* FirstAllow(const policy::PolicyDocument& document, Names names) {
  for (const policy::Statement& statement : document.statements()) {
    if (statement.effect != policy::Effect::kAllow || !statement.actions ||
        statement.actions->negated) {
      continue;
    }
    for (const policy::Node* action : statement.actions->patterns) {
      if (names(action->text)) return &statement;
    }
  }
  return nullptr;
}

// Without the service said, an endpoint policy is S3's if all its actions are.
bool AllActionsAreS3(const policy::PolicyDocument& document) {
  for (const policy::Statement& statement : document.statements()) {
    if (!statement.actions) continue;
    for (const policy::Node* action : statement.actions->patterns) {
      if (!NamesS3(action->text)) return false;
    }
  }
  return true;
}

// A resource that may stand for whole buckets.
bool NamesBuckets(const policy::Statement& statement) {
  return !statement.resources ||
         std::ranges::any_of(statement.resources->patterns, [](const policy::Node* resource) {
           return resource->text.find('/') == std::string_view::npos;
         });
}

}  // namespace

void CheckListBucketsUnreachable(policy::LintContext& context) {
  const policy::PolicyDocument& document = context.document();
  const bool endpoint = document.kind() == policy::PolicyKind::kEndpoint;
  if (!endpoint && !policy::IsIdentity(document.kind())) return;
  const std::string& service = context.facts().endpoint.service;
  if (endpoint && service != "s3" && (!service.empty() || !AllActionsAreS3(document))) return;

  const bool star_is_s3 = endpoint && service == "s3";
  const policy::Statement* const about_s3 =
      FirstAllow(document, [star_is_s3](std::string_view action) {
        return NamesS3(action) || (star_is_s3 && action == "*");
      });
  if (about_s3 == nullptr || MayAllow(document, context.catalogue(), kAction, "*")) return;

  const policy::Statement* const lists = FirstAllow(document, [](std::string_view action) {
    return ActionPattern::Of(action).Matches("s3", "listallmybuckets");
  });
  // Allowed on `*`, and refused all the same: the resource is not the reason.
  if (lists != nullptr && policy::HasStar(lists->resources)) return;
  const policy::Statement& where = lists != nullptr ? *lists : *about_s3;
  const policy::Node& place = where.resources ? *where.resources->node : *where.actions->node;
  const std::string why =
      lists != nullptr
          ? "s3:ListAllMyBuckets is about Resource `*` (or `arn:aws:s3:::*`), and this statement "
            "names other resources"
          : "no statement allows s3:ListAllMyBuckets";
  auto& finding = context.Report(
      "EP301", place,
      std::string("`aws s3 ls` fails with AccessDenied on ListBuckets") +
          (endpoint ? " through this endpoint: " : ": ") + why,
      endpoint ? "add a statement that allows s3:ListAllMyBuckets on Resource `*`, narrowed by "
                 "aws:PrincipalOrgID or aws:PrincipalAccount"
               : "add a statement that allows s3:ListAllMyBuckets on Resource `*`, unless another "
                 "policy of the same principal does");
  // Another attached policy may allow it: one identity policy alone cannot tell. And who allows a
  // few actions by name, or what stands for objects only, may well want no more than that.
  if (!endpoint || lists == nullptr || !NamesBuckets(*lists)) {
    finding.severity = policy::Severity::kSuggestion;
  }
}

}  // namespace postern::authz
