#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "tests/cmd/run_program.h"
#include "tests/files.h"

using postern::test::Folder;
using postern::test::kPlan;
using postern::test::RunProgram;

namespace {

constexpr std::string_view kValidator = R"(
import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
for line in (open(sys.argv[2]) if sys.argv[3] == "lines" else [open(sys.argv[2]).read()]):
    Draft202012Validator(schema).validate(json.loads(line))
)";

struct Printed {
  const char* schema;
  const char* shape;
  std::vector<std::string> args;
};

}  // namespace

// S8.1: what a verdict tells.
TEST_CASE("every JSON that is printed keeps to its schema") {
  if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0) {
    MESSAGE("skipped: no python3 with jsonschema");
    return;
  }
  const std::string seeds = (postern::testing::SourceDir() / "corpus" / "seeds").string();
  const std::string seed = seeds + "/list-buckets-through-the-endpoint";
  const std::string events = (postern::testing::SourceDir() / "corpus" / "events").string();
  const Folder folder;
  folder.Write("validate.py", kValidator);
  folder.Write("flows.txt",
               "2 111122223333 eni-a 10.20.3.17 10.0.1.9 40001 443 6 10 840 1772442000 1772442060 "
               "REJECT OK\n");
  folder.Write("events.ndjson",
               "{\"eventSource\": \"s3.amazonaws.com\", \"eventName\": \"ListBuckets\"}\n"
               "{\"eventSource\": \"s3.amazonaws.com\", \"eventName\": \"Nothing\"}\n");
  folder.Write(
      "cases.ndjson",
      "nothing\n{\"id\":\"a\",\"policies\":{\"identity\":\"unknown\"},\"request\":{\"principal\":"
      "\"arn:aws:iam::111122223333:user/a\",\"action\":\"s3:ListAllMyBuckets\"}}\n");
  folder.Write("broken.json", "{\"Statement\": [{\"Effect\": \"Allow\",}");
  folder.Write("plan.json", kPlan);
  folder.Write(
      "access-point.json",
      R"({"policies": {"identity": [], "resource": [], "access_point": {"network_origin": "Internet"}},
          "request": {"principal": "arn:aws:iam::111122223333:user/a", "action": "s3:GetObject",
                      "resource": "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k",
                      "bucket_resource": "arn:aws:s3:::b/k"}})");
  const std::vector<std::string> flags{"--identity",  seed + "/app-role.json",
                                       "--endpoint",  seed + "/s3-endpoint.json",
                                       "--principal", "arn:aws:iam::111122223333:user/a"};
  std::vector<Printed> all{
      {"findings", "one", {"lint", "-f", "json", "--statistics", seed, "broken.json", "plan.json"}},
      {"rules", "one", {"rules", "-f", "json"}},
      {"rules", "one", {"rules", "EP301", "-f", "json"}},
      {"assumption", "one", {"rules", "A9", "-f", "json"}},
      {"version", "one", {"version", "-f", "json"}},
      {"version", "one", {"version", "-f", "json", "--deterministic"}},
      {"tests", "one", {"test", "-f", "json", seeds}},
      {"tests", "one", {"test", "-f", "json", "--coverage", "--mutation-min", "50", seed}},
      {"coverage", "one", {"test", "--coverage=json", "--coverage-min", "50", seed}},
      {"result", "lines", {"eval", "--stream", "cases.ndjson"}},
      {"verdict", "one", {"eval", "-f", "json", "--action", "s3:ListAllMyBuckets"}},
      {"verdict", "one", {"eval", "-f", "json", "--api", "s3.ListBuckets"}},
      {"verdict", "one", {"eval", "-f", "json", "access-point.json"}},
      {"explanation", "one", {"explain", "-f", "json", "access-point.json"}},
      {"explanation", "one", {"explain", "-f", "json", "--message", "connection timed out"}},
      {"explanation",
       "one",
       {"explain", "-f", "json", "--event", events + "/s3-list-buckets/event.json", "--flow-log",
        "flows.txt"}},
      {"explanation", "one", {"explain", "-f", "json", "--event", "events.ndjson"}},
      {"explanation", "one", {"explain", "-f", "json", "--flow-log", "flows.txt"}},
      {"explanation",
       "one",
       {"explain", "-f", "json", "--action", "s3:GetObject", "--resource", "arn:aws:s3:::b/k"}}};
  for (Printed& printed : all) {
    if (printed.args.size() > 3 && (printed.args[3] == "--action" || printed.args[3] == "--api")) {
      printed.args.insert(printed.args.end(), flags.begin(), flags.end());
    }
    CAPTURE(printed.schema);
    CAPTURE(printed.args.front());
    const auto schema = RunProgram({"schema", printed.schema});
    REQUIRE(schema.code == 0);
    const auto result = folder.Run(printed.args);
    CAPTURE(result.err);
    REQUIRE(!result.out.empty());
    folder.Write("schema.json", schema.out);
    folder.Write("printed.json", result.out);
    const std::string command = "cd " + folder.path() +
                                " && python3 validate.py schema.json printed.json " +
                                printed.shape + " 2>&1 | tail -5; exit ${PIPESTATUS[0]}";
    CHECK(std::system(("bash -c '" + command + "'").c_str()) == 0);
  }
}

