#include "cmd/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "cmd/command.h"
#include "cmd/global_options.h"
#include "cmd/installed_catalogue.h"
#include "policy/suggest.h"

#ifndef POSTERN_VERSION
#error "the build defines POSTERN_VERSION"
#endif

namespace postern::cmd {
namespace {

// The index of the first argument that is neither a global option nor the value of one.
std::size_t FindCommandWord(std::span<const std::string_view> args) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "-C" || args[i] == "--config" || args[i] == "--color") {
      ++i;
    } else if (args[i].empty() || args[i].front() != '-') {
      return i;
    }
  }
  return args.size();
}

std::string ExitCodeHelp() {
  std::vector<ExitCodeRow> rows(kExitCodes.begin(), kExitCodes.end());
  std::sort(rows.begin(), rows.end(),
            [](const ExitCodeRow& a, const ExitCodeRow& b) { return a.code < b.code; });
  std::string text = "Exit codes:\n";
  for (const ExitCodeRow& row : rows) {
    text += fmt::format("  {:>2}  {}\n", static_cast<int>(row.code), row.meaning);
  }
  text += "  several at once:";
  const char* separator = " ";
  for (const ExitCodeRow& row : kExitCodes) {
    text += fmt::format("{}{}", separator, static_cast<int>(row.code));
    separator = " > ";
  }
  return text;
}

std::string CommandList() {
  std::string text = "Commands:\n";
  for (const Command& command : Commands()) {
    text += fmt::format("  {:<10} {}\n", command.name, command.summary);
  }
  return text + "\n`postern COMMAND --help` or `postern help COMMAND` shows the options of one.\n";
}

// CLI11's sentences in the form of ours.
std::string UsageMessage(const CLI::ParseError& error) {
  std::string message = error.what();
  std::replace(message.begin(), message.end(), '\n', ' ');
  while (!message.empty() && (message.back() == '.' || message.back() == ' ')) message.pop_back();
  if (message.size() > 1 && std::islower(static_cast<unsigned char>(message[1])) != 0) {
    message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
  }
  return message;
}

// The one place where CLI11's outcomes become ours: help is good, anything else is usage.
ExitCode ReportParse(const CLI::App& app, const CLI::ParseError& error, Session& session) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    session.out << app.help();
    return ExitCode::kGood;
  }
  session.Fail(UsageMessage(error));
  session.err << "help: " << app.get_name() << " --help\n";
  return ExitCode::kFailed;
}

// CLI11 wants its arguments last first.
bool ParseArguments(CLI::App& app, std::vector<std::string> args, Session& session,
                    ExitCode& code) {
  std::reverse(args.begin(), args.end());
  try {
    app.parse(std::move(args));
  } catch (const CLI::ParseError& error) {
    code = ReportParse(app, error, session);
    return false;
  }
  return true;
}

class TopFormatter : public CLI::Formatter {
  std::string make_usage(const CLI::App*, std::string) const override {
    return "Usage: postern [OPTIONS] COMMAND ...\n";
  }
};

class CommandFormatter : public CLI::Formatter {
  // "--coverage[=text|json|html]", where CLI11 writes "--coverage{text} :{text,json,html}".
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
    const std::string name = CLI::Formatter::make_option_name(option, is_positional);
    return name.substr(0, name.find('{'));
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string type = option->get_type_name();
    if (option->get_expected_max() > 0 || !type.starts_with(":{")) {
      return CLI::Formatter::make_option_opts(option);
    }
    std::ranges::replace(type, ',', '|');
    return fmt::format("[={}]", type.substr(2, type.size() - 3));
  }
};

ExitCode RunWithoutCommand(std::span<const std::string_view> args, Session& session) {
  CLI::App app("offline evaluator, linter, explainer and test runner for AWS VPC endpoint policies",
               "postern");
  GlobalOptions options;
  AddGlobalOptions(app, options);
  bool version = false;
  app.add_flag("--version", version, "the same as `postern version`");
  app.formatter(std::make_shared<TopFormatter>());
  app.footer(CommandList() + "\n" + ExitCodeHelp());
  ExitCode code = ExitCode::kGood;
  if (!ParseArguments(app, {args.begin(), args.end()}, session, code)) return code;
  Apply(options, session);
  if (version) {
    CLI::App none;
    return SetUpVersion(none)(session);
  }
  session.Fail("no command given");
  session.err << "help: postern --help\n";
  return ExitCode::kFailed;
}

ExitCode RunCommandWord(std::span<const std::string_view> args, std::size_t word,
                        Session& session) {
  const std::span<const Command> commands = Commands();
  const auto command = std::find_if(commands.begin(), commands.end(),
                                    [&](const Command& c) { return c.name == args[word]; });
  if (command == commands.end()) {
    std::vector<std::string_view> names;
    for (const Command& c : commands) names.push_back(c.name);
    session.Fail(fmt::format("`{}` is not a command{}", args[word],
                             policy::DidYouMean(args[word], names, "; ")));
    session.err << "help: postern --help\n";
    return ExitCode::kFailed;
  }
  CLI::App app(std::string(command->summary), fmt::format("postern {}", command->name));
  app.formatter(std::make_shared<CommandFormatter>());
  GlobalOptions options;
  const RunCommand run = command->set_up(app);
  AddGlobalOptions(app, options);
  app.footer(app.get_footer() + ExitCodeHelp());
  std::vector<std::string> rest(args.begin(), args.end());
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(word));
  ExitCode code = ExitCode::kGood;
  if (!ParseArguments(app, std::move(rest), session, code)) return code;
  Apply(options, session);
  if (!options.directory.empty() && !std::filesystem::is_directory(session.directory)) {
    return session.Fail(fmt::format("-C: `{}` is not a directory", options.directory));
  }
  if (!UseInstalledCatalogue(session)) return ExitCode::kFailed;
  return run(session);
}

// `postern help` and `postern help COMMAND` are another word for --help.
ExitCode RunHelp(std::span<const std::string_view> args, std::size_t word, Session& session) {
  std::vector<std::string_view> rest(args.begin(), args.end());
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(word));
  const std::size_t command = FindCommandWord(rest);
  if (command == rest.size() || rest[command] == "help") {
    return RunWithoutCommand(std::vector<std::string_view>{"--help"}, session);
  }
  return RunCommandWord(std::vector<std::string_view>{rest[command], "--help"}, 0, session);
}

}  // namespace

int Run(std::span<const std::string_view> args, std::istream& in, std::ostream& out,
        std::ostream& err) {
  Session session{in, out, err, {}, {}};
  ExitCode code = ExitCode::kBug;
  try {
    const std::size_t word = FindCommandWord(args);
    if (word == args.size()) {
      code = RunWithoutCommand(args, session);
    } else if (args[word] == "help") {
      code = RunHelp(args, word, session);
    } else {
      code = RunCommandWord(args, word, session);
    }
    out.flush();
  } catch (const std::exception& error) {
    err << "postern: internal error: " << error.what() << " (postern " << POSTERN_VERSION
        << "); this is a bug: please report the command and its input\n";
    code = ExitCode::kBug;
  }
  return static_cast<int>(code);
}

}  // namespace postern::cmd
