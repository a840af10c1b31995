#include "authz/rules/probe.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "authz/engine.h"
#include "authz/match/action_index.h"
#include "authz/policy_set.h"
#include "policy/language/fold.h"
#include "policy/language/variables.h"
#include "policy/rules/texts.h"

namespace postern::authz {
namespace {

// The keys that the document reads, each once.
class ReadKeys {
 public:
  explicit ReadKeys(const policy::PolicyDocument& document) {
    for (const policy::Statement& statement : document.statements()) {
      if (statement.resources) {
        for (const policy::Node* resource : statement.resources->patterns) AddVariables(*resource);
      }
      for (const policy::Condition& condition : statement.conditions) {
        Add(condition.key_node->key);
        for (const policy::Node* value : condition.values) AddVariables(*value);
      }
    }
  }
  const std::vector<std::string_view>& all() const& { return keys_; }
  const std::vector<std::string_view>& all() const&& = delete;  // would dangle

 private:
  void Add(std::string_view key) {
    // Behind an endpoint aws:SourceIp is known to be absent.
    if (policy::EqualsIgnoreAsciiCase(key, "aws:SourceIp")) return;
    if (seen_.insert(policy::FoldAscii(key)).second) keys_.push_back(key);
  }
  void AddVariables(const policy::Node& value) {
    for (const policy::VariableRef& variable : policy::Tokenize(value.text, {}).variables) {
      Add(variable.key);
    }
  }

  std::unordered_set<std::string> seen_;
  std::vector<std::string_view> keys_;
};

bool MayBeAbout(const policy::PatternSet& actions, std::string_view action) {
  const std::string folded = policy::FoldAscii(action);
  const std::size_t colon = folded.find(':');
  const std::string_view service = std::string_view(folded).substr(0, colon);
  const std::string_view name = std::string_view(folded).substr(colon + 1);
  return actions.negated || std::ranges::any_of(actions.patterns, [&](const policy::Node* pattern) {
           return policy::IsUnfinished(pattern->text) ||
                  ActionPattern::Of(pattern->text).Matches(service, name);
         });
}

// Text that is to be replaced may become what lets the request through: a principal or an action,
// and a resource that is no ARN yet.
bool MayBecomeAllow(const policy::Statement& statement, std::string_view action) {
  const auto is_open = [](const policy::Node* text) { return policy::IsUnfinished(text->text); };
  if (statement.effect != policy::Effect::kAllow || !statement.actions ||
      !MayBeAbout(*statement.actions, action)) {
    return false;
  }
  if (statement.principal &&
      std::ranges::any_of(statement.principal->entries, [](const policy::PrincipalEntry& entry) {
        return policy::IsUnfinished(entry.value->text);
      })) {
    return true;
  }
  if (std::ranges::any_of(statement.actions->patterns, is_open)) return true;
  return statement.resources &&
         std::ranges::any_of(statement.resources->patterns, [&](const policy::Node* text) {
           return is_open(text) && !text->text.starts_with("arn:");
         });
}

}  // namespace

std::vector<std::string_view> KeysReadBy(const policy::PolicyDocument& document) {
  const ReadKeys read(document);
  return read.all();
}

bool MayAllow(const policy::PolicyDocument& document, const policy::Catalogue& catalogue,
              std::string_view action, std::string_view resource) {
  if (std::ranges::any_of(document.statements(), [action](const policy::Statement& statement) {
        return MayBecomeAllow(statement, action);
      })) {
    return true;
  }
  // The document outlives the question.
  const DocumentPtr shared(DocumentPtr{}, &document);
  PolicySet policies;
  Request request;
  request.action = action;
  request.resource = resource;
  if (document.kind() == policy::PolicyKind::kEndpoint) {
    policies.endpoint.emplace();
    policies.endpoint->policy = Knowledge::kGiven;
    policies.endpoint->document = shared;
    request.layers = {Layer::kEndpoint};
  } else {
    policies.identity = {Knowledge::kGiven, {shared}};
    request.layers = {Layer::kIdentity};
    // Some user or role, and no root user, who needs no policy: its keys are unknown all the same.
    request.principal.kind = RequesterKind::kArn;
    request.principal.arn = "arn:aws:iam::111122223333:role/any";
  }
  const ReadKeys read(document);
  for (std::string_view key : read.all()) request.AddUnknown(key);

  const auto compiled = Compile(policies, catalogue);
  BoundRequest bound;
  if (Bind(*compiled, request, bound)) return true;
  const Verdict verdict = Decide(*compiled, bound).verdict;
  return verdict == Verdict::kAllow || verdict == Verdict::kUnknown;
}

}  // namespace postern::authz
