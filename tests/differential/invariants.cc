// S12.7 (a) (b) (c) (f) (g) (h) (k): what a change of the case may do to the verdict.
#include <rapidjson/prettywriter.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "policy/language/fold.h"
#include "tests/differential/documents.h"
#include "tests/differential/property.h"

namespace postern::differential {
namespace {

using policy::EqualsIgnoreAsciiCase;

// What must hold between the answers before and after.
using Relation = bool (*)(const Answer& before, const Answer& after);

bool IsAllow(const Answer& answer) { return answer.verdict == "allow"; }
bool Same(const Answer& before, const Answer& after) { return before == after; }
bool SameIfDecided(const Answer& before, const Answer& after) {
  return before.IsError() || after.IsError() || before.verdict == after.verdict;
}
bool NeverAllows(const Answer& before, const Answer& after) {
  return !IsAllow(after) || IsAllow(before);
}
bool NeverRefuses(const Answer& before, const Answer& after) {
  return !IsAllow(before) || IsAllow(after);
}

constexpr std::size_t kRequestsAsked = 4;

// Asks some of the requests again after `change`, which answers with the text of the changed case,
// or "" if it cannot be changed so.
template <typename Change>
std::optional<Violation> Ask(Examined& examined, Random& random, Relation relation, Change change) {
  const std::size_t all = examined.answers.size();
  const std::size_t asked = std::min(all, kRequestsAsked);
  const std::size_t first = random.Below(all - asked + 1);
  JsonDocument changed;
  changed.CopyFrom(examined.json, changed.GetAllocator());
  Json& requests = changed["requests"];
  requests.Erase(requests.Begin() + static_cast<std::ptrdiff_t>(first + asked), requests.End());
  requests.Erase(requests.Begin(), requests.Begin() + static_cast<std::ptrdiff_t>(first));
  const std::string text = change(changed);
  if (text.empty()) return std::nullopt;
  EngineSet engine(text);
  for (std::size_t i = 0; i < asked; ++i) {
    engine.Ask(i);
    const Answer after = engine.answer();
    const Answer& before = examined.answers[first + i];
    if (!relation(before, after)) {
      return Violation{first + i, Words(before) + "; after the change " + Words(after)};
    }
  }
  return std::nullopt;
}

// A copy of some statement of a layer, with the effect, added to one of the layer's documents.
std::string AddCopy(JsonDocument& changed, Random& random, const char* effect,
                    bool (*may)(authz::Layer)) {
  auto statements = StatementsOf(changed["policies"]);
  std::erase_if(statements, [&](const StatementPlace& place) {
    return !may(place.layer) || Find(*place.statement, "Effect") == nullptr;
  });
  if (statements.empty()) return {};
  const StatementPlace& from = statements[random.Below(statements.size())];
  JsonAllocator& allocator = changed.GetAllocator();
  Json copy(*from.statement, allocator);
  copy["Effect"].SetString(rapidjson::StringRef(effect));
  AddStatement(*from.document, std::move(copy), allocator);
  return Print(changed);
}

std::optional<Violation> AddDeny(Examined& examined, Random& random) {
  return Ask(examined, random, NeverAllows, [&](JsonDocument& changed) {
    return AddCopy(changed, random, "Deny", [](authz::Layer) { return true; });
  });
}

std::optional<Violation> AddAllow(Examined& examined, Random& random) {
  // S7.11: one more Allow can make a bucket policy public.
  if (examined.engine.policies().block_public_access_knowledge != authz::Knowledge::kNone) {
    return std::nullopt;
  }
  return Ask(examined, random, NeverRefuses, [&](JsonDocument& changed) {
    return AddCopy(changed, random, "Allow",
                   [](authz::Layer layer) { return layer != authz::Layer::kRcp; });
  });
}

// ---- (c)

constexpr std::string_view kEndpointKeys[] = {
    "aws:SourceVpce",  "aws:SourceVpc", "aws:SourceVpcArn", "aws:VpcSourceIp",
    "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"};
constexpr std::string_view kOtherNetworkKeys[] = {"aws:SourceIp", "aws:RequestedRegion"};

// The policy of a private API is mandatory (S7.13): an endpoint makes a difference there.
bool CallsPrivateApi(const Json& requests) {
  return std::ranges::any_of(requests.GetArray(), [](const Json& request) {
    const Json* action = Find(request, "action");
    return action != nullptr && policy::FoldAscii(TextOf(*action)).starts_with("execute-api:");
  });
}

bool IsEndpointKey(std::string_view key) {
  return std::ranges::any_of(
      kEndpointKeys, [&](std::string_view each) { return EqualsIgnoreAsciiCase(each, key); });
}

bool MentionsNetworkKey(const Json& policies) {
  const std::string text = policy::FoldAscii(Print(policies));
  const auto mentioned = [&](std::string_view key) {
    return text.find(policy::FoldAscii(key)) != std::string::npos;
  };
  return std::ranges::any_of(kEndpointKeys, mentioned) ||
         std::ranges::any_of(kOtherNetworkKeys, mentioned);
}

void DropEndpointKeys(Json& request) {
  if (Json* context = Find(request, "context")) {
    for (auto member = context->MemberBegin(); member != context->MemberEnd();) {
      member = IsEndpointKey(TextOf(member->name)) ? context->EraseMember(member) : member + 1;
    }
  }
  if (Json* unknown = Find(request, "unknown")) {
    for (auto key = unknown->Begin(); key != unknown->End();) {
      key = IsEndpointKey(TextOf(*key)) ? unknown->Erase(key) : key + 1;
    }
  }
}

std::optional<Violation> RemoveEndpoint(Examined& examined, Random& random) {
  const authz::PolicySet& policies = examined.engine.policies();
  const bool default_policy =
      policies.endpoint && policies.endpoint->policy == authz::Knowledge::kNone;
  const bool vpc_only = policies.access_point && policies.access_point->vpc_origin;
  if (!default_policy || vpc_only || CallsPrivateApi(examined.json["requests"]) ||
      MentionsNetworkKey(examined.json["policies"])) {
    return std::nullopt;
  }
  return Ask(examined, random, SameIfDecided, [&](JsonDocument& changed) {
    changed["policies"].RemoveMember("endpoint");
    for (Json& request : changed["requests"].GetArray()) DropEndpointKeys(request);
    return Print(changed);
  });
}

// ---- (f)

template <typename Iterator>
void Shuffle(Iterator begin, Iterator end, Random& random) {
  for (auto left = end - begin; left > 1; --left) {
    const auto drawn = static_cast<decltype(left)>(random.Below(static_cast<std::size_t>(left)));
    std::swap(begin[left - 1], begin[drawn]);
  }
}

// All lists, and the members of all objects.
void ShuffleAll(Json& value, Random& random, JsonAllocator& allocator) {
  if (value.IsArray()) {
    for (Json& each : value.GetArray()) ShuffleAll(each, random, allocator);
    for (JsonSize left = value.Size(); left > 1; --left) {
      value[left - 1].Swap(value[static_cast<JsonSize>(random.Below(left))]);
    }
  } else if (value.IsObject()) {
    std::vector<std::pair<Json, Json>> members;
    for (auto& member : value.GetObject()) {
      members.emplace_back(std::move(member.name), std::move(member.value));
    }
    value.RemoveAllMembers();
    Shuffle(members.begin(), members.end(), random);
    for (auto& [name, member] : members) {
      ShuffleAll(member, random, allocator);
      value.AddMember(name, member, allocator);
    }
  }
}

std::optional<Violation> Permute(Examined& examined, Random& random) {
  return Ask(examined, random, Same, [&](JsonDocument& changed) {
    ShuffleAll(changed["policies"], random, changed.GetAllocator());
    for (Json& request : changed["requests"].GetArray()) {
      ShuffleAll(request, random, changed.GetAllocator());
    }
    return Print(changed);
  });
}

// ---- (g)

bool HasWildcard(const Json& value) {
  if (value.IsArray()) return std::ranges::any_of(value.GetArray(), HasWildcard);
  return value.IsString() && TextOf(value).find_first_of("*?") != std::string_view::npos;
}

bool HasOperator(const Json& condition, std::string_view name) {
  return std::ranges::any_of(condition.GetObject(), [&](const auto& member) {
    return EqualsIgnoreAsciiCase(TextOf(member.name), name);
  });
}

// "StringNotLike" -> "StringNotEquals", in all of its forms.
std::optional<std::string> EqualsOfLike(std::string_view op) {
  constexpr std::string_view kLike = "like";
  const std::string folded = policy::FoldAscii(op);
  const std::size_t at = folded.rfind(kLike);
  if (at == std::string::npos || folded.find("string") == std::string::npos) return std::nullopt;
  std::string equals(op);
  equals.replace(at, kLike.size(), "Equals");
  return policy::ParseOperator(equals) ? std::optional(equals) : std::nullopt;
}

std::optional<Violation> LikeWithoutWildcards(Examined& examined, Random& random) {
  return Ask(examined, random, Same, [&](JsonDocument& changed) -> std::string {
    bool any = false;
    for (StatementPlace& place : StatementsOf(changed["policies"])) {
      Json* condition = Find(*place.statement, "Condition");
      if (condition == nullptr || !condition->IsObject()) continue;
      for (auto& member : condition->GetObject()) {
        const auto equals = EqualsOfLike(TextOf(member.name));
        const bool plain = member.value.IsObject() &&
                           std::none_of(member.value.MemberBegin(), member.value.MemberEnd(),
                                        [](const auto& key) { return HasWildcard(key.value); });
        if (!equals || !plain || HasOperator(*condition, *equals)) continue;
        member.name = MakeText(*equals, changed.GetAllocator());
        any = true;
      }
    }
    return any ? Print(changed) : std::string();
  });
}

// ---- (h)

void FlipCase(Json& text, Random& random, JsonAllocator& allocator) {
  std::string flipped(TextOf(text));
  for (char& c : flipped) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter && random.Chance(50)) c = static_cast<char>(c ^ 0x20);
  }
  text = MakeText(flipped, allocator);
}

