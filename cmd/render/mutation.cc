#include "cmd/render/mutation.h"

#include <fmt/format.h>

#include "cmd/render/coverage.h"
#include "cmd/render/github.h"
#include "cmd/render/place_json.h"
#include "cmd/render/snippet.h"

namespace postern::cmd {
namespace {

std::string TellingAsText(const authz::Difference& telling) {
  return fmt::format("{} instead of {}: {}", authz::VerdictName(telling.after),
                     authz::VerdictName(telling.before), OneLine(telling.request));
}

std::string SurvivorAsText(const Survivor& survivor, const Palette& palette) {
  const policy::Source& source = survivor.document->source();
  const authz::Mutant& mutant = survivor.mutant;
  const bool told = survivor.telling.has_value();
  std::string text =
      fmt::format("{}: {}{}{}: {}: {}\n", OneLine(Place(source, mutant.at)),
                  told ? palette.red : palette.dim, told ? "survived" : "perhaps equivalent",
                  palette.reset, authz::MutationName(mutant.kind), OneLine(mutant.change));
  text += Snippet(source, mutant.at, palette);
  text += told ? fmt::format("  no case asks: {}\n", TellingAsText(*survivor.telling))
               : fmt::format("  {} were decided alike\n", Count(survivor.requests, "request"));
  return text;
}

void WriteSurvivor(JsonWriter& json, const Survivor& survivor) {
  const authz::Mutant& mutant = survivor.mutant;
  json.BeginObject().Member("file", survivor.document->source().name());
  WriteRange(json, survivor.document->source(), mutant.at);
  json.Key("statement").Number(survivor.document->statements()[mutant.statement].index);
  json.Member("kind", authz::MutationName(mutant.kind)).Member("change", mutant.change);
  json.Key("perhaps-equivalent").Bool(!survivor.telling.has_value());
  if (survivor.telling) {
    json.Key("telling").BeginObject().Member("request", survivor.telling->request);
    json.Member("before", authz::VerdictName(survivor.telling->before));
    json.Member("after", authz::VerdictName(survivor.telling->after)).EndObject();
  } else {
    json.Key("requests").Number(survivor.requests);
  }
  json.EndObject();
}

void WriteCounts(JsonWriter& json, const MutationCounts& counts) {
  json.Key("mutants").Number(counts.mutants).Key("caught").Number(counts.caught);
  json.Key("survived").Number(counts.survived);
  json.Key("perhaps-equivalent").Number(counts.perhaps_equivalent());
  json.Key("percent").Number(counts.Percent());
}

std::string Figures(const MutationCounts& counts) {
  std::string text = fmt::format("{} % ({} of {} caught)", counts.Percent(), counts.caught,
                                 Count(counts.caught + counts.survived, "mutant"));
  if (const std::size_t perhaps = counts.perhaps_equivalent(); perhaps > 0) {
    text += fmt::format(", {} more perhaps equivalent", perhaps);
  }
  return text;
}

}  // namespace

std::string MutationAsText(const MutationReport& report, bool color) {
  const Palette palette(color);
  std::string text;
  for (const MutatedPolicyReport& policy : report.policies) {
    for (const Survivor& survivor : policy.survivors) text += SurvivorAsText(survivor, palette);
  }
  for (const MutatedPolicyReport& policy : report.policies) {
    text +=
        fmt::format("mutants of {}: {}\n", NameOfPolicy(*policy.document), Figures(policy.counts));
  }
  return text + fmt::format("mutants: {}\n", Figures(report.counts));
}

void WriteMutation(JsonWriter& json, const MutationReport& report) {
  json.BeginObject().Key("policies").BeginArray();
  for (const MutatedPolicyReport& policy : report.policies) {
    const policy::PolicyDocument& document = *policy.document;
    json.BeginObject().Member("file", document.source().name());
    json.Member("pointer", document.tree().PointerTo(document.root()));
    WriteCounts(json, policy.counts);
    json.EndObject();
  }
  json.EndArray().Key("survivors").BeginArray();
  for (const MutatedPolicyReport& policy : report.policies) {
    for (const Survivor& survivor : policy.survivors) WriteSurvivor(json, survivor);
  }
  json.EndArray();
  WriteCounts(json, report.counts);
  if (report.minimum) json.Key("minimum").Number(*report.minimum);
  json.EndObject();
}

std::string MutationAsGithub(const MutationReport& report) {
  std::string text;
  for (const MutatedPolicyReport& policy : report.policies) {
    for (const Survivor& survivor : policy.survivors) {
      if (!survivor.telling) continue;
      text += fmt::format(
          "::warning {},title=no case notices a change::{}\n",
          GithubPlace(survivor.document->source(), survivor.mutant.at),
          GithubText(OneLine(survivor.mutant.change) + '\n' + TellingAsText(*survivor.telling)));
    }
  }
  if (!report.enough()) {
    text += fmt::format("::error::{} % of the mutants are caught, below the minimum of {} %\n",
                        report.counts.Percent(), *report.minimum);
  }
  return text;
}

}  // namespace postern::cmd
