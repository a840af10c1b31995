#include "authz/remedy/other_request.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "authz/engine.h"
#include "authz/remedy/candidate.h"
#include "authz/remedy/cause.h"
#include "policy/language/fold.h"
#include "policy/language/operators.h"

namespace postern::authz {
namespace {

// Keys whose value the caller can choose, and how that is said of the request; `{}` is the value.
struct Manner {
  std::string_view key;
  std::string_view words;
};
constexpr std::string_view kEndpointKey = "aws:SourceVpce";
constexpr std::size_t kMostWays = 16;

constexpr Manner kManners[] = {
    {"aws:SecureTransport", "sent over TLS"},
    {"aws:MultiFactorAuthPresent", "made in a session that was begun with MFA"},
    {kEndpointKey, "sent through the endpoint {}"},
    {"aws:SourceVpc", "sent from the VPC {}"},
    {"aws:SourceIp", "sent from {}"},
    {"aws:VpcSourceIp", "sent from {}"},
    {"aws:RequestedRegion", "asked of the Region {}"},
    {"s3:x-amz-server-side-encryption", "with the header x-amz-server-side-encryption: {}"},
    {"s3:x-amz-server-side-encryption-aws-kms-key-id",
     "with the header x-amz-server-side-encryption-aws-kms-key-id: {}"},
    {"s3:x-amz-acl", "with the header x-amz-acl: {}"},
    {"s3:x-amz-storage-class", "with the header x-amz-storage-class: {}"},
};

const Manner* FindManner(std::string_view key) {
  const auto* const found = std::ranges::find_if(kManners, [key](const Manner& manner) {
    return policy::EqualsIgnoreAsciiCase(manner.key, key);
  });
  return found == std::end(kManners) ? nullptr : found;
}

struct Way {
  const Manner* manner;
  std::string value;  // of the policy's; a block of addresses for one of them
};

std::string Words(const Way& way) {
  std::string words(way.manner->words);
  const std::size_t at = words.find("{}");
  return at == words.npos ? words : words.replace(at, 2, InBackticks(way.value));
}

// A value of the condition's key that makes the leg come out the other way, if that can be told:
// one that the condition lists, or the other truth value.
std::optional<std::string> OtherValue(const policy::Condition& condition, bool must_hold) {
  if (!condition.op || condition.values.empty()) return std::nullopt;
  const policy::OperatorTraits& traits = policy::TraitsOf(condition.op->base);
  const std::string_view listed = condition.values.front()->text;
  if (HasWildcardOrVariable(listed)) return std::nullopt;
  const bool wants_listed = traits.negated != must_hold;
  if (traits.family == policy::OperatorFamily::kBool) {
    const bool is_true = policy::EqualsIgnoreAsciiCase(listed, "true");
    return is_true == wants_listed ? "true" : "false";
  }
  if (!wants_listed || traits.family == policy::OperatorFamily::kNull) return std::nullopt;
  return std::string(listed);
}

// What would keep the statements that deny from matching, and let those that allow match.
std::vector<Way> WaysOf(const Explanation& explanation) {
  std::vector<Way> ways;
  const auto add = [&ways](const policy::Condition& condition, bool must_hold) {
    const Manner* const manner = FindManner(condition.key_node->key);
    auto value = manner == nullptr ? std::nullopt : OtherValue(condition, must_hold);
    if (!value || ways.size() == kMostWays) return;
    const bool there = std::ranges::any_of(
        ways, [&](const Way& way) { return way.manner == manner && way.value == *value; });
    if (!there) ways.push_back({manner, *std::move(value)});
  };
  const LayerMask stopped = StoppedBy(explanation);
  for (const LayerEvidence& layer : explanation.layers) {
    if (!stopped.Has(layer.layer)) continue;
    const bool denies = layer.outcome == Outcome::kExplicitDeny;
    for (const StatementEvidence& statement : layer.statements) {
      const bool is_deny = statement.effect == policy::Effect::kDeny;
      if (is_deny != denies || (statement.matched == Ternary::kYes) != denies) continue;
      for (const policy::Condition& condition : statement.statement->conditions) {
        add(condition, !denies);
      }
    }
  }
  return ways;
}

bool IsOwnEndpoint(const PolicySet& policies, const Way& way) {
  return policies.endpoint && policies.endpoint->id == way.value;
}

Request Made(const PolicySet& policies, Request request, const Way& way) {
  std::erase_if(request.context, [&way](const ContextEntry& entry) {
    return policy::EqualsIgnoreAsciiCase(entry.key, way.manner->key);
  });
  if (way.manner->key != kEndpointKey) {
    const std::string_view value = way.value;
    const bool is_address = policy::EqualsIgnoreAsciiCase(way.manner->key, "aws:SourceIp") ||
                            policy::EqualsIgnoreAsciiCase(way.manner->key, "aws:VpcSourceIp");
    request.AddContext(way.manner->key, is_address ? value.substr(0, value.find('/')) : value);
  } else if (IsOwnEndpoint(policies, way)) {
    request.route = Route::kEndpoint;
  } else {
    request.route = Route::kOtherEndpoint;
    request.other_endpoint = way.value;
  }
  return request;
}

}  // namespace

std::vector<std::string> OtherRequests(const PolicySet& policies,
                                       const policy::Catalogue& catalogue,
                                       const CompileOptions& options, const Request& request,
                                       const Explanation& explanation) {
  std::vector<std::string> sentences;
  const std::vector<Way> ways = WaysOf(explanation);
  if (ways.empty()) return sentences;
  const auto compiled = Compile(policies, catalogue, options);
  // The sentence, if it is true.
  const auto say = [&](const Request& made, const std::string& words, bool other_endpoint) {
    BoundRequest bound;
    if (Bind(*compiled, made, bound)) return false;
    const Explanation after = Explain(compiled, bound);
    if (!StoppedBy(after).empty()) return false;
    const bool allowed = after.decision.verdict == Verdict::kAllow;
    sentences.push_back(words +
                        (allowed ? ", it passes with the policies as they are"
                                 : ", no policy that was given stops it") +
                        (other_endpoint ? "; that endpoint's own policy is not known here" : ""));
    return true;
  };
  const auto is_other_endpoint = [&policies](const Way& way) {
    return way.manner->key == kEndpointKey && !IsOwnEndpoint(policies, way);
  };
  for (const Way& way : ways) {
    say(Made(policies, request, way), Words(way), is_other_endpoint(way));
  }
  if (!sentences.empty() || ways.size() == 1) return sentences;
  Request made = request;
  std::string words;
  for (const Way& way : ways) {
    made = Made(policies, std::move(made), way);
    words += (words.empty() ? "" : " and ") + Words(way);
  }
  say(made, words, std::ranges::any_of(ways, is_other_endpoint));
  return sentences;
}

}  // namespace postern::authz
