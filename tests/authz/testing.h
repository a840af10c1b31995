// Shorthands for tests of the engine: policies as text, requests as a few words.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authz/engine.h"
#include "policy/catalogue.h"
#include "policy/parse.h"

namespace postern::authz::testing {

inline DocumentPtr Document(std::string text, policy::PolicyKind kind) {
  auto parsed =
      policy::ParseText(std::make_shared<const policy::Source>("test.json", std::move(text)), kind);
  REQUIRE(parsed.document.has_value());
  return std::make_shared<const policy::PolicyDocument>(std::move(*parsed.document));
}

// {"Version": "2012-10-17", "Statement": [STATEMENTS]}
inline std::string Policy(std::string_view statements) {
  return R"({"Version": "2012-10-17", "Statement": [)" + std::string(statements) + "]}";
}

inline PolicyLayer Given(std::string_view statements, policy::PolicyKind kind) {
  return {Knowledge::kGiven, {Document(Policy(statements), kind)}};
}

inline void SetEndpoint(PolicySet& policies, std::string_view statements,
                        policy::EndpointType type = policy::EndpointType::kInterface) {
  policies.endpoint.emplace();
  policies.endpoint->policy = Knowledge::kGiven;
  policies.endpoint->type = type;
  policies.endpoint->document = Document(Policy(statements), policy::PolicyKind::kEndpoint);
}

inline constexpr std::string_view kAlice = "arn:aws:iam::111122223333:user/alice";
inline constexpr std::string_view kSession = "arn:aws:sts::111122223333:assumed-role/app/i-0abc";

inline Request Ask(std::string_view action, std::string_view resource,
                   std::string_view principal = kAlice) {
  Request request;
  request.principal.kind = principal == "*" ? RequesterKind::kAnonymous : RequesterKind::kArn;
  request.principal.arn = principal == "*" ? std::string_view{} : principal;
  request.action = action;
  request.resource = resource;
  request.resource_account_state = ResourceAccountState::kOwn;
  return request;
}

struct Answer {
  std::shared_ptr<const CompiledPolicySet> policies;
  Decision decision;
  std::string error;  // code of an input error
};

// Decides, and explains, and checks that both say the same.
inline Answer DecideAndExplain(const PolicySet& policies, const Request& request,
                               CompileOptions options = {}) {
  Answer answer;
  answer.policies = Compile(policies, policy::Catalogue::Embedded(), options);
  BoundRequest bound;
  if (const auto error = Bind(*answer.policies, request, bound)) {
    answer.error = error->code;
    return answer;
  }
  answer.decision = Decide(*answer.policies, bound);
  const Explanation explanation = Explain(answer.policies, bound);
  CHECK(explanation.decision.verdict == answer.decision.verdict);
  CHECK(explanation.decision.decided_by == answer.decision.decided_by);
  CHECK(explanation.decision.statements == answer.decision.statements);
  CHECK(explanation.decision.assumed == answer.decision.assumed);
  CHECK(explanation.decision.missing == answer.decision.missing);
  return answer;
}

// Of a request that must be one.
inline Explanation ExplanationOf(const PolicySet& policies, const Request& request,
                                 CompileOptions options = {}) {
  const auto compiled = Compile(policies, policy::Catalogue::Embedded(), options);
  BoundRequest bound;
  REQUIRE_FALSE(Bind(*compiled, request, bound).has_value());
  return Explain(compiled, bound);
}

inline std::string Names(LayerMask layers) {
  std::string names;
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    const auto layer = static_cast<Layer>(i);
    if (!layers.Has(layer)) continue;
    if (!names.empty()) names += ' ';
    names += LayerName(layer);
  }
  return names;
}

// "implicit-deny endpoint", "allow identity resource", "unknown"
inline std::string Words(const Answer& answer) {
  if (!answer.error.empty()) return "error " + answer.error;
  std::string words(VerdictName(answer.decision.verdict));
  const std::string names = Names(answer.decision.decided_by);
  return names.empty() ? words : words + " " + names;
}

inline std::string Words(const PolicySet& policies, const Request& request,
                         CompileOptions options = {}) {
  return Words(DecideAndExplain(policies, request, options));
}

}  // namespace postern::authz::testing
