#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "authz/suites/case_file.h"
#include "policy/document.h"
#include "tests/authz/suites/testing.h"

namespace postern::authz {
namespace {

using policy::PolicyKind;
using testing::Files;
using testing::ReadFrom;
using testing::Words;

// As `aws ec2 describe-vpc-endpoints` prints it: the policy is a string.
std::string Endpoint(std::string_view id) {
  return R"({"VpcEndpointId": ")" + std::string(id) +
         R"(", "VpcEndpointType": "Gateway", "ServiceName": "com.amazonaws.eu-west-1.s3",
"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\",\n \"Action\": \"*\", \"Resource\": \"*\"}]}"})";
}

std::string Endpoints(std::string_view list) {
  return R"({"VpcEndpoints": [)" + std::string(list) + "]}";
}

TEST_CASE("what the AWS CLI prints stands for the policy that is in it") {
  DocumentCache documents(
      ReadFrom({{"described.json", Endpoints(Endpoint("vpce-0a1b2c3d4e5f60718"))}}));
  std::vector<CaseProblem> problems;
  const DocumentPtr document =
      documents.Load("described.json", "", PolicyKind::kEndpoint, problems);
  CHECK(Words(problems) == "");
  REQUIRE(document != nullptr);
  CHECK(document->statements().size() == 1);
  CHECK(document->source().name() == "described.json#/VpcEndpoints/0/PolicyDocument");
}

TEST_CASE("of several policies in one file none is taken, and all are named") {
  DocumentCache documents(
      ReadFrom({{"described.json", Endpoints(Endpoint("vpce-0a1b2c3d4e5f60718") + ", " +
                                             Endpoint("vpce-0a1b2c3d4e5f60719"))}}));
  std::vector<CaseProblem> problems;
  CHECK(documents.Load("described.json", "", PolicyKind::kEndpoint, problems) == nullptr);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message ==
        "this holds 2 policies of the kind `endpoint`: vpce-0a1b2c3d4e5f60718, "
        "vpce-0a1b2c3d4e5f60719");
}

TEST_CASE("a file that holds policies of other kinds alone is refused as it would be") {
  DocumentCache documents(
      ReadFrom({{"described.json", Endpoints(Endpoint("vpce-0a1b2c3d4e5f60718"))}}));
  std::vector<CaseProblem> problems;
  CHECK(documents.Load("described.json", "", PolicyKind::kIdentity, problems) == nullptr);
  REQUIRE_FALSE(problems.empty());
  CHECK(problems[0].message.find("GR") == 0);
}

}  // namespace
}  // namespace postern::authz
