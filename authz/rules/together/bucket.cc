#include "authz/rules/together/bucket.h"

#include <algorithm>
#include <array>
#include <span>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/pattern_algebra.h"
#include "policy/language/wildcard.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::authz {
namespace {

using policy::Node;
using policy::Statement;

constexpr std::array<std::string_view, 2> kObjectCalls = {"s3:GetObject", "s3:PutObject"};
constexpr std::array<std::string_view, 1> kBucketCalls = {"s3:ListBucket"};
constexpr std::size_t kMostCalls = 16;

bool Meet(std::string_view pattern, std::string_view other) {
  return policy::Intersects(policy::WildcardTokens(pattern), policy::WildcardTokens(other));
}

// Field by field, as ARNs are matched: a key of an object may look like another ARN.
bool MayMeetBucket(const std::vector<const Node*>& patterns, std::string_view bucket) {
  const std::string of_objects = std::string(bucket) + "/*";
  return std::ranges::any_of(patterns, [&](const Node* pattern) {
    const policy::Arn arn = policy::SplitArn(pattern->text);
    if (policy::IsUnfinished(pattern->text) || !arn.valid()) return true;
    return Meet(arn.service(), "s3") && Meet(arn.region(), "") && Meet(arn.account(), "") &&
           (Meet(arn.resource(), bucket) || Meet(arn.resource(), of_objects));
  });
}

// Whether the patterns match the bucket and all of its objects. Of a pattern that names a partition
// it is asked there: a bucket is in one partition only.
bool CoverBucket(const std::vector<const Node*>& patterns, std::string_view bucket) {
  const auto cover = [&patterns](const std::string& name) {
    return std::ranges::any_of(patterns, [&name](const Node* pattern) {
      if (policy::IsUnfinished(pattern->text)) return false;
      const policy::Arn arn = policy::SplitArn(pattern->text);
      const std::string partition(arn.valid() ? arn.partition() : "*");
      return policy::Includes(policy::WildcardTokens(pattern->text),
                              policy::WildcardTokens("arn:" + partition + ":s3:::" + name));
    });
  };
  return cover(std::string(bucket)) && cover(std::string(bucket) + "/*");
}

bool IsAboutBucket(const Statement& statement, std::string_view bucket) {
  if (!statement.resources) return true;
  const auto& patterns = statement.resources->patterns;
  return statement.resources->negated ? !CoverBucket(patterns, bucket)
                                      : MayMeetBucket(patterns, bucket);
}

bool MayBeAboutS3(const Statement& statement) {
  if (!statement.actions || statement.actions->negated) return true;
  return std::ranges::any_of(statement.actions->patterns, [](const Node* pattern) {
    const std::string action = policy::FoldAscii(pattern->text);
    return policy::IsUnfinished(pattern->text) ||
           policy::Intersects(policy::WildcardTokens(action), policy::WildcardTokens("s3:*"));
  });
}

bool CoversUsualCalls(const Statement& statement) {
  const auto covers = [&statement](std::string_view action) {
    return policy::CoversAction(statement, action);
  };
  return std::ranges::all_of(kObjectCalls, covers) && std::ranges::all_of(kBucketCalls, covers);
}

// Nothing in the bucket is left out.
bool ShutsBucket(const Statement& statement, std::string_view bucket) {
  if (!policy::IsSoundDeny(statement) || !statement.conditions.empty() || !statement.resources ||
      !policy::IsForEveryone(statement) || !CoversUsualCalls(statement)) {
    return false;
  }
  const auto& patterns = statement.resources->patterns;
  return statement.resources->negated ? !MayMeetBucket(patterns, bucket)
                                      : CoverBucket(patterns, bucket);
}

// Some resource that the pattern matches.
std::string Instance(std::string_view pattern) {
  std::string text;
  for (char c : pattern) {
    if (c == '*') {
      text += "key";
    } else {
      text += c == '?' ? 'k' : c;
    }
  }
  return text;
}

void AddCallsOn(const std::string& resource, const Statement& statement,
                std::vector<BucketCall>& calls) {
  const bool object = resource.find('/') != resource.npos;
  const std::span<const std::string_view> actions =
      object ? std::span<const std::string_view>(kObjectCalls) : kBucketCalls;
  for (const std::string_view action : actions) {
    if (calls.size() < kMostCalls && policy::CoversAction(statement, action)) {
      calls.push_back({action, resource});
    }
  }
}

}  // namespace

std::string_view BucketNamed(std::string_view pattern) {
  if (policy::IsUnfinished(pattern)) return {};
  const policy::Arn arn = policy::SplitArn(pattern);
  if (!arn.valid() || arn.service() != "s3" || !arn.region().empty() || !arn.account().empty()) {
    return {};
  }
  const std::string_view bucket = arn.resource().substr(0, arn.resource().find('/'));
  return policy::HasWildcard(bucket) ? std::string_view() : bucket;
}

std::string BucketOf(const policy::PolicyDocument& document) {
  std::string_view bucket;
  for (const Statement& statement : document.statements()) {
    if (!statement.resources) continue;
    for (const Node* pattern : statement.resources->patterns) {
      if (pattern->text == "*") continue;
      const std::string_view named = BucketNamed(pattern->text);
      if (named.empty() || (!bucket.empty() && named != bucket)) return {};
      bucket = named;
    }
  }
  return std::string(bucket);
}

void AddCalls(const Statement& statement, const Node& pattern, std::string_view bucket,
              std::vector<BucketCall>& calls) {
  if (pattern.text == "*") {
    AddCallsOn("arn:aws:s3:::" + std::string(bucket) + "/key", statement, calls);
    AddCallsOn("arn:aws:s3:::" + std::string(bucket), statement, calls);
  } else if (BucketNamed(pattern.text) == bucket) {
    AddCallsOn(Instance(pattern.text), statement, calls);
  }
}

void ObjectsFirst(std::vector<BucketCall>& calls) {
  std::stable_partition(calls.begin(), calls.end(), [](const BucketCall& call) {
    return call.resource.find('/') != call.resource.npos;
  });
}

std::vector<BucketCall> CallsOf(const Statement& statement, std::string_view bucket) {
  std::vector<BucketCall> calls;
  if (!statement.resources || statement.resources->negated) return calls;
  for (const Node* pattern : statement.resources->patterns) {
    AddCalls(statement, *pattern, bucket, calls);
  }
  ObjectsFirst(calls);
  return calls;
}

const Statement* FindShutting(const policy::PolicyDocument& endpoint, std::string_view bucket) {
  const auto found = std::ranges::find_if(
      endpoint.statements(),
      [bucket](const Statement& statement) { return ShutsBucket(statement, bucket); });
  return found == endpoint.statements().end() ? nullptr : &*found;
}

bool MayAdmit(const policy::PolicyDocument& endpoint, std::string_view bucket) {
  if (!std::ranges::all_of(endpoint.statements(), policy::IsSound)) return true;
  if (FindShutting(endpoint, bucket) != nullptr) return false;
  return std::ranges::any_of(endpoint.statements(), [bucket](const Statement& statement) {
    return statement.effect == policy::Effect::kAllow && MayBeAboutS3(statement) &&
           IsAboutBucket(statement, bucket);
  });
}

}  // namespace postern::authz
