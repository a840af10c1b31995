#include "tests/bench/peer.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>

#include "tests/bench/files.h"
#include "tests/bench/process.h"

namespace postern::bench {

std::string MeasurePeer(const PeerOptions& options, const Workload& workload,
                        const std::vector<authz::Verdict>& verdicts, Figures& figures) {
  const std::size_t count = std::min(options.requests, workload.lines.size());
  const std::string policies = WriteText(options.folder / "policies.json", workload.policies);
  const std::string lines = WriteLines(options.folder / "requests.ndjson", workload.lines, count);
  const std::string printed =
      OutputOf({"node", options.script, options.installed, policies, lines, std::to_string(count)});
  rapidjson::Document answer;
  answer.Parse(printed.c_str());
  if (answer.HasParseError() || answer["verdicts"].Size() != count) {
    throw BenchError{"iam-simulate did not answer"};
  }
  figures.Add(workload.name + "/peer", answer["nanoseconds"].GetDouble());
  std::size_t agreed = 0;
  std::string first;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view theirs = answer["verdicts"][static_cast<unsigned>(i)].GetString();
    const std::string_view ours = authz::VerdictName(verdicts[i]);
    if (theirs == ours) {
      ++agreed;
    } else if (first.empty()) {
      first = fmt::format("; line {}: {} where postern says {}", i + 1, theirs, ours);
    }
  }
  return fmt::format("  {}: {} of {} verdicts agree{}\n", workload.name, agreed, count, first);
}

}  // namespace postern::bench
