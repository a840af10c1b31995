// @cloud-copilot/iam-simulate, an evaluator of the same policies, as a program of its own. It
// validates policies and request with every call and always explains, so it is shown beside
// postern's explain too.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/figures.h"
#include "tests/bench/prepared.h"

namespace postern::bench {

struct PeerOptions {
  std::string installed;         // where npm installed it; "" = not there
  std::string script;            // iam_simulate.mjs
  std::filesystem::path folder;  // for files, not kept
  std::size_t requests = 50;     // of each workload
};

// Adds "W1/peer" in ns a request, and returns a line on how many verdicts agree, with the first
// that does not.
std::string MeasurePeer(const PeerOptions& options, const Workload& workload,
                        const std::vector<authz::Verdict>& verdicts, Figures& figures);

}  // namespace postern::bench
