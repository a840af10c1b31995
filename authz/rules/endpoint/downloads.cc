#include "authz/rules/endpoint/downloads.h"

#include <algorithm>

#include "policy/rules/texts.h"

namespace postern::authz {

using policy::AwsBucket;
using policy::BucketSigner;

Question DownloadOf(const AwsBucket& bucket) {
  Question question;
  switch (bucket.signer) {
    case BucketSigner::kNobody:
      question.caller = Caller::kAnonymous;
      break;
    case BucketSigner::kAwsAccount:
      question.caller = Caller::kOutsider;
      break;
    case BucketSigner::kAwsService:
      question.caller = Caller::kService;
      break;
    case BucketSigner::kCaller:
      question.caller = Caller::kInsider;
      break;
  }
  question.action = "s3:GetObject";
  return question;
}

std::string_view SignerName(BucketSigner signer) {
  switch (signer) {
    case BucketSigner::kNobody:
      return "not signed";
    case BucketSigner::kAwsAccount:
      return "presigned by an account of AWS";
    case BucketSigner::kAwsService:
      return "presigned by an AWS service";
    case BucketSigner::kCaller:
      break;
  }
  return "signed by a role of yours";
}

bool HasOpenResource(const policy::PolicyDocument& document) {
  return std::ranges::any_of(document.statements(), [](const policy::Statement& statement) {
    return statement.resources &&
           std::ranges::any_of(statement.resources->patterns, [](const policy::Node* resource) {
             return policy::IsUnfinished(resource->text);
           });
  });
}

}  // namespace postern::authz