void FlipTexts(Json* value, Random& random, JsonAllocator& allocator) {
  if (value == nullptr) return;
  if (value->IsString()) FlipCase(*value, random, allocator);
  if (!value->IsArray()) return;
  for (Json& each : value->GetArray()) FlipTexts(&each, random, allocator);
}

void FlipNames(Json* object, Random& random, JsonAllocator& allocator) {
  if (object == nullptr || !object->IsObject()) return;
  for (auto& member : object->GetObject()) FlipCase(member.name, random, allocator);
}

std::optional<Violation> ChangeCase(Examined& examined, Random& random) {
  return Ask(examined, random, Same, [&](JsonDocument& changed) {
    JsonAllocator& allocator = changed.GetAllocator();
    for (StatementPlace& place : StatementsOf(changed["policies"])) {
      FlipTexts(Find(*place.statement, "Action"), random, allocator);
      FlipTexts(Find(*place.statement, "NotAction"), random, allocator);
      Json* condition = Find(*place.statement, "Condition");
      FlipNames(condition, random, allocator);
      if (condition == nullptr || !condition->IsObject()) continue;
      for (auto& op : condition->GetObject()) FlipNames(&op.value, random, allocator);
    }
    for (Json& request : changed["requests"].GetArray()) {
      FlipTexts(Find(request, "action"), random, allocator);
      FlipTexts(Find(request, "unknown"), random, allocator);
      FlipNames(Find(request, "context"), random, allocator);
    }
    return Print(changed);
  });
}

