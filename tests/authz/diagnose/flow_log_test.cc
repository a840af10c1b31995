#include "authz/diagnose/flow_log.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "authz/diagnose/flow_match.h"
#include "authz/diagnose/flow_summary.h"
#include "policy/language/values.h"

namespace postern::authz {
namespace {

using Line = FlowLogReader::Line;

constexpr std::string_view kV5 =
    "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start "
    "end action log-status vpc-id pkt-srcaddr pkt-dstaddr pkt-dst-aws-service flow-direction "
    "ecs-task-id reject-reason";

TEST_CASE("the default format needs no header") {
  FlowLogReader reader;
  FlowRecord record;
  REQUIRE(reader.Read("2 111122223333 eni-0a1b 10.0.0.5 10.0.1.9 40001 443 6 10 840 1772442000 "
                      "1772442060 REJECT OK",
                      record) == Line::kRecord);
  CHECK(record.interface == "eni-0a1b");
  CHECK(record.source == "10.0.0.5");
  CHECK(record.destination == "10.0.1.9");
  CHECK(record.source_port == 40001);
  CHECK(record.destination_port == 443);
  CHECK(record.packets == 10u);
  CHECK(record.start == 1772442000);
  CHECK(record.end == 1772442060);
  CHECK(record.action == FlowAction::kReject);
  CHECK(record.status == FlowStatus::kOk);
  CHECK(record.vpc.empty());
}

TEST_CASE("a header names the fields in any order, unknown ones among them") {
  for (const std::string_view header : {"action dstport some-new-field2 srcaddr",
                                        "${action} ${dstport} ${some-new-field2} ${srcaddr}"}) {
    FlowLogReader reader;
    FlowRecord record;
    CHECK(reader.Read(header, record) == Line::kHeader);
    CHECK(reader.Read("ACCEPT 443 x 10.0.0.5", record) == Line::kRecord);
    CHECK(record.action == FlowAction::kAccept);
    CHECK(record.destination_port == 443);
    CHECK(record.source == "10.0.0.5");
  }
}

TEST_CASE("intervals without records, blank lines, and what CloudWatch Logs puts before") {
  FlowLogReader reader;
  FlowRecord record;
  CHECK(reader.Read("2 111122223333 eni-0a1b - - - - - - - 1772442000 1772442060 - NODATA",
                    record) == Line::kRecord);
  CHECK(record.status == FlowStatus::kNoData);
  CHECK(record.source.empty());
  CHECK(reader.Read("2 111122223333 eni-0a1b - - - - - - - 1772442000 1772442060 - SKIPDATA\r",
                    record) == Line::kRecord);
  CHECK(record.status == FlowStatus::kSkipData);
  CHECK(reader.Read("", record) == Line::kBlank);
  CHECK(reader.Read(" \t\r", record) == Line::kBlank);
  const std::string plain =
      "2 111122223333 eni-0a1b 10.0.0.5 10.0.1.9 40001 443 6 10 840 1772442000 1772442060 ACCEPT "
      "OK";
  for (const std::string_view stamp :
       {"2026-03-02T09:00:00.000Z ", "2026-03-02T09:00:00+00:00 eni-0a1b-all  "}) {
    const std::string line = std::string(stamp) + plain;
    CHECK(reader.Read(line, record) == Line::kRecord);
    CHECK(record.source == "10.0.0.5");
  }
}

TEST_CASE("a malformed line says what is wrong with it") {
  constexpr std::pair<const char*, const char*> kRows[] = {
      {"2 111122223333 eni-0a1b", "3 fields, and the format has 14"},
      {"2 1 eni-0 10.0.0.5 10.0.1.9 66000 443 6 10 840 1 2 ACCEPT OK",
       "`66000` is no value of `srcport`"},
      {"2 1 eni-0 10.0.0.5 10.0.1.9 1 443 6 ten 840 1 2 ACCEPT OK",
       "`ten` is no value of `packets`"},
      {"2 1 eni-0 10.0.0.5 10.0.1.9 1 443 6 1 840 1 2 DROP OK", "`DROP` is no value of `action`"},
      {"2 1 eni-0 10.0.0.5 10.0.1.9 1 443 6 1 840 1 2 ACCEPT FINE", "of `log-status`"},
      {"two 1 eni-0 10.0.0.5 10.0.1.9 1 443 6 1 840 1 2 ACCEPT OK", "of `version`"},
      {"\x1f\x8b", "fields"},
  };
  for (const auto& row : kRows) {
    const char* const line = row.first;
    CAPTURE(line);
    FlowLogReader reader;
    FlowRecord record;
    CHECK(reader.Read(line, record) == Line::kMalformed);
    CAPTURE(reader.problem());
    CHECK(reader.problem().find(row.second) != std::string::npos);
  }
}

// Records in the format kV5, short: "SRC SPORT DST DPORT ACTION DIRECTION SERVICE".
struct Flow {
  const char* source;
  int source_port;
  const char* destination;
  int destination_port;
  const char* action;
  const char* direction = "-";
  const char* service = "-";
  const char* status = "OK";
  long start = 1772442000;
};

constexpr std::int64_t kTime = 1772442030;

FlowFindings Match(const std::vector<Flow>& flows, FlowQuery query) {
  FlowLogReader reader;
  FlowRecord record;
  FlowMatcher matcher(std::move(query));
  REQUIRE(reader.Read(kV5, record) == Line::kHeader);
  std::size_t line = 1;
  for (const Flow& flow : flows) {
    const std::string text =
        "5 111122223333 eni-0a1b " + std::string(flow.source) + " " + flow.destination + " " +
        std::to_string(flow.source_port) + " " + std::to_string(flow.destination_port) +
        " 6 3 180 " + std::to_string(flow.start) + " " + std::to_string(flow.start + 60) + " " +
        flow.action + " " + flow.status + " vpc-0a1b " + flow.source + " " + flow.destination +
        " " + flow.service + " " + flow.direction + " - -";
    REQUIRE(reader.Read(text, record) == Line::kRecord);
    matcher.Add(record, ++line, text);
  }
  return matcher.Finish();
}

FlowQuery Query() {
  FlowQuery query;
  query.caller = policy::IpAddress::Parse("10.0.0.5");
  query.begin = kTime - 300;
  query.end = kTime + 300;
  query.service = "kms";
  return query;
}

TEST_CASE("the flows of a request tell what became of its packets") {
  const struct {
    std::vector<Flow> flows;
    FlowOutcome outcome;
    const char* words;
  } rows[] = {
      {{{"10.0.0.5", 40001, "10.0.1.9", 443, "REJECT", "egress"}},
       FlowOutcome::kRejected,
       "rejected at `eni-0a1b`, on the way out"},
      {{{"10.0.0.5", 40001, "10.0.1.9", 443, "ACCEPT", "egress"}},
       FlowOutcome::kAccepted,
       "a policy decided"},
      // One interface lets the connection out, the endpoint's does not let it in.
      {{{"10.0.0.5", 40001, "10.0.1.9", 443, "ACCEPT", "egress"},
        {"10.0.0.5", 40001, "10.0.1.9", 443, "REJECT", "ingress"}},
       FlowOutcome::kRejected,
       "having passed another interface"},
      {{{"10.0.0.5", 40001, "10.0.1.9", 443, "ACCEPT"},
        {"10.0.0.5", 40002, "10.0.1.8", 443, "REJECT"}},
       FlowOutcome::kMixed,
       "some packets"},
      // Security groups are stateful: the answer of a connection that they let through passes.
      {{{"10.0.0.5", 40001, "10.0.1.9", 443, "ACCEPT"},
        {"10.0.1.9", 443, "10.0.0.5", 40001, "REJECT", "ingress"}},
       FlowOutcome::kReturnRejected,
       "a network ACL"},
      {{}, FlowOutcome::kNothing, "no packet"},
      {{{"10.0.0.6", 40001, "10.0.1.9", 443, "REJECT"}}, FlowOutcome::kNothing, "no packet"},
      {{{"10.0.0.5", 40001, "10.0.1.9", 22, "REJECT"}}, FlowOutcome::kNothing, "no packet"},
      {{{"10.0.0.5", 40001, "10.0.1.9", 443, "REJECT", "-", "-", "OK", 1772440000}},
       FlowOutcome::kNothing,
       "no packet"},
      {{{"10.0.0.5", 40001, "52.218.1.1", 443, "REJECT", "-", "S3"}},
       FlowOutcome::kNothing,
       "no packet"},
      {{{"10.0.0.5", 40001, "10.0.1.9", 443, "-"}}, FlowOutcome::kUndetermined, "`action`"},
      {{{"-", 0, "-", 0, "-", "-", "-", "NODATA"}}, FlowOutcome::kUndetermined, "NODATA"},
      {{{"-", 0, "-", 0, "-", "-", "-", "SKIPDATA"}}, FlowOutcome::kUndetermined, "SKIPDATA"},
      // What is recorded counts, whatever else is missing.
      {{{"-", 0, "-", 0, "-", "-", "-", "SKIPDATA"},
        {"10.0.0.5", 40001, "10.0.1.9", 443, "ACCEPT"}},
       FlowOutcome::kAccepted,
       "a policy decided"},
  };
  for (const auto& row : rows) {
    const FlowFindings findings = Match(row.flows, Query());
    CAPTURE(findings.sentence);
    CHECK(FlowOutcomeName(findings.outcome) == FlowOutcomeName(row.outcome));
    CHECK(findings.sentence.find(row.words) != std::string::npos);
  }
}

TEST_CASE("flows are chosen by the service that the log names, the VPC, and the address") {
  FlowLogReader reader;
  FlowRecord record;
  for (const auto& [path, words] :
       {std::pair("7", "by a gateway endpoint"), std::pair("8", "by an internet gateway and not"),
        std::pair("1", "let out and in: ")}) {
    FlowMatcher matcher(Query());
    REQUIRE(reader.Read("srcaddr dstaddr dstport action traffic-path", record) == Line::kHeader);
    const std::string line = std::string("10.0.0.5 52.218.1.1 443 ACCEPT ") + path;
    REQUIRE(reader.Read(line, record) == Line::kRecord);
    matcher.Add(record, 2, "");
    CHECK(matcher.Finish().sentence.find(words) != std::string::npos);
  }
  FlowQuery s3 = Query();
  s3.service = "s3";
  const std::vector<Flow> flows{{"10.0.0.5", 40001, "52.218.1.1", 443, "REJECT", "egress", "S3"}};
  CHECK(Match(flows, s3).outcome == FlowOutcome::kRejected);
  s3.vpc = "vpc-0f0f";
  CHECK(Match(flows, s3).outcome == FlowOutcome::kNothing);
  s3.vpc = "vpc-0a1b";
  const FlowFindings found = Match(flows, s3);
  CHECK(found.outcome == FlowOutcome::kRejected);
  REQUIRE(found.evidence.size() == 1);
  CHECK(found.evidence.front().line == 2);
  s3.caller.reset();
  CHECK(Match(flows, s3).outcome == FlowOutcome::kUndetermined);
  s3 = Query();
  s3.recorded = true;
  CHECK(
      Match({{"10.0.0.5", 40001, "10.0.1.9", 443, "REJECT"}}, s3).sentence.find("other attempts") !=
      std::string::npos);
}

TEST_CASE("a whole log is summed up by what was rejected") {
  FlowLogReader reader;
  FlowRecord record;
  FlowSummary summary;
  const char* const lines[] = {
      "2 1 eni-a 10.0.0.5 10.0.1.9 40001 443 6 10 840 1 2 REJECT OK",
      "2 1 eni-a 10.0.0.5 10.0.1.9 40002 443 6 5 840 1 2 REJECT OK",
      "2 1 eni-a 10.0.1.9 10.0.0.5 443 40003 6 1 840 1 2 REJECT OK",
      "2 1 eni-a 10.0.0.5 10.0.1.9 40004 443 6 5 840 1 2 ACCEPT OK",
      "2 1 eni-a 10.0.0.5 10.0.1.9 40004 22 6 5 840 1 2 REJECT OK",
      "2 1 eni-a - - - - - - - 1 2 - NODATA",
  };
  for (std::size_t i = 0; i < std::size(lines); ++i) {
    REQUIRE(reader.Read(lines[i], record) == Line::kRecord);
    summary.Add(record, i + 1);
  }
  CHECK(summary.records() == 6);
  CHECK(summary.rejected() == 4);
  CHECK(summary.accepted() == 1);
  CHECK(summary.no_data() == 1);
  const std::vector<FlowGroup> groups = summary.Groups();
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].records == 2);
  CHECK(groups[0].packets == 15);
  CHECK(groups[0].line == 1);
  CHECK_FALSE(groups[0].answers);
  CHECK(groups[1].answers);
}

