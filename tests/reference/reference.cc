#include "tests/reference/reference.h"

#include <set>

#include "tests/reference/decide.h"
#include "tests/reference/refusal.h"

namespace postern::reference {
namespace {

using Json = rapidjson::Value;

// What two readings name both; where they have nothing in common, what either names.
std::vector<std::string> Common(const std::vector<std::string>& a,
                                const std::vector<std::string>& b) {
  std::vector<std::string> common;
  std::set<std::string> all(b.begin(), b.end());
  for (const std::string& layer : a) {
    if (!all.insert(layer).second) common.push_back(layer);
  }
  return common.empty() ? InOrder(all, false) : common;
}

Answer Judge(const Case& the_case) {
  Answer answer;
  for (const Reading& reading : ReadingsOf(the_case)) {
    const Keys keys = DeriveKeys(the_case, reading);
    const Decision decision = Decide(the_case, reading, JudgeLayers(the_case, reading, keys));
    if (answer.verdict.empty()) {
      answer.verdict = decision.verdict;
      answer.decided_by = decision.decided_by;
    } else if (answer.verdict != decision.verdict) {
      return {"unknown", {}, ""};
    } else {
      answer.decided_by = Common(answer.decided_by, decision.decided_by);
    }
  }
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
