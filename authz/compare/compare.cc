#include "authz/compare/compare.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "authz/compare/samples.h"
#include "authz/engine.h"
#include "policy/language/arn.h"
#include "policy/parse.h"

namespace postern::authz {
namespace {

using policy::PolicyKind;

// One request as choices among samples, which must outlive it.
struct Choice {
  const std::string* action = nullptr;
  const std::string* resource = nullptr;
  const SampleCaller* caller = nullptr;
  struct Value {
    const std::string* key;
    std::vector<std::string_view> values;
  };
  std::vector<Value> context;
};

std::string Words(const Choice& choice) {
  std::string text = *choice.action + " on " + *choice.resource + " by " +
                     (choice.caller->name.empty() ? "anonymous" : choice.caller->name);
  for (const Choice::Value& entry : choice.context) {
    text += ", " + *entry.key + " =";
    for (const std::string_view value : entry.values) text.append(" ") += value;
  }
  return text;
}

void Fill(const Choice& choice, Request& request) {
  request.Clear();
  request.action = *choice.action;
  request.resource = *choice.resource;
  const policy::Arn arn = policy::SplitConcreteArn(*choice.resource);
  if (arn.account().empty()) {
    request.resource_account_state = ResourceAccountState::kGiven;
    request.resource_account = "111122223333";
  }
  Principal& principal = request.principal;
  principal.kind = choice.caller->kind;
  if (principal.kind == RequesterKind::kArn) principal.arn = choice.caller->name;
  if (principal.kind == RequesterKind::kService) principal.service = choice.caller->name;
  if (principal.kind == RequesterKind::kFederated) principal.provider = choice.caller->name;
  principal.path = choice.caller->path;
  principal.unique_id = choice.caller->unique_id;
  principal.canonical_id = choice.caller->canonical_id;
  for (const Choice::Value& entry : choice.context) {
    request.OpenContext(*entry.key);
    for (const std::string_view value : entry.values) request.AddValue(value);
  }
}

// One way to put a policy before the engine: the same for both.
struct Scene {
  PolicySet policies;
  LayerMask layers;
};

DocumentPtr Parsed(std::string text, PolicyKind kind) {
  auto parsed =
      policy::ParseText(std::make_shared<const policy::Source>("policy", std::move(text)), kind);
  return std::make_shared<const policy::PolicyDocument>(std::move(*parsed.document));
}

std::vector<Scene> ScenesOf(const DocumentPtr& document) {
  const PolicyLayer given{Knowledge::kGiven, {document}};
  const LeveledLayer levels{Knowledge::kGiven, {{document}}};
  PolicySet policies;
  switch (document->kind()) {
    case PolicyKind::kEndpoint: {
      policies.endpoint.emplace();
      policies.endpoint->policy = Knowledge::kGiven;
      policies.endpoint->document = document;
      policies.endpoint->type = policy::EndpointType::kInterface;
      PolicySet gateway = policies;
      gateway.endpoint->type = policy::EndpointType::kGateway;
      return {{policies, {Layer::kEndpoint}}, {std::move(gateway), {Layer::kEndpoint}}};
    }
    case PolicyKind::kIdentity:
    case PolicyKind::kManaged:
    case PolicyKind::kInline:
      policies.identity = given;
      return {{std::move(policies), {Layer::kIdentity}}};
    case PolicyKind::kBoundary:
      policies.boundary = given;
      return {{std::move(policies), {Layer::kBoundary}}};
    case PolicyKind::kSession:
      policies.session = given;
      return {{std::move(policies), {Layer::kSession}}};
    case PolicyKind::kScp:
      policies.scps = levels;
      return {{std::move(policies), {Layer::kScp}}};
    case PolicyKind::kRcp:
      policies.rcps = levels;
      return {{std::move(policies), {Layer::kRcp}}};
    default:
      break;
  }
  // A resource policy by itself; and beside a boundary that allows nothing, for there it counts how
  // strongly the caller is named (S2.3).
  policies.resource = given;
  PolicySet bounded = policies;
  bounded.identity.knowledge = Knowledge::kGiven;
  bounded.boundary = {
      Knowledge::kGiven,
      {Parsed(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"none:None",)"
              R"("Resource":"*"}]})",
              PolicyKind::kBoundary)}};
  return {{std::move(policies), {Layer::kResource}},
          {std::move(bounded), {Layer::kResource, Layer::kIdentity, Layer::kBoundary}}};
}

class Comparing {
 public:
  Comparing(const DocumentPtr& before, const DocumentPtr& after,
            const policy::Catalogue& catalogue) {
    const std::vector<Scene> old_scenes = ScenesOf(before);
    const std::vector<Scene> new_scenes = ScenesOf(after);
    for (std::size_t i = 0; i < old_scenes.size(); ++i) {
      scenes_.push_back({Compile(old_scenes[i].policies, catalogue),
                         Compile(new_scenes[i].policies, catalogue), old_scenes[i].layers});
    }
  }

  // False once they differ.
  bool Ask(Choice choice) {
    for (const Pair& scene : scenes_) {
      if (!AskIn(scene, choice)) return false;
    }
    return true;
  }

  Comparison& result() { return result_; }

 private:
  struct Pair {
    std::shared_ptr<const CompiledPolicySet> before;
    std::shared_ptr<const CompiledPolicySet> after;
    LayerMask layers;
  };

