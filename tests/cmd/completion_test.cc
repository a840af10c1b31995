#include <doctest/doctest.h>
#include <re2/re2.h>
#include <sys/wait.h>

#include <cstdlib>
#include <set>
#include <string>

#include "cmd/command.h"
#include "tests/cmd/run_program.h"
#include "tests/files.h"

using postern::test::RunProgram;

namespace {

// The names of options in the help of the program and of every command.
std::set<std::string> OptionsOfHelp() {
  static const RE2 kOption(R"((?m)^  (-[^ ]*))");
  static const RE2 kName(R"((--?[A-Za-z][A-Za-z-]*))");
  std::set<std::string> names;
  std::vector<std::vector<std::string>> all{{"--help"}};
  for (const auto& command : postern::cmd::Commands()) {
    all.push_back({std::string(command.name), "--help"});
  }
  for (const auto& args : all) {
    const std::string help = RunProgram(args).out;
    re2::StringPiece rest(help);
    for (std::string options; RE2::FindAndConsume(&rest, kOption, &options);) {
      re2::StringPiece piece(options);
      for (std::string name; RE2::FindAndConsume(&piece, kName, &name);) names.insert(name);
    }
  }
  return names;
}

std::string WithoutRoff(std::string text) {
  RE2::GlobalReplace(&text, R"(\\f[A-Z]|\\&)", "");
  RE2::GlobalReplace(&text, R"(\\-)", "-");
  return text;
}

bool HasWord(const std::string& text, const std::string& word) {
  return RE2::PartialMatch(text,
                           R"((?:^|[^A-Za-z-]))" + RE2::QuoteMeta(word) + R"((?:$|[^A-Za-z-]))");
}

}  // namespace

TEST_CASE("the manual page and the completions have every command and every option of the help") {
  const std::set<std::string> options = OptionsOfHelp();
  CHECK(options.size() > 60);
  CHECK(options.contains("--fail-on"));
  CHECK(options.contains("-C"));
  const std::string page = WithoutRoff(RunProgram({"man"}).out);
  const std::string bash = RunProgram({"completion", "bash"}).out;
  const std::string zsh = RunProgram({"completion", "zsh"}).out;
  const std::string fish = RunProgram({"completion", "fish"}).out;
  for (const std::string& option : options) {
    CAPTURE(option);
    CHECK(HasWord(page, option));
    CHECK(HasWord(bash, option));
    CHECK(HasWord(zsh, option));
    const bool is_long = option.starts_with("--");
    CHECK(HasWord(fish, (is_long ? "-l " : "-s ") + option.substr(is_long ? 2 : 1)));
  }
  for (const auto& command : postern::cmd::Commands()) {
    CAPTURE(command.name);
    CHECK(page.find(".SS \"postern " + std::string(command.name) + "\"") != std::string::npos);
    for (const std::string* script : {&bash, &zsh, &fish}) {
      CHECK(HasWord(*script, std::string(command.name)));
    }
  }
  CHECK(RunProgram({"completion", "tcsh"}).code == 2);
}

TEST_CASE("bash completes commands, options and the words that they take") {
  const auto script = postern::testing::SourceDir() / "tests/packages/completions";
  const std::string command =
      "'" + script.string() + "' '" + postern::testing::Program().string() + "' bash >/dev/null";
  CHECK(std::system(command.c_str()) == 0);
}
