#include "policy/rules/endpoint/uses.h"

#include <algorithm>

#include "policy/rules/endpoint/aws_buckets.h"

namespace postern::policy {

std::vector<std::string_view> KnownUses() {
  std::vector<std::string_view> uses = {kUsesAccessPoints, kUsesDockerHub, kUsesCopy};
  for (const AwsBucket& bucket : AwsBuckets()) uses.push_back(bucket.feature);
  std::ranges::sort(uses);
  uses.erase(std::unique(uses.begin(), uses.end()), uses.end());
  return uses;
}

bool Uses(const EndpointFacts& endpoint, std::string_view use) {
  return std::ranges::find(endpoint.uses, use) != endpoint.uses.end();
}

}  // namespace postern::policy