  // What cannot be said of such a request is left out of it, as often as that helps.
  bool BindSome(const Pair& scene, Choice& choice) {
    constexpr std::string_view kContext = "/request/context/";
    for (std::size_t tries = choice.context.size() + 1; tries > 0; --tries) {
      Fill(choice, request_);
      request_.layers = scene.layers;
      const auto error = Bind(*scene.before, request_, before_);
      if (!error) return true;
      if (!error->pointer.starts_with(kContext)) return false;
      const std::string_view key = std::string_view(error->pointer).substr(kContext.size());
      const auto entry = std::ranges::find_if(choice.context, [key](const Choice::Value& each) {
        return policy::EqualsIgnoreAsciiCase(*each.key, key);
      });
      if (entry == choice.context.end()) return false;
      if (entry->values.size() > 1) {
        entry->values.resize(1);
        ++tries;
      } else {
        choice.context.erase(entry);
      }
    }
    return false;
  }

  bool AskIn(const Pair& scene, Choice& choice) {
    if (!BindSome(scene, choice) || Bind(*scene.after, request_, after_)) return true;
    const Verdict before = Decide(*scene.before, before_).verdict;
    const Verdict after = Decide(*scene.after, after_).verdict;
    ++result_.requests;
    result_.allowed += before == Verdict::kAllow ? 1 : 0;
    // With fewer patterns more may be known; never something else.
    if (before == after || before == Verdict::kUnknown) return true;
    result_.difference = Difference{Words(choice), before, after};
    return false;
  }

  std::vector<Pair> scenes_;
  Request request_;
  BoundRequest before_;
  BoundRequest after_;
  Comparison result_;
};

// Numbers that look random, the same everywhere and each time (S. Vigna's splitmix64).
class Numbers {
 public:
  std::size_t Below(std::size_t limit) {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return static_cast<std::size_t>((mixed ^ (mixed >> 31)) % limit);
  }
  bool OneIn(std::size_t count) { return Below(count) == 0; }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }

 private:
  std::uint64_t state_ = 0;
};

// The request that is meant to match the statement.
Choice Base(const Samples& samples) {
  Choice choice{&samples.actions.front(), &samples.resources.front(), &samples.callers.front(), {}};
  for (const auto& [key, values] : samples.values) {
    if (!values.front().empty()) choice.context.push_back({&key, {values.front()}});
  }
  return choice;
}

// `visit(choice)` for the base with one element after another in all its ways, until it is false.
template <typename Visit>
bool EachElement(const Samples& samples, Visit visit) {
  const Choice base = Base(samples);
  for (const std::string& action : samples.actions) {
    Choice choice = base;
    choice.action = &action;
    if (!visit(std::move(choice))) return false;
  }
  for (const std::string& resource : samples.resources) {
    Choice choice = base;
    choice.resource = &resource;
    if (!visit(std::move(choice))) return false;
  }
  for (const SampleCaller& caller : samples.callers) {
    Choice choice = base;
    choice.caller = &caller;
    if (!visit(std::move(choice))) return false;
  }
  for (const auto& entry : samples.values) {
    const std::string* key = &entry.first;
    for (const std::string& value : entry.second) {
      Choice choice = base;
      std::erase_if(choice.context, [key](const Choice::Value& each) { return each.key == key; });
      if (!value.empty()) choice.context.push_back({key, {value}});
      if (!visit(std::move(choice))) return false;
    }
  }
  return true;
}

// Mostly the statement's own words, some of any other's.
Choice Mixture(const Samples& own, const Samples& all, Numbers& numbers) {
  const auto from = [&](auto Samples::*part) -> const auto& {
    return numbers.OneIn(4) ? all.*part : own.*part;
  };
  Choice choice;
  choice.action = &numbers.Pick(from(&Samples::actions));
  choice.resource = &numbers.Pick(from(&Samples::resources));
  choice.caller = &numbers.Pick(from(&Samples::callers));
  for (const auto& [key, values] : all.values) {
    const auto mine = own.values.find(key);
    if (mine == own.values.end() && !numbers.OneIn(4)) continue;
    const std::vector<std::string>& some = mine != own.values.end() ? mine->second : values;
    const std::string& value = numbers.OneIn(2) ? some.front() : numbers.Pick(values);
    if (value.empty()) continue;
    choice.context.push_back({&key, {value}});
    const std::string& second = numbers.Pick(values);
    if (numbers.OneIn(4) && !second.empty()) choice.context.back().values.push_back(second);
  }
  return choice;
}

}  // namespace

Comparison CompareDecisions(const DocumentPtr& before, const DocumentPtr& after,
                            const policy::Catalogue& catalogue, CompareOptions options) {
  std::vector<Samples> statements;
  Samples all = CommonSamples();
  for (const DocumentPtr& document : {before, after}) {
    for (const policy::Statement& statement : document->statements()) {
      statements.push_back(SamplesOf(statement));
      Merge(all, statements.back());
    }
  }
  Comparing comparing(before, after, catalogue);
  const Comparison& result = comparing.result();
  for (const Samples& samples : statements) {
    const bool alike = EachElement(samples, [&](Choice choice) {
      return comparing.Ask(std::move(choice)) && result.requests < options.max_requests / 2;
    });
    if (!alike) break;
  }
  Numbers numbers;
  for (std::size_t i = 0; i < options.max_requests && !statements.empty(); ++i) {
    if (result.difference || result.requests >= options.max_requests) break;
    if (!comparing.Ask(Mixture(numbers.Pick(statements), all, numbers))) break;
  }
  return result;
}

}  // namespace postern::authz
