#include <CLI/CLI.hpp>

#include "cmd/command.h"
#include "cmd/describe.h"
#include "cmd/render/man_page.h"

namespace postern::cmd {

RunCommand SetUpMan(CLI::App& app) {
  app.footer("To read it: postern man | man -l -\n");
  return [](Session& session) {
    session.out << ManPage(DescribeProgram());
    return ExitCode::kGood;
  };
}

}  // namespace postern::cmd
