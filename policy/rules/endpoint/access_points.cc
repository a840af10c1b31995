// Access points of S3 and the buckets behind them: a request is judged on both (S7.10.6).
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "policy/language/arn.h"
#include "policy/language/pattern_algebra.h"
#include "policy/language/wildcard.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"
#include "policy/rules/endpoint/uses.h"

namespace postern::policy {
namespace {

bool IsAccessPoint(const Arn& arn) {
  return arn.valid() && arn.service() == "s3" && arn.resource().starts_with("accesspoint/");
}

// "reports" of "accesspoint/reports/object/*"; "" where it is open.
std::string_view NameIn(const Arn& access_point) {
  std::string_view name = access_point.resource();
  name.remove_prefix(name.find('/') + 1);
  name = name.substr(0, name.find('/'));
  return HasWildcard(name) ? std::string_view() : name;
}

// Whether the pattern may match something that is no access point of S3.
bool MayBeBucket(std::string_view text) {
  const Arn arn = SplitArn(text);
  if (!arn.valid()) return true;  // `*`, or nothing that can be told
  if (HasWildcard(arn.service()) || arn.service().find("${") != arn.service().npos) return true;
  return arn.service() == "s3" && !IsAccessPoint(arn);
}

// The same the other way round.
bool MayBeAccessPoint(std::string_view text) {
  const Arn arn = SplitArn(text);
  if (!arn.valid() || IsUnfinished(text)) return true;
  return !arn.account().empty() &&
         Intersects(WildcardTokens(arn.resource()), WildcardTokens("accesspoint/*"));
}

bool MayMeet(std::string_view pattern, std::string_view other) {
  return IsUnfinished(pattern) || Intersects(WildcardTokens(pattern), WildcardTokens(other));
}

// What the Allows of an endpoint policy name.
struct AllowedResources {
  std::vector<const Node*> patterns;
  bool can_be_told = true;  // no NotResource, and every statement is sound

  explicit AllowedResources(const PolicyDocument& document) {
    for (const Statement& statement : document.statements()) {
      if (!IsSound(statement)) can_be_told = false;
      if (statement.effect != Effect::kAllow) continue;
      if (!statement.resources || statement.resources->negated) {
        can_be_told = false;
      } else {
        const auto& more = statement.resources->patterns;
        patterns.insert(patterns.end(), more.begin(), more.end());
      }
    }
  }
  template <typename Holds>
  bool Any(Holds holds) const {
    return std::ranges::any_of(patterns,
                               [&holds](const Node* pattern) { return holds(pattern->text); });
  }
};

const AccessPointBucket* FindBucket(const LintFacts& facts, const Arn& access_point) {
  const auto found =
      std::ranges::find(facts.access_points, NameIn(access_point), &AccessPointBucket::name);
  return found == facts.access_points.end() ? nullptr : &*found;
}

std::string BucketArn(std::string_view partition, std::string_view resource) {
  std::string arn = "arn:";
  return arn.append(partition).append(":s3:::").append(resource);
}

// Access points whose bucket is known, and is not among what is allowed.
void ReportKnown(LintContext& context, const AllowedResources& allowed) {
  std::vector<std::string_view> said;
  for (const Node* pattern : allowed.patterns) {
    const Arn arn = SplitArn(pattern->text);
    if (!IsAccessPoint(arn) || IsUnfinished(pattern->text)) continue;
    const AccessPointBucket* const known = FindBucket(context.facts(), arn);
    if (known == nullptr || std::ranges::find(said, known->name) != said.end()) continue;
    said.push_back(known->name);
    const std::string bucket = BucketArn(arn.partition(), known->bucket);
    std::string objects = bucket;
    objects += "/*";
    if (allowed.Any([&bucket, &objects](std::string_view text) {
          return MayMeet(text, bucket) || MayMeet(text, objects);
        })) {
      continue;
    }
    std::string help = "list ";
    help.append(bucket).append(" and ").append(objects).append(" as well");
    context.Report("EP305", *pattern,
                   "requests through this access point are refused: no statement allows " +
                       Quote(known->bucket) + ", the bucket behind it",
                   std::move(help));
  }
}

// Buckets alone, where access points are said to be used.
void ReportMissingAccessPoint(LintContext& context, const AllowedResources& allowed) {
  const auto bucket = std::ranges::find_if(allowed.patterns, [](const Node* pattern) {
    const Arn arn = SplitArn(pattern->text);
    return arn.valid() && arn.service() == "s3" && arn.region().empty();
  });
  if (bucket == allowed.patterns.end() || allowed.Any(MayBeAccessPoint)) {
    return;
  }
  context.Report("EP305", **bucket,
                 "requests through access points are refused: no statement allows the ARN of one",
                 "list arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME and what is behind it, "
                 ".../object/*, as well");
}

}  // namespace

void CheckAccessPointWithoutBucket(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  const AllowedResources allowed(context.document());
  if (!allowed.can_be_told) return;
  if (allowed.Any(MayBeBucket)) {
    ReportKnown(context, allowed);
    if (Uses(context.facts().endpoint, kUsesAccessPoints)) {
      ReportMissingAccessPoint(context, allowed);
    }
    return;
  }
  const auto first = std::ranges::find_if(allowed.patterns, [&](const Node* pattern) {
    const Arn arn = SplitArn(pattern->text);
    return IsAccessPoint(arn) && FindBucket(context.facts(), arn) == nullptr;
  });
  ReportKnown(context, allowed);
  if (first == allowed.patterns.end()) return;
  context.Report("EP305", **first,
                 "requests through this access point are refused: no statement allows the bucket "
                 "behind it",
                 "list the ARN of the bucket and of its objects as well");
}

}  // namespace postern::policy
