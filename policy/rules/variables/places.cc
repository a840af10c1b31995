// Variables where AWS does not replace them (S5.2), and where nothing replaces them.
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/parts.h"
#include "policy/rules/texts.h"
#include "policy/rules/variables/checks.h"
#include "policy/rules/variables/references.h"

namespace postern::policy {
namespace {

// The first variable that is one, from a place in the text on.
const Reference* FirstVariable(const std::vector<Reference>& references) {
  for (const Reference& reference : references) {
    if (reference.form == ReferenceForm::kVariable) return &reference;
  }
  return nullptr;
}

void ReportPlace(LintContext& context, const Node& node, std::string_view place) {
  const std::vector<Reference> references = FindReferences(node.text);
  const Reference* variable = FirstVariable(references);
  if (variable == nullptr) return;
  context.ReportWithin(
      "VA806", node, variable->begin, variable->end,
      Quote(node.text.substr(variable->begin, variable->end - variable->begin)) +
          " is plain text in " + std::string(place),
      "variables stand in the last part of a Resource and in values of String and ARN conditions");
}

void CheckArn(LintContext& context, const Node& node) {
  const Arn arn = SplitArn(node.text);
  if (!arn.valid()) return;
  const std::size_t resource = OffsetIn(node.text, arn.resource());
  for (const Reference& reference : FindReferences(node.text)) {
    if (reference.form != ReferenceForm::kVariable || reference.begin >= resource) continue;
    context.ReportWithin(
        "VA806", node, reference.begin, reference.end,
        Quote(node.text.substr(reference.begin, reference.end - reference.begin)) +
            " stands before the last part of the ARN, where AWS replaces no variables",
        "write `*` there and compare the key in a condition");
    return;
  }
}

}  // namespace

void CheckVariablePlace(LintContext& context) {
  if (context.document().version() != LanguageVersion::k2012) return;
  for (const Statement& statement : context.document().statements()) {
    if (statement.actions) {
      for (const Node* action : statement.actions->patterns) {
        ReportPlace(context, *action, statement.actions->negated ? "NotAction" : "Action");
      }
    }
    if (statement.principal) {
      for (const PrincipalEntry& entry : statement.principal->entries) {
        ReportPlace(context, *entry.value,
                    statement.principal->negated ? "NotPrincipal" : "Principal");
      }
    }
    if (statement.resources) {
      for (const Node* resource : statement.resources->patterns) CheckArn(context, *resource);
    }
  }
}

void CheckVariableOperator(LintContext& context) {
  if (context.document().version() != LanguageVersion::k2012) return;
  for (const Statement& statement : context.document().statements()) {
    for (const Condition& condition : statement.conditions) {
      if (!condition.op) continue;
      const OperatorTraits& traits = TraitsOf(condition.op->base);
      // Whether Bool takes them, AWS's pages do not agree (A10).
      if (traits.variables || traits.family == OperatorFamily::kBool) continue;
      for (const Node* value : condition.values) {
        const std::vector<Reference> references = FindReferences(value->text);
        const Reference* variable = FirstVariable(references);
        if (variable == nullptr) continue;
        context.ReportWithin(
            "VA807", *value, variable->begin, variable->end,
            Quote(condition.op_node->key) + " takes no variables: " +
                Quote(value->text.substr(variable->begin, variable->end - variable->begin)) +
                " is no value that it can compare",
            "write the value out, or compare with a String or ARN operator");
      }
    }
  }
}

void CheckVariableMaybeAbsent(LintContext& context) {
  // Roles have no user name, and few principals have the tag.
  if (context.document().version() != LanguageVersion::k2012) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || statement.effect != Effect::kAllow || !statement.resources) continue;
    for (const Node* resource : statement.resources->patterns) {
      for (const Reference& reference : FindReferences(resource->text)) {
        if (reference.form != ReferenceForm::kVariable) continue;
        const bool has_default =
            resource->text.substr(reference.begin, reference.end - reference.begin).find(',') !=
            std::string_view::npos;
        if (has_default || !EqualsIgnoreAsciiCase(reference.name, "aws:username")) continue;
        context.ReportWithin("VA810", *resource, reference.begin, reference.end,
                             "only IAM users have a name: for roles this Resource matches nothing",
                             "use ${aws:userid} or ${aws:PrincipalTag/…} for roles");
      }
    }
  }
}

}  // namespace postern::policy
