// What a policy looks like against what it is said to be.
#include <string>

#include "policy/quote.h"
#include "policy/rules/grammar/checks.h"

namespace postern::policy {
namespace {

struct Shape {
  std::size_t statements = 0;
  std::size_t with_principal = 0;
};

// In the text: a principal that the kind forbids is not in the view.
Shape ShapeOf(const PolicyDocument& document) {
  Shape shape;
  for (const Statement& statement : document.statements()) {
    ++shape.statements;
    const bool has = statement.node->Find("Principal") != nullptr ||
                     statement.node->Find("NotPrincipal") != nullptr;
    if (has) ++shape.with_principal;
  }
  return shape;
}

}  // namespace

void CheckKindMismatch(LintContext& context) {
  const KindTraits& traits = TraitsOf(context.kind());
  const Shape shape = ShapeOf(context.document());
  // One statement may just be wrong; PR401, PR402 and EP101 say so of each.
  if (shape.statements < 2) return;
  const std::string title = WithArticle(traits.title);
  std::string looks;
  if (traits.principal == Requirement::kRequired && shape.with_principal == 0) {
    looks = "no statement has a Principal: this looks like a policy of a user or role, not like ";
  } else if (traits.principal == Requirement::kForbidden &&
             shape.with_principal == shape.statements) {
    looks = "each statement has a Principal: this looks like the policy of a resource, not like ";
  } else {
    return;
  }
  const Node& root = context.document().root();
  Diagnostic& finding = context.Report("GR228", root, looks + title,
                                       "say what it is with `--kind`, or move the file");
  finding.range.end = finding.range.begin + 1;
}

}  // namespace postern::policy
