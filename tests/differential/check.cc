#include "tests/differential/check.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tests/differential/examined.h"
#include "tests/differential/property.h"
#include "tests/reference/reference.h"

namespace postern::differential {
namespace {

using authz::Decision;
using authz::Explanation;

std::string WithOneRequest(const JsonDocument& json, std::size_t request) {
  JsonDocument single;
  single.CopyFrom(json, single.GetAllocator());
  Json& requests = single["requests"];
  Json only(std::move(requests[static_cast<JsonSize>(request)]));
  requests.SetArray();
  requests.PushBack(only, single.GetAllocator());
  return Print(single);
}

// An error message without the texts of the case in it.
std::string Anonymous(std::string_view message) {
  std::string words;
  bool quoted = false;
  for (const char c : message) {
    if (c == '`') quoted = !quoted;
    const bool digit = c >= '0' && c <= '9';  // of a pointer
    if (!quoted && !digit) words += c;
  }
  return words;
}

// Who refuses and why; else what both say.
std::string KindOf(const Answer& engine, const Answer& reference) {
  if (reference.IsError()) return "only the reference refuses: " + Anonymous(reference.error);
  if (engine.IsError()) return "only the engine refuses: " + Anonymous(engine.error);
  return "engine: " + Words(engine) + "; reference: " + Words(reference);
}

void CompareWithReference(const Examined& examined, std::vector<Failure>& failures) {
  for (std::size_t i = 0; i < examined.answers.size(); ++i) {
    const Answer reference = AskReference(examined.for_reference, i);
    const Answer& engine = examined.answers[i];
    if (engine == reference) continue;
    failures.push_back({"reference",
                        "engine: " + Words(engine) + "; reference: " + Words(reference),
                        KindOf(engine, reference), WithOneRequest(examined.json, i)});
  }
}

bool Equal(const Decision& a, const Decision& b) {
  return a.verdict == b.verdict && a.decided_by == b.decided_by && a.statements == b.statements &&
         a.assumed == b.assumed && a.missing == b.missing;
}

// S12.7 (j). An access point's network origin and Block Public Access deny without a statement.
std::string WhereDenyIsNotShown(const Explanation& explanation) {
  const Decision& decision = explanation.decision;
  if (decision.verdict != authz::Verdict::kExplicitDeny) return {};
  for (const authz::LayerEvidence& layer : explanation.layers) {
    if (!decision.decided_by.Has(layer.layer)) continue;
    const authz::StatementRef ref = decision.StatementOf(layer.layer);
    const bool may_lack_one = layer.layer == authz::Layer::kAccessPoint ||
                              layer.layer == authz::Layer::kBlockPublicAccess;
    if (!ref.present() && may_lack_one) continue;
    const auto statement = std::ranges::find(layer.statements, ref, &authz::StatementEvidence::ref);
    const std::string name(authz::LayerName(layer.layer));
    if (statement == layer.statements.end()) return name + " names no statement";
    if (statement->effect != policy::Effect::kDeny) return name + " names no Deny";
    if (!std::ranges::all_of(statement->legs, [](const authz::LegEvidence& leg) {
          return leg.result == authz::Ternary::kYes;
        })) {
      return name + " names a Deny that does not match";
    }
  }
  return {};
}

void CompareWithExplain(Examined& examined, std::vector<Failure>& failures) {
  for (std::size_t i = 0; i < examined.answers.size(); ++i) {
    const auto& explanation = examined.explanations[i];
    if (!explanation) continue;
    if (!Equal(examined.decisions[i], explanation->decision)) {
      failures.push_back({"explain", "Decide and Explain do not decide alike", "explain",
                          WithOneRequest(examined.json, i)});
    }
    std::string what = WhereDenyIsNotShown(*explanation);
    if (what.empty()) continue;
    failures.push_back({"S12.7 (j)", what, what, WithOneRequest(examined.json, i)});
  }
}

void CheckProperty(const Property& property, Examined& examined, Random& random,
                   std::vector<Failure>& failures) {
  const auto violation = property.check(examined, random);
  if (!violation) return;
  const std::string rule(property.rule);
  failures.push_back({rule, std::string(property.says) + ": " + violation->what, rule,
                      WithOneRequest(examined.json, violation->request)});
}

const Property* PropertyNamed(std::string_view rule) {
  for (const auto properties :
       {VerdictProperties(), LegProperties(), UnknownProperties(), AssumptionProperties()}) {
    const auto found = std::ranges::find(properties, rule, &Property::rule);
    if (found != properties.end()) return &*found;
  }
  return nullptr;
}

}  // namespace

Answer AskReference(const JsonDocument& json, std::size_t request) {
  const Json& asked = json["requests"][static_cast<JsonSize>(request)];
  reference::Answer answer =
      reference::Evaluate(json["policies"], Find(json, "organization"), asked);
  return {std::move(answer.verdict), std::move(answer.decided_by), std::move(answer.error)};
}

void CheckSet(const std::string& text, std::uint64_t seed, std::uint64_t set, Coverage& coverage,
              std::vector<Failure>& failures) {
  Examined examined(text);
  CompareWithReference(examined, failures);
  CompareWithExplain(examined, failures);
  for (std::size_t i = 0; i < examined.answers.size(); ++i) {
    const auto& explanation = examined.explanations[i];
    if (!explanation) {
      coverage.AddError();
    } else {
      coverage.Add(*explanation, examined.absent_keys[i]);
    }
  }
  if (!examined.engine.refused().empty()) return;

  // Apart from what made the set, so that a check more or less changes no case.
  Random random(~seed, set + 1);
  const auto turn = [&](std::span<const Property> properties) {
    CheckProperty(properties[set % properties.size()], examined, random, failures);
  };
  turn(VerdictProperties());
  turn(LegProperties());
  turn(UnknownProperties());
  turn(AssumptionProperties());
}

std::vector<Failure> Failures(const std::string& text, std::string_view rule) {
  constexpr std::uint64_t kDraws = 12;
  Examined examined(text);
  std::vector<Failure> failures;
  if (rule == "reference") {
    CompareWithReference(examined, failures);
  } else if (const Property* property = PropertyNamed(rule)) {
    for (std::uint64_t draw = 0; draw < kDraws && failures.empty(); ++draw) {
      Random random(draw);
      if (examined.engine.refused().empty()) CheckProperty(*property, examined, random, failures);
    }
  } else {
    CompareWithExplain(examined, failures);
    std::erase_if(failures, [&](const Failure& failure) { return failure.rule != rule; });
  }
  return failures;
}

}  // namespace postern::differential
