// Plans and templates with what else `lint` does: fixes, postern.yaml, the baseline, formats.
#include <doctest/doctest.h>

#include "tests/cmd/run_program.h"

using postern::test::Folder;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

// Two statements without Principal (EP101) in a string.
constexpr std::string_view kPlan =
    R"({"planned_values": {"root_module": {"resources": [
  {"address": "aws_vpc_endpoint.s3", "type": "aws_vpc_endpoint", "values": {
    "policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Read\",\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"},{\"Sid\":\"Write\",\"Effect\":\"Allow\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"}]}"}}]}}})";

// An action in other case (AC509) in an object.
constexpr std::string_view kTemplate = R"({"Resources": {"Gate": {
  "Type": "AWS::EC2::VPCEndpoint", "Properties": {"PolicyDocument": {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:getobject", "Resource": "*"}]}}}}})";

std::vector<std::string> Lint(std::vector<std::string> more) {
  more.insert(more.begin(), {"lint", "--select", "EP101,GR209,AC509"});
  return more;
}

}  // namespace

TEST_CASE("in a container a fix is shown and not applied") {
  const Folder folder;
  folder.Write("template.json", kTemplate);
  const auto fix = folder.Run(Lint({"--fix", "--unsafe-fixes", "template.json"}));
  CHECK(Has(fix.out, "  in:   Gate\n"));
  CHECK(Has(fix.out, "(to be made by hand: the policy is part of a larger file)"));
  CHECK_FALSE(Has(fix.out, "repairs"));
  CHECK(folder.Read("template.json") == kTemplate);
  CHECK(folder.Run(Lint({"--diff", "template.json"})).out.empty());
}

TEST_CASE("a fix inside a string is shown as it would be written there") {
  const Folder folder;
  std::string plan(kPlan);
  plan.replace(plan.find("Effect"), 6, "effect");
  folder.Write("plan.json", plan);
  const auto fix = folder.Run(Lint({"plan.json"}));
  CHECK(Has(fix.out, R"(\"Read\",\"Effect\":)"));
}

TEST_CASE("edits of a fix are for programs only where they are edits of the file") {
  const Folder folder;
  folder.Write("template.json", kTemplate);
  folder.Write(
      "template.yaml",
      "Resources:\n  Gate:\n    Type: AWS::EC2::VPCEndpoint\n    Properties:\n"
      "      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n"
      "          - {Effect: Deny, Principal: '*', Action: 's3:getobject', Resource: '*'}\n");
  const auto json = folder.Run(Lint({"-f", "json", "template.json"}));
  CHECK(Has(json.out, "\"text\": \"s3:GetObject\""));
  const auto yaml = folder.Run(Lint({"-f", "json", "template.yaml"}));
  CHECK(Has(yaml.out, "AC509"));
  CHECK_FALSE(Has(yaml.out, "\"text\""));
  CHECK(Has(folder.Run(Lint({"-f", "sarif", "template.json"})).out, "\"fixes\""));
  CHECK_FALSE(Has(folder.Run(Lint({"-f", "sarif", "template.yaml"})).out, "\"fixes\""));
}

TEST_CASE("an ignore finds the Sid of a policy in a plan, and the baseline its findings") {
  const Folder folder;
  folder.Write("plan.json", kPlan);
  CHECK(Has(folder.Run(Lint({"plan.json"})).out, "2 errors"));
  CHECK(folder.Run(Lint({"--write-baseline", "b.json", "plan.json"})).code == 0);
  const auto known = folder.Run(Lint({"--baseline", "b.json", "plan.json"}));
  CHECK(known.code == 0);
  CHECK(Has(known.out, "the baseline has 2 findings"));

  folder.Write("postern.yaml",
               "version: 1\nlint:\n  ignore:\n    - {rule: EP101, path: plan.json, sid: Write}\n");
  const auto ignored = folder.Run(Lint({"plan.json"}));
  CHECK(Has(ignored.out, "ignored 1 finding"));
  CHECK(Has(ignored.out, "1 error\n"));
}

TEST_CASE("JUnit and GitHub name the resource") {
  const Folder folder;
  folder.Write("plan.json", kPlan);
  CHECK(Has(folder.Run(Lint({"-f", "junit", "plan.json"})).out,
            "<testsuite name=\"aws_vpc_endpoint.s3 (plan.json)\""));
  CHECK(Has(folder.Run(Lint({"-f", "github", "plan.json"})).out, "%0Ain: aws_vpc_endpoint.s3%0A"));
}

TEST_CASE("a URL-encoded policy is not repaired: the edits are JSON") {
  const Folder folder;
  const std::string encoded =
      "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22effect%22%3A%22Deny%22%2C"
      "%22Action%22%3A%22*%22%2C%22Resource%22%3A%22*%22%7D%5D%7D";
  folder.Write("p.json", encoded);
  const auto result = folder.Run(Lint({"--fix", "--kind", "identity", "p.json"}));
  CHECK(Has(result.out, "[GR209]"));
  CHECK(folder.Read("p.json") == encoded);
}
