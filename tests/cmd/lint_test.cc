#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/cmd/run_program.h"

using postern::test::Folder;
using postern::test::kAllowAll;
using postern::test::kEndpointObjects;
using postern::test::kPlan;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

std::string Fingerprint(const std::string& json) {
  const std::size_t at = json.find("\"fingerprint\": \"");
  return at == json.npos ? std::string() : json.substr(at + 16, 16);
}

constexpr std::string_view kTinyEndpoint =
    "{\"Version\":\"2012-10-17\",\n \"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
    "\"Resource\":\"*\"}]}";

}  // namespace

TEST_CASE("a finding is exit code 1, none is 0, and --fail-on moves the border") {
  const Folder folder;
  folder.Write("endpoint.json", kTinyEndpoint);
  CHECK(folder.Run({"lint", "endpoint.json"}).code == 1);
  CHECK(folder.Run({"lint", "--fail-on", "never", "endpoint.json"}).code == 0);
  CHECK(folder.Run({"lint", "--ignore", "ALL", "endpoint.json"}).code == 0);
  CHECK(folder.Run({"lint", "endpoint.json", "missing.json"}).code == 2);
}

TEST_CASE("a finding shows its line with the range marked and the way to its page") {
  const Folder folder;
  folder.Write("endpoint.json", kTinyEndpoint);
  const auto result = folder.Run({"lint", "--select", "EP101", "endpoint.json"});
  CHECK(Has(result.out, "endpoint.json:2:15: error: "));
  CHECK(Has(result.out, "[EP101]\n  2 |  \"Statement\":[{\"Effect\""));
  CHECK(Has(result.out, "    |               ^"));
  CHECK(Has(result.out, "  why:  postern rules EP101 (endpoint-principal-required)\n"));
  CHECK(Has(result.out, "kind: endpoint (the file is named so)"));
}

TEST_CASE("a text that is no policy is a finding, whatever is wrong with it") {
  const Folder folder;
  std::string utf16 = "\xFF\xFE";
  for (char c : kAllowAll) utf16 += {c, '\0'};
  const std::pair<const char*, std::string> files[] = {
      {"empty.json", ""},
      {"blank.json", " \n\t"},
      {"binary.json", std::string("\x7f"
                                  "ELF\0\1\2\xff\xfe",
                                  9)},
      {"utf16.json", utf16},
      {"cut.json", std::string(kAllowAll.substr(0, 60))},
      {"deep.json", std::string(200000, '[')},
      {"deep-object.json", "{\"Statement\":" + std::string(100, '[') + std::string(100, ']') + "}"},
      {"large.json", std::string(kAllowAll) + std::string(2 << 20, ' ')}};
  for (const auto& file : files) {
    const char* const name = file.first;
    folder.Write(name, file.second);
    CAPTURE(name);
    const auto result = folder.Run({"lint", name});
    CHECK(result.code == 1);
    CHECK(result.err.empty());
    CHECK(folder
              .Run({"eval", "--identity", name, "--resource-policy", "none", "--principal",
                    "arn:aws:iam::111122223333:user/a", "--action", "s3:ListAllMyBuckets"})
              .code == 2);
  }
}

TEST_CASE("what cannot be read, or holds something else, is exit code 2") {
  const Folder folder;
  folder.Write("other.json", R"({"name": "x", "version": "1.0.0"})");
  folder.Write("main.tf", "resource {}");
  std::filesystem::create_directories(folder.path() + "/nothing");
  CHECK(folder.Run({"lint", "missing.json"}).code == 2);
  CHECK(folder.Run({"lint", "nothing"}).code == 2);
  CHECK(folder.Run({"lint", "*.nothing"}).code == 2);
  CHECK(folder.Run({"lint", "other.json"}).code == 2);
  const auto terraform = folder.Run({"lint", "main.tf"});
  CHECK(terraform.code == 2);
  CHECK(Has(terraform.err, "terraform show -json"));
  CHECK(Has(folder.Run({"eval", "nothing"}).err, "is a directory"));
}

