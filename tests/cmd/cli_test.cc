#include "cmd/cli.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "cmd/exit_code.h"
#include "tests/cmd/run_program.h"
#include "tests/files.h"

using postern::cmd::ExitCode;
using postern::cmd::Worse;
using postern::test::Folder;
using postern::test::RunProgram;

TEST_CASE("of several exit codes 70 beats 2 beats 1 beats 3 beats 0") {
  const ExitCode order[] = {ExitCode::kBug, ExitCode::kFailed, ExitCode::kBad,
                            ExitCode::kUndetermined, ExitCode::kGood};
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = i; j < 5; ++j) {
      CHECK(Worse(order[i], order[j]) == order[i]);
      CHECK(Worse(order[j], order[i]) == order[i]);
    }
  }
}

TEST_CASE("help shows the exit codes and ends with 0") {
  const std::vector<std::vector<std::string>> commands{
      {"--help"},         {"lint", "--help"},    {"eval", "--help"},       {"explain", "--help"},
      {"test", "--help"}, {"rules", "--help"},   {"catalog", "--help"},    {"schema", "--help"},
      {"fmt", "--help"},  {"version", "--help"}, {"completion", "--help"}, {"man", "--help"}};
  for (const auto& args : commands) {
    const auto result = RunProgram(args);
    CAPTURE(args.front());
    CHECK(result.code == 0);
    CHECK(result.out.find("70 > 2 > 1 > 3 > 0") != std::string::npos);
    CHECK(result.err.empty());
  }
}

TEST_CASE("what is no usage ends with 2 and says so on the error stream") {
  const std::vector<std::vector<std::string>> commands{
      {},
      {"fmt"},
      {"lnit", "x.json"},
      {"lint"},
      {"lint", "--no-such-option", "x.json"},
      {"lint", "--fail-on", "never-ever", "x.json"},
      {"lint", "--kind", "endpiont", "x.json"},
      {"lint", "--select", "ZZ999", "x.json"},
      {"lint", "-f", "sarfi", "x.json"},
      {"version", "-f", "sarif"},
      {"lint", "-f", "text", "-o", "json", "x.json"},
      {"lint", "-o", "json=", "x.json"},
      {"lint", "--service", "com.amazonaws.eu-west-1.s3", "--region", "us-east-1", "x.json"},
      {"eval"},
      {"eval", "--context", "novalue"},
      {"eval", "--jobs", "2", "case.json"},
      {"eval", "--stream", "-f", "json"},
      {"explain"},
      {"rules", "ZZ999"},
      {"catalog"},
      {"catalog", "show"},
      {"catalog", "show", "s4"},
      {"catalog", "show", "s3:GetObjct"},
      {"catalog", "info", "s3"},
      {"catalog", "verify", "no-such-file"},
      {"schema", "no-such-format"},
      {"version", "extra"},
      {"--color", "blue", "version"},
      {"-C", "/no/such/folder", "version"}};
  for (const auto& args : commands) {
    const auto result = RunProgram(args);
    CAPTURE(args.empty() ? std::string("(none)") : args.front());
    CAPTURE(result.err);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.starts_with("postern: error: "));
  }
}

TEST_CASE("a slip in a command's name is answered with the right one") {
  CHECK(RunProgram({"lnit"}).err.find("did you mean `lint`?") != std::string::npos);
}

TEST_CASE("a file that is called like a command is a file") {
  const Folder folder;
  folder.Write("lint", postern::test::kAllowAll);
  CHECK(folder.Run({"lint", "lint"}).err.empty());
}

TEST_CASE("global options stand before and behind the command") {
  const Folder folder;
  folder.Write("p.json", postern::test::kAllowAll);
  CHECK(RunProgram({"lint", "-q", "p.json", "-C", folder.path()}).err.empty());
}

TEST_CASE("version tells the day of the service data, and --deterministic leaves it out") {
  CHECK(RunProgram({"version"}).out.find("catalogue of 20") != std::string::npos);
  CHECK(RunProgram({"version", "--deterministic"}).out == "postern\n");
}

TEST_CASE("an output that cannot be written is exit code 2") {
  const Folder folder;
  CHECK(folder.Run({"version", "-o", "json=no/such/folder/x.json"}).code == 2);
  CHECK(folder.Run({"version", "-o", "json=x.json", "-o", "text"}).code == 0);
  CHECK(folder.Read("x.json").find("postern/version/1") != std::string::npos);
}

TEST_CASE("a full disk is exit code 2, a closed pipe ends quietly") {
  const std::string program = postern::testing::Program().string();
  CHECK(WEXITSTATUS(std::system((program + " rules A9 > /dev/full 2>/dev/null").c_str())) == 2);
  const Folder folder;
  const std::string errors = folder.path() + "/errors";
  const std::string piped =
      "bash -c '" + program + " rules -f json 2>" + errors + " | true; exit ${PIPESTATUS[0]}'";
  CHECK(WEXITSTATUS(std::system(piped.c_str())) == 0);
  CHECK(folder.Read("errors").empty());
}

TEST_CASE("help is another word for --help") {
  CHECK(RunProgram({"help"}).code == 0);
  CHECK(RunProgram({"help"}).out == RunProgram({"--help"}).out);
  CHECK(RunProgram({"help", "help"}).out == RunProgram({"--help"}).out);
  CHECK(RunProgram({"help", "lint"}).out == RunProgram({"lint", "--help"}).out);
  const auto unknown = RunProgram({"help", "lnit"});
  CHECK(unknown.code == 2);
  CHECK(unknown.err.find("`lnit` is not a command; did you mean `lint`?") != std::string::npos);
}

TEST_CASE("the page of an assumption comes from the text of the semantics") {
  const auto page = RunProgram({"rules", "a9"});
  CHECK(page.code == 0);
  CHECK(page.out.find("ListAllMyBuckets") != std::string::npos);
}

TEST_CASE("rules are listed under headings, and by the beginning of their codes") {
  const std::string all = RunProgram({"rules"}).out;
  CHECK(all.starts_with("AC: actions\nAC501 "));
  CHECK(all.find(": \n") == std::string::npos);  // every group has one
  CHECK(all.find("\n\nEP: endpoint policies\nEP101 ") != std::string::npos);
  const auto some = RunProgram({"rules", "ep3"});
  CHECK(some.code == 0);
  CHECK(some.out.starts_with("EP: endpoint policies\nEP301 "));
  CHECK(some.out.find("EP101") == std::string::npos);
  CHECK(some.out.find("\n\nEP304  alias") != std::string::npos);
  CHECK(RunProgram({"rules", "SE"}).out.find("alias") == std::string::npos);
  CHECK(RunProgram({"rules", "EP3", "-f", "json"}).out.find("EP101") == std::string::npos);
}

TEST_CASE("the page of a rule shows its examples") {
  const auto page = RunProgram({"rules", "EP301"});
  CHECK(page.code == 0);
  CHECK(page.out.find("list-buckets-unreachable") != std::string::npos);
  CHECK(page.out.find("\"Statement\"") != std::string::npos);
  CHECK(RunProgram({"rules", "list-buckets-unreachable"}).out == page.out);
}
