// Variables that are written wrong, or that name nothing (S5.1, S5.3).
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/conditions/key_names.h"
#include "policy/rules/fixes.h"
#include "policy/rules/variables/checks.h"
#include "policy/rules/variables/references.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

// visit(node, reference, what is written)
template <typename Visit>
void ForEachReference(ReferenceForm form, const LintContext& context, Visit visit) {
  for (const Node* node : TextsWithVariables(context.document())) {
    for (const Reference& reference : FindReferences(node->text)) {
      if (reference.form != form) continue;
      visit(*node, reference, node->text.substr(reference.begin, reference.end - reference.begin));
    }
  }
}

// The key of a variable that does not exist, as far as can be told: a global key, or a small slip
// in a service's own.
bool IsUnknown(const Catalogue& catalogue, std::string_view key) {
  // In managed policies of AWS, and in no guide.
  if (EqualsIgnoreAsciiCase(key, "aws:PrincipalOrgMasterAccountId")) return false;
  if (EqualsIgnoreAsciiCase(key.substr(0, 4), "aws:")) {
    return !catalogue.FindConditionKey(key);
  }
  return IsUnknownServiceKey(catalogue, key) && !ClosestServiceKey(catalogue, key).empty();
}

std::string KeyMeant(const Catalogue& catalogue, std::string_view key) {
  if (!EqualsIgnoreAsciiCase(key.substr(0, 4), "aws:")) {
    return std::string(ClosestServiceKey(catalogue, key));
  }
  std::vector<std::string_view> names;
  for (const ConditionKey& known : catalogue.GlobalConditionKeys()) names.push_back(known.name);
  const std::size_t slash = key.find('/');
  const std::string_view stem = slash == key.npos ? key : key.substr(0, slash + 1);
  std::string meant(ClosestName(stem, names));
  if (!meant.empty() && slash != key.npos) meant += key.substr(slash + 1);
  return meant;
}

}  // namespace

void CheckVariableUnclosed(LintContext& context) {
  ForEachReference(ReferenceForm::kUnclosed, context,
                   [&](const Node& node, const Reference& reference, std::string_view) {
                     context.ReportWithin("VA801", node, reference.begin, reference.end,
                                          "`${` without a `}` that ends the variable",
                                          "write `${aws:username}`; a `$` itself is `${$}`");
                   });
}

void CheckVariableDefault(LintContext& context) {
  ForEachReference(ReferenceForm::kDefault, context,
                   [&](const Node& node, const Reference& reference, std::string_view written) {
                     context.ReportWithin(
                         "VA802", node, reference.begin, reference.end,
                         "the default in " + Quote(written) +
                             " has to stand in single quotes, behind a comma and one blank",
                         "write `${" + std::string(reference.name.substr(0, 60)) + ", 'default'}`");
                   });
}

void CheckVariableBlank(LintContext& context) {
  ForEachReference(
      ReferenceForm::kBlank, context,
      [&](const Node& node, const Reference& reference, std::string_view written) {
        std::string name;
        for (const char c : reference.name) {
          if (c != ' ') name += c;
        }
        Diagnostic& finding = context.ReportWithin(
            "VA803", node, reference.begin, reference.end,
            "the name of a variable has no blanks: " + Quote(written) + " stands for nothing",
            "write `${" + name.substr(0, 60) + "}`");
        const bool has_default = written.find(',') != written.npos;
        if (!has_default && name.find_first_of("\"\\") == name.npos) {
          AddRewrite(finding, context.document(), node, reference.begin, reference.end,
                     "${" + name + "}", FixSafety::kUnsafe);
        }
      });
}

void CheckVariableEmpty(LintContext& context) {
  ForEachReference(ReferenceForm::kEmpty, context,
                   [&](const Node& node, const Reference& reference, std::string_view written) {
                     context.ReportWithin("VA804", node, reference.begin, reference.end,
                                          Quote(written) + " names no variable",
                                          "write the condition key, as in `${aws:username}`");
                   });
}

void CheckVariableUnknown(LintContext& context) {
  ForEachReference(ReferenceForm::kVariable, context,
                   [&](const Node& node, const Reference& reference, std::string_view written) {
                     if (!IsUnknown(context.catalogue(), reference.name)) return;
                     const std::string meant = KeyMeant(context.catalogue(), reference.name);
                     const bool lacks_tag = LacksTagKey(context.catalogue(), reference.name);
                     Diagnostic& finding = context.ReportWithin(
                         "VA808", node, reference.begin, reference.end,
                         "there is no condition key " + Quote(reference.name) + ": " +
                             Quote(written) + " never has a value",
                         lacks_tag ? "write the tag key behind it, as in `${aws:PrincipalTag/team}`"
                         : meant.empty() ? "the keys are listed in the IAM User Guide"
                                         : "did you mean `${" + meant + "}`?");
                     if (lacks_tag || meant.empty() || meant.ends_with('/')) return;
                     const std::size_t begin = reference.begin + 2;
                     if (node.text.substr(begin).starts_with(reference.name)) {
                       AddRewrite(finding, context.document(), node, begin,
                                  begin + reference.name.size(), meant, FixSafety::kUnsafe);
                     }
                   });
}

void CheckVariableMultivalued(LintContext& context) {
  ForEachReference(ReferenceForm::kVariable, context,
                   [&](const Node& node, const Reference& reference, std::string_view written) {
                     const auto known = context.catalogue().FindConditionKey(reference.name);
                     if (!known || !known->multivalued) return;
                     context.ReportWithin("VA809", node, reference.begin, reference.end,
                                          Quote(reference.name) +
                                              " has several values in a request: " +
                                              Quote(written) + " stands for none of them",
                                          "use a key that has one value");
                   });
}

}  // namespace postern::policy
