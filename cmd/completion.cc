#include "cmd/render/completion.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cmd/command.h"
#include "cmd/describe.h"

namespace postern::cmd {

RunCommand SetUpCompletion(CLI::App& app) {
  std::vector<std::string> names;
  for (const Shell& shell : Shells()) names.emplace_back(shell.name);
  const auto name = std::make_shared<std::string>();
  app.add_option("SHELL", *name, "for example: source <(postern completion bash)")
      ->required()
      ->check(CLI::IsMember(names));
  return [name](Session& session) {
    const auto shell = std::ranges::find(Shells(), *name, &Shell::name);
    session.out << shell->draw(DescribeProgram());
    return ExitCode::kGood;
  };
}

}  // namespace postern::cmd