TEST_CASE("an unreadable file is exit code 2") {
  if (::geteuid() == 0) {
    MESSAGE("skipped: root may read everything");
    return;
  }
  const Folder folder;
  folder.Write("secret.json", kAllowAll);
  std::filesystem::permissions(folder.path() + "/secret.json", std::filesystem::perms::none);
  const auto result = folder.Run({"lint", "secret.json"});
  CHECK(result.code == 2);
  CHECK(Has(result.err, "permission denied"));
}

TEST_CASE("a directory yields its policies and counts the rest") {
  const Folder folder;
  folder.Write("d/a.json", kAllowAll);
  folder.Write("d/deeper/b.json", kAllowAll);
  folder.Write("d/package.json", R"({"name": "x"})");
  folder.Write("d/readme.txt", "text");
  folder.Write("d/.git/c.json", kAllowAll);
  const auto result = folder.Run({"lint", "-v", "d"});
  CHECK(Has(result.out, "checked 2 files"));
  CHECK(Has(result.out, "skipped 2 files without a policy"));
  CHECK(Has(result.out, "d/package.json"));
  CHECK(Has(folder.Run({"lint", "d/*.json"}).out, "checked 1 file:"));
  CHECK(Has(folder.Run({"lint", "d/**/*.json"}).out, "checked 2 files"));
}

TEST_CASE("standard input is a file, and can be given a name") {
  const Folder folder;
  const auto result =
      folder.Run({"lint", "--select", "EP101", "--stdin-filename", "my-endpoint.json", "-"},
                 std::string(kTinyEndpoint));
  CHECK(result.code == 1);
  CHECK(Has(result.out, "my-endpoint.json:2:15"));
}

TEST_CASE("the kind is guessed, and the report says why") {
  const Folder folder;
  folder.Write("x.json", kAllowAll);
  folder.Write("y.json", kEndpointObjects);
  folder.Write("endpoints/z.json", kEndpointObjects);
  folder.Write("story-of-an-endpoint/w.json", kAllowAll);
  CHECK(Has(folder.Run({"lint", "x.json"}).out, "kind: identity (no statement has"));
  CHECK(Has(folder.Run({"lint", "y.json"}).out, "kind: resource (a statement has"));
  CHECK(Has(folder.Run({"lint", "endpoints/z.json"}).out, "kind: endpoint (its folder"));
  CHECK(Has(folder.Run({"lint", "story-of-an-endpoint/w.json"}).out, "kind: identity"));
  CHECK(Has(folder.Run({"lint", "--kind", "scp", "x.json"}).out, "kind: scp (--kind)"));
}

TEST_CASE(
    "a policy with principals is an endpoint's where a flag speaks of one, and nothing else does") {
  const Folder folder;
  folder.Write("x.json", kAllowAll);
  folder.Write("y.json", kEndpointObjects);
  folder.Write("endpoint.json", kEndpointObjects);
  folder.Write("configured/y.json", kEndpointObjects);
  folder.Write("configured/other.json", kEndpointObjects);
  folder.Write("configured/postern.yaml",
               "version: 1\nlint: {endpoints: {y.json: {service: s3}}}\n");
  const auto kind = [&folder](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "lint");
    const std::string out = folder.Run(arguments).out;
    return out.substr(std::min(out.rfind("kind: "), out.size()));
  };
  CHECK(kind({"--type", "gateway", "y.json"}) == "kind: endpoint (--type says so)\n");
  CHECK(kind({"--service", "s3", "y.json"}) == "kind: endpoint (--service says so)\n");
  CHECK(kind({"--uses", "ecr", "y.json"}) == "kind: endpoint (--uses says so)\n");
  CHECK(kind({"--access-point", "a-p=bucket", "y.json"}) ==
        "kind: endpoint (--access-point says so)\n");
  // What is said of other policies too.
  CHECK(Has(kind({"--region", "eu-west-1", "--vpce", "vpce-0a1b2c3d", "y.json"}), "resource"));
  CHECK(kind({"--kind", "resource", "--uses", "ecr", "y.json"}) == "kind: resource (--kind)\n");
  CHECK(Has(kind({"--uses", "ecr", "endpoint.json", "y.json"}), "1 resource"));
  CHECK(Has(kind({"--uses", "ecr", "configured/y.json", "configured/other.json"}), "1 resource"));
}

