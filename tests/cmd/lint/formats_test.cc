// What `lint -f sarif`, `junit` and `github` print.
#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>

#include "policy/json_tree.h"
#include "tests/cmd/run_program.h"

using postern::policy::Node;
using postern::test::Folder;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

constexpr std::string_view kSlip =
    "{\"Version\":\"2012-10-17\",\n \"Statement\":[{\"effect\":\"Deny\",\"Action\":\"s3:*\","
    "\"Resource\":\"*\"}]}";

std::shared_ptr<const postern::policy::Tree> Json(const std::string& text) {
  auto result =
      postern::policy::ReadJson(std::make_shared<const postern::policy::Source>("out", text));
  REQUIRE(result.tree);
  return std::make_shared<const postern::policy::Tree>(*std::move(result.tree));
}

std::string At(const postern::policy::Tree& tree, std::string_view pointer) {
  const Node* node = tree.At(pointer);
  CAPTURE(pointer);
  REQUIRE(node != nullptr);
  return std::string(node->text);
}

}  // namespace

TEST_CASE("SARIF has the rule, the level, the place, the fingerprint and the fix") {
  const Folder folder;
  folder.Write("my policy.json", kSlip);
  const auto result =
      folder.Run({"lint", "-f", "sarif", "--select", "GR209", "my policy.json", "missing.json"});
  CHECK(result.code == 2);
  const auto tree = Json(result.out);
  CHECK(At(*tree, "/version") == "2.1.0");
  const std::string run = "/runs/0";
  CHECK(At(*tree, run + "/columnKind") == "unicodeCodePoints");
  CHECK(At(*tree, run + "/tool/driver/name") == "postern");
  CHECK(At(*tree, run + "/invocations/0/executionSuccessful") == "false");
  CHECK(Has(At(*tree, run + "/invocations/0/toolExecutionNotifications/0/message/text"),
            "missing.json"));
  const std::string rule = run + "/tool/driver/rules/0";
  CHECK(At(*tree, rule + "/id") == "GR209");
  CHECK(At(*tree, rule + "/name") == "element-case");
  CHECK(Has(At(*tree, rule + "/help/text"), "postern rules GR209"));
  CHECK(At(*tree, rule + "/defaultConfiguration/level") == "error");
  const std::string finding = run + "/results/0";
  CHECK(At(*tree, finding + "/ruleId") == "GR209");
  CHECK(At(*tree, finding + "/ruleIndex") == "0");
  CHECK(At(*tree, finding + "/level") == "error");
  CHECK(At(*tree, finding + "/partialFingerprints/postern~1v1").size() == 16);
  const std::string place = finding + "/locations/0/physicalLocation";
  CHECK(At(*tree, place + "/artifactLocation/uri") == "my%20policy.json");
  CHECK(At(*tree, place + "/region/startLine") == "2");
  CHECK(At(*tree, place + "/region/startColumn") == "16");
  CHECK(At(*tree, place + "/region/endColumn") == "24");
  CHECK(At(*tree, finding + "/locations/0/logicalLocations/0/fullyQualifiedName") ==
        "/Statement/0/effect");
  const std::string change = finding + "/fixes/0/artifactChanges/0/replacements/0";
  CHECK(At(*tree, finding + "/fixes/0/description/text") == "write `Effect`");
  CHECK(At(*tree, change + "/deletedRegion/startColumn") == "16");
  CHECK(At(*tree, change + "/insertedContent/text") == "\"Effect\"");
}

TEST_CASE("SARIF maps severities to levels, and nothing found is a run without results") {
  const Folder folder;
  folder.Write("p.json", "{\"Statement\":[]}");
  folder.Write("postern.yaml",
               "version: 1\nlint: {severity: {GR201: suggestion, GR206: security}}\n");
  const auto tree = Json(folder.Run({"lint", "-f", "sarif", "--select", "GR20", "p.json"}).out);
  CHECK(At(*tree, "/runs/0/results/0/level") == "note");
  CHECK(At(*tree, "/runs/0/results/1/level") == "warning");
  CHECK(At(*tree, "/runs/0/results/1/properties/severity") == "security");
  const auto none =
      Json(folder.Run({"lint", "-f", "sarif", "--deterministic", "--ignore", "ALL", "p.json"}).out);
  CHECK(none->At("/runs/0/results")->count == 0);
  CHECK(none->At("/runs/0/tool/driver/version") == nullptr);
}

TEST_CASE("JUnit has a suite for each file, and a failure for what reaches the threshold") {
  const Folder folder;
  folder.Write("a&b.json", kSlip);
  folder.Write("good.json", postern::test::kAllowAll);
  const auto result = folder.Run(
      {"lint", "-f", "junit", "--select", "GR209", "a&b.json", "good.json", "missing.json"});
  CHECK(result.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "));
  CHECK(
      Has(result.out, "<testsuite name=\"a&amp;b.json\" tests=\"1\" failures=\"1\" errors=\"0\">"));
  CHECK(Has(result.out, "name=\"GR209 element-case at 2:16\">\n      <failure type=\"error\""));
  CHECK(Has(result.out, "<testcase classname=\"good.json\" name=\"no findings\"/>"));
  CHECK(Has(result.out, "<error message=\"`missing.json`: no such file\"/>"));
  const auto never =
      folder.Run({"lint", "-f", "junit", "--select", "GR209", "--fail-on", "never", "a&b.json"});
  CHECK(Has(never.out, "failures=\"0\""));
  CHECK(Has(never.out, "<system-out>"));
}

TEST_CASE("JUnit is XML whatever bytes a file has") {
  if (std::system("python3 -c 'import xml.etree' 2>/dev/null") != 0) {
    MESSAGE("skipped: no python3");
    return;
  }
  const Folder folder;
  folder.Write("bad.json", "{\"Statement\": [\"\x01<&>\xff\xEF\xBF\xBF\" }");
  CHECK(folder.Run({"lint", "-o", "junit=out.xml", "bad.json"}).code == 1);
  const std::string command =
      "python3 -c 'import sys, xml.etree.ElementTree as e; e.parse(sys.argv[1])' " + folder.path() +
      "/out.xml";
  CHECK(std::system(command.c_str()) == 0);
}

TEST_CASE("GitHub's workflow commands escape what would end them") {
  const Folder folder;
  folder.Write("a,b:50%.json", kSlip);
  const auto result = folder.Run({"lint", "-f", "github", "--select", "GR209", "a,b:50%.json"});
  CHECK(result.code == 1);
  CHECK(result.out ==
        "::error file=a%2Cb%3A50%25.json,line=2,endLine=2,col=16,title=GR209 element-case::"
        "unknown element `effect`: element names are case-sensitive%0Ahelp: write `Effect`%0A"
        "why: postern rules GR209\n");
  CHECK(folder.Run({"lint", "-f", "github", "missing.json"}).out ==
        "::error::`missing.json`: no such file\n");
}

TEST_CASE("several formats are written from one run") {
  const Folder folder;
  folder.Write("p.json", kSlip);
  const auto result =
      folder.Run({"lint", "-o", "sarif=out.sarif", "-o", "junit=out.xml", "-o", "text", "p.json"});
  CHECK(Has(result.out, "[GR209]"));
  CHECK(Has(folder.Read("out.sarif"), "\"version\": \"2.1.0\""));
  CHECK(Has(folder.Read("out.xml"), "<testsuites"));
}
