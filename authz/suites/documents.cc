#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "authz/suites/case_file.h"
#include "authz/suites/read_policies.h"
#include "policy/containers/container.h"
#include "policy/kind.h"
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

bool IsOfKind(PolicyKind contained, PolicyKind wanted) {
  return contained == wanted ||
         (wanted == PolicyKind::kResource &&
          (contained == PolicyKind::kKey || contained == PolicyKind::kTrust));
}

DocumentPtr ReadContained(const policy::ContainedPolicy& policy, std::string_view file,
                          std::vector<CaseProblem>& problems) {
  if (policy.node != nullptr) {
    return ReadDocument(policy.tree, *policy.node, policy.kind, problems);
  }
  // What a string says has lines of its own.
  const auto text = std::make_shared<const policy::Source>(
      fmt::format("{}#{}", file, policy.pointer), std::string(policy.text->text()));
  return Accept(policy::ParseText(text, policy.kind), text, "", problems);
}

// The policy in what the AWS CLI prints, a plan or a template, if it is the only one of its kind
// there. Absent where the file is no such container, or holds none.
std::optional<DocumentPtr> LoadContained(const std::shared_ptr<const policy::Source>& source,
                                         PolicyKind kind, std::vector<CaseProblem>& problems) {
  const policy::ContainerResult read = policy::ReadContainer(source);
  if (!read.container) return std::nullopt;
  std::vector<const policy::ContainedPolicy*> found;
  for (const policy::ContainedPolicy& policy : read.container->policies) {
    const bool readable = policy.unreadable.empty() && (policy.node != nullptr || policy.text);
    if (readable && IsOfKind(policy.kind, kind)) found.push_back(&policy);
  }
  if (found.empty()) return std::nullopt;
  if (found.size() == 1) return ReadContained(*found.front(), source->name(), problems);
  std::vector<std::string_view> names;
  for (const policy::ContainedPolicy* policy : found) names.push_back(policy->resource);
  problems.push_back({source,
                      {},
                      "",
                      "several-policies",
                      fmt::format("this holds {} policies of the kind `{}`: {}", found.size(),
                                  policy::TraitsOf(kind).name, fmt::join(names, ", ")),
                      "put the one that is meant into a file of its own"});
  return nullptr;
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
      std::optional<DocumentPtr> contained;
      if (result.refused || !result.document) {
        contained = LoadContained(*source, kind, found.problems);
      }
      found.document =
          contained ? *contained : Accept(std::move(result), *source, "", found.problems);
    } else {
      found.problems.push_back({nullptr, {}, "", "unreadable-policy", source.error(), {}});
    }
  }
  problems.insert(problems.end(), found.problems.begin(), found.problems.end());
  return found.document;
}

}  // namespace postern::authz
