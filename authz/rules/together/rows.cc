#include "policy/rules/rows.h"

#include "authz/rules/together/table.h"

namespace postern::authz {
namespace {

using namespace policy::rows;

constexpr RunRule kRules[] = {
    {{"BP118", "handshake-impossible", kError, kStable,
      "a bucket that wants to be reached through an endpoint whose policy does not let its "
      "requests pass",
      "Both policies count for every request: the bucket policy denies whatever does not come "
      "through the endpoint, and the endpoint policy refuses whatever is about the bucket. The "
      "finding names a request that neither way leads. It is said where both policies are in one "
      "run and it is known whose the endpoint policy is: the container tells its id, postern.yaml "
      "does (`id`), or it is the only endpoint policy and --vpce is given once.",
      "Amazon S3 User Guide, Controlling access from VPC endpoints with bucket policies; AWS "
      "PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
      "S7.10.2, S8.3",
      nullptr},
     CheckHandshakeImpossible},
    {{"BP119", "endpoint-allows-bucket-denies", kWarning, kStable,
      "a bucket that an endpoint policy names, and whose own policy denies what comes through it",
      "The endpoint policy was widened for the bucket, and the bucket policy was not: it denies "
      "the requests all the same, usually because it lists other endpoints. The finding names "
      "one.",
      "Amazon S3 User Guide, Controlling access from VPC endpoints with bucket policies; "
      "semantics S7.3, S8.3",
      nullptr},
     CheckEndpointAllowsBucketDenies},
    {{"BP120", "three-way-hole", kSuggestion, kPreview,
      "an organization limit in one of endpoint, identity and bucket policy alone",
      "Each of the three closes a way that the others leave open: the endpoint policy what is "
      "done from the network, the identity policy what your own roles do elsewhere, the bucket "
      "policy who else gets in. Looked at are identity policies that name the bucket. The finding "
      "names a request that all three allow, and that two of "
      "them would allow for any organization. Service and resource control policies of the run "
      "with such a limit make it silent.",
      "aws-samples/data-perimeter-policy-examples:README.md; AWS whitepaper, Building a data "
      "perimeter on AWS",
      nullptr},
     CheckThreeWayHole},
    {{"EP206", "companion-endpoint", kSuggestion, kStable,
      "an endpoint that is of little use without others",
      "Some features call several services: Session Manager opens its channel at ssmmessages "
      "(agents before 3.3.40.0 also at ec2messages), a pull of an image fetches its layers from "
      "S3. Said where a plan, a template or output of the AWS CLI shows at least two endpoints of "
      "one VPC.",
      "AWS Systems Manager User Guide, Improve the security of EC2 instances by using VPC "
      "endpoints for Systems Manager; Amazon ECR User Guide, Amazon ECR interface VPC endpoints; "
      "Amazon ECS Developer Guide, Amazon ECS interface VPC endpoints; AWS CodeArtifact User "
      "Guide, Create VPC endpoints for CodeArtifact",
      nullptr},
     CheckCompanionEndpoints},
    {{"EP704", "execute-api-needs-resource-policy", kSuggestion, kStable,
      "a private API without a resource policy",
      "A private API answers nobody until its resource policy lets requests in; an endpoint for "
      "execute-api does not change that. Said where a plan or a template shows the API and an "
      "endpoint for execute-api is in the same run.",
      "API Gateway Developer Guide, Create a private API: set up a resource policy; semantics "
      "S7.13",
      nullptr},
     CheckPrivateApis},
    {{"OR103", "scp-no-full-access", kWarning, kPreview,
      "service control policies that allow nothing among them",
      "At each level of the organization some service control policy has to allow the request. "
      "AWS attaches FullAWSAccess, which does; it is mostly not kept in a repository. Where it was "
      "detached, policies that only deny leave nothing allowed.",
      "AWS Organizations User Guide, SCP evaluation; semantics S7.4.1", nullptr},
     CheckNoFullAccess},
};

}  // namespace

std::span<const RunRule> RunRules() { return kRules; }

}  // namespace postern::authz
