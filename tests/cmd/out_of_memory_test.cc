#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "tests/cmd/run_program.h"
#include "tests/files.h"

namespace {

// The exit code of the program where it may have so many KiB of memory; a signal is none.
int RunWithin(int kibibytes, const std::string& arguments, const postern::test::Folder& folder) {
  const std::string command =
      "cd '" + folder.path() + "' && ulimit -v " + std::to_string(kibibytes) + " && exec '" +
      postern::testing::Program().string() + "' " + arguments + " >/dev/null 2>errors";
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// A plan of many endpoint policies.
std::string LargePlan() {
  std::string plan = R"({"planned_values":{"root_module":{"resources":[)";
  for (int i = 0; i < 2'000; ++i) {
    plan += i == 0 ? "" : ",";
    plan +=
        R"({"address":"aws_vpc_endpoint.e)" + std::to_string(i) +
        R"(","type":"aws_vpc_endpoint","values":{"service_name":"com.amazonaws.eu-west-1.s3",)"
        R"("policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",)"
        R"(\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}",)"
        R"("tags":{"a":"b","c":"d"},"vpc_id":"vpc-0a1b2c3d","subnet_ids":["subnet-1","subnet-2"]}})";
  }
  return plan + "]}}}";
}

}  // namespace

TEST_CASE("where memory runs out, the program says so and ends with 2") {
  const postern::test::Folder folder;
  if (RunWithin(1'000'000, "version", folder) != 0) {
    MESSAGE("skipped: this build needs more memory than there is");
    return;
  }
  // With less it does not get as far as to say anything, above all where libraries are loaded
  // first.
  int least = 12'000;
  while (RunWithin(least, "version", folder) != 0) least += 2'000;
  folder.Write("plan.json", LargePlan());
  folder.Write("stream", std::string(200'000, '\n'));
  for (const std::string arguments :
       {"lint plan.json", "lint -f sarif plan.json", "eval --stream --jobs 64 stream"}) {
    CAPTURE(arguments);
    int ran_out = 0;
    for (int kibibytes = least + 4'000; kibibytes < least + 48'000; kibibytes += kibibytes / 10) {
      CAPTURE(kibibytes);
      const int code = RunWithin(kibibytes, arguments, folder);
      const std::string errors = folder.Read("errors");
      CAPTURE(errors);
      CHECK((code == 0 || code == 1 || code == 2));
      if (errors.ends_with("postern: error: out of memory\n")) {
        CHECK(code == 2);
        ++ran_out;
      }
    }
    if (arguments.starts_with("lint")) CHECK(ran_out > 3);
  }
}
