// Flow logs as `postern explain --flow-log` takes them: the counts add up.
#include "authz/diagnose/flow_log.h"

#include "authz/diagnose/flow_match.h"
#include "authz/diagnose/flow_summary.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"

namespace postern::fuzz {
namespace {

using authz::FlowLogReader;
using authz::FlowRecord;

void MustBeIn(std::string_view line, std::string_view field) {
  Require(field.empty() || (line.data() <= field.data() &&
                            field.data() + field.size() <= line.data() + line.size()),
          "a field is not of the line");
}

void CheckRecord(std::string_view line, const FlowRecord& record) {
  for (const std::string_view field :
       {record.interface, record.vpc, record.source, record.destination, record.packet_source,
        record.packet_destination, record.source_service, record.destination_service,
        record.direction, record.traffic_path, record.reject_reason}) {
    MustBeIn(line, field);
    Require(field != "-", "a dash is taken for a value");
  }
}

void CheckFindings(const authz::FlowFindings& findings, std::size_t lines) {
  Require(!findings.sentence.empty(), "findings that say nothing");
  Require(findings.evidence.size() <= authz::kShownFlows, "too much evidence");
  for (const authz::FlowEvidence& evidence : findings.evidence) {
    Require(evidence.line > 0 && evidence.line <= lines, "evidence from another log");
  }
  using authz::FlowOutcome;
  if (findings.outcome == FlowOutcome::kRejected) {
    Require(findings.rejected > 0, "rejected by no record");
  } else if (findings.outcome == FlowOutcome::kAccepted) {
    Require(findings.accepted > 0 && findings.rejected == 0, "accepted, for all that");
  }
}

}  // namespace

// The caller's address in the first line, then the log.
void CheckFlowLog(std::string_view bytes) {
  Input input(bytes);
  authz::FlowQuery query;
  query.caller = policy::IpAddress::Parse(input.Line());
  query.service = "s3";
  query.begin = 1'772'443'000;
  query.end = 1'772'444'000;
  authz::FlowMatcher any{authz::FlowQuery{}};
  authz::FlowMatcher one(query);
  authz::FlowSummary summary;
  FlowLogReader reader;
  FlowRecord record;
  std::size_t records = 0;
  std::size_t lines = 0;
  while (!input.rest().empty()) {
    const std::string_view line = input.Line();
    ++lines;
    const FlowLogReader::Line kind = reader.Read(line, record);
    if (kind == FlowLogReader::Line::kMalformed) {
      Require(!reader.problem().empty(), "malformed, and nothing says why");
    }
    if (kind != FlowLogReader::Line::kRecord) continue;
    ++records;
    CheckRecord(line, record);
    any.Add(record, lines, line);
    one.Add(record, lines, line);
    summary.Add(record, lines);
  }
  CheckFindings(any.Finish(), lines);
  CheckFindings(one.Finish(), lines);
  Require(summary.records() == records, "records are lost");
  Require(summary.accepted() + summary.rejected() <= records, "more verdicts than records");
  Require(summary.no_data() + summary.skip_data() <= records, "more gaps than records");
  std::uint64_t grouped = 0;
  for (const authz::FlowGroup& group : summary.Groups()) grouped += group.records;
  Require(grouped <= summary.rejected(), "more is grouped than was rejected");
}

std::vector<std::string> FlowLogSeeds(const std::filesystem::path& root) {
  std::vector<std::string> seeds{
      "10.0.1.5\n2 111122223333 eni-0a1b 10.0.1.5 52.218.0.1 49152 443 6 10 8400 1772443500 "
      "1772443560 REJECT OK\n"};
  for (const std::string& text : LiteralsIn(root / "tests/authz/diagnose/flow_log_test.cc")) {
    seeds.push_back("10.0.1.5\n" + text);
  }
  return seeds;
}

}  // namespace postern::fuzz