TEST_CASE("a baseline and a configuration keep to their schemas") {
  if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0) {
    MESSAGE("skipped: no python3 with jsonschema");
    return;
  }
  const std::string seeds = (postern::testing::SourceDir() / "corpus" / "seeds").string();
  const std::string seed = seeds + "/list-buckets-through-the-endpoint";
  const Folder folder;
  folder.Write("validate.py", kValidator);
  folder.Write("a.json", "{\"Statement\": []}");
  // JSON is YAML too.
  folder.Write("postern.yaml", R"({
    "version": 1,
    "organization": {"id": "o-a1b2c3d4e5", "accounts": {"111122223333": "o-a1b2c3d4e5/r-ab12/"}},
    "lint": {
      "fail-on": "error", "select": ["GR", "CF"], "preview": true, "severity": {"GR201": "error"},
      "endpoints": {"s3*.json": {"type": "gateway", "service": "s3", "region": "eu-west-1", "uses": ["ecr"]}},
      "ignore": ["GR206", {"rule": ["JS", "EP1"], "path": "old/**", "sid": "A", "reason": "r", "expires": "2027-03-01"}]
    },
    "test": {"coverage-min": 90}
  })");
  CHECK(folder.Run({"lint", "--write-baseline", "baseline.json", "a.json"}).code == 0);
  CHECK(folder.Read("baseline.json").find("GR201") != std::string::npos);
  const std::pair<const char*, const char*> files[] = {{"baseline", "baseline.json"},
                                                       {"configuration", "postern.yaml"}};
  for (const auto& each : files) {
    const char* const name = each.first;
    CAPTURE(name);
    folder.Write("schema.json", RunProgram({"schema", name}).out);
    const std::string command = "cd " + folder.path() + " && python3 validate.py schema.json " +
                                std::string(each.second) + " one";
    CHECK(std::system(command.c_str()) == 0);
  }
}

TEST_CASE("the scenarios keep to the schema of suites") {
  if (std::system("python3 -c 'import jsonschema, yaml' 2>/dev/null") != 0) {
    MESSAGE("skipped: no python3 with jsonschema and yaml");
    return;
  }
  const Folder folder;
  folder.Write("schema.json", RunProgram({"schema", "suite"}).out);
  folder.Write("validate.py", R"(
import glob, json, sys, yaml
from jsonschema import Draft202012Validator
validator = Draft202012Validator(json.load(open("schema.json")))
files = glob.glob(sys.argv[1] + "/*.yaml")
assert len(files) >= 17
for file in files:
    validator.validate(yaml.safe_load(open(file)))
)");
  const std::string scenarios = (postern::testing::SourceDir() / "corpus" / "scenarios").string();
  const std::string command = "cd " + folder.path() + " && python3 validate.py " + scenarios;
  CHECK(std::system(command.c_str()) == 0);
}
