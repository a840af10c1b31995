#include "policy/lint.h"

#include <utility>

#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::policy {

namespace {

bool IsDefaultEndpointPolicy(const PolicyDocument& document) {
  if (document.kind() != PolicyKind::kEndpoint || document.statements().size() != 1) return false;
  const Statement* const full = FindFullAccess(document);
  return full != nullptr && HasStar(full->actions);
}

Severity Lower(Severity severity) {
  return severity == Severity::kError || severity == Severity::kSecurity ? Severity::kWarning
                                                                         : Severity::kSuggestion;
}

void LowerWhatRestsOnCatalogue(std::vector<Diagnostic>& diagnostics, std::span<const Rule> rules) {
  for (Diagnostic& diagnostic : diagnostics) {
    if (!FindRule(rules, diagnostic.code)->rests_on_catalogue) continue;
    diagnostic.severity = Lower(diagnostic.severity);
    diagnostic.help += diagnostic.help.empty() ? "" : "; ";
    diagnostic.help += "the catalogue is old: `postern catalog update` takes newer data";
  }
}

LintResult LintParsed(ParseResult parsed, const LintOptions& options, std::span<const Rule> rules) {
  LintResult result{std::move(parsed.document), std::move(parsed.diagnostics)};
  // A rule that is not asked for is silent, whoever found its finding.
  std::erase_if(result.diagnostics, [rules](const Diagnostic& diagnostic) {
    return FindRule(rules, diagnostic.code) == nullptr;
  });
  // AWS wrote it itself, in the old language or without a version; EP401 says what there is to say.
  if (result.document && IsDefaultEndpointPolicy(*result.document)) {
    std::erase_if(result.diagnostics, [](const Diagnostic& diagnostic) {
      return diagnostic.code == "GR201" || diagnostic.code == "GR203";
    });
  }
  if (result.document) {
    RuleMemory memory;
    for (const Rule& rule : rules) {
      if (rule.check == nullptr) continue;
      LintContext context(*result.document, options.facts, rules, result.diagnostics, memory);
      rule.check(context);
    }
  }
  if (options.facts.catalogue_is_old) LowerWhatRestsOnCatalogue(result.diagnostics, rules);
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
