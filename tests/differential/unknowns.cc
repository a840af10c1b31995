// S4.19: a verdict that was reached although something is unknown holds for every value of it, and
// for absence.
#include <algorithm>
#include <string>
#include <utility>

#include "policy/language/fold.h"
#include "tests/differential/documents.h"
#include "tests/differential/generate/keys.h"
#include "tests/differential/generate/principals.h"
#include "tests/differential/generate/scenes.h"
#include "tests/differential/property.h"

namespace postern::differential {
namespace {

using policy::EqualsIgnoreAsciiCase;

bool IsUnknown(const Json* value) {
  return value != nullptr && value->IsObject() && value->HasMember("unknown");
}

bool IsUnknownWord(const Json* value) {
  return value != nullptr && value->IsString() && TextOf(*value) == "unknown";
}

constexpr const char* kLayers[] = {"endpoint", "identity", "boundary", "session",
                                   "resource", "scps",     "rcps",     "access_point"};

bool HasUnknownLayer(const Json& policies) {
  const bool layer = std::ranges::any_of(
      kLayers, [&](const char* name) { return IsUnknownWord(Find(policies, name)); });
  const Json* endpoint = Find(policies, "endpoint");
  const bool in_endpoint = endpoint != nullptr && IsUnknownWord(Find(*endpoint, "policy"));
  return layer || in_endpoint || IsUnknownWord(Find(policies, "block_public_access"));
}

// Left out, it is the one in the ARN, or the caller's where the call names no resource; else it is
// unknown.
bool IsAccountUnknown(const Json& request) {
  if (const Json* account = Find(request, "resource_account")) return IsUnknown(account);
  const Json* resource = Find(request, "resource");
  return resource != nullptr && resource->IsString() &&
         TextOf(*resource).find(":::") != std::string_view::npos;
}

bool HasUnknown(const Json& request) {
  return Find(request, "unknown") != nullptr || IsUnknown(Find(request, "principal")) ||
         IsUnknown(Find(request, "resource")) || IsUnknown(Find(request, "bucket_resource")) ||
         IsAccountUnknown(request);
}

// ---- what unknown things could be

constexpr std::string_view kFresh = "a-value-that-no-policy-names";

// Values for one key, each as the context would have it; absence is written as `[]`.
std::vector<std::string> ValuesOf(std::string_view key, Json& policies, Random& random) {
  std::vector<std::string> values = {"[]", '"' + std::string(kFresh) + '"', R"("")"};
  for (const ConditionKey& known : ConditionKeys()) {
    if (!EqualsIgnoreAsciiCase(known.name, key)) continue;
    for (int i = 0; i < 3; ++i) {
      const PoolValue& value = random.Pick(known.RequestPool());
      values.push_back(value.bare
                           ? std::string(value.text)
                           : Print(Json(rapidjson::StringRef(
                                 value.text.data(), static_cast<JsonSize>(value.text.size())))));
    }
    if (known.arity != Arity::kSingle) values.push_back(R"(["red","10"])");
  }
  for (const StatementPlace& place : StatementsOf(policies)) {
    const Json* condition = Find(*place.statement, "Condition");
    if (condition == nullptr || !condition->IsObject()) continue;
    for (const auto& op : condition->GetObject()) {
      if (!op.value.IsObject()) continue;
      for (const auto& named : op.value.GetObject()) {
        if (!EqualsIgnoreAsciiCase(TextOf(named.name), key)) continue;
        if (!named.value.IsArray()) {
          values.push_back(Print(named.value));
          continue;
        }
        for (const Json& value : named.value.GetArray()) values.push_back(Print(value));
      }
    }
  }
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

Json ReadJsonText(std::string_view text, JsonAllocator& allocator) {
  JsonDocument read(&allocator);
  read.Parse(text.data(), text.size());
  return std::move(static_cast<Json&>(read));
}

// Of the action's service, mostly.
std::string_view DrawResource(std::string_view action, Random& random) {
  const std::string_view vendor = action.substr(0, action.find(':'));
  const Scene* scene = &random.Pick(Scenes());
  const auto fits = [&] {
    return !scene->through_access_point && scene->actions.front().starts_with(vendor);
  };
  for (int tries = 0; tries < 12 && !fits(); ++tries) scene = &random.Pick(Scenes());
  // An unknown resource is one that the call names (S4.19).
  const std::string_view drawn = random.Pick(scene->resources);
  return scene->through_access_point || drawn == "*" ? "arn:aws:s3:::data/k" : drawn;
}

// Of what an access point leads to: the same object in some bucket.
std::string BehindAccessPoint(const Json& request, Random& random) {
  constexpr std::string_view kObject = "/object/";
  constexpr std::string_view kBuckets[] = {"arn:aws:s3:::data", "arn:aws:s3:::logs",
                                           "arn:aws:s3:::other"};
  const Json* resource = Find(request, "resource");
  std::string behind(random.Pick(kBuckets));
  if (resource == nullptr || !resource->IsString()) return behind;
  const std::string_view text = TextOf(*resource);
  const std::size_t object = text.find(kObject);
  if (object != std::string_view::npos) behind += text.substr(object + kObject.size() - 1);
  return behind;
}

// Of the partition that one who is not known is taken to be of (S4.19.2).
Json DrawPrincipal(Random& random, JsonAllocator& allocator) {
  const auto& from = random.Chance(10) ? FederatedRequesters() : Requesters();
  std::string_view drawn;
  do {
    drawn = random.Pick(from).json;
  } while (drawn.find("arn:aws-") != std::string_view::npos);
  return ReadJsonText(drawn, allocator);
}

void Set(Json& object, const char* name, Json value, JsonAllocator& allocator) {
  object.RemoveMember(name);
  object.AddMember(rapidjson::StringRef(name), value, allocator);
}

constexpr std::string_view kAccounts[] = {"own", "111122223333", "444455556666", "999900001111"};

// A list of keys, or one: a case that was made smaller may have it so.
std::vector<std::string_view> UnknownKeys(const Json& request) {
  const Json* const unknown = Find(request, "unknown");
  if (unknown == nullptr) return {};
  if (!unknown->IsArray()) return {TextOf(*unknown)};
  std::vector<std::string_view> keys;
  for (const Json& key : unknown->GetArray()) keys.push_back(TextOf(key));
  return keys;
}

// A request in which nothing is unknown. The keys get the values at these places of `values`.
Json Settled(const Json& request, const std::vector<std::vector<std::string>>& values,
             const std::vector<std::size_t>& chosen, Random& random, JsonAllocator& allocator) {
  Json settled(request, allocator);
  if (IsUnknown(Find(settled, "principal"))) {
    Set(settled, "principal", DrawPrincipal(random, allocator), allocator);
  }
  if (IsUnknown(Find(settled, "resource"))) {
    const std::string_view action = TextOf(settled["action"]);
    Set(settled, "resource", MakeText(DrawResource(action, random), allocator), allocator);
  }
  if (IsUnknown(Find(settled, "bucket_resource"))) {
    Set(settled, "bucket_resource", MakeText(BehindAccessPoint(settled, random), allocator),
        allocator);
  }
  if (IsAccountUnknown(request)) {
    Set(settled, "resource_account", MakeText(random.Pick(kAccounts), allocator), allocator);
  }
  if (!values.empty()) {
    if (Find(settled, "context") == nullptr) {
      settled.AddMember("context", Json(rapidjson::kObjectType), allocator);
    }
    const std::vector<std::string_view> keys = UnknownKeys(request);
    for (std::size_t i = 0; i < values.size(); ++i) {
      Json name = MakeText(keys[i], allocator);
      Json value = ReadJsonText(values[i][chosen[i]], allocator);
      settled["context"].AddMember(name, value, allocator);
    }
  }
  settled.RemoveMember("unknown");
  return settled;
}

// ---- what unknown layers could be

constexpr std::string_view kAllows =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
constexpr std::string_view kDenies =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})";
constexpr std::string_view kAllowsEverybody =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})";
constexpr std::string_view kAllowsAccount =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*","Resource":"*"}})";
constexpr std::string_view kDeniesEverybody =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}})";

