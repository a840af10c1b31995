#include "tests/bench/workloads/service_calls.h"

#include <string_view>

namespace postern::bench {
namespace {

std::string Replaced(std::string text, std::string_view part, std::string_view by) {
  const std::size_t at = text.find(part);
  return at == text.npos ? text : text.replace(at, part.size(), by);
}

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
    const std::string pattern = form < 90   ? std::string(name)
                                : form < 98 ? std::string(name.substr(0, 4)) + '*'
                                            : "*";
    patterns.push_back(std::string(service.prefix) + ':' + pattern);
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
    if (random.Percent(50)) pattern = Replaced(std::move(pattern), kAccount, "*");
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

}  // namespace postern::bench
