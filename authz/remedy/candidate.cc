#include "authz/remedy/candidate.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "policy/kind.h"
#include "policy/language/arn.h"
#include "policy/parse.h"

namespace postern::authz {

using policy::PolicyDocument;

std::optional<Candidate> TryEdit(const RefusedRequest& refused, Layer layer, std::size_t index,
                                 const TextEdit& edit) {
  const PolicyDocument& document = *refused.Policies(layer)[index];
  auto parsed = policy::ParseText(
      std::make_shared<const policy::Source>(document.source().name(), Edited(document, edit)),
      document.kind());
  if (!parsed.document || parsed.refused) return std::nullopt;
  Candidate candidate;
  candidate.document = std::make_shared<const PolicyDocument>(std::move(*parsed.document));
  candidate.change.layer = layer;
  candidate.change.policy = index;
  candidate.change.policy_name = document.source().name();
  candidate.change.at = edit.at;
  candidate.change.text = edit.text;
  return candidate;
}

std::string InBackticks(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string StatementTitle(const PolicyDocument& document, const policy::Statement& statement) {
  std::string title = "statement " + std::to_string(statement.index + 1);
  if (statement.sid != nullptr) title += " " + InBackticks(statement.sid->text);
  return title + " of the " + std::string(policy::TraitsOf(document.kind()).title);
}

std::string Listed(const policy::PatternSet& patterns) {
  std::string list;
  for (const policy::Node* node : patterns.patterns) {
    if (!list.empty()) list += ", ";
    list += InBackticks(node->text);
  }
  return patterns.negated ? "all but " + list : list;
}

std::string OthersOf(const policy::Statement& statement, const Principal& caller) {
  if (!statement.principal) return {};
  if (statement.principal->everyone || statement.principal->negated) {
    return statement.conditions.empty() ? "every caller" : "every caller that meets its conditions";
  }
  const auto& entries = statement.principal->entries;
  const bool is_caller = entries.size() == 1 && (entries.front().value->text == caller.arn ||
                                                 entries.front().value->text == caller.service);
  return is_caller ? "" : "every caller that it names";
}

bool HasWildcardOrVariable(std::string_view text) {
  return text.find_first_of("*?$") != std::string_view::npos;
}

bool IsOneLiteral(const policy::PatternSet& patterns) {
  return !patterns.negated && patterns.patterns.size() == 1 &&
         !HasWildcardOrVariable(patterns.patterns.front()->text);
}

bool IsOneResource(const policy::PatternSet& patterns) {
  return IsOneLiteral(patterns) && policy::SplitArn(patterns.patterns.front()->text).valid();
}

}  // namespace postern::authz
