// Names beside those of AWS's buckets.
#include <string>
#include <string_view>
#include <vector>

#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/aws_buckets.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"
#include "policy/rules/fixes.h"
#include "policy/rules/parts.h"
#include "policy/rules/statements.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

// Shorter names are near too many others.
constexpr std::size_t kLeastLength = 14;

// "us-east-1" of "prod-us-east-1-starport-layers-bucket", which the name has anywhere; "" if none.
std::string_view RegionIn(std::string_view name) {
  for (std::size_t begin = 0; begin < name.size(); begin = name.find('-', begin)) {
    if (name[begin] == '-') ++begin;
    std::size_t dashes = 0;
    for (std::size_t end = begin; end < name.size() && dashes <= 3; ++end) {
      if (name[end] == '-') ++dashes;
      const bool ends = end + 1 == name.size() || name[end + 1] == '-' || name[end + 1] == '.';
      const std::string_view part = name.substr(begin, end + 1 - begin);
      if (ends && IsRegion(part)) return part;
    }
  }
  return {};
}

// AWS's bucket that was meant, in the Region that the name has; "" if no name is near.
std::string BucketMeant(std::string_view name) {
  const std::string_view region = RegionIn(name);
  if (region.empty() || name.size() < kLeastLength) return {};
  std::vector<std::string> names;
  for (const AwsBucket& bucket : AwsBuckets()) names.push_back(BucketIn(bucket, region));
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return std::string(ClosestName(name, candidates));
}

}  // namespace

void CheckAwsBucketMisspelt(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  ForEachAllowedResource(context.document(), [&context](const Statement&, const Node& resource) {
    const Arn arn = SplitArn(resource.text);
    if (!arn.valid() || arn.service() != "s3" || !arn.account().empty()) return;
    const std::string_view name = arn.resource().substr(0, arn.resource().find('/'));
    if (FindOpen(name) < name.size() || FindAwsBucket(resource.text)) return;
    const std::string meant = BucketMeant(name);
    if (meant.empty()) return;
    const std::size_t begin = OffsetIn(resource.text, name);
    Diagnostic& finding = context.ReportWithin(
        "EP609", resource, begin, begin + name.size(),
        Quote(name) + " is no bucket of AWS: the one with nearly this name is " + Quote(meant),
        "write " + Quote(meant) + ", unless the bucket is yours");
    AddRewrite(finding, context.document(), resource, begin, begin + name.size(), meant,
               FixSafety::kUnsafe);
  });
}

}  // namespace postern::policy
