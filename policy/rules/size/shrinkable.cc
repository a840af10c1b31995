// What could be said in fewer words (S12.7).
#include <algorithm>
#include <string>

#include "policy/format/tighten.h"
#include "policy/limits.h"
#include "policy/rules/size/checks.h"
#include "policy/rules/size/own_text.h"
#include "policy/rules/texts.h"

namespace postern::policy {

namespace {

// A part that a template or a plan leaves open has no size yet.
bool IsWholeText(const Node& root) {
  return std::none_of(&root, &root + root.span, [](const Node& node) {
    return node.kind == NodeKind::kIntrinsic || node.kind == NodeKind::kUnknown;
  });
}

}  // namespace

void CheckShrinkable(LintContext& context) {
  const PolicyDocument& document = context.document();
  if (!std::ranges::all_of(document.statements(), IsSound)) return;
  if (!IsWholeText(document.root())) return;
  const std::size_t now = Measure(OwnText(document)).minified_characters();
  // Names of statements say something to people: without them nearly every policy would be shorter.
  const std::size_t tight =
      Measure(Write(Tighten(document, {true}).root, nullptr, Layout::kOneLine)).characters;
  if (tight > now || (now - tight) * 10 < now) return;
  ReportAtBeginning(context, "SZ309",
                    "could be " + std::to_string(tight) + " characters with the same meaning",
                    "without white space it has " + std::to_string(now) +
                        "; `postern fmt --minify=tight` writes the shorter form");
}

}  // namespace postern::policy
