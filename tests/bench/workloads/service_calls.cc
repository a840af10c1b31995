#include "tests/bench/workloads/service_calls.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tests/bench/workloads/compose.h"

namespace postern::bench {
namespace {

std::string Replaced(std::string text, std::string_view part, std::string_view by) {
  const std::size_t at = text.find(part);
  return at == text.npos ? text : text.replace(at, part.size(), by);
}

// What managed policies ask for, the rarer the further back.
constexpr std::array<std::string_view, 14> kConditions = {
    R"("StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"})",
    R"("StringEquals":{"aws:ResourceTag/managed-by":"platform","aws:ResourceAccount":"${aws:PrincipalAccount}"})",
    R"("StringLike":{"iam:PassedToService":["glue.amazonaws.com","lambda.*"]})",
    R"("Null":{"aws:ResourceTag/team":"false"})",
    R"("ForAnyValue:StringEquals":{"aws:CalledVia":["cloudformation.amazonaws.com"]})",
    R"("StringEqualsIfExists":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]})",
    R"("ForAnyValue:StringLike":{"aws:TagKeys":"platform-*"})",
    R"("ForAllValues:StringEquals":{"aws:TagKeys":["team","stage"]})",
    R"("Bool":{"aws:ViaAWSService":"true"})",
    R"("StringNotEquals":{"aws:ResourceTag/stage":"production"})",
    R"("ForAnyValue:StringLikeIfExists":{"aws:TagKeys":"Discoverable_*"})",
    R"("ForAnyValue:StringNotEquals":{"aws:TagKeys":["owner"]})",
    R"("NumericLessThan":{"aws:MultiFactorAuthAge":"3600"})",
    R"("DateGreaterThan":{"aws:CurrentTime":"2026-11-15T00:00:00Z"})",
};

}  // namespace

Call ServiceCall(const Service& service, Random& random) {
  const ServiceAction& action = random.Pick(service.actions);
  return {std::string(service.prefix) + ':' + std::string(action.name),
          action.resource.empty()
              ? "*"
              : Replaced(std::string(action.resource), "#", random.Word(5, 12))};
}

std::vector<std::string> ActionPatterns(const Service& service, std::size_t count, Random& random) {
  std::vector<std::string> patterns;
  while (patterns.size() < count) {
    const std::string_view name = random.Pick(service.actions).name;
    const std::size_t form = random.Below(100);
    std::string pattern = std::string(service.prefix) + ':';
    pattern += form < 90   ? std::string(name)
               : form < 98 ? std::string(name.substr(0, 4)) + '*'
                           : "*";
    if (std::find(patterns.begin(), patterns.end(), pattern) == patterns.end()) {
      patterns.push_back(std::move(pattern));
    }
  }
  return patterns;
}

std::vector<std::string> ResourcePatterns(const Service& service, std::size_t count,
                                          Random& random) {
  if (random.Percent(35)) return {"*"};
  std::vector<std::string> patterns;
  while (patterns.size() < count) {
    const std::string_view resource = random.Pick(service.actions).resource;
    if (resource.empty()) continue;
    std::string pattern = Replaced(std::string(resource), "#", random.Word(0, 4) + '*');
    pattern = Replaced(std::move(pattern), "eu-west-1", "*");
    patterns.push_back(Replaced(std::move(pattern), kAccount, "*"));
  }
  return patterns;
}

std::string ServiceStatement(std::size_t number, std::size_t actions, std::string_view members,
                             Random& random) {
  const Service& service = random.Pick(Services());
  const bool conditioned = random.Percent(40);
  const std::size_t rarity = random.Below(kConditions.size());
  const std::string condition =
      conditioned ? Fill(R"(,"Condition":{@0})", {kConditions[random.Below(rarity + 1)]}) : "";
  return Fill(R"({"Sid":"Service@0","Effect":"Allow"@1,"Action":[@2],"Resource":[@3]@4})",
              {std::to_string(number), members, Quoted(ActionPatterns(service, actions, random)),
               Quoted(ResourcePatterns(service, random.Between(1, 2), random)), condition});
}

}  // namespace postern::bench
