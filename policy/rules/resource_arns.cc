#include "policy/rules/resource_arns.h"

#include <algorithm>
#include <array>
#include <map>

#include "policy/language/fold.h"
#include "policy/rules/globs.h"
#include "policy/rules/texts.h"

namespace postern::policy {

namespace {

constexpr std::array<std::string_view, 13> kWholeReferences = {
    "dynamodb",       "ec2", "ecr", "iam", "kms",         "logs", "s3",
    "secretsmanager", "sns", "sqs", "ssm", "ssmmessages", "sts"};

using FormsByService = std::map<std::string_view, std::shared_ptr<ArnForms>>;

FormsByService AllForms(const Catalogue& catalogue) {
  FormsByService all;
  for (const std::string_view owner : catalogue.Services()) {
    if (!catalogue.HoldsActionsOf(owner)) continue;
    for (const ResourceType& type : catalogue.ResourceTypesOf(owner)) {
      const Arn arn = SplitArn(type.arn_template);
      if (!arn.valid()) continue;
      std::shared_ptr<ArnForms>& forms = all[arn.service()];
      if (forms == nullptr) forms = std::make_shared<ArnForms>();
      forms->push_back({type.name, arn});
    }
  }
  return all;
}

std::shared_ptr<const ArnForms> Find(const FormsByService& all, std::string_view service) {
  static const auto kNone = std::make_shared<const ArnForms>();
  const auto found = all.find(service);
  if (found == all.end()) return kNone;
  return found->second;
}

}  // namespace

bool HasWholeReference(std::string_view service) {
  return std::ranges::any_of(kWholeReferences, [service](std::string_view each) {
    return EqualsIgnoreAsciiCase(each, service);
  });
}

std::shared_ptr<const ArnForms> ArnFormsOf(const Catalogue& catalogue, std::string_view service) {
  const bool in_use = catalogue.bytes().data() == Catalogue::InUse().bytes().data();
  if (!in_use) return Find(AllForms(catalogue), service);
  static const FormsByService kInUse = AllForms(catalogue);
  return Find(kInUse, service);
}

bool ResourceMayBe(const Arn& form, const Arn& pattern) {
  return MayMeet(form.resource(), pattern.resource());
}

bool MayBe(const Arn& form, const Arn& pattern) {
  return MayMeet(form.service(), pattern.service()) && MayMeet(form.region(), pattern.region()) &&
         MayMeet(form.account(), pattern.account()) && ResourceMayBe(form, pattern);
}

FieldUse UseOfField(const Catalogue& catalogue, const Arn& arn, ArnField field) {
  if (!catalogue.HoldsActionsOf(arn.service()) || IsUnfinished(arn.resource())) {
    return FieldUse::kUnknown;
  }
  bool never = false;
  bool always = false;
  const auto forms = ArnFormsOf(catalogue, arn.service());
  for (const ArnForm& form : *forms) {
    if (!ResourceMayBe(form.arn, arn)) continue;
    (form.arn[field].empty() ? never : always) = true;
  }
  if (never == always) return FieldUse::kUnknown;
  return never ? FieldUse::kNever : FieldUse::kAlways;
}

bool LooksUnfinished(std::string_view field) {
  const auto is_mark = [](char c) {
    return c == '{' || c == '<' || c == '[' || c == '%' || c == '_';
  };
  return std::ranges::any_of(field, is_mark) || field.find("xxxx") != field.npos ||
         field.find("XXXX") != field.npos;
}

}  // namespace postern::policy
