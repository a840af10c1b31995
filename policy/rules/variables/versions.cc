#include <algorithm>
#include <string>

#include "policy/language/variables.h"
#include "policy/quote.h"
#include "policy/rules/variables/checks.h"

namespace postern::policy {
namespace {

// The first policy variable of the text; what other languages write as `${...}` is none: a
// condition key has one colon, `AWS::Region` has two and `var.region` none.
std::string_view FirstVariable(const Tokens& tokens) {
  for (const VariableRef& variable : tokens.variables) {
    const std::size_t colon = variable.key.find(':');
    if (colon != variable.key.npos && colon > 0 && !variable.key.substr(colon).starts_with("::")) {
      return variable.key;
    }
  }
  return {};
}

void CheckText(LintContext& context, const Node& node, bool version_is_missing) {
  const Tokens tokens = Tokenize(node.text, {});
  const std::string_view key = FirstVariable(tokens);
  if (key.empty()) return;
  // The key is a view into the text: from its `${` to its `}`.
  const auto at = static_cast<std::size_t>(key.data() - node.text.data());
  const std::size_t begin = node.text.rfind("${", at);
  const std::size_t end = std::min(node.text.find('}', at), node.text.size() - 1) + 1;
  context.ReportWithin(
      "VA805", node, begin, end,
      Quote(node.text.substr(begin, end - begin)) +
          " is plain text in the policy language of 2008-10-17" +
          (version_is_missing ? ", which a policy without Version is written in" : ""),
      "write `\"Version\": \"2012-10-17\"`");
}

}  // namespace

void CheckVariablesNeedVersion(LintContext& context) {
  const PolicyDocument& document = context.document();
  const Node* version = document.root().Find("Version");
  // Any other Version is refused anyhow.
  if (version != nullptr && version->text != "2008-10-17") return;
  for (const Statement& statement : document.statements()) {
    if (statement.resources) {
      for (const Node* pattern : statement.resources->patterns) {
        CheckText(context, *pattern, version == nullptr);
      }
    }
    for (const Condition& condition : statement.conditions) {
      if (!condition.op || !TraitsOf(condition.op->base).variables) continue;
      for (const Node* value : condition.values) CheckText(context, *value, version == nullptr);
    }
  }
}

}  // namespace postern::policy
