// `postern eval --stream`: one case a line, one result a line, in order, in bounded memory.
#pragma once

#include <string>

#include "cmd/command.h"

namespace postern::cmd {

struct StreamOptions {
  std::string file = "-";
  std::string stdin_name;
  std::string policies;  // file of a `policies` object for all lines; "" = each line has its own
  int jobs = 1;
};

// kGood whatever the verdicts; kFailed if a line could not be used.
ExitCode RunStream(const StreamOptions& options, Session& session);

}  // namespace postern::cmd
