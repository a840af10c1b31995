// CloudTrail records as `postern explain --event` takes them.
#include "authz/diagnose/cloudtrail_event.h"
#include "cmd/event_case.h"
#include "cmd/message_case.h"
#include "policy/json_tree.h"
#include "tests/fuzz/decide.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"

namespace postern::fuzz {
namespace {

constexpr std::size_t kRecords = 10;

void CheckEvent(const authz::CloudTrailEvent& event) {
  Require((event.result == authz::EventResult::kRefused) == event.message.authorization_failure,
          "refused, and the message is none; or the other way round");
  Require(event.way != authz::EventWay::kEndpoint || !event.vpc_endpoint.empty(),
          "through an endpoint that has no id");
  for (const authz::Call& call : event.calls) Require(!call.action.empty(), "a call of nothing");

  constexpr std::string_view kCase =
      R"({"policies": {"endpoint": {"policy": "endpoint.json", "type": "interface",
          "id": "vpce-0a1b2c3d4e5f60718"}, "identity": "role.json", "resource": "bucket.json"}})";
  auto read = policy::ReadJson(std::make_shared<const policy::Source>("case", std::string(kCase)));
  authz::DocumentCache documents(AnyPolicyFile());
  std::vector<authz::CaseProblem> problems;
  auto the_case = authz::ReadCase(std::make_shared<const policy::Tree>(*std::move(read.tree)),
                                  documents, problems, authz::Completeness::kPartial);
  Require(the_case.has_value(), "the case around the event is not read");
  std::vector<std::string> notes;
  cmd::CompleteFromEvent(event, policy::Catalogue::Embedded(), *the_case, notes);
  cmd::UnderstoodOf(event);
  if (the_case->question.request.action.empty()) return;
  const auto decision = DecideAlike(the_case->policies, the_case->question, {true});
  if (!decision) return;
  const cmd::EventComparison compared =
      cmd::CompareWithEvent(event, *decision, {}, cmd::LayersNotGiven(*the_case));
  Require(compared.agrees != false || !compared.sentence.empty(), "a silent disagreement");
}

}  // namespace

void CheckEvents(std::string_view bytes) {
  const auto source = std::make_shared<const policy::Source>("event.json", std::string(bytes));
  const policy::JsonResult read = policy::ReadJson(source, policy::kContainerLimits);
  if (!read.tree) return;
  std::vector<authz::EventProblem> problems;
  std::size_t records = 0;
  authz::ForEachCloudTrailRecord(
      *read.tree,
      [&records](const policy::Node& record) {
        if (++records > kRecords) return;
        CheckEvent(authz::ReadCloudTrailEvent(record, policy::Catalogue::Embedded()));
      },
      problems);
  for (const authz::EventProblem& problem : problems) {
    Require(problem.at <= bytes.size() && !problem.message.empty(), "a problem at no place");
  }
}

std::vector<std::string> EventSeeds(const std::filesystem::path& root) {
  return FilesIn(root / "corpus/events", "event.json");
}

}  // namespace postern::fuzz