TEST_CASE("a flag about an endpoint that found no endpoint policy is said") {
  const Folder folder;
  folder.Write("x.json", kAllowAll);
  folder.Write("y.json", kEndpointObjects);
  folder.Write("plan.json", kPlan);
  constexpr std::string_view kNote =
      "--uses: no endpoint policy was checked: --kind endpoint says that a file is one\n";
  CHECK(Has(folder.Run({"lint", "--uses", "ecr", "x.json"}).out, kNote));
  CHECK(Has(folder.Run({"lint", "--uses", "ecr", "--kind", "resource", "y.json"}).out, kNote));
  CHECK(Has(folder.Run({"lint", "--uses", "ecr", "-f", "json", "x.json"}).out, "--uses: no "));
  CHECK_FALSE(Has(folder.Run({"lint", "--uses", "ecr", "y.json"}).out, kNote));
  CHECK_FALSE(Has(folder.Run({"lint", "--uses", "ecr", "x.json", "plan.json"}).out, kNote));
  CHECK_FALSE(Has(folder.Run({"lint", "x.json"}).out, "no endpoint policy"));
}

TEST_CASE("a fingerprint survives re-indenting and tells findings apart") {
  const Folder folder;
  folder.Write("endpoint.json", kTinyEndpoint);
  folder.Write(
      "endpoint-wide.json",
      "{\n  \"Version\" : \"2012-10-17\",\n  \"Statement\" : [\n    {\n      \"Effect\" : "
      "\"Allow\",\n      \"Action\" : \"s3:*\",\n      \"Resource\" : \"*\"\n    }\n  ]\n}\n");
  const std::vector<std::string> flags{"lint", "-f", "json", "--select", "EP101"};
  auto a = flags;
  a.push_back("endpoint.json");
  auto b = flags;
  b.push_back("endpoint-wide.json");
  const std::string first = Fingerprint(folder.Run(a).out);
  CHECK(first.size() == 16);
  CHECK(first == Fingerprint(folder.Run(b).out));
}

TEST_CASE("an endless list of findings is cut as text and whole as JSON") {
  const Folder folder;
  std::string text = "{\"Version\":\"2012-10-17\",\"Statement\":[";
  for (int i = 0; i < 150; ++i) {
    text += std::string(i == 0 ? "" : ",") +
            "{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}";
  }
  folder.Write("endpoint.json", text + "]}");
  CHECK(Has(folder.Run({"lint", "--select", "EP101", "endpoint.json"}).out,
            "endpoint.json: and 142 more findings (142 of EP101); `-v` shows all"));
  CHECK_FALSE(
      Has(folder.Run({"lint", "-v", "--select", "EP101", "endpoint.json"}).out, "more finding"));
}

TEST_CASE("the policies of a plan are linted where they stand, with the name of their resource") {
  const Folder folder;
  folder.Write("plan.json", kPlan);
  const auto text = folder.Run({"lint", "--select", "EP101", "plan.json"});
  CHECK(text.code == 1);
  CHECK(Has(text.out, "plan.json:4:59: error: "));
  CHECK(Has(text.out, "  in:   aws_vpc_endpoint.s3\n"));
  CHECK(Has(text.out,
            "plan.json:7:43: not checked: the bucket policy of aws_s3_bucket_policy.own is known "
            "only after apply\n"));
  CHECK(Has(text.out, "checked 1 policy in 1 file: 1 error\n"));
  CHECK(Has(text.out, "kind: endpoint (its resource says so)"));

  const auto json = folder.Run({"lint", "--select", "EP101", "-f", "json", "plan.json"});
  CHECK(Has(json.out, "\"pointer\": \"/planned_values/root_module/resources/0/values/policy\""));
  CHECK(Has(json.out, "\"resource\": \"aws_vpc_endpoint.s3\""));
  CHECK(Has(json.out, "\"reason\": \"known only after apply\""));
}

