#include "cmd/render/evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "authz/compile.h"
#include "cmd/render/snippet.h"
#include "policy/language/fold.h"

namespace postern::cmd {
namespace {

constexpr std::size_t kLongestPolicyText = 80;

// `value` is a member of the explanation.
RequestValue Known(const std::string_view& value) {
  return {value.empty(), false, std::span(&value, 1)};
}

RequestValue ValueOfKey(const authz::Explanation& why, std::string_view key) {
  for (const authz::KeyEvidence& evidence : why.keys) {
    if (!policy::EqualsIgnoreAsciiCase(evidence.name, key)) continue;
    return {evidence.source == authz::KeySource::kAbsent,
            evidence.source == authz::KeySource::kUnknown, evidence.values};
  }
  return {true, false, {}};
}

}  // namespace

const policy::PolicyDocument& DocumentOf(const authz::Explanation& why,
                                         const authz::StatementEvidence& statement,
                                         authz::Layer layer) {
  return *authz::PoliciesOf(*why.policies, layer)[statement.ref.policy];
}

RequestValue RequestValueOf(const authz::Explanation& why, authz::Layer layer,
                            const authz::LegEvidence& leg) {
  switch (leg.element) {
    case authz::Element::kPrincipal:
      return Known(why.principal);
    case authz::Element::kAction:
      return Known(why.action);
    case authz::Element::kResource:
      return Known(why.ResourceOf(layer));
    case authz::Element::kCondition:
      return leg.node == nullptr ? RequestValue{true, false, {}} : ValueOfKey(why, leg.node->key);
  }
  return {};
}

std::string PolicyText(const policy::PolicyDocument& document, const policy::Node& node) {
  std::string text;
  bool space = false;
  for (char c : document.source().Slice(node.range)) {
    const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (is_space && !space) text += ' ';
    if (!is_space) text += c;
    space = is_space;
    if (text.size() > kLongestPolicyText) break;
  }
  if (text.size() <= kLongestPolicyText) return OneLine(text);
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
  return OneLine(text) + "…";
}

std::string StatementTitle(const policy::PolicyDocument& document,
                           const policy::Statement& statement) {
  const std::string sid =
      statement.sid == nullptr ? std::string() : fmt::format(" `{}`", OneLine(statement.sid->text));
  return fmt::format("statement {}{} (`{}`)", statement.index + 1, sid,
                     document.PointerTo(*statement.node));
}

std::string WantedText(const policy::PolicyDocument& document, const authz::LegEvidence& leg) {
  if (leg.node == nullptr) return "nothing";
  const bool is_condition =
      leg.element == authz::Element::kCondition && leg.operator_node != nullptr;
  return fmt::format("{}{}: {}",
                     is_condition ? OneLine(leg.operator_node->key) + " " : std::string(),
                     OneLine(leg.node->key), PolicyText(document, *leg.node));
}

std::string QuotedValues(std::span<const std::string_view> values) {
  std::string text;
  for (const std::string_view value : values) {
    text += fmt::format("{}`{}`", text.empty() ? "" : ", ", OneLine(value));
  }
  return text;
}

std::string ActualText(const RequestValue& value) {
  if (value.unknown) return "unknown";
  return value.absent || value.values.empty() ? "absent" : QuotedValues(value.values);
}

std::string_view MatchText(authz::Ternary matched) {
  switch (matched) {
    case authz::Ternary::kNo:
      return "does not match";
    case authz::Ternary::kUnknown:
      return "may match";
    case authz::Ternary::kYes:
      return "matches";
  }
  return {};
}

std::string_view HoldsText(authz::Ternary result) {
  switch (result) {
    case authz::Ternary::kNo:
      return "does not hold";
    case authz::Ternary::kUnknown:
      return "not known";
    case authz::Ternary::kYes:
      return "holds";
  }
  return {};
}

std::string_view JudgedOnText(authz::JudgedOn judged_on) {
  switch (judged_on) {
    case authz::JudgedOn::kResource:
      return "";
    case authz::JudgedOn::kBucket:
      return ", judged on the bucket";
    case authz::JudgedOn::kBoth:
      return ", the same on the bucket";
  }
  return "";
}

std::string_view TernaryName(authz::Ternary value) {
  switch (value) {
    case authz::Ternary::kNo:
      return "no";
    case authz::Ternary::kUnknown:
      return "unknown";
    case authz::Ternary::kYes:
      return "yes";
  }
  return {};
}

std::string_view EffectName(policy::Effect effect) {
  return effect == policy::Effect::kAllow ? "Allow" : "Deny";
}

std::vector<std::string_view> AbsentKeys(const authz::Explanation& why) {
  std::vector<std::string_view> names;
  for (const authz::KeyEvidence& key : why.keys) {
    if (key.tested && key.source == authz::KeySource::kAbsent) names.push_back(key.name);
  }
  return names;
}

}  // namespace postern::cmd