TEST_CASE("any bytes are read as some line") {
  std::mt19937 random(20260302);
  const std::string seeds[] = {
      std::string(kV5), "2 1 eni-a 10.0.0.5 10.0.1.9 40001 443 6 10 840 1 2 REJECT OK",
      "2026-03-02T09:00:00Z s 2 1 eni-a 10.0.0.5 10.0.1.9 40001 443 6 10 840 1 2 REJECT OK",
      "${version} ${srcaddr}"};
  FlowLogReader reader;
  FlowRecord record;
  FlowMatcher matcher(Query());
  FlowSummary summary;
  std::size_t records = 0;
  for (int round = 0; round < 5000; ++round) {
    if (round % 50 == 0) reader = FlowLogReader();
    std::string line = seeds[random() % std::size(seeds)];
    for (unsigned i = 0; i < random() % 3; ++i) {
      const std::size_t at = random() % line.size();
      line[at] = random() % 2 == 0 ? static_cast<char>(random() % 256) : " -0${}T"[random() % 7];
    }
    if (reader.Read(line, record) != Line::kRecord) continue;
    ++records;
    matcher.Add(record, 1, line);
    summary.Add(record, 1);
  }
  CHECK(records > 100);
  CHECK(!matcher.Finish().sentence.empty());
  CHECK(summary.records() == records);
}

}  // namespace
}  // namespace postern::authz
