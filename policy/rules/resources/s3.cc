#include <algorithm>
#include <string>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/pattern.h"
#include "policy/language/wildcard.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/parts.h"
#include "policy/rules/resources/checks.h"

namespace postern::policy {
namespace {

constexpr std::string_view kPrefix = "s3:";

// Which of the two an action works on, by its resource types; neither where it works on both, on
// something else, or on nothing in particular.
struct Target {
  bool bucket = false;
  bool object = false;
};

Target TargetOf(const Catalogue& catalogue, const Action& action) {
  Target target;
  for (const ResourceType& type : catalogue.ResourceTypesOf(action)) {
    target.bucket |= type.name == "bucket";
    target.object |= type.name == "object";
  }
  return target;
}

// The actions of S3, in lower case.
struct NamedTarget {
  std::string name;
  Target target;
};

std::vector<NamedTarget> TargetsOfS3(const Catalogue& catalogue) {
  std::vector<NamedTarget> targets;
  for (const Action& action : catalogue.ActionsOf("s3")) {
    targets.push_back({FoldAscii(action.name), TargetOf(catalogue, action)});
  }
  return targets;
}

// What every action that the pattern names works on.
Target CommonTarget(const std::vector<NamedTarget>& targets, std::string_view pattern) {
  if (!EqualsIgnoreAsciiCase(pattern.substr(0, kPrefix.size()), kPrefix)) return {};
  const std::string tokens = WildcardTokens(FoldAscii(pattern.substr(kPrefix.size())));
  const Pattern matcher(tokens);
  Target common{true, true};
  bool found = false;
  for (const NamedTarget& each : targets) {
    if (!matcher.Matches(each.name)) continue;
    found = true;
    common = {common.bucket && each.target.bucket, common.object && each.target.object};
    if (!common.bucket && !common.object) break;
  }
  return found ? common : Target{};
}

enum class Form { kBucket, kObject, kOther };

Form FormOf(std::string_view pattern) {
  const Arn arn = SplitArn(pattern);
  if (!arn.whole() || arn.service() != "s3" || !arn.region().empty() || !arn.account().empty()) {
    return Form::kOther;
  }
  const std::string_view resource = arn.resource();
  const std::size_t open = FindOpen(resource);
  const std::size_t slash = resource.find('/');
  if (slash < open) return Form::kObject;
  return slash == resource.npos && open == resource.size() ? Form::kBucket : Form::kOther;
}

// The form of all the S3 ARNs of a statement; kOther if they differ, or if there are others.
Form CommonForm(const PatternSet& resources) {
  if (resources.patterns.empty()) return Form::kOther;
  const Form form = FormOf(resources.patterns.front()->text);
  const bool same = std::ranges::all_of(
      resources.patterns, [form](const Node* each) { return FormOf(each->text) == form; });
  return same ? form : Form::kOther;
}

std::string OtherForm(std::string_view pattern, Form form) {
  const std::string text(pattern);
  return form == Form::kBucket ? text + "/*" : text.substr(0, text.find('/'));
}

// Whether an action of that target has no use for ARNs of that form, and for the other one has.
bool IsWrong(Target target, Form form) {
  return form == Form::kBucket ? target.object && !target.bucket : target.bucket && !target.object;
}

// Writes the other form in the place of every ARN. For one that cannot be written so: nothing.
void AddReplacement(Diagnostic& finding, const PolicyDocument& document,
                    const PatternSet& resources, Form form) {
  Fix all;
  for (const Node* each : resources.patterns) {
    Diagnostic one;
    AddRewrite(one, document, *each, OtherForm(each->text, form), FixSafety::kUnsafe);
    if (one.fixes.empty()) return;
    const Fix& fix = one.fixes.front();
    all.title += (all.title.empty() ? "" : ", ") + fix.title;
    all.edits.insert(all.edits.end(), fix.edits.begin(), fix.edits.end());
  }
  finding.fixes.push_back(std::move(all));
}

}  // namespace

void CheckBucketVersusObject(LintContext& context) {
  const std::vector<NamedTarget> targets = TargetsOfS3(context.catalogue());
  for (const Statement& statement : context.document().statements()) {
    if (!statement.actions || statement.actions->negated || !statement.resources ||
        statement.resources->negated) {
      continue;
    }
    const Form form = CommonForm(*statement.resources);
    if (form == Form::kOther) continue;
    const Node& first = *statement.resources->patterns.front();
    const auto is_wrong = [&](const Node* action) {
      return IsWrong(CommonTarget(targets, action->text), form);
    };
    // Then nothing works on what stands there. (Of several objects one bucket would come twice.)
    const bool useless = std::ranges::all_of(statement.actions->patterns, is_wrong) &&
                         (form == Form::kBucket || statement.resources->patterns.size() == 1);
    for (const Node* action : statement.actions->patterns) {
      if (!is_wrong(action)) continue;
      Diagnostic& finding = context.Report(
          "RS615", *action,
          Quote(action->text) + (form == Form::kBucket
                                     ? " is about objects, and this statement lists buckets only"
                                     : " is about buckets, and this statement lists objects only"),
          (useless ? "write " : "add ") + Quote(OtherForm(first.text, form)));
      finding.related.push_back({first.range, form == Form::kBucket ? "a bucket" : "objects"});
      if (useless) {
        AddReplacement(finding, context.document(), *statement.resources, form);
      } else {
        AddItem(finding, context.document(), *statement.resources->node,
                OtherForm(first.text, form), FixSafety::kUnsafe);
      }
    }
  }
}

}  // namespace postern::policy
