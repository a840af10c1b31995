// What `lint` says about several policies of one run.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/cmd/run_program.h"
#include "tests/files.h"

using postern::test::Folder;
using postern::test::RunProgram;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

constexpr std::string_view kVpce = "vpce-0a1b2c3d4e5f60718";

constexpr std::string_view kBucket = R"({
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Door", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
     "Resource": ["arn:aws:s3:::acme-reports", "arn:aws:s3:::acme-reports/*"],
     "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}}
  ]
}
)";

constexpr std::string_view kEndpoint = R"({
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Logs", "Effect": "Allow", "Principal": "*", "Action": "s3:*",
     "Resource": ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"]}
  ]
}
)";

// The same policy as the AWS CLI prints it, beside an endpoint without one.
constexpr std::string_view kDescribed = R"({"VpcEndpoints": [
  {"VpcEndpointId": "vpce-0a1b2c3d4e5f60718", "VpcEndpointType": "Gateway", "VpcId": "vpc-0a1b2c3d",
   "ServiceName": "com.amazonaws.eu-west-1.s3",
   "PolicyDocument": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::acme-logs/*\"}]}"},
  {"VpcEndpointId": "vpce-0b1b2c3d4e5f60718", "VpcEndpointType": "Interface", "VpcId": "vpc-0a1b2c3d",
   "ServiceName": "com.amazonaws.eu-west-1.ssm"}]}
)";

void Write(const Folder& folder) {
  folder.Write("bucket.json", kBucket);
  folder.Write("endpoint.json", kEndpoint);
}

}  // namespace

TEST_CASE("two policies that shut each other out are a finding where it is known whose they are") {
  const Folder folder;
  Write(folder);
  const std::vector<std::string> both{"lint", "--select", "BP118", "bucket.json", "endpoint.json"};
  CHECK(folder.Run(both).code == 0);  // whose the endpoint policy is, nobody says

  std::vector<std::string> flag = both;
  flag.insert(flag.end(), {"--vpce", std::string(kVpce)});
  const auto result = folder.Run(flag);
  CAPTURE(result.out);
  CHECK(result.code == 1);
  CHECK(Has(result.out, "bucket.json:6:58: error: nobody can reach `acme-reports`: "));
  CHECK(Has(result.out,
            "s3:GetObject on `arn:aws:s3:::acme-reports/key`, say, has to come through "
            "`vpce-0a1b2c3d4e5f60718`, and the policy of that endpoint refuses it "
            "(`endpoint.json`:3:3) [BP118]"));
  CHECK(Has(result.out, "checked 2 files: 1 error\n"));

  // Of two endpoint policies one flag does not tell which is meant; the configuration does.
  folder.Write("vpce-b.json", kEndpoint);
  flag.insert(flag.end(), "vpce-b.json");
  CHECK(folder.Run(flag).code == 0);
  folder.Write("postern.yaml", "version: 1\nlint: {endpoints: {endpoint.json: {service: s3, id: " +
                                   std::string(kVpce) + "}}}\n");
  flag.resize(both.size());
  CHECK(folder.Run(flag).code == 1);
}

TEST_CASE("a container says which endpoint a policy is of, wherever the other policy is") {
  const Folder folder;
  folder.Write("bucket.json", kBucket);
  folder.Write("described.json", kDescribed);
  const auto result = folder.Run({"lint", "--select", "BP118", "."});
  CAPTURE(result.out);
  CHECK(result.code == 1);
  CHECK(Has(result.out, "refuses it (`described.json`:4:"));
}

TEST_CASE("a finding about what has no policy is at its place in the container") {
  const Folder folder;
  folder.Write("described.json", kDescribed);
  const auto result =
      folder.Run({"lint", "--select", "EP206", "--fail-on", "suggestion", "described.json"});
  CAPTURE(result.out);
  CHECK(result.code == 1);
  CHECK(Has(result.out, "described.json:6:19: suggestion: Session Manager also needs ssmmessages"));
  CHECK(Has(result.out, "  in:   vpce-0b1b2c3d4e5f60718\n"));
}

TEST_CASE("ignores, the baseline and --select work for findings about several policies") {
  const Folder folder;
  Write(folder);
  const std::vector<std::string> run{
      "lint", "--select", "BP118,CF", "--vpce", std::string(kVpce), "bucket.json", "endpoint.json"};
  const auto with = [&run](std::vector<std::string> more) {
    more.insert(more.begin(), run.begin(), run.end());
    return more;
  };
  CHECK(folder.Run(with({"--ignore", "handshake-impossible"})).code == 0);
  CHECK(folder.Run(with({"--write-baseline", "known.json"})).code == 0);
  const auto known = folder.Run(with({"--baseline", "known.json"}));
  CHECK(known.code == 0);
  CHECK(Has(known.out, "the baseline has 1 finding\n"));

  folder.Write("postern.yaml",
               "version: 1\nlint: {ignore: [{rule: BP118, path: bucket.json, sid: Door}]}\n");
  const auto ignored = folder.Run(run);
  CHECK(ignored.code == 0);
  CHECK(Has(ignored.out, "ignored 1 finding,"));
  // Without the other policy there is nothing to ignore, which is no reason to drop the entry.
  CHECK(folder.Run({"lint", "--select", "BP118,CF", "bucket.json"}).code == 0);
}

TEST_CASE("a folder of several policies gives what is written down") {
  std::size_t folders = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(postern::testing::SourceDir() / "corpus/files")) {
    if (!std::filesystem::exists(entry.path() / "postern.yaml")) continue;
    CAPTURE(entry.path().string());
    const auto result = RunProgram({"-C", entry.path().string(), "lint", "--select", "ALL", "--now",
                                    "2026-11-27", "-f", "github", "."});
    CHECK(result.err.empty());
    const std::filesystem::path expected = entry.path() / "run.out";
    if (std::getenv("POSTERN_UPDATE") != nullptr) {
      std::ofstream(expected, std::ios::binary) << result.out;
    }
    CHECK(result.out == postern::testing::ReadAll(expected));
    ++folders;
  }
  CHECK(folders > 0);
}
