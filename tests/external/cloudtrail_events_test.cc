// Records and flow logs as people and AWS's guides published them.
#include <doctest/doctest.h>

#include <string>

#include "authz/diagnose/cloudtrail_event.h"
#include "authz/diagnose/flow_log.h"
#include "policy/json_tree.h"
#include "tests/external/external_data.h"
#include "tests/files.h"

namespace postern::authz {
namespace {

TEST_CASE("every published CloudTrail record gives a request") {
  const auto path = testing::ExternalData("data/cloudtrail-events/index.json");
  if (!path) return;
  const auto index = policy::ReadJson(testing::ReadSource(*path));
  REQUIRE(index.tree.has_value());
  std::size_t records = 0;
  std::size_t callers = 0;
  std::size_t actions = 0;
  std::size_t resources = 0;
  for (const policy::Node& entry : index.tree->root().children()) {
    const std::string file(entry.Find("file")->text);
    CAPTURE(file);
    const auto json = policy::ReadJson(testing::ReadSource(path->parent_path() / file));
    REQUIRE(json.tree.has_value());
    std::vector<EventProblem> problems;
    ForEachCloudTrailRecord(
        *json.tree,
        [&](const policy::Node& record) {
          ++records;
          const CloudTrailEvent event = ReadCloudTrailEvent(record, policy::Catalogue::InUse());
          const EventRequester& who = event.requester;
          CHECK((who.kind != RequesterKind::kUnknown || !who.account.empty()));
          callers += who.kind != RequesterKind::kUnknown ? 1 : 0;
          REQUIRE(event.calls.size() == 1);
          CHECK_FALSE(event.calls.front().action.empty());
          ++actions;
          resources += event.calls.front().resource.empty() ? 0 : 1;
          const policy::Node* code = entry.Find("errorCode");
          if (!code->IsString()) {
            CHECK(event.result == EventResult::kNoError);
          } else {
            const bool denied = code->text.find("AccessDenied") != std::string_view::npos;
            CHECK(event.result == (denied ? EventResult::kRefused : EventResult::kOtherError));
          }
          if (code->text == "VpceAccessDenied") CHECK(event.message.layer == Layer::kEndpoint);
        },
        problems);
    CHECK(problems.empty());
  }
  CHECK(records == index.tree->root().count);
  CHECK(actions == records);
  MESSAGE(records << " records: " << callers << " callers, " << actions << " actions, " << resources
                  << " resources");
  CHECK(callers + 4 >= records);
  CHECK(resources + 2 >= records);
}

TEST_CASE("every published flow log record is read") {
  const auto path = testing::ExternalData("data/flow-log-samples.json");
  if (!path) return;
  const auto json = policy::ReadJson(testing::ReadSource(*path));
  REQUIRE(json.tree.has_value());
  const policy::Node& root = json.tree->root();
  for (const policy::Node& entry : root.Find("records")->children()) {
    FlowLogReader reader;
    FlowRecord record;
    const std::string format(entry.Find("format")->text);
    const std::string text(entry.Find("record")->text);
    CAPTURE(format);
    CAPTURE(text);
    CHECK(reader.Read(format, record) == FlowLogReader::Line::kHeader);
    CHECK(reader.Read(text, record) == FlowLogReader::Line::kRecord);
    CHECK((record.action == FlowAction::kReject) == (text.find("REJECT") != std::string::npos));
    CHECK((record.status == FlowStatus::kSkipData) == (text.find("SKIPDATA") != std::string::npos));
    CHECK_FALSE((record.interface.empty() && record.vpc.empty() && record.source.empty()));
  }
  for (const policy::Node& format : root.Find("custom_formats_seen")->children()) {
    FlowLogReader reader;
    FlowRecord record;
    CHECK(reader.Read(format.text, record) == FlowLogReader::Line::kHeader);
  }
}

}  // namespace
}  // namespace postern::authz
