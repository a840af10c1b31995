#include "cmd/describe.h"

#include <CLI/CLI.hpp>

#include "cmd/command.h"
#include "cmd/global_options.h"

namespace postern::cmd {
namespace {

// "WHEN:{auto,always,never}": the value's name, and behind the colon what it is checked for.
void ReadType(const std::string& type, OptionDescription& into) {
  const std::size_t colon = type.find(':');
  into.value = type.substr(0, colon);
  if (colon == std::string::npos || type.compare(colon, 2, ":{") != 0 || type.back() != '}') return;
  into.choices = CLI::detail::split(type.substr(colon + 2, type.size() - colon - 3), ',');
}

OptionDescription Describe(const CLI::Option& option) {
  OptionDescription description;
  for (const std::string& name : option.get_snames()) description.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) description.names.push_back("--" + name);
  description.text = option.get_description();
  description.repeatable = option.get_expected_max() > 1;
  ReadType(option.get_type_name(), description);
  if (option.get_positional()) {
    description.value = option.get_name(true);
  } else if (option.get_expected_max() == 0) {
    description.value_is_optional = !description.choices.empty();
    description.value = description.value_is_optional ? "WORD" : "";
  }
  return description;
}

CommandDescription Describe(const Command& command) {
  CLI::App app;
  command.set_up(app);
  CommandDescription description{command.name, command.summary, {}, {}, app.get_footer()};
  for (const CLI::Option* option : app.get_options()) {
    (option->get_positional() ? description.arguments : description.options)
        .push_back(Describe(*option));
  }
  return description;
}

}  // namespace

ProgramDescription DescribeProgram() {
  ProgramDescription description;
  CLI::App app;
  app.set_help_flag();  // every command has its own
  GlobalOptions options;
  AddGlobalOptions(app, options);
  for (const CLI::Option* option : app.get_options()) {
    description.options.push_back(Describe(*option));
  }
  for (const Command& command : Commands()) description.commands.push_back(Describe(command));
  return description;
}

}  // namespace postern::cmd
