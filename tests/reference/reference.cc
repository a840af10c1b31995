#include "tests/reference/reference.h"

#include <set>

#include "tests/reference/decide.h"
#include "tests/reference/refusal.h"

namespace postern::reference {
namespace {

using Json = rapidjson::Value;

// S4.19.1: what all readings name; for a deny, where they have nothing in common, what any names.
Answer Judge(const Case& the_case) {
  Answer answer;
  std::set<std::string> common;
  std::set<std::string> any;
  for (const Reading& reading : ReadingsOf(the_case)) {
    const Keys keys = DeriveKeys(the_case, reading);
    const Decision decision = Decide(the_case, reading, JudgeLayers(the_case, reading, keys));
    const std::set<std::string> named(decision.decided_by.begin(), decision.decided_by.end());
    if (answer.verdict.empty()) {
      answer.verdict = decision.verdict;
      common = named;
    } else if (answer.verdict != decision.verdict) {
      return {"unknown", {}, ""};
    }
    std::erase_if(common, [&](const std::string& layer) { return named.count(layer) == 0; });
    any.insert(named.begin(), named.end());
  }
  answer.decided_by = InOrder(common.empty() && answer.verdict != "allow" ? any : common);
  return answer;
}

Answer EvaluateParts(const Json* policies, const Json* organization, const Json* layers,
                     const Json& request) {
  try {
    return Judge(ReadCase(policies, organization, layers, request));
  } catch (const Refusal& refusal) {
    return {"error", {}, refusal.what()};
  }
}

const Json* Find(const Json& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

}  // namespace

Answer Evaluate(const Json& the_case) {
  if (!the_case.IsObject()) return {"error", {}, "the case is no object"};
  const Json* request = Find(the_case, "request");
  if (request == nullptr) return {"error", {}, "no `request`"};
  return EvaluateParts(Find(the_case, "policies"), Find(the_case, "organization"),
                       Find(the_case, "layers"), *request);
}

Answer Evaluate(const Json& policies, const Json* organization, const Json& request) {
  return EvaluateParts(&policies, organization, nullptr, request);
}

}  // namespace postern::reference
