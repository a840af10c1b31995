// The program's commands and options as data, read from what their set-up told CLI11: what the
// manual page and the completions are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postern::cmd {

struct OptionDescription {
  std::vector<std::string> names;    // "-f", "--format"; none for an argument without a name
  std::string value;                 // "FORMAT"; "" = it takes none
  bool value_is_optional = false;    // given with `=` only: --coverage=json
  std::vector<std::string> choices;  // the words it takes; empty = any
  bool repeatable = false;
  std::string text;

  bool TakesFile() const { return value.find("FILE") != std::string::npos; }
  bool TakesFolder() const { return value == "DIR"; }
};

struct CommandDescription {
  std::string_view name;
  std::string_view summary;
  std::vector<OptionDescription> arguments;  // without a name, in their order
  std::vector<OptionDescription> options;
  std::string footer;  // what its help says below the options; "" = nothing
};

struct ProgramDescription {
  std::vector<OptionDescription> options;  // before and behind every command
  std::vector<CommandDescription> commands;
};

ProgramDescription DescribeProgram();

}  // namespace postern::cmd
