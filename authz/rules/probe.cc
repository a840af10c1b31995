#include "authz/rules/probe.h"

#include "authz/engine.h"
#include "authz/policy_set.h"
#include "policy/language/fold.h"
#include "policy/language/variables.h"

namespace postern::authz {
namespace {

// Everything that the document reads, and nothing of it known.
void AddUnknownKeys(const policy::PolicyDocument& document, Request& request) {
  const auto add = [&request](std::string_view key) {
    // Never present behind an endpoint, so not unknown there.
    if (policy::EqualsIgnoreAsciiCase(key, "aws:SourceIp")) return;
    for (const ContextEntry& entry : request.context) {
      if (policy::EqualsIgnoreAsciiCase(entry.key, key)) return;
    }
    request.AddUnknown(key);
  };
  const auto add_variables = [&add](const policy::Node* value) {
    for (const policy::VariableRef& variable : policy::Tokenize(value->text, {}).variables) {
      add(variable.key);
    }
  };
  for (const policy::Statement& statement : document.statements()) {
    if (statement.resources) {
      for (const policy::Node* resource : statement.resources->patterns) add_variables(resource);
    }
    for (const policy::Condition& condition : statement.conditions) {
      add(condition.key_node->key);
      for (const policy::Node* value : condition.values) add_variables(value);
    }
  }
}

}  // namespace

bool MayAllow(const policy::PolicyDocument& document, const policy::Catalogue& catalogue,
              std::string_view action, std::string_view resource) {
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
  }
  AddUnknownKeys(document, request);

  const auto compiled = Compile(policies, catalogue);
  BoundRequest bound;
  if (Bind(*compiled, request, bound)) return true;
  const Verdict verdict = Decide(*compiled, bound).verdict;
  return verdict == Verdict::kAllow || verdict == Verdict::kUnknown;
}

}  // namespace postern::authz
