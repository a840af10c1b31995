#include "cmd/render/man_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "cmd/exit_code.h"

namespace postern::cmd {
namespace {

struct Entry {
  std::string_view name;
  std::string_view text;
};

constexpr std::array kEnvironment{
    Entry{"NO_COLOR", "no colour, unless --color says otherwise"},
    Entry{"POSTERN_CATALOG", "a file of service data to use, or `built-in`"},
    Entry{"POSTERN_CONFIG", "the configuration, where --config does not name one"},
    Entry{"POSTERN_FORMAT", "the format of the output, where neither -f nor -o names one"},
    Entry{"XDG_DATA_HOME", "where `catalog update` keeps newer service data; ~/.local/share"},
};

constexpr std::array kFiles{
    Entry{"postern.yaml",
          "the configuration, searched upward from each file to the root of its repository"},
    Entry{"*.ptest.yaml", "suites of requests and expected verdicts, for `postern test`"},
    Entry{".postern-XXXXXX",
          "beside a file that is being replaced, until it takes that file's name; left over "
          "only where the program was killed, and then to be removed"},
};

// Text, in which nothing is a request of roff and `-` is what can be typed.
std::string Roff(std::string_view text) {
  std::string roff;
  for (char c : text) {
    const bool begins_line = roff.empty() || roff.back() == '\n';
    if (begins_line && (c == '.' || c == '\'')) roff += "\\&";
    switch (c) {
      case '\\':
        roff += "\\e";
        break;
      case '-':
        roff += "\\-";
        break;
      case '`':
        roff += "\\(ga";
        break;
      case '\'':
        roff += "\\(aq";
        break;
      case '^':
        roff += "\\(ha";
        break;
      case '~':
        roff += "\\(ti";
        break;
      default:
        roff += c;
    }
  }
  return roff;
}

std::string Head(const OptionDescription& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back("\\fB" + Roff(name) + "\\fR");
  std::string head = fmt::format("{}", fmt::join(names, ", "));
  if (option.value.empty()) return head;
  const std::string value = "\\fI" + Roff(option.value) + "\\fR";
  if (names.empty()) return value;
  return head + (option.value_is_optional ? "[=" + value + "]" : " " + value);
}

std::string Draw(const std::vector<OptionDescription>& options) {
  std::string text;
  for (const OptionDescription& option : options) {
    text += fmt::format(".TP\n{}\n{}\n", Head(option), Roff(option.text));
    if (!option.choices.empty()) {
      text += fmt::format(".br\none of: {}\n",
                          Roff(fmt::format("{}", fmt::join(option.choices, ", "))));
    }
  }
  return text;
}

template <std::size_t N>
std::string Draw(const std::array<Entry, N>& entries) {
  std::string text;
  for (const Entry& entry : entries) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", Roff(entry.name), Roff(entry.text));
  }
  return text;
}

std::string Draw(const CommandDescription& command) {
  std::string text = fmt::format(".SS \"postern {}\"\n{}\n", command.name, Roff(command.summary));
  text += Draw(command.arguments) + Draw(command.options);
  if (!command.footer.empty()) text += fmt::format(".PP\n.nf\n{}\n.fi\n", Roff(command.footer));
  return text;
}

std::string ExitStatus() {
  std::string text;
  for (auto row = kExitCodes.rbegin(); row != kExitCodes.rend(); ++row) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", static_cast<int>(row->code), Roff(row->meaning));
  }
  return text + ".PP\nOf several the last in this list is the program\\(aqs.\n";
}

}  // namespace

std::string ManPage(const ProgramDescription& program) {
  std::string commands;
  for (const CommandDescription& command : program.commands) commands += Draw(command);
  return fmt::format(
      ".TH POSTERN 1 \"\" \"postern {}\" \"User Commands\"\n"
      ".SH NAME\n"
      "postern \\- what AWS VPC endpoint policies let through, answered offline\n"
      ".SH SYNOPSIS\n"
      "\\fBpostern\\fR [\\fIOPTIONS\\fR] \\fICOMMAND\\fR ...\n"
      ".SH DESCRIPTION\n"
      "Lints, evaluates, explains, tests and formats VPC endpoint policies, alone and together\n"
      "with the other policies of a request. It asks no AWS account, no network and no\n"
      "credentials.\n"
      ".SH OPTIONS\n"
      "They stand before the command or behind it.\n"
      "{}"
      ".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nprint the commands, or the options of one\n"
      ".TP\n\\fB\\-\\-version\\fR\nthe same as \\(gapostern version\\(ga\n"
      ".SH COMMANDS\n"
      "{}"
      ".SH \"EXIT STATUS\"\n"
      "{}"
      ".SH ENVIRONMENT\n"
      "{}"
      ".SH FILES\n"
      "{}",
      POSTERN_VERSION, Draw(program.options), commands, ExitStatus(), Draw(kEnvironment),
      Draw(kFiles));
}

}  // namespace postern::cmd
