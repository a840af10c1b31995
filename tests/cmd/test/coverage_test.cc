#include <doctest/doctest.h>

#include "tests/cmd/test/testing.h"

using postern::test::Folder;
using postern::test::Has;
using postern::test::SuiteOf;
using postern::test::Suites;

namespace {

constexpr const char* kCases =
    "  - {name: in, request: {context: {\"aws:SourceVpc\": vpc-1}}, expect: allow}\n"
    "  - {name: out, request: {context: {\"aws:SourceVpc\": vpc-2}}, expect: deny}\n";

}  // namespace

TEST_CASE("--coverage says which statements and keys decided, by line") {
  const Suites suites(kCases);
  const auto result = suites.folder.Run({"test", ".", "--coverage"});
  CHECK(result.code == 0);
  CHECK(result.out ==
        "coverage of identity.json: 66 % (1 of 2 statements, 1 of 1 condition key)\n"
        "  line 4: statement 1 `FromVpc` (`/Statement/0`): decided 1 case\n"
        "    StringEquals aws:SourceVpc: held in 1, failed in 1\n"
        "  line 11: statement 2 `Logs` (`/Statement/1`): decided no case\n"
        "coverage: 66 % (1 of 2 statements, 1 of 1 condition key)\n"
        "2 cases in 1 suite: 2 passed\n");
}

TEST_CASE("coverage below the minimum is exit code 1, whoever asks for it") {
  const Suites suites(kCases);
  const Folder& folder = suites.folder;
  CHECK(folder.Run({"test", ".", "--coverage-min", "66"}).code == 0);
  const auto flag = folder.Run({"test", ".", "--coverage-min", "67"});
  CHECK(flag.code == 1);
  CHECK(flag.err == "postern: coverage is 66 %, below the minimum of 67 %\n");
  CHECK(folder.Run({"test", ".", "--coverage-min", "101"}).code == 2);

  folder.Write("postern.yaml", "version: 1\ntest: {coverage-min: 90}\n");
  CHECK(folder.Run({"test", "."}).code == 0);
  CHECK(folder.Run({"test", ".", "--coverage"}).code == 1);
  CHECK(folder.Run({"test", ".", "--coverage", "--coverage-min", "10"}).code == 0);
  CHECK(Has(folder.Run({"test", ".", "--coverage", "-f", "github"}).out,
            "::error::coverage is 66 %, below the minimum of 90 %"));
  for (const char* wrong : {"many", "101", "1.5", "-1"}) {
    CAPTURE(wrong);
    folder.Write("postern.yaml", std::string("version: 1\ntest: {coverage-min: ") + wrong + "}\n");
    CHECK(folder.Run({"test", ".", "--coverage"}).code == 2);
  }
}

TEST_CASE("coverage in a format of its own takes standard output, or says that it cannot") {
  const Suites suites(kCases);
  const Folder& folder = suites.folder;
  const auto json = folder.Run({"test", ".", "--coverage=json"});
  CHECK(json.code == 0);
  CHECK(json.out.starts_with("{\n  \"schema\": \"postern/coverage/1\""));
  CHECK(Has(json.err, "2 cases in 1 suite: 2 passed"));
  const auto both = folder.Run({"test", ".", "--coverage=html", "-o", "json=results.json"});
  CHECK(both.out.starts_with("<!DOCTYPE html>"));
  CHECK(Has(both.out, "\u00A0the statement decided no case</small>"));
  CHECK(Has(folder.Read("results.json"), "\"percent\": 66"));
  CHECK(folder.Run({"test", ".", "--coverage=json", "-f", "tap"}).code == 2);
  CHECK(folder.Run({"test", ".", "--coverage=xml"}).code == 2);
  CHECK(folder.Run({"test", "--coverage", "."}).code == 0);
}

TEST_CASE("a page on coverage shows a policy's text as text") {
  const Folder folder;
  folder.Write("identity.json",
               R"({"Statement": [{"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject",
                   "Resource": "arn:aws:s3:::b/<script>&*"}]})");
  folder.Write("a.ptest.yaml", SuiteOf("a", "  - {name: n, request: {}, expect: deny}\n"));
  const auto html = folder.Run({"test", ".", "--coverage=html"});
  CHECK(html.code == 0);
  CHECK_FALSE(Has(html.out, "<script>"));
  CHECK(Has(html.out, "&lt;script&gt;&amp;*"));
}
