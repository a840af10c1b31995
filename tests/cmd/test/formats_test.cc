#include <doctest/doctest.h>

#include "tests/cmd/test/testing.h"

using postern::test::Folder;
using postern::test::Has;
using postern::test::kTwoStatements;
using postern::test::SuiteOf;

namespace {

constexpr const char* kCases =
    "  - {name: passes, request: {context: {\"aws:SourceVpc\": vpc-1}}, expect: allow}\n"
    "  - {name: \"fails # <here>\", request: {context: {\"aws:SourceVpc\": vpc-2}}, expect: "
    "allow}\n"
    "  - {name: not today, skip: \"no, later\", request: {}, expect: allow}\n"
    "  - {name: one day, todo: soon, request: {}, expect: allow}\n"
    "  - {name: done, todo: soon, request: {}, expect: deny}\n";

struct Suites {
  Suites() {
    folder.Write("identity.json", kTwoStatements);
    folder.Write("a.ptest.yaml", SuiteOf("a & b", kCases));
  }
  Folder folder;
};

}  // namespace

TEST_CASE("JUnit has a testsuite for each suite, and a failure explains the decision") {
  const Suites suites;
  const auto result = suites.folder.Run({"test", "a.ptest.yaml", "-f", "junit"});
  CHECK(result.code == 1);
  CHECK(Has(result.out,
            "<testsuite name=\"a &amp; b (a.ptest.yaml)\" tests=\"5\" failures=\"1\" "
            "errors=\"0\" skipped=\"2\">"));
  CHECK(Has(result.out, "<testcase classname=\"a.ptest.yaml\" name=\"passes\"/>"));
  CHECK(Has(result.out,
            "name=\"fails # &lt;here&gt;\">\n      <failure type=\"implicit-deny\" "
            "message=\"wanted allow, got implicit-deny by identity\">a.ptest.yaml:7:5"));
  CHECK(Has(result.out, "aws:SourceVpc = `vpc-2` (supplied)"));
  CHECK(Has(result.out, "<skipped message=\"no, later\"/>"));
  CHECK(Has(result.out, "<skipped message=\"todo: soon\"/>"));
  CHECK(Has(result.out, "still marked as todo"));
}

TEST_CASE("TAP has a plan, directives and diagnostics") {
  const Suites suites;
  const auto result = suites.folder.Run({"test", "a.ptest.yaml", "-f", "tap"});
  CHECK(result.code == 1);
  CHECK(result.out.starts_with(
      "TAP version 14\n1..5\nok 1 - a & b: passes\n"
      "not ok 2 - a & b: fails \\# <here>\n  ---\n  message: \"the identity "));
  CHECK(Has(result.out,
            "  at:\n    file: \"a.ptest.yaml\"\n    line: 7\n    column: 5\n"
            "  wanted: \"allow\"\n  got: \"implicit-deny by identity\"\n"));
  CHECK(Has(result.out, "\n  explanation: |2\n    implicit-deny by identity\n"));
  CHECK(Has(result.out,
            "\n  ...\nok 3 - a & b: not today # SKIP no, later\n"
            "not ok 4 - a & b: one day # TODO soon\n"));
  CHECK(Has(result.out, "ok 5 - a & b: done # TODO soon\n"));
}

TEST_CASE("GitHub gets an error at the line of each case that fails") {
  const Suites suites;
  suites.folder.Write("b.ptest.yaml", "version: 2\n");
  const auto result = suites.folder.Run({"test", ".", "-f", "github"});
  CHECK(result.code == 2);
  CHECK(Has(result.out,
            "::error file=a.ptest.yaml,line=7,endLine=7,col=5,title=a & b::fails # "
            "<here>%0A  wanted: allow%0A  got:    implicit-deny by identity"));
  CHECK(Has(result.out, "::notice file=a.ptest.yaml,line=10,"));
  CHECK(Has(result.out, "::error file=b.ptest.yaml,line=1,"));
}

TEST_CASE("files that cannot be used are in every report") {
  const Folder folder;
  folder.Write("identity.json", kTwoStatements);
  folder.Write("a.ptest.yaml", SuiteOf("a", "  - {name: n, request: {}, expect: deny}\n"));
  folder.Write("b.ptest.yaml", SuiteOf("b", "  - {name: n, request: {}, expect: denied}\n"));
  const std::string message = "b.ptest.yaml:6:36: `denied` is not a verdict";
  for (const char* format : {"junit", "tap"}) {
    CAPTURE(format);
    const auto result = folder.Run({"test", ".", "-f", format});
    CHECK(result.code == 2);
    CHECK(Has(result.out, message));
  }
  CHECK(Has(folder.Run({"test", ".", "missing", "-f", "tap"}).out, "1..3\n"));
  CHECK(Has(folder.Run({"test", "b.ptest.yaml", "-f", "github"}).out,
            "::error file=b.ptest.yaml,line=6,"));
}

TEST_CASE("several reports come from one run") {
  const Suites suites;
  const auto result =
      suites.folder.Run({"test", ".", "-o", "junit=j.xml", "-o", "tap=t.tap", "-o", "text"});
  CHECK(Has(result.out, "5 cases in 1 suite"));
  CHECK(Has(suites.folder.Read("j.xml"), "<testsuites name=\"postern test\">"));
  CHECK(Has(suites.folder.Read("t.tap"), "TAP version 14"));
}