void SettleLayers(Json& policies, Random& random, JsonAllocator& allocator) {
  const std::string levels[] = {"[]", "[[" + std::string(kAllows) + "]]",
                                "[[" + std::string(kDenies) + "]]", "[[]]"};
  constexpr std::string_view kOfPrincipal[] = {"[]", kAllows, kDenies, "null"};
  constexpr std::string_view kOfResource[] = {"[]", kAllowsEverybody, kAllowsAccount,
                                              kDeniesEverybody};
  constexpr std::string_view kOfEndpoint[] = {"null", kAllowsEverybody, kDeniesEverybody};
  constexpr std::string_view kOfControl[] = {
      "[]", "[]",
      R"([[{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}]])"};
  const auto settle = [&](Json* at, std::string_view text) {
    if (IsUnknownWord(at)) *at = ReadJsonText(text, allocator);
  };
  for (const char* name : {"identity", "boundary", "session"}) {
    settle(Find(policies, name), random.Pick(kOfPrincipal));
  }
  settle(Find(policies, "resource"), random.Pick(kOfResource));
  settle(Find(policies, "access_point"), random.Pick(kOfEndpoint));
  settle(Find(policies, "scps"), random.Pick(levels));
  settle(Find(policies, "rcps"), random.Pick(kOfControl));
  settle(Find(policies, "block_public_access"), random.Chance(50) ? "true" : "false");
  Json* endpoint = Find(policies, "endpoint");
  if (endpoint == nullptr) return;
  if (IsUnknownWord(endpoint) && random.Chance(40)) {
    policies.RemoveMember("endpoint");
    return;
  }
  settle(endpoint, random.Pick(kOfEndpoint));
  settle(Find(*endpoint, "policy"), random.Pick(kOfEndpoint));
}

