// The options that every command has.
#pragma once

#include <string>

#include "cmd/command.h"

namespace postern::cmd {

struct GlobalOptions {
  std::string directory;
  std::string config;
  std::string color = "auto";
  bool quiet = false;
  bool verbose = false;
};

void AddGlobalOptions(CLI::App& app, GlobalOptions& options);
void Apply(const GlobalOptions& options, Session& session);

}  // namespace postern::cmd
