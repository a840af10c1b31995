#include "cmd/render/completion.h"

#include <fmt/format.h>

#include <array>

namespace postern::cmd {
namespace {

void ReplaceAll(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

std::string Quoted(std::string text) {
  ReplaceAll(text, "'", "'\\''");
  return "'" + text + "'";
}

// Bash ------------------------------------------------------------------------------------------

void AddNames(const std::vector<OptionDescription>& options, std::vector<std::string>& words) {
  for (const OptionDescription& option : options) {
    words.insert(words.end(), option.names.begin(), option.names.end());
  }
}

// `command:--format`, in all its spellings; every command where that is `*`. An optional value
// stands behind `=` only: what stands behind a blank is something else.
std::string BashValues(std::string_view command, const std::vector<OptionDescription>& options,
                       bool optional = false) {
  std::string text;
  for (const OptionDescription& option : options) {
    if (option.value.empty() || option.value_is_optional != optional) continue;
    std::vector<std::string> cases;
    for (const std::string& name : option.names) {
      cases.push_back(fmt::format("{}:{}", command, name));
    }
    // Without words of its own the shell completes the names of files.
    text += option.choices.empty() ? fmt::format("    {}) return ;;\n", fmt::join(cases, " | "))
                                   : fmt::format("    {}) words='{}' ;;\n", fmt::join(cases, " | "),
                                                 fmt::join(option.choices, " "));
  }
  return text;
}

std::string DrawBash(const ProgramDescription& program) {
  std::vector<std::string> with_value;
  std::vector<std::string> first{"-h", "--help", "--version"};
  for (const OptionDescription& option : program.options) {
    auto& names = option.value.empty() ? first : with_value;
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  first.insert(first.end(), with_value.begin(), with_value.end());
  std::string behind_blank = BashValues("*", program.options);
  std::string behind_equals;
  std::string words;
  for (const CommandDescription& command : program.commands) {
    first.emplace_back(command.name);
    behind_blank += BashValues(command.name, command.options);
    behind_equals += BashValues(command.name, command.options, true);
    std::vector<std::string> names;
    AddNames(command.options, names);
    AddNames(program.options, names);
    words += fmt::format("        {}:-*) words='{}' ;;\n", command.name, fmt::join(names, " "));
    for (const OptionDescription& argument : command.arguments) {
      if (argument.choices.empty()) continue;
      words += fmt::format("        {}:*) words='{}' ;;\n", command.name,
                           fmt::join(argument.choices, " "));
    }
  }
  return fmt::format(R"(# Completion of postern(1) for bash: what `postern completion bash` prints.
_postern() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} option=${{COMP_WORDS[COMP_CWORD - 1]}}
  local equals='' command='' words='' i
  # `--minify=safe` is three words here.
  if [[ $word == = ]]; then
    word='' equals=1
  elif [[ $option == = ]]; then
    option=${{COMP_WORDS[COMP_CWORD - 2]}} equals=1
  fi
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
      {with_value}) ((++i)) ;;
      -*) ;;
      *) command=${{COMP_WORDS[i]}} && break ;;
    esac
  done
  if [[ $equals ]]; then
    case $command:$option in
{behind_equals}    esac
  fi
  [[ $words ]] || case $command:$option in
{behind_blank}    *)
      case $command:$word in
        :*) words='{first}' ;;
{words}      esac
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -o bashdefault -o default -F _postern postern
)",
                     fmt::arg("with_value", fmt::join(with_value, " | ")),
                     fmt::arg("behind_equals", behind_equals),
                     fmt::arg("behind_blank", behind_blank),
                     fmt::arg("first", fmt::join(first, " ")), fmt::arg("words", words));
}

// Zsh -------------------------------------------------------------------------------------------

std::string ZshText(std::string text) {
  for (std::string_view special : {"\\", "[", "]", ":"}) {
    ReplaceAll(text, special, fmt::format("\\{}", special));
  }
  return text;
}

std::string ZshAction(const OptionDescription& option, std::string_view otherwise) {
  if (!option.choices.empty()) return fmt::format("({})", fmt::join(option.choices, " "));
  if (option.TakesFolder()) return "_files -/";
  return option.TakesFile() ? "_files" : std::string(otherwise);
}

