#include <fmt/format.h>

#include <algorithm>

#include "authz/suites/case_file.h"
#include "authz/suites/read_policies.h"
#include "policy/language/fold.h"
#include "policy/parse.h"

namespace postern::authz {

using policy::ParseResult;
using policy::PolicyKind;
using policy::Statement;

namespace {

// Only a role's trust policy carries actions of sts, and it must not have Resource (S1.9).
bool LooksLikeTrustPolicy(const ParseResult& result) {
  if (!result.document || result.document->statements().empty()) return false;
  return std::ranges::all_of(result.document->statements(), [](const Statement& statement) {
    return !statement.resources && statement.actions && !statement.actions->negated &&
           !statement.actions->patterns.empty() &&
           std::ranges::all_of(statement.actions->patterns, [](const policy::Node* action) {
             return policy::FoldAscii(action->text.substr(0, 4)) == "sts:";
           });
  });
}

// What is known only once a template is rendered is a warning to lint; the policy cannot be
// evaluated all the same.
bool Refuses(const policy::Diagnostic& diagnostic) {
  return diagnostic.severity == policy::Severity::kError || diagnostic.code == "GR220";
}

// The document, or a problem for each error of a refused one. `pointer` is the policy's own place.
DocumentPtr Accept(ParseResult result, const std::shared_ptr<const policy::Source>& source,
                   const std::string& pointer, std::vector<CaseProblem>& problems) {
  if (!result.refused && result.document) {
    return std::make_shared<const policy::PolicyDocument>(std::move(*result.document));
  }
  const std::size_t before = problems.size();
  for (const policy::Diagnostic& diagnostic : result.diagnostics) {
    if (!Refuses(diagnostic)) continue;
    problems.push_back({source, diagnostic.range, pointer + diagnostic.pointer, "policy-refused",
                        fmt::format("{}: {}", diagnostic.code, diagnostic.message),
                        diagnostic.help});
  }
  if (problems.size() == before) {
    problems.push_back(
        {source, {}, pointer, "policy-refused", "this is not a policy document", {}});
  }
  return nullptr;
}

template <typename ParseAs>
ParseResult ParseGuessing(PolicyKind kind, const ParseAs& parse_as) {
  ParseResult result = parse_as(kind);
  if (kind == PolicyKind::kResource && LooksLikeTrustPolicy(result)) {
    return parse_as(PolicyKind::kTrust);
  }
  return result;
}

}  // namespace

DocumentPtr ReadDocument(const std::shared_ptr<const policy::Tree>& tree, const policy::Node& node,
                         PolicyKind kind, std::vector<CaseProblem>& problems) {
  ParseResult result =
      ParseGuessing(kind, [&](PolicyKind as) { return policy::Parse(tree, node, as); });
  return Accept(std::move(result), tree->shared_source(), tree->PointerTo(node), problems);
}

DocumentPtr DocumentCache::Load(std::string_view path, std::string_view referrer, PolicyKind kind,
                                std::vector<CaseProblem>& problems) {
  std::string key = fmt::format("{}\n{}\n{}", static_cast<int>(kind), referrer, path);
  const auto [entry, is_new] = entries_.try_emplace(std::move(key));
  Entry& found = entry->second;
  if (is_new) {
    if (const auto source = read_(path, referrer)) {
      ParseResult result =
          ParseGuessing(kind, [&](PolicyKind as) { return policy::ParseText(*source, as); });
      found.document = Accept(std::move(result), *source, "", found.problems);
    } else {
      found.problems.push_back({nullptr, {}, "", "unreadable-policy", source.error(), {}});
    }
  }
  problems.insert(problems.end(), found.problems.begin(), found.problems.end());
  return found.document;
}

}  // namespace postern::authz
