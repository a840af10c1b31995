#include "cmd/command.h"

#include <array>

namespace postern::cmd {
namespace {

constexpr std::array kCommands{
    Command{"lint", "check policies before deploy", &SetUpLint},
    Command{"eval", "decide one request, or a stream of them", &SetUpEval},
    Command{"explain", "say why a request is allowed or denied, layer by layer", &SetUpExplain},
    Command{"test", "run policy unit tests", &SetUpTest},
    Command{"fmt", "format policies, or minify them to fit a limit", &SetUpFmt},
    Command{"rules", "list lint rules, or show the page of one (or of an assumption)", &SetUpRules},
    Command{"catalog", "show what the embedded service data knows", &SetUpCatalog},
    Command{"schema", "print the JSON Schema of a format", &SetUpSchema},
    Command{"version", "say which version this is, and of which day its service data",
            &SetUpVersion},
    Command{"completion", "print the completions of a shell", &SetUpCompletion},
    Command{"man", "print the manual page", &SetUpMan},
};

}  // namespace

std::span<const Command> Commands() { return kCommands; }

ExitCode Session::Fail(std::string_view message) const {
  err << "postern: error: " << message << '\n';
  return ExitCode::kFailed;
}

void Session::Warn(std::string_view message) const {
  if (!quiet) err << "postern: warning: " << message << '\n';
}

}  // namespace postern::cmd
