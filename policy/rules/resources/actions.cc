// Actions and resources of one statement that cannot meet.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/action_patterns.h"
#include "policy/rules/fixes.h"
#include "policy/rules/globs.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/resources/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// One item of Action and the actions that it names.
struct NamedActions {
  const Node* value = nullptr;
  std::vector<Action> actions;
};

// Absent where one of them may be an action that is not known: then nothing can be said of the
// statement as a whole.
std::optional<std::vector<NamedActions>> ActionsOf(const Catalogue& catalogue,
                                                   const Statement& statement) {
  if (!statement.actions || statement.actions->negated) return std::nullopt;
  std::vector<NamedActions> all;
  for (const Node* value : statement.actions->patterns) {
    const auto action = SplitAction(value->text);
    if (!action || !HasWholeReference(action->service)) return std::nullopt;
    all.push_back({value, ActionsMatching(catalogue, *action)});
    if (all.back().actions.empty()) return std::nullopt;
  }
  return all;
}

bool HasPositiveResources(const Statement& statement) {
  return IsSound(statement) && statement.resources && !statement.resources->negated &&
         !statement.resources->patterns.empty();
}

// The forms of ARN that the actions work on; those without resource types add none.
ArnForms FormsOf(const Catalogue& catalogue, const std::vector<NamedActions>& all) {
  ArnForms forms;
  std::vector<std::string_view> templates;
  for (const NamedActions& named : all) {
    for (const Action& action : named.actions) {
      for (const ResourceType& type : catalogue.ResourceTypesOf(action)) {
        if (std::ranges::find(templates, type.arn_template) != templates.end()) continue;
        templates.push_back(type.arn_template);
        forms.push_back({type.name, SplitArn(type.arn_template)});
      }
    }
  }
  return forms;
}

// Whether one of the forms can be meant; true of all that is not a final ARN.
bool MayBeOneOf(const ArnForms& forms, std::string_view pattern) {
  const Arn arn = SplitArn(pattern);
  if (!arn.valid() || IsUnfinished(pattern)) return true;
  return std::ranges::any_of(forms, [&arn](const ArnForm& form) { return MayBe(form.arn, arn); });
}

// The sort of resource that an ARN names; absent if its service is not held, or if it fits none:
// other rules tell that.
std::optional<std::string_view> SortOf(const Catalogue& catalogue, const Arn& arn) {
  if (!HasWholeReference(arn.service())) return std::nullopt;
  const auto forms = ArnFormsOf(catalogue, arn.service());
  for (const ArnForm& form : *forms) {
    if (MayBe(form.arn, arn)) return form.name;
  }
  return std::nullopt;
}

// What RS615 speaks of, and lists of a bucket with its objects that are made without looking.
bool IsBucketOrObject(const Arn& arn) {
  return arn.service() == "s3" && arn.region().empty() && arn.account().empty();
}

bool CanStandForStar(const Node* resource) {
  const std::string_view text = resource->text;
  const Arn arn = SplitArn(text);
  return text == "*" || !arn.valid() || IsUnfinished(text) ||
         // AWS's guides grant s3:ListAllMyBuckets so (S3.5).
         (IsBucketOrObject(arn) && arn.resource() == "*");
}

bool WorksOnNothing(const Catalogue& catalogue, const NamedActions& named) {
  return !named.actions.empty() &&
         std::ranges::all_of(named.actions, [&catalogue](const Action& action) {
           return catalogue.ResourceTypesOf(action).empty();
         });
}

// Services that ask such actions on an ARN of the whole account all the same: their refusals name
// `arn:aws:sns:REGION:ACCOUNT:*`, `log-group::log-stream:`, `role/`.
constexpr std::array<std::string_view, 6> kAskedOnAccount = {"dynamodb", "iam", "logs",
                                                             "sns",      "sqs", "ssm"};

// "*", "role/*", "log-group:*": every resource of the service or of one type.
bool IsWholeType(std::string_view resource) {
  const std::string_view type = OpenPrefix(resource);
  if (type.size() == resource.size()) return false;
  return type.find_first_of("/:") == type.npos ? type.empty()
                                               : type.find_first_of("/:") + 1 == type.size();
}

bool MayBeAskedOnAccount(const Statement& statement, std::string_view service) {
  const auto* const asked = std::ranges::find_if(kAskedOnAccount, [service](std::string_view each) {
    return EqualsIgnoreAsciiCase(each, service);
  });
  if (asked == kAskedOnAccount.end()) return false;
  return std::ranges::any_of(statement.resources->patterns, [asked](const Node* each) {
    const Arn arn = SplitArn(each->text);
    return MayMeet(arn.service(), *asked) && IsWholeType(arn.resource());
  });
}

std::string Listing(const std::vector<const Node*>& values) {
  std::string text = Quote(values.front()->text);
  if (values.size() == 2) text += " and " + Quote(values.back()->text);
  if (values.size() > 2) text += " and " + std::to_string(values.size() - 1) + " more";
  return text;
}

// A log group without what stands behind its name: "arn:...:log-group:/app".
bool IsBareLogGroup(const Arn& arn) {
  constexpr std::string_view kType = "log-group:";
  return arn.service() == "logs" && arn.resource().starts_with(kType) &&
         arn.resource().find(':', kType.size()) == std::string_view::npos &&
         !arn.resource().ends_with('*');
}

bool IsAlias(const Arn& arn) {
  return arn.service() == "kms" && arn.resource().starts_with("alias/");
}

// The rules that share the question, each with the resources that are its own.
enum class Unmet { kAny, kLogGroup, kAlias };

