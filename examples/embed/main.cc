// postern as a library: may the role list all buckets through the endpoint, and why not?
//
//   embed ENDPOINT-POLICY IDENTITY-POLICY
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "authz/engine.h"
#include "authz/remedy/remedy.h"
#include "authz/rules.h"
#include "policy/lint.h"
#include "policy/parse.h"

namespace authz = postern::authz;
namespace policy = postern::policy;

// The library reads no files. A Source pins the text of one: findings and documents refer to it.
std::shared_ptr<const policy::Source> ReadSource(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  return std::make_shared<const policy::Source>(path, std::move(text));
}

// Null where AWS would not take the policy: then nothing is decided with it.
authz::DocumentPtr ReadPolicy(const std::shared_ptr<const policy::Source>& source,
                              policy::PolicyKind kind) {
  policy::ParseResult parsed = policy::ParseText(source, kind);
  if (parsed.refused || !parsed.document) return nullptr;
  return std::make_shared<const policy::PolicyDocument>(*std::move(parsed.document));
}

// The rules of both libraries that are on unless somebody asks for more.
std::vector<policy::Rule> StableRules() {
  std::vector<policy::Rule> rules;
  for (const auto table : {policy::PolicyRules(), authz::EngineRules()}) {
    std::copy_if(
        table.begin(), table.end(), std::back_inserter(rules),
        [](const policy::Rule& rule) { return rule.status == policy::RuleStatus::kStable; });
  }
  return rules;
}

void Lint(const std::shared_ptr<const policy::Source>& source, const policy::Catalogue& catalogue) {
  policy::LintOptions options;
  options.kind = policy::PolicyKind::kEndpoint;
  options.facts.catalogue = &catalogue;
  for (const policy::Diagnostic& finding :
       policy::LintText(source, options, StableRules()).diagnostics) {
    const policy::LineColumn at = source->Locate(finding.range.begin);
    std::cout << source->name() << ':' << at.line << ':' << at.column << ": "
              << policy::SeverityName(finding.severity) << ": " << finding.message << " ["
              << finding.code << "]\n";
  }
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const policy::Catalogue& catalogue = policy::Catalogue::Embedded();
  const auto endpoint_source = ReadSource(argv[1]);
  const auto endpoint_policy = ReadPolicy(endpoint_source, policy::PolicyKind::kEndpoint);
  const auto identity_policy = ReadPolicy(ReadSource(argv[2]), policy::PolicyKind::kIdentity);
  Lint(endpoint_source, catalogue);
  if (!endpoint_policy || !identity_policy) return 2;

  // Once: what holds for every request.
  authz::PolicySet policies;
  policies.endpoint.emplace();
  policies.endpoint->policy = authz::Knowledge::kGiven;
  policies.endpoint->document = endpoint_policy;
  policies.endpoint->type = policy::EndpointType::kGateway;
  policies.identity = {authz::Knowledge::kGiven, {identity_policy}};
  policies.resource.knowledge = authz::Knowledge::kNone;
  const auto compiled = authz::Compile(policies, catalogue);

  // For each request. Its text must stay where it is for as long as it is asked about: here it is
  // literals.
  authz::Request request;
  request.principal.kind = authz::RequesterKind::kArn;
  request.principal.arn = "arn:aws:sts::111122223333:assumed-role/app/i-0abc";
  request.action = "s3:ListAllMyBuckets";
  request.AddContext("aws:PrincipalOrgID", "o-a1b2c3d4e5");
  authz::BoundRequest bound;
  if (const auto error = authz::Bind(*compiled, request, bound)) {
    std::cerr << error->message << '\n';
    return 2;
  }

  const authz::Decision decision = authz::Decide(*compiled, bound);
  std::cout << authz::VerdictName(decision.verdict) << '\n';

  const authz::Explanation why = authz::Explain(compiled, bound);
  for (const authz::LayerEvidence& layer : why.layers) {
    if (layer.outcome == authz::Outcome::kNotApplicable) continue;
    std::cout << authz::LayerName(layer.layer) << ": " << authz::OutcomeName(layer.outcome) << '\n';
    for (const authz::StatementEvidence& statement : layer.statements) {
      std::cout << "  statement " << statement.ref.statement + 1 << ':';
      for (const authz::LegEvidence& leg : statement.legs) {
        std::cout << ' ' << authz::ElementName(leg.element) << ' ' << authz::ReasonName(leg.reason);
      }
      std::cout << '\n';
    }
  }

  for (const authz::Remedy& remedy :
       authz::SmallestChanges(policies, catalogue, {}, request, why)) {
    for (const authz::Change& change : remedy.changes) std::cout << change.title << '\n';
  }
  return decision.verdict == authz::Verdict::kAllow ? 0 : 1;
}
