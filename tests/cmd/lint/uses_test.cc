// --uses, --access-point and --quota, and their like in postern.yaml.
#include <doctest/doctest.h>

#include "tests/cmd/run_program.h"

using postern::test::Folder;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

constexpr std::string_view kOwn =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*",
"Resource":["arn:aws:s3:::acme-data","arn:aws:s3:::acme-data/*"]},
{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
"Resource":["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
"arn:aws:s3:eu-west-1:111122223333:accesspoint/reports/object/*"]}]})";

// A trust policy of about that many characters.
std::string Trust(std::size_t size) {
  return R"({"Version":"2012-10-17","Statement":[{"Sid":")" + std::string(size, 'a') +
         R"(","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]})";
}

}  // namespace

TEST_CASE("each use that does not work through the policy is a warning, the others are silent") {
  const Folder folder;
  folder.Write("endpoint.json", kOwn);
  const auto lint = [&folder](std::vector<std::string> more) {
    more.insert(more.begin(), {"lint", "--ignore", "EP4", "endpoint.json"});
    return folder.Run(more);
  };
  CHECK_FALSE(Has(lint({"--service", "s3", "--region", "eu-west-1"}).out, "EP601"));
  const auto uses = lint(
      {"--service", "s3", "--region", "eu-west-1", "--uses", "ecr,al2023", "--uses", "docker-hub"});
  CAPTURE(uses.out);
  CHECK(uses.code == 1);
  CHECK(Has(uses.out, "warning: `al2023` does not work through this endpoint: "));
  CHECK(Has(uses.out, "[EP608]"));
  CHECK_FALSE(Has(uses.out, "`ecr`"));
  // Neither service nor Region said: the policy's own words tell them.
  const auto bare = lint({"--uses", "ecr,cfn,beanstalk"});
  CAPTURE(bare.out);
  CHECK_FALSE(Has(bare.out, "`ecr`"));
  CHECK(Has(bare.out, "`cfn` does not work"));
  CHECK(Has(bare.out, "`beanstalk` does not work"));
}

TEST_CASE("yum of Amazon Linux 2 asks no bucket of Amazon Linux 1") {
  const Folder folder;
  folder.Write("endpoint.json", R"({"Version": "2012-10-17", "Statement": [
    {"Sid": "Packages", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": [
      "arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*",
      "arn:aws:s3:::amazonlinux.eu-west-1.amazonaws.com/*"]}]})");
  const auto lint = [&folder](std::string_view use) {
    return folder.Run({"lint", "--service", "s3", "--region", "eu-west-1", "--uses",
                       std::string(use), "endpoint.json"});
  };
  CHECK_FALSE(Has(lint("al2").out, "`al2`"));
  CHECK(Has(lint("al1").out, "`al1` does not work"));
}

TEST_CASE("a use that is not known is exit code 2 and names those that are") {
  const Folder folder;
  folder.Write("endpoint.json", kOwn);
  const auto bad = folder.Run({"lint", "--uses", "ecr,al2032", "endpoint.json"});
  CHECK(bad.code == 2);
  CHECK(Has(bad.err,
            "--uses: `al2032` is nothing that an S3 endpoint is known to be used for: "
            "there are access-points, al1, al2, al2023, "));
  CHECK(Has(bad.err, "s3-copy"));
  CHECK(Has(bad.err, "did you mean `al2023`?"));
  folder.Write("postern.yaml", "version: 1\nlint: {endpoints: {\"*.json\": {uses: [al2032]}}}\n");
  CHECK(folder.Run({"lint", "endpoint.json"}).code == 2);
}

