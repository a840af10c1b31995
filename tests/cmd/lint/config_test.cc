// postern.yaml and the baseline, as `lint` reads them.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/cmd/run_program.h"

using postern::test::Folder;
using postern::test::RunProgram;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

// Two statements without Principal: EP101 twice, as an endpoint policy.
constexpr std::string_view kPolicy = R"({
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"},
    {"Sid": "Write", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-data/*"}
  ]
}
)";

// The rules of the examples alone, whatever others there are.
std::vector<std::string> Lint(std::vector<std::string> more) {
  more.insert(more.begin(), {"lint", "--select", "EP101,CF", "--now", "2026-11-27"});
  return more;
}

void WriteConfig(const Folder& folder, std::string_view lint) {
  folder.Write("postern.yaml", "version: 1\nlint:\n" + std::string(lint));
}

}  // namespace

TEST_CASE("an ignore takes findings by rule, path and Sid, and the summary counts them") {
  struct Row {
    std::string_view entry;
    int code;
    std::string_view says;
  };
  const Row rows[] = {
      {"{rule: EP101}", 0, "ignored 2 findings, as the configuration says\n"},
      {"EP101", 0, "ignored 2 findings"},
      {"{rule: endpoint-principal-required, reason: AWS-4711}", 0, "ignored 2 findings"},
      {"{rule: [EP1, GR201], path: \"endpoints/**\"}", 0, "ignored 2 findings"},
      {"{rule: ALL, path: endpoints/s3.json}", 0, "ignored 2 findings"},
      {"{rule: EP101, sid: Read}", 1, "ignored 1 finding,"},
      {"{rule: EP101, path: \"*.json\"}", 1, "2 errors, 1 warning\n"},
      {"{rule: EP101, sid: Reed}", 1, "2 errors, 1 warning\n"},
      {"{rule: EP101, expires: 2026-11-28}", 0, "ignored 2 findings"},
      {"{rule: EP101, expires: 2026-11-27}", 1, "this ignore has expired on 2026-11-27 [CF102]"}};
  for (const Row& row : rows) {
    CAPTURE(row.entry);
    const Folder folder;
    folder.Write("endpoints/s3.json", kPolicy);
    WriteConfig(folder, "  ignore:\n    - " + std::string(row.entry) + "\n");
    const auto result = folder.Run(Lint({"."}));
    CAPTURE(result.out);
    CAPTURE(result.err);
    CHECK(result.code == row.code);
    CHECK(Has(result.out, row.says));
  }
}

TEST_CASE("an ignore that matches nothing is a finding, where all it is about was looked at") {
  const Folder folder;
  folder.Write("endpoints/s3.json", kPolicy);
  folder.Write("legacy/a.json", kPolicy);
  WriteConfig(folder,
              "  ignore:\n    - {rule: EP101, path: \"legacy/*\"}\n    - {rule: EP101, path: "
              "legacy/b.json}\n");
  const auto all = folder.Run(Lint({"--kind", "identity", "."}));
  CHECK(all.code == 1);
  CHECK(Has(all.out, "postern.yaml:4:7: warning: this ignore matches no finding [CF101]\n"));
  CHECK(Has(all.out, "postern.yaml:5:7: warning: this ignore matches no finding [CF101]\n"));
  CHECK(Has(all.out, "kind: 1 configuration (it says what to ignore), 2 identity (--kind)"));
  CHECK(folder.Run(Lint({"--kind", "identity", "legacy"})).code == 1);
  CHECK(folder.Run(Lint({"--kind", "identity", "legacy/a.json"})).code == 0);
  CHECK(folder.Run(Lint({"--kind", "identity", "endpoints"})).code == 0);
  CHECK(folder.Run({"lint", "--select", "CF,GR201", "."}).code == 0);
}

TEST_CASE("severities, the threshold and the rules come from the file, flags go before") {
  const Folder folder;
  folder.Write("endpoints/s3.json", kPolicy);
  WriteConfig(folder, "  select: [EP101]\n  fail-on: error\n  severity: {EP101: suggestion}\n");
  const auto result = folder.Run({"lint", "endpoints"});
  CHECK(result.code == 0);
  CHECK(Has(result.out, "checked 1 file: 2 suggestions\n"));
  CHECK(folder.Run({"lint", "--fail-on", "suggestion", "endpoints"}).code == 1);
  CHECK(Has(folder.Run({"lint", "--select", "JS", "endpoints"}).out, "no findings"));
}

TEST_CASE("what is said of endpoints makes a file an endpoint policy and gives its service") {
  const Folder folder;
  folder.Write("x/a.json", kPolicy);
  WriteConfig(folder,
              "  endpoints:\n    \"x/*\": {type: gateway, service: s3, region: eu-west-1, uses: "
              "[ecr]}\n");
  CHECK(Has(folder.Run(Lint({"x"})).out, "kind: endpoint (the configuration says so)"));
  CHECK(Has(folder.Run(Lint({"--kind", "scp", "x"})).out, "kind: scp (--kind)"));
}

TEST_CASE("the file is searched upward to the root of the repository, and can be named") {
  const Folder folder;
  WriteConfig(folder, "  ignore: [EP101]\n");
  folder.Write("outer/endpoints/a.json", kPolicy);
  CHECK(folder.Run(Lint({"outer/endpoints/a.json"})).code == 0);
  folder.Write("outer/.git/HEAD", "");
  CHECK(folder.Run(Lint({"outer/endpoints/a.json"})).code == 1);
  CHECK(folder.Run(Lint({"--config", "postern.yaml", "outer/endpoints/a.json"})).code == 0);
  folder.Write("outer/endpoints/postern.yaml", "version: 1\nlint: {severity: {EP101: warning}}\n");
  CHECK(Has(folder.Run(Lint({"outer/endpoints/a.json"})).out, "2 warnings\n"));
  const auto missing = folder.Run(Lint({"--config", "no.yaml", "outer/endpoints/a.json"}));
  CHECK(missing.code == 2);
  CHECK(Has(missing.err, "`no.yaml`: no such file"));
}

TEST_CASE("a broken configuration is exit code 2, with its place and what was meant") {
  struct Row {
    std::string_view text, says;
  };
  const Row rows[] = {
      {"lint: {}\n", "postern.yaml:1:1: error: a configuration has a `version`"},
      {"version: 2\n", "postern.yaml:1:10: error: this is not `version: 1`"},
      {"version: 1\nlnt: {}\n", "postern.yaml:2:1: error: unknown member `lnt`"},
      {"version: 1\nlint: {fail_on: error}\n", "did you mean `fail-on`?"},
      {"version: 1\nlint: {fail-on: eror}\n", "did you mean `error`?"},
      {"version: 1\nlint: {select: [EP999]}\n", "no rule is called `EP999`"},
      {"version: 1\nlint: {severity: {EP1: error}}\n", "`EP1` is no single rule"},
      {"version: 1\nlint: {severity: {EP101: never}}\n", "`never` is none of"},
      {"version: 1\nlint: {ignore: [{path: a}]}\n", "what is ignored has a `rule`"},
      {"version: 1\nlint: {ignore: [{rule: EP101, expires: 2027-02-30}]}\n",
       "`2027-02-30` is not a day"},
      {"version: 1\nlint: {ignore: {rule: EP101}}\n", "`ignore` must be a list"},
      {"version: 1\nlint: {endpoints: {\"*\": {type: gate}}}\n", "`gate` is none of"},
      {"version: 1\norganization: {id: x}\n", "must begin with `o-`"},
      {"version: 1\nversion: 1\n", "given twice"},
      {"version: [1\n", "postern.yaml:"},
      {"", "postern.yaml:1:1: error: "}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Folder folder;
    folder.Write("a.json", kPolicy);
    folder.Write("postern.yaml", row.text);
    const auto result = folder.Run({"lint", "a.json"});
    CAPTURE(result.err);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(Has(result.err, row.says));
  }
}

TEST_CASE("--now takes a day and nothing else") {
  const Folder folder;
  folder.Write("a.json", kPolicy);
  CHECK(folder.Run({"lint", "--now", "2027-02-30", "a.json"}).code == 2);
  CHECK(folder.Run({"lint", "--now", "tomorrow", "a.json"}).code == 2);
}

TEST_CASE("a baseline hides the findings that it knows, and no others") {
  const Folder folder;
  folder.Write("endpoints/a.json", kPolicy);
  const auto written = folder.Run(Lint({"--write-baseline", "known/baseline.json", "endpoints"}));
  CHECK(written.code == 2);  // no such folder
  const auto good = folder.Run(Lint({"--write-baseline", "baseline.json", "endpoints"}));
  CHECK(good.code == 0);
  CHECK(Has(good.out, "the baseline has 2 findings\n"));
  CHECK(Has(folder.Read("baseline.json"), "\"file\": \"endpoints/a.json\""));
  CHECK(folder.Run(Lint({"--baseline", "baseline.json", "endpoints/a.json"})).code == 0);
  CHECK(RunProgram(Lint({"--baseline", folder.path() + "/baseline.json",
                         folder.path() + "/endpoints/a.json"}))
            .code == 0);

  std::string more(kPolicy);
  more.insert(more.find("{\"Sid\": \"Read\""),
              "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}, ");
  folder.Write("endpoints/a.json", more);
  const auto changed = folder.Run(Lint({"--baseline", "baseline.json", "endpoints"}));
  CHECK(changed.code == 1);
  CHECK(Has(changed.out, "the baseline has 2 findings\n"));
  CHECK(Has(changed.out, "checked 1 file: 1 error\n"));
}

TEST_CASE("a baseline that is none is exit code 2") {
  const Folder folder;
  folder.Write("a.json", kPolicy);
  folder.Write("empty.json", "");
  folder.Write("other.json", "{\"schema\": \"postern/findings/1\", \"findings\": []}");
  folder.Write("cut.json",
               "{\"schema\": \"postern/baseline/1\", \"findings\": [{\"rule\": \"X\"}]}");
  for (const char* name : {"missing.json", "empty.json", "other.json", "cut.json"}) {
    CAPTURE(name);
    const auto result = folder.Run({"lint", "--baseline", name, "a.json"});
    CHECK(result.code == 2);
    CHECK(Has(result.err, name));
  }
}
