#include "tests/differential/generate/generate.h"

#include "tests/differential/generate/plan.h"
#include "tests/differential/generate/policies.h"
#include "tests/differential/generate/requests.h"
#include "tests/differential/json.h"

namespace postern::differential {
namespace {

// Variables of the pools read these, and which of them are in use is not noted.
constexpr std::string_view kKeysOfVariables[] = {"app:Word", "aws:PrincipalTag/team"};

}  // namespace

std::string GenerateSet(std::uint64_t seed, std::uint64_t set, std::size_t requests) {
  Random random(seed, set + 1);
  return GenerateSet(random, requests);
}

std::string GenerateSet(Random& random, std::size_t requests) {
  SetPlan plan = DrawPlan(random);
  const auto keys = ConditionKeys();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (const std::string_view name : kKeysOfVariables) {
      if (keys[i].name == name) plan.used.set(i);
    }
  }
  rapidjson::StringBuffer buffer;
  JsonWriter out(buffer);
  out.StartObject();
  WriteKey(out, "policies");
  WritePolicies(plan, random, out);
  if (!plan.organization.empty()) {
    WriteKey(out, "organization");
    WriteRaw(out, plan.organization);
  }
  WriteKey(out, "requests");
  out.StartArray();
  for (std::size_t i = 0; i < requests; ++i) WriteRequest(plan, random, out);
  out.EndArray();
  out.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace postern::differential
