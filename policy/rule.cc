#include "policy/rule.h"

#include <algorithm>
#include <utility>

#include "policy/language/fold.h"

namespace postern::policy {

std::string_view EndpointTypeName(EndpointType type) {
  switch (type) {
    case EndpointType::kGateway:
      return "gateway";
    case EndpointType::kInterface:
      return "interface";
    case EndpointType::kUnknown:
      break;
  }
  return "unknown";
}

Diagnostic& LintContext::Add(std::string_view code, const Node& node, SourceRange range,
                             std::string message, std::string help) {
  const bool is_full = diagnostics_.size() >= full_;
  if (is_full) diagnostics_.back().help = kMoreFindings;
  Diagnostic& diagnostic = is_full ? left_out_ : diagnostics_.emplace_back();
  const Rule* const rule = FindRule(rules_, code);
  diagnostic.code = code;
  diagnostic.severity = rule != nullptr ? rule->severity : Severity::kError;
  diagnostic.range = range;
  diagnostic.pointer = pointers_.To(node);
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  return diagnostic;
}

Diagnostic& LintContext::Report(std::string_view code, const Node& node, std::string message,
                                std::string help) {
  return Add(code, node, node.range, std::move(message), std::move(help));
}

Diagnostic& LintContext::ReportKey(std::string_view code, const Node& member, std::string message,
                                   std::string help) {
  return Add(code, member, member.key_range, std::move(message), std::move(help));
}

Diagnostic& LintContext::ReportWithin(std::string_view code, const Node& node, std::size_t begin,
                                      std::size_t end, std::string message, std::string help) {
  return Add(code, node, document_.tree().Within(node, begin, end), std::move(message),
             std::move(help));
}

const Rule* FindRule(std::span<const Rule> rules, std::string_view code_or_name) {
  const auto found = std::ranges::find_if(rules, [code_or_name](const Rule& rule) {
    return EqualsIgnoreAsciiCase(rule.code, code_or_name) ||
           EqualsIgnoreAsciiCase(rule.name, code_or_name);
  });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace postern::policy