Unmet SortOfUnmet(const Arn& arn) {
  if (IsBareLogGroup(arn)) return Unmet::kLogGroup;
  return IsAlias(arn) ? Unmet::kAlias : Unmet::kAny;
}

// Every resource of that sort that meets none of its statement's actions.
template <typename Visit>
void ForEachUnmet(LintContext& context, Unmet unmet, Visit visit) {
  const Catalogue& catalogue = context.catalogue();
  for (const Statement& statement : context.document().statements()) {
    if (!HasPositiveResources(statement)) continue;
    // Cheap questions first: most statements end here.
    if (std::ranges::none_of(statement.resources->patterns, [unmet](const Node* value) {
          const Arn arn = SplitArn(value->text);
          return arn.valid() && SortOfUnmet(arn) == unmet && !IsBucketOrObject(arn);
        })) {
      continue;
    }
    const auto all = ActionsOf(catalogue, statement);
    if (!all) continue;
    const ArnForms forms = FormsOf(catalogue, *all);
    if (forms.empty()) continue;  // RS613
    for (const Node* value : statement.resources->patterns) {
      const Arn arn = SplitArn(value->text);
      if (SortOfUnmet(arn) != unmet || IsBucketOrObject(arn)) continue;
      if (MayBeOneOf(forms, value->text)) continue;
      if (const auto sort = SortOf(catalogue, arn)) visit(statement, *value, *sort);
    }
  }
}

// What EP301 and EP303 tell of an endpoint policy.
constexpr std::array<std::string_view, 16> kOfEndpoints = {"dynamodb:ListTables",
                                                           "ecr:GetAuthorizationToken",
                                                           "kms:CreateKey",
                                                           "kms:GenerateRandom",
                                                           "kms:ListAliases",
                                                           "kms:ListKeys",
                                                           "s3:ListAllMyBuckets",
                                                           "secretsmanager:BatchGetSecretValue",
                                                           "secretsmanager:GetRandomPassword",
                                                           "secretsmanager:ListSecrets",
                                                           "sqs:ListQueues",
                                                           "ssm:DescribeInstanceInformation",
                                                           "ssm:DescribeParameters",
                                                           "sts:DecodeAuthorizationMessage",
                                                           "sts:GetCallerIdentity",
                                                           "sts:GetSessionToken"};

bool IsToldByAnother(const LintContext& context, const Statement& statement,
                     std::string_view action) {
  return context.kind() == PolicyKind::kEndpoint && statement.effect == Effect::kAllow &&
         std::ranges::any_of(kOfEndpoints, [action](std::string_view each) {
           return EqualsIgnoreAsciiCase(each, action);
         });
}

}  // namespace

void CheckResourceNeedsStar(LintContext& context) {
  const Catalogue& catalogue = context.catalogue();
  for (const Statement& statement : context.document().statements()) {
    if (!HasPositiveResources(statement) || !statement.actions || statement.actions->negated) {
      continue;
    }
    if (std::ranges::any_of(statement.resources->patterns, CanStandForStar)) continue;
    std::vector<const Node*> idle;
    for (const Node* value : statement.actions->patterns) {
      const auto action = SplitAction(value->text);
      if (!action || IsToldByAnother(context, statement, value->text)) continue;
      if (!HasWholeReference(action->service)) continue;
      if (MayBeAskedOnAccount(statement, action->service)) continue;
      if (WorksOnNothing(catalogue, {value, ActionsMatching(catalogue, *action)})) {
        idle.push_back(value);
      }
    }
    if (idle.empty()) continue;
    const bool allows = statement.effect == Effect::kAllow;
    Diagnostic& finding = context.Report(
        "RS613", *idle.front(),
        Listing(idle) + (idle.size() == 1 ? " is" : " are") +
            " about no resource in particular: this statement " +
            (allows ? "does not allow " : "does not deny ") + (idle.size() == 1 ? "it" : "them"),
        "write a statement with Resource `*` for " + std::string(idle.size() == 1 ? "it" : "them"));
    finding.related.push_back({statement.resources->node->range, "matched by `*` only"});
    // Where other actions of the statement do something, the author may know.
    const bool all = idle.size() == statement.actions->patterns.size();
    if (!allows || !all) finding.severity = Severity::kSuggestion;
  }
}

void CheckResourceNeverMatchesAction(LintContext& context) {
  ForEachUnmet(
      context, Unmet::kAny,
      [&](const Statement& statement, const Node& value, std::string_view sort) {
        Diagnostic& finding = context.Report(
            "RS614", value,
            "none of the actions of the statement works on a resource such as " + Quote(value.text),
            "it is a " + std::string(sort) + ": name what the actions work on, or other actions");
        finding.related.push_back({statement.actions->node->key_range, "these actions"});
      });
}

void CheckLogGroupStar(LintContext& context) {
  ForEachUnmet(context, Unmet::kLogGroup,
               [&](const Statement&, const Node& value, std::string_view) {
                 Diagnostic& finding = context.Report(
                     "RS626", value,
                     Quote(value.text) + " is the log group alone: the actions work on its streams",
                     "write " + Quote(std::string(value.text) + ":*"));
                 AddRewrite(finding, context.document(), value, value.text.size(),
                            value.text.size(), ":*", FixSafety::kUnsafe);
               });
}

void CheckKmsAliasResource(LintContext& context) {
  ForEachUnmet(context, Unmet::kAlias, [&](const Statement&, const Node& value, std::string_view) {
    context.Report("RS628", value,
                   "an alias in Resource is the alias itself: it says nothing about the key",
                   "name the key by its ARN, or use a condition on kms:ResourceAliases");
  });
}

}  // namespace postern::policy