TEST_CASE("uses of postern.yaml are for the files of their pattern") {
  const Folder folder;
  folder.Write("endpoint.json", kOwn);
  folder.Write("endpoint-b.json", kOwn);
  folder.Write("postern.yaml",
               "version: 1\nlint: {endpoints: {endpoint.json: {service: s3, region: eu-west-1, "
               "uses: [ssm]}}}\n");
  const auto result = folder.Run({"lint", "endpoint.json", "endpoint-b.json"});
  CAPTURE(result.out);
  CHECK(Has(result.out, "endpoint.json:1:25: warning: `ssm` does not work"));
  CHECK_FALSE(Has(result.out, "endpoint-b.json:1:25: warning: `ssm`"));
  CHECK_FALSE(Has(folder.Run({"lint", "--ignore", "EP601", "."}).out, "`ssm`"));
}

TEST_CASE("an access point whose bucket is known needs that bucket") {
  const Folder folder;
  folder.Write("endpoint.json", kOwn);
  const auto lint = [&folder](std::string pair) {
    return folder.Run(
        {"lint", "--select", "EP305", "--access-point", std::move(pair), "endpoint.json"});
  };
  CHECK(lint("reports=acme-data").code == 0);
  const auto other = lint("reports=acme-reports");
  CHECK(other.code == 1);
  CHECK(Has(other.out, "no statement allows `acme-reports`, the bucket behind it"));
  CHECK(lint("other=acme-reports").code == 0);
  for (const char* bad : {"reports", "reports=", "=acme-data", "Reports=acme-data", "a=b=c"}) {
    CAPTURE(bad);
    CHECK(lint(bad).code == 2);
  }
  folder.Write("postern.yaml", "version: 1\nlint: {access-points: {reports: acme-reports}}\n");
  CHECK(folder.Run({"lint", "--select", "EP305", "endpoint.json"}).code == 1);
}

TEST_CASE("a bucket alone is not enough where access points are used") {
  const Folder folder;
  folder.Write(
      "endpoint.json",
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*",
"Resource":"arn:aws:s3:::acme-data/*"}]})");
  CHECK(folder.Run({"lint", "--select", "EP305", "endpoint.json"}).code == 0);
  CHECK(
      folder.Run({"lint", "--select", "EP305", "--uses", "access-points", "endpoint.json"}).code ==
      1);
}

TEST_CASE("a raised quota moves the limit of its kind") {
  const Folder folder;
  folder.Write("trust.json", Trust(3'000));
  const auto lint = [&folder](std::vector<std::string> more) {
    more.insert(more.begin(), {"lint", "--select", "SZ", "--kind", "trust", "trust.json"});
    return folder.Run(more);
  };
  CHECK(lint({}).code == 1);
  CHECK(lint({"--quota", "trust=8192"}).code == 0);
  CHECK(lint({"--quota", "scp=5120"}).code == 1);
  const auto over = lint({"--quota", "trust=3000"});
  CHECK(Has(over.out, "error: "));
  CHECK(Has(over.out, "a role trust policy may have 3000"));

  folder.Write("postern.yaml", "version: 1\nlint: {quotas: {trust: 8192}}\n");
  CHECK(lint({}).code == 0);
  CHECK(lint({"--quota", "trust=2500"}).code == 1);  // the flag counts
}

TEST_CASE("a quota of an unknown kind or without a size is exit code 2") {
  const Folder folder;
  folder.Write("trust.json", Trust(10));
  for (const char* bad : {"trsut=8192", "identity=9000", "trust", "trust=", "trust=0", "trust=-1",
                          "trust=8k", "trust=99999999999999999999999"}) {
    CAPTURE(bad);
    const auto result = folder.Run({"lint", "--quota", bad, "trust.json"});
    CHECK(result.code == 2);
    CHECK(Has(result.err, "--quota: "));
  }
  CHECK(Has(folder.Run({"lint", "--quota", "trsut=8192", "trust.json"}).err,
            "did you mean `trust`?"));
  folder.Write("postern.yaml", "version: 1\nlint: {quotas: {trust: many}}\n");
  CHECK(folder.Run({"lint", "trust.json"}).code == 2);
}
