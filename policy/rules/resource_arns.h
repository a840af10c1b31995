// Ways through the resources of a policy, and what the catalogue knows of their ARNs.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/rule.h"

namespace postern::policy {

template <typename Visit>
void ForEachResource(const PolicyDocument& document, Visit visit) {
  for (const Statement& statement : document.statements()) {
    if (!statement.resources) continue;
    for (const Node* value : statement.resources->patterns) visit(statement, *value);
  }
}

// Those of six fields that begin with "arn".
template <typename Visit>
void ForEachResourceArn(const PolicyDocument& document, Visit visit) {
  ForEachResource(document, [&visit](const Statement& statement, const Node& value) {
    const Arn arn = SplitArn(value.text);
    if (arn.valid()) visit(statement, value, arn);
  });
}

// A sort of resource: its name and the template of its ARN, taken apart.
struct ArnForm {
  std::string_view name;
  Arn arn;
};

using ArnForms = std::vector<ArnForm>;

// The forms of all ARNs with that service in them, whichever service's actions take them; never
// null. Those of the catalogue in use are made once.
std::shared_ptr<const ArnForms> ArnFormsOf(const Catalogue& catalogue, std::string_view service);

// Whether the reference tells all forms of the service's ARNs and all types that its actions work
// on. Of many services it does not, as AWS's managed policies show; about those, rules that speak
// of what is missing in it are silent.
bool HasWholeReference(std::string_view service);

// Whether the pattern may match an ARN of the form: by all fields, or by the last one alone.
bool MayBe(const Arn& form, const Arn& pattern);
bool ResourceMayBe(const Arn& form, const Arn& pattern);

// What the ARN's form has in a field, going by the types that its last field fits.
enum class FieldUse { kUnknown, kNever, kAlways };
FieldUse UseOfField(const Catalogue& catalogue, const Arn& arn, ArnField field);

// A field that is to be filled in: VA811 says so.
bool LooksUnfinished(std::string_view field);

}  // namespace postern::policy
