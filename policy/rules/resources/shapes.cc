// Last fields that no resource of their service has.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/globs.h"
#include "policy/rules/parts.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/resources/checks.h"
#include "policy/rules/texts.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

// "role/" of "role/${RoleName}".
std::string_view TypePart(const ArnForm& form) { return OpenPrefix(form.arn.resource()); }

// The type that the resource would be of if its letters were in the right case, or "".
std::string_view TypeInOtherCase(const ArnForms& forms, std::string_view resource) {
  for (const ArnForm& form : forms) {
    const std::string_view type = TypePart(form);
    if (type.size() < 2 || resource.size() < type.size() || resource.starts_with(type)) continue;
    if (EqualsIgnoreAsciiCase(resource.substr(0, type.size()), type)) return type;
  }
  return {};
}

// ARNs of services that the catalogue holds, with a last field that fits none of their forms.
template <typename Visit>
void ForEachMisfit(LintContext& context, Visit visit) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    if (!HasWholeReference(arn.service()) || HasUpperAscii(arn.service())) return;
    if (arn.resource().empty() || IsUnfinished(arn.resource())) return;
    const auto all = ArnFormsOf(context.catalogue(), arn.service());
    const ArnForms& forms = *all;
    if (forms.empty()) return;
    if (std::ranges::any_of(forms,
                            [&arn](const ArnForm& form) { return ResourceMayBe(form.arn, arn); })) {
      return;
    }
    visit(value, arn, forms, TypeInOtherCase(forms, arn.resource()));
  });
}

std::string Listing(const ArnForms& forms) {
  std::vector<std::string_view> types;
  for (const ArnForm& form : forms) {
    if (std::ranges::find(types, TypePart(form)) == types.end()) types.push_back(TypePart(form));
  }
  std::string text;
  for (std::size_t i = 0; i < types.size() && i < 4; ++i) {
    text += (i > 0 ? ", `" : "`") + std::string(types[i]) + "...`";
  }
  return types.size() > 4 ? text + " and others" : text;
}

}  // namespace

void CheckArnResourceShape(LintContext& context) {
  ForEachMisfit(context, [&](const Node& value, const Arn& arn, const ArnForms& forms,
                             std::string_view other_case) {
    if (!other_case.empty()) return;  // RS630
    const std::size_t begin = OffsetIn(value.text, arn.resource());
    context.ReportWithin(
        "RS612", value, begin, value.text.size(),
        "no resource of " + Quote(arn.service()) + " is named " + Quote(arn.resource()),
        "they are named " + Listing(forms));
  });
}

void CheckResourceTypeCase(LintContext& context) {
  ForEachMisfit(
      context, [&](const Node& value, const Arn& arn, const ArnForms&, std::string_view type) {
        if (type.empty()) return;
        const std::size_t begin = OffsetIn(value.text, arn.resource());
        const std::size_t end = begin + type.size();
        Diagnostic& finding = context.ReportWithin(
            "RS630", value, begin, end,
            "ARNs are case-sensitive, and " + Quote(arn.resource().substr(0, type.size())) +
                " is no type of resource",
            "write " + Quote(type));
        AddRewrite(finding, context.document(), value, begin, end, type, FixSafety::kUnsafe);
      });
}

}  // namespace postern::policy