std::string ZshOptions(const std::vector<OptionDescription>& options, std::string_view indent) {
  std::string text;
  for (const OptionDescription& option : options) {
    for (const std::string& name : option.names) {
      std::string spec =
          option.repeatable ? "*" : fmt::format("({})", fmt::join(option.names, " "));
      spec += name;
      if (option.value_is_optional) {
        spec += "=-";
      } else if (!option.value.empty()) {
        spec += name.starts_with("--") ? "=" : "+";
      }
      spec += fmt::format("[{}]", ZshText(option.text));
      if (!option.value.empty()) {
        spec += fmt::format("{}{}:{}", option.value_is_optional ? "::" : ":", ZshText(option.value),
                            ZshAction(option, " "));
      }
      text += fmt::format(" \\\n{}{}", indent, Quoted(spec));
    }
  }
  return text;
}

std::string DrawZsh(const ProgramDescription& program) {
  std::string commands;
  std::string cases;
  for (const CommandDescription& command : program.commands) {
    commands += "    " + Quoted(fmt::format("{}:{}", command.name, command.summary)) + "\n";
    cases += fmt::format("    {})\n      _arguments{}{}", command.name,
                         ZshOptions(program.options, "        "),
                         ZshOptions(command.options, "        "));
    for (const OptionDescription& argument : command.arguments) {
      cases += " \\\n        " +
               Quoted(fmt::format("{}:{}:{}", argument.repeatable ? "*" : "",
                                  ZshText(argument.value), ZshAction(argument, "_files")));
    }
    cases += " ;;\n";
  }
  return fmt::format(R"(#compdef postern
# Completion of postern(1) for zsh: what `postern completion zsh` prints.
_postern() {{
  local curcontext=$curcontext state line
  local -a commands=(
{commands}  )
  _arguments -C{options} \
    '(-h --help)'{{-h,--help}}'[print the options]' \
    '--version[print the version]' \
    '1:command:->command' '*::argument:->argument'
  [[ $state == command ]] && _describe command commands
  [[ $state == argument ]] && case $line[1] in
{cases}  esac
}}
_postern "$@"
)",
                     fmt::arg("commands", commands),
                     fmt::arg("options", ZshOptions(program.options, "    ")),
                     fmt::arg("cases", cases));
}

// Fish ------------------------------------------------------------------------------------------

std::string FishOptions(const std::vector<OptionDescription>& options, std::string_view when) {
  std::string text;
  for (const OptionDescription& option : options) {
    std::string line = fmt::format("complete -c postern{}", when);
    for (const std::string& name : option.names) {
      line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (option.TakesFile() || option.TakesFolder()) {
      line += " -r";
    } else if (!option.value.empty() && !option.value_is_optional) {
      line += " -x";
    }
    if (!option.choices.empty()) {
      line += fmt::format(" -a '{}'", fmt::join(option.choices, " "));
    }
    text += line + " -d " + Quoted(option.text) + "\n";
  }
  return text;
}

std::string DrawFish(const ProgramDescription& program) {
  std::string text =
      "# Completion of postern(1) for fish: what `postern completion fish` prints.\n"
      "complete -c postern -n __fish_use_subcommand -f\n"
      "complete -c postern -n __fish_use_subcommand -l version -d 'print the version'\n" +
      FishOptions(program.options, "");
  for (const CommandDescription& command : program.commands) {
    text += fmt::format("complete -c postern -n __fish_use_subcommand -a {} -d {}\n", command.name,
                        Quoted(std::string(command.summary)));
    const std::string when = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
    text += FishOptions(command.options, when);
    for (const OptionDescription& argument : command.arguments) {
      if (argument.choices.empty()) continue;
      text +=
          fmt::format("complete -c postern{} -f -a '{}'\n", when, fmt::join(argument.choices, " "));
    }
  }
  return text;
}

constexpr std::array kShells{Shell{"bash", &DrawBash}, Shell{"zsh", &DrawZsh},
                             Shell{"fish", &DrawFish}};

}  // namespace

std::span<const Shell> Shells() { return kShells; }

}  // namespace postern::cmd