// ---- (k)

std::optional<Violation> AddWhiteSpace(Examined& examined, Random& random) {
  return Ask(examined, random, Same, [&](JsonDocument& changed) {
    constexpr std::array<char, 3> kIndents = {' ', '\t', '\n'};
    rapidjson::StringBuffer buffer;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
    writer.SetIndent(kIndents[random.Below(kIndents.size())],
                     static_cast<unsigned>(1 + random.Below(4)));
    changed.Accept(writer);
    return std::string(buffer.GetString(), buffer.GetSize());
  });
}

constexpr Property kProperties[] = {
    {"S12.7 (a)", "one more Deny never allows", AddDeny},
    {"S12.7 (b)", "one more Allow never refuses", AddAllow},
    {"S12.7 (c)", "an endpoint with the default policy makes no difference", RemoveEndpoint},
    {"S12.7 (f)", "the order of things makes no difference", Permute},
    {"S12.7 (g)", "StringLike without wildcards is StringEquals", LikeWithoutWildcards},
    {"S12.7 (h)", "the case of keys, actions and operators makes no difference", ChangeCase},
    {"S12.7 (k)", "white space makes no difference", AddWhiteSpace},
};

}  // namespace

std::span<const Property> VerdictProperties() { return kProperties; }

}  // namespace postern::differential
