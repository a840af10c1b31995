#include "policy/lint.h"

#include <utility>

namespace postern::policy {

namespace {

LintResult LintParsed(ParseResult parsed, const LintOptions& options, std::span<const Rule> rules) {
  LintResult result{std::move(parsed.document), std::move(parsed.diagnostics)};
  // A rule that is not asked for is silent, whoever found its finding.
  std::erase_if(result.diagnostics, [rules](const Diagnostic& diagnostic) {
    return FindRule(rules, diagnostic.code) == nullptr;
  });
  if (result.document) {
    for (const Rule& rule : rules) {
      if (rule.check == nullptr) continue;
      LintContext context(*result.document, options.facts, rules, result.diagnostics);
      rule.check(context);
    }
  }
  SortDiagnostics(result.diagnostics);
  return result;
}

}  // namespace

LintResult LintText(std::shared_ptr<const Source> source, const LintOptions& options,
                    std::span<const Rule> rules) {
  return LintParsed(ParseText(std::move(source), options.kind), options, rules);
}

LintResult LintNode(std::shared_ptr<const Tree> tree, const Node& root, const LintOptions& options,
                    std::span<const Rule> rules) {
  return LintParsed(Parse(std::move(tree), root, options.kind), options, rules);
}

}  // namespace postern::policy
