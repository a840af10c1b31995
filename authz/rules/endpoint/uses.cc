// What an S3 endpoint is used for beside buckets of one's own: does it work through the policy?
#include "policy/rules/endpoint/uses.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "authz/rules/endpoint/checks.h"
#include "authz/rules/endpoint/downloads.h"
#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/perimeter_keys.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/statements.h"

namespace postern::authz {

using policy::AwsBucket;
using policy::BucketSigner;
using policy::LintContext;
using policy::Quote;
using policy::Statement;

namespace {

bool MayBeS3(const LintContext& context, const EndpointQuestions& ask) {
  const std::string& service = context.facts().endpoint.service;
  return service == "s3" || (service.empty() && ask.service() == "s3");
}

// The list of statements, where the questions have answers and some statement allows anything:
// without any Allow that is the smaller part of what is wrong (LO905). Else null.
const policy::Node* FindPlace(const LintContext& context, const EndpointQuestions& ask) {
  if (!ask.answerable() || HasOpenResource(context.document())) return nullptr;
  const bool allows = std::ranges::any_of(
      context.document().statements(),
      [](const Statement& statement) { return statement.effect == policy::Effect::kAllow; });
  return allows ? context.document().root().Find("Statement") : nullptr;
}

// Where the buckets of AWS are: the endpoint's Region, else those that the policy names such
// buckets of, else any.
std::vector<std::string> RegionsOf(const LintContext& context) {
  const std::string& given = context.facts().endpoint.region;
  if (policy::IsRegion(given)) return {given};
  std::vector<std::string> regions;
  policy::ForEachResource(context.document(), [&](const Statement&, const policy::Node& resource) {
    const auto named = policy::FindAwsBucket(resource.text);
    if (named && policy::IsRegion(named->region)) regions.emplace_back(named->region);
  });
  if (regions.empty()) regions.emplace_back("us-east-1");
  return regions;
}

// The object of which a request of the feature is refused; "" if there is none.
std::string RefusedObject(const EndpointQuestions& ask, const AwsBucket& bucket,
                          const std::string& region) {
  std::string object = ask.Fill("arn:{P}:s3:::", false) + policy::BucketIn(bucket, region) + "/key";
  Question question = DownloadOf(bucket);
  question.resource = object;
  bool refused = ask.Refuses(question);
  question.action = "s3:PutObject";
  refused = refused || (bucket.written && ask.Refuses(question));
  if (!refused) object.clear();
  return object;
}

struct Refusal {
  const AwsBucket* bucket = nullptr;  // the first one; null: the feature works
  std::string object;
  std::string help;  // all of them
};

Refusal FindRefusal(const EndpointQuestions& ask, std::string_view feature,
                    const std::string& region) {
  Refusal refusal;
  for (const AwsBucket& bucket : policy::AwsBuckets()) {
    if (bucket.feature != feature) continue;
    std::string object = RefusedObject(ask, bucket, region);
    if (object.empty()) continue;
    refusal.help += (refusal.help.empty() ? "" : ", ") + object.substr(0, object.size() - 3) + "*";
    if (refusal.bucket != nullptr) continue;
    refusal.bucket = &bucket;
    refusal.object = std::move(object);
  }
  return refusal;
}

// It works where it does in one of the Regions.
Refusal FindRefusal(const EndpointQuestions& ask, std::string_view feature,
                    const std::vector<std::string>& regions) {
  Refusal first;
  for (const std::string& region : regions) {
    Refusal refusal = FindRefusal(ask, feature, region);
    if (refusal.bucket == nullptr) return refusal;
    if (first.bucket == nullptr) first = std::move(refusal);
  }
  return first;
}

void ReportDeclared(LintContext& context, const EndpointQuestions& ask, const policy::Node& place) {
  const std::vector<std::string> regions = RegionsOf(context);
  for (const std::string_view use : policy::KnownUses()) {
    if (!policy::Uses(context.facts().endpoint, use)) continue;
    const Refusal refusal = FindRefusal(ask, use, regions);
    if (refusal.bucket == nullptr) continue;
    context
        .ReportKey(
            "EP601", place,
            Quote(use) + " does not work through this endpoint: what it fetches from " +
                Quote(refusal.object) + " is " + std::string(SignerName(refusal.bucket->signer)) +
                ", and is refused",
            "allow s3:GetObject" + std::string(refusal.bucket->written ? " and s3:PutObject" : "") +
                " on " + refusal.help + " in a statement without aws:ResourceOrgID" +
                (refusal.bucket->signer == BucketSigner::kCaller ? "" : " and aws:PrincipalOrgID"))
        .severity = policy::Severity::kWarning;
  }
}

// Anything that may be in use. Not what is signed by a role of one's own, and used by few.
void ReportAny(LintContext& context, const EndpointQuestions& ask, const policy::Node& place) {
  std::string missing;
  std::string_view last;
  for (const AwsBucket& bucket : policy::AwsBuckets()) {
    if (bucket.feature == last || bucket.signer == BucketSigner::kCaller) continue;
    const std::string object = ask.Fill("arn:{P}:s3:::", false) +
                               policy::BucketIn(bucket, context.facts().endpoint.region) + "/key";
    Question question = DownloadOf(bucket);
    question.resource = object;
    if (!ask.Refuses(question)) continue;
    last = bucket.feature;
    missing += (missing.empty() ? "" : ", ") + std::string(bucket.feature);
  }
  if (missing.empty()) return;
  context.ReportKey("EP601", place,
                    "downloads from buckets of AWS are refused through this endpoint: " + missing,
                    "for those that are in use, allow s3:GetObject on their buckets in a statement "
                    "without aws:PrincipalOrgID and aws:ResourceOrgID; --uses says which are");
}

// Whether one of the Allows may be about the action, on whatever resource.
bool MayAllowAnywhere(const policy::PolicyDocument& document, std::string_view action) {
  return std::ranges::any_of(document.statements(), [action](const Statement& statement) {
    if (statement.effect != policy::Effect::kAllow) return false;
    return policy::CoversAction(statement, action) ||
           (statement.actions &&
            std::ranges::any_of(statement.actions->patterns, [](const policy::Node* pattern) {
              return policy::IsUnfinished(pattern->text);
            }));
  });
}

}  // namespace

void CheckAwsBucketMissing(LintContext& context) {
  const policy::EndpointFacts& endpoint = context.facts().endpoint;
  const bool declared = !endpoint.uses.empty();
  if (!declared && (endpoint.service != "s3" || !policy::IsRegion(endpoint.region))) return;
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!MayBeS3(context, ask)) return;
  const policy::Node* const place = FindPlace(context, ask);
  if (place == nullptr) return;
  if (declared) {
    ReportDeclared(context, ask, *place);
  } else {
    ReportAny(context, ask, *place);
  }
}

