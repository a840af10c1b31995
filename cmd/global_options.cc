#include "cmd/global_options.h"

#include <CLI/CLI.hpp>

namespace postern::cmd {

void AddGlobalOptions(CLI::App& app, GlobalOptions& options) {
  app.add_option("-C", options.directory, "run as if started in DIR")
      ->type_name("DIR")
      ->group("Global options");
  app.add_option("--config", options.config,
                 "the configuration; postern.yaml, searched upward from each file, if not given")
      ->type_name("FILE")
      ->group("Global options");
  app.add_option("--color", options.color, "colour the output: auto, always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->group("Global options");
  app.add_flag("-q,--quiet", options.quiet, "no summary, no warnings")->group("Global options");
  app.add_flag("-v,--verbose", options.verbose, "say more about the run")->group("Global options");
}

void Apply(const GlobalOptions& options, Session& session) {
  session.directory = options.directory;
  session.config = options.config;
  session.color = options.color == "always"  ? ColorChoice::kAlways
                  : options.color == "never" ? ColorChoice::kNever
                                             : ColorChoice::kAuto;
  session.quiet = options.quiet;
  session.verbose = options.verbose;
}

}  // namespace postern::cmd
