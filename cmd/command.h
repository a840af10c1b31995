// A subcommand as data: cli.cc finds it in the table, and sets up only the one that runs.
#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "cmd/exit_code.h"

namespace CLI {
class App;
}

namespace postern::cmd {

enum class ColorChoice { kAuto, kAlways, kNever };

// Where a command runs: its streams and the options that every command has.
struct Session {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::filesystem::path directory;  // -C; "" = the working directory
  std::string config;               // --config; "" = not given
  ColorChoice color = ColorChoice::kAuto;
  bool quiet = false;
  bool verbose = false;

  // Says why the job cannot be done, on `err`.
  ExitCode Fail(std::string_view message) const;
  void Warn(std::string_view message) const;
};

using RunCommand = std::function<ExitCode(Session&)>;

struct Command {
  std::string_view name;
  std::string_view summary;
  // Adds the command's options; what it returns runs the command after they were read.
  RunCommand (*set_up)(CLI::App&);
};

RunCommand SetUpLint(CLI::App& app);
RunCommand SetUpFmt(CLI::App& app);
RunCommand SetUpEval(CLI::App& app);
RunCommand SetUpExplain(CLI::App& app);
RunCommand SetUpTest(CLI::App& app);
RunCommand SetUpRules(CLI::App& app);
RunCommand SetUpCatalog(CLI::App& app);
RunCommand SetUpSchema(CLI::App& app);
RunCommand SetUpVersion(CLI::App& app);
RunCommand SetUpCompletion(CLI::App& app);
RunCommand SetUpMan(CLI::App& app);

std::span<const Command> Commands();

}  // namespace postern::cmd