void CheckThirdPartyBuckets(LintContext& context) {
  if (!policy::Uses(context.facts().endpoint, policy::kUsesDockerHub)) return;
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!MayBeS3(context, ask)) return;
  const policy::Node* const place = FindPlace(context, ask);
  if (place == nullptr) return;
  Question question;
  question.caller = Caller::kOutsider;
  question.action = "s3:GetObject";
  question.resource = "arn:aws:s3:::docker-images-prod/key";
  if (!ask.Refuses(question)) return;
  context.ReportKey("EP608", *place,
                    "pulls from Docker Hub fail through this endpoint: Docker Hub sends them on to "
                    "its bucket `docker-images-prod`, by a URL that an account of Docker presigned",
                    "allow s3:GetObject on arn:aws:s3:::docker-images-prod/* in a statement "
                    "without aws:PrincipalOrgID and aws:ResourceOrgID");
}

void CheckCopyNeedsBothBuckets(LintContext& context) {
  if (!policy::Uses(context.facts().endpoint, policy::kUsesCopy)) return;
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!MayBeS3(context, ask) || FindPlace(context, ask) == nullptr) return;
  if (MayAllowAnywhere(context.document(), "s3:GetObject")) return;
  for (const Statement& statement : context.document().statements()) {
    if (!policy::IsSoundAllow(statement) || !policy::CoversAction(statement, "s3:PutObject")) {
      continue;
    }
    context.Report("EP306", *statement.actions->node,
                   "copies fail through this endpoint: CopyObject reads its source here, and no "
                   "statement allows s3:GetObject",
                   "allow s3:GetObject on the objects that are copied");
    return;
  }
}

}  // namespace postern::authz