TEST_CASE("a plan whose policies are not known yet, or without any, is no failure and says so") {
  const Folder folder;
  folder.Write("later.json",
               R"({"resource_changes": [{"address": "aws_kms_key_policy.a", "type":
                   "aws_kms_key_policy", "change": {"after_unknown": {"policy": true}}}]})");
  folder.Write("empty.json", R"({"planned_values": {"root_module": {}}})");
  folder.Write("broken.json", R"({"planned_values": {"root_module": {})");
  const auto later = folder.Run({"lint", "later.json"});
  CHECK(later.code == 0);
  CHECK(Has(later.out, "not checked: the key policy of aws_kms_key_policy.a"));
  const auto empty = folder.Run({"lint", "empty.json"});
  CHECK(empty.code == 0);
  CHECK(Has(empty.out, "`empty.json`: holds no policy (Terraform plan)"));
  const auto broken = folder.Run({"lint", "broken.json"});
  CHECK(broken.code == 2);
  CHECK(Has(broken.err, "`broken.json`:1:38: "));
}

TEST_CASE("two resources with the same mistake have two fingerprints") {
  const Folder folder;
  folder.Write("template.yaml",
               "Resources:\n"
               "  A: &a\n"
               "    Type: AWS::EC2::VPCEndpoint\n"
               "    Properties:\n"
               "      PolicyDocument: {Version: '2012-10-17', Statement: []}\n"
               "  B: *a\n");
  const auto result = folder.Run({"lint", "--select", "GR206", "-f", "json", "template.yaml"});
  const std::string first = Fingerprint(result.out);
  CHECK(first.size() == 16);
  CHECK(result.out.find(first) == result.out.rfind(first));
  CHECK(Has(folder.Run({"lint", "-v", "."}).out, "kind of B (template.yaml): endpoint"));
}

TEST_CASE("a policy that is saved as a JSON string or URL-encoded is linted as what it is") {
  const Folder folder;
  folder.Write("string.json", R"("{\"Version\":\"2012-10-17\",\"Statement\":[]}")");
  folder.Write("url.json", "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D");
  for (const char* name : {"string.json", "url.json"}) {
    CAPTURE(name);
    const auto result = folder.Run({"lint", name});
    CHECK(result.code == 1);
    CHECK(Has(result.out, "[JS117]"));
    CHECK(Has(result.out, "[GR206]"));
  }
}

TEST_CASE("prose and YAML that holds no policy are no broken policies") {
  const Folder folder;
  folder.Write("README.md", "# About `Statement` and `Effect`\n");
  folder.Write("values.yaml", "Statement: [\n");
  folder.Write("endpoint", "{\"Statement\": [}");
  for (const char* name : {"README.md", "values.yaml"}) {
    const auto result = folder.Run({"lint", name});
    CHECK(result.code == 2);
    CHECK(Has(result.err, "holds no policy"));
  }
  CHECK(folder.Run({"lint", "endpoint"}).code == 1);
  CHECK(Has(folder.Run({"lint", "-v", "."}).out, "values.yaml"));
  CHECK(Has(folder.Run({"lint", "-"}, "Statement").out, "JS1"));
}

TEST_CASE("statistics count by rule and severity, the most frequent first") {
  const Folder folder;
  folder.Write("a.json", R"({"Statement":[{"effect":"Deny","action":"*","resource":"*"}]})");
  folder.Write("b.json", R"({"Statement":[]})");
  const auto result =
      folder.Run({"lint", "--statistics", "--select", "GR201,GR206,GR209", "a.json", "b.json"});
  CHECK(
      result.out.starts_with("     3  GR209  error       element-case\n"
                             "     2  GR201  warning     missing-version\n"
                             "     1  GR206  warning     empty-statement-list\n"));
}
