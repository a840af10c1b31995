// A case as `postern eval` takes it. Where the reference evaluator has a verdict as well, it is the
// same.
#include <rapidjson/document.h>

#include "policy/json_tree.h"
#include "tests/differential/engine_set.h"
#include "tests/differential/generate/generate.h"
#include "tests/differential/json.h"
#include "tests/fuzz/decide.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"
#include "tests/reference/reference.h"

namespace postern::fuzz {
namespace {

constexpr std::string_view kCharacter = "a character that IAM does not accept";

differential::Answer AskReference(const std::string& text) {
  differential::JsonDocument json;
  json.Parse<rapidjson::kParseNumbersAsStringsFlag>(text.data(), text.size());
  if (json.HasParseError() || !json.IsObject()) return {"error", {}, "not JSON"};
  reference::Answer answer = reference::Evaluate(json);
  return {std::move(answer.verdict), std::move(answer.decided_by), std::move(answer.error)};
}

}  // namespace

void CheckCase(std::string_view bytes) {
  const std::string text(bytes);
  auto read = policy::ReadJson(std::make_shared<const policy::Source>("case.json", text));
  if (!read.tree) return;
  authz::DocumentCache documents(AnyPolicyFile());
  std::vector<authz::CaseProblem> problems;
  const auto the_case = authz::ReadCase(std::make_shared<const policy::Tree>(*std::move(read.tree)),
                                        documents, problems);
  CheckProblems(problems);
  Require(the_case.has_value() == problems.empty(), "a case with problems, or none without");
  if (!the_case) return;
  const authz::Case& question = the_case->question;
  const auto decision = DecideAlike(the_case->policies, question, {});
  // The reference evaluator knows neither API operations nor files.
  if (!decision || !question.calls.empty() || documents.size() > 0) return;
  const differential::Answer engine{std::string(authz::VerdictName(decision->verdict)),
                                    differential::LayerNames(decision->decided_by),
                                    {}};
  const differential::Answer reference = AskReference(text);
  // S1.2.6: a character that IAM does not take is lint's to report, and is evaluated.
  if (reference.error == kCharacter) return;
  Require(engine == reference, "engine: " + differential::Words(engine) +
                                   "; reference: " + differential::Words(reference));
}

std::vector<std::string> CaseSeeds(const std::filesystem::path& root) {
  constexpr std::size_t kGenerated = 200;
  std::vector<std::string> seeds;
  for (std::string& text : FilesIn(root / "corpus/events", "case.json")) {
    seeds.push_back(std::move(text));
  }
  for (std::size_t set = 0; set < kGenerated; ++set) {
    differential::JsonDocument json;
    json.Parse(differential::GenerateSet(1, set, 1).c_str());
    differential::Json request(json["requests"][0], json.GetAllocator());
    json.AddMember("request", request, json.GetAllocator());
    json.RemoveMember("requests");
    seeds.push_back(differential::Print(json));
  }
  return seeds;
}

}  // namespace postern::fuzz