constexpr std::size_t kMostSettlings = 24;

// Every value of each unknown key, with those of the others drawn.
std::vector<std::vector<std::size_t>> Choices(const std::vector<std::vector<std::string>>& values,
                                              Random& random) {
  std::vector<std::vector<std::size_t>> choices;
  const auto add = [&](std::size_t key, std::size_t value) {
    std::vector<std::size_t>& chosen = choices.emplace_back();
    for (std::size_t i = 0; i < values.size(); ++i) {
      chosen.push_back(i == key ? value : random.Below(values[i].size()));
    }
  };
  for (std::size_t key = 0; key < values.size(); ++key) {
    for (std::size_t value = 0; value < values[key].size(); ++value) add(key, value);
  }
  while (choices.size() < kMostSettlings / 3) add(values.size(), 0);
  while (choices.size() > kMostSettlings) {
    choices.erase(choices.begin() + static_cast<std::ptrdiff_t>(random.Below(choices.size())));
  }
  return choices;
}

std::optional<Violation> HoldsForEveryValue(Examined& examined, Random& random) {
  Json& policies = examined.json["policies"];
  const bool layer = HasUnknownLayer(policies);
  Json& requests = examined.json["requests"];
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < examined.answers.size(); ++i) {
    const Answer& answer = examined.answers[i];
    if (answer.IsError() || answer.verdict == "unknown") continue;
    if (layer || HasUnknown(requests[static_cast<JsonSize>(i)])) candidates.push_back(i);
  }
  if (candidates.empty()) return std::nullopt;
  const std::size_t chosen = candidates[random.Below(candidates.size())];
  const Json& request = requests[static_cast<JsonSize>(chosen)];

  JsonDocument settled;
  JsonAllocator& allocator = settled.GetAllocator();
  settled.CopyFrom(examined.json, allocator);
  SettleLayers(settled["policies"], random, allocator);
  std::vector<std::vector<std::string>> values;
  for (const std::string_view key : UnknownKeys(request)) {
    values.push_back(ValuesOf(key, policies, random));
  }
  Json& settlings = settled["requests"].SetArray();
  for (const auto& choice : Choices(values, random)) {
    settlings.PushBack(Settled(request, values, choice, random, allocator), allocator);
  }
  EngineSet engine(Print(settled));
  for (std::size_t i = 0; i < engine.size(); ++i) {
    // A settling that contradicts the rest of the case is none.
    if (!engine.Ask(i)) continue;
    const Answer answer = engine.answer();
    if (answer.verdict == examined.answers[chosen].verdict) continue;
    const Json& because = settlings[static_cast<JsonSize>(i)];
    std::string what =
        Words(examined.answers[chosen]) + "; but " + Words(answer) + " with " + Print(because);
    if (layer) what += " and " + Print(settled["policies"]);
    return Violation{chosen, std::move(what)};
  }
  return std::nullopt;
}

constexpr Property kProperties[] = {
    {"S4.19", "a decided verdict holds for every value", HoldsForEveryValue},
};

}  // namespace

std::span<const Property> UnknownProperties() { return kProperties; }

}  // namespace postern::differential
