// What AWS owns and the callers in a VPC need, against perimeters of one's own organization.
#include <algorithm>
#include <array>
#include <string>

#include "authz/rules/endpoint/ask.h"
#include "authz/rules/endpoint/checks.h"
#include "authz/rules/endpoint/downloads.h"
#include "policy/json_escape.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/aws_buckets.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::authz {

using policy::AwsBucket;
using policy::BucketSigner;
using policy::LintContext;
using policy::PerimeterSide;
using policy::Quote;
using policy::Statement;

namespace {

// The organization condition of the statement on that side, or null.
const policy::Condition* OrganizationLimit(const Statement& statement, PerimeterSide side) {
  for (const policy::Condition& condition : statement.conditions) {
    if (policy::Restricts(condition) && policy::IsOrganizationKey(condition.key_node->key) &&
        policy::PerimeterSideOf(condition.key_node->key) == side) {
      return &condition;
    }
  }
  return nullptr;
}

// Visits each resource of an Allow that names a bucket of AWS, in a statement with an organization
// condition on that side, if the downloads from it are refused.
template <typename Visit>
void ForEachShutBucket(LintContext& context, PerimeterSide side, Visit visit) {
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable()) return;
  for (const Statement& statement : context.document().statements()) {
    if (statement.effect != policy::Effect::kAllow || !statement.resources ||
        statement.resources->negated) {
      continue;
    }
    const policy::Condition* const limit = OrganizationLimit(statement, side);
    if (limit == nullptr) continue;
    for (const policy::Node* resource : statement.resources->patterns) {
      const auto named = policy::FindAwsBucket(resource->text);
      if (!named || named->objects.empty() || resource->text.find("${") != std::string_view::npos) {
        continue;
      }
      Question question = DownloadOf(*named->bucket);
      std::string object(resource->text);
      std::ranges::replace_if(
          object, [](char c) { return c == '*' || c == '?'; }, 'a');
      question.resource = object;
      if (ask.Refuses(question)) visit(statement, *limit, *resource, *named->bucket);
    }
  }
}

// What lets everybody download from there. (AWS's buckets are readable to all anyway, and a
// download that is not signed has no principal to name.)
std::string DownloadStatement(std::string_view resource) {
  return R"({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": )" +
         policy::JsonString(resource) + "}";
}

// Resources of AWS that are no buckets, by the service whose endpoint they are reached through.
struct AwsResource {
  std::string_view service;
  std::string_view action;
  std::string_view resource;
  std::string_view pattern;  // to allow
  std::string_view what;
};

constexpr std::array<AwsResource, 6> kAwsResources = {{
    {"ssm", "ssm:SendCommand", "arn:{P}:ssm:{R}::document/AWS-RunPatchBaseline",
     "arn:{P}:ssm:{R}::document/*", "documents of Systems Manager, which patching runs,"},
    {"ssm", "ssm:GetParameter",
     "arn:{P}:ssm:{R}::parameter/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-"
     "x86_64",
     "arn:{P}:ssm:{R}::parameter/aws/*", "public parameters, such as those with AMI ids,"},
    {"ec2", "ec2:RunInstances", "arn:{P}:ec2:{R}::image/ami-0a1b2c3d4e5f60718",
     "arn:{P}:ec2:{R}::image/*", "images of Amazon"},
    {"iam", "iam:GetPolicy", "arn:{P}:iam::aws:policy/ReadOnlyAccess", "arn:{P}:iam::aws:policy/*",
     "managed policies of AWS"},
    {"imagebuilder", "imagebuilder:GetComponent",
     "arn:{P}:imagebuilder:{R}:aws:component/update-linux/1.0.2/1",
     "arn:{P}:imagebuilder:{R}:aws:component/*", "components of Image Builder"},
    {"cloudformation", "cloudformation:CreateChangeSet",
     "arn:{P}:cloudformation:{R}:aws:transform/Serverless-2016-10-31",
     "arn:{P}:cloudformation:{R}:aws:transform/*", "transforms of CloudFormation"},
}};

}  // namespace

void CheckAwsBucketBehindOrg(LintContext& context) {
  ForEachShutBucket(
      context, PerimeterSide::kIdentity,
      [&](const Statement&, const policy::Condition& limit, const policy::Node& resource,
          const AwsBucket& bucket) {
        if (bucket.signer == BucketSigner::kCaller) return;
        auto& finding =
            context.Report("EP602", resource,
                           "downloads from " + Quote(resource.text) + " are " +
                               std::string(SignerName(bucket.signer)) + ": they carry no " +
                               Quote(limit.key_node->key) + " of yours, and are refused",
                           "allow the bucket in a statement without the condition: " +
                               DownloadStatement(resource.text));
        finding.related.push_back({limit.key_node->key_range, "the condition is here"});
      });
}

void CheckAwsBucketResourceOrg(LintContext& context) {
  ForEachShutBucket(
      context, PerimeterSide::kResource,
      [&](const Statement& statement, const policy::Condition& limit, const policy::Node& resource,
          const AwsBucket& bucket) {
        // EP602 has spoken of it.
        if (bucket.signer != BucketSigner::kCaller &&
            OrganizationLimit(statement, PerimeterSide::kIdentity) != nullptr) {
          return;
        }
        auto& finding =
            context.Report("EP603", resource,
                           Quote(resource.text) + " is AWS's and not in your organization: with " +
                               Quote(limit.key_node->key) + " it is refused",
                           "allow the bucket in a statement without the condition");
        finding.related.push_back({limit.key_node->key_range, "the condition is here"});
      });
}

void CheckAwsOwnedResources(LintContext& context) {
  if (!policy::IsRegion(context.facts().endpoint.region)) return;
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable() || HasOpenResource(context.document())) return;
  for (const Statement& statement : context.document().statements()) {
    const policy::Condition* const limit = OrganizationLimit(statement, PerimeterSide::kResource);
    if (statement.effect != policy::Effect::kAllow || limit == nullptr ||
        !policy::HasStar(statement.resources)) {
      continue;
    }
    for (const AwsResource& row : kAwsResources) {
      if (row.service != ask.service()) continue;
      const std::string resource = ask.Fill(row.resource, false);
      Question question;
      question.action = row.action;
      // The same on a resource of the organization is what this statement allows.
      question.resource = "*";
      question.resource_is_own = true;
      if (!ask.Allows(question)) continue;
      question.resource = resource;
      question.resource_is_own = false;
      if (!ask.Refuses(question)) continue;
      context.ReportKey("EP607", *limit->key_node,
                        std::string(row.what) + " are not in your organization: " +
                            std::string(row.action) + " on " + Quote(resource) + " is refused",
                        "allow your organization's identities " + ask.Fill(row.pattern, false) +
                            " in a statement without this key");
    }
    return;
  }
}

}  // namespace postern::authz
