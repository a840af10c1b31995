#include "authz/match/text.h"

#include <algorithm>

#include "policy/language/fold.h"
#include "policy/language/wildcard.h"

namespace postern::authz {
namespace {

enum class Expansion : std::uint8_t { kText, kUnresolved, kUnknown };

void MakeWildcards(std::string& text, std::size_t start) {
  std::replace(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(), '*', policy::kAnyRun);
  std::replace(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(), '?', policy::kAnyOne);
}

// Puts the values of the variables in the place of their marks. An unknown one becomes a wildcard,
// so that what cannot match even then is known not to match (S4.19).
Expansion Expand(const CompiledPolicySet& policies, const CompiledText& text,
                 BoundRequest::State& request, TextMatch& match) {
  std::string& out = request.expanded;
  out.clear();
  Expansion result = Expansion::kText;
  std::uint32_t next = text.variables.first;
  for (char c : text.pattern.tokens()) {
    if (c != policy::kVariable) {
      out.push_back(c);
      continue;
    }
    const CompiledVariable& variable = policies.variables[next++];
    const Slot& slot = request.SlotOf(variable.key);
    if (variable.multivalued || slot.count > 1) return Expansion::kUnresolved;  // S5.3
    if (slot.state == SlotState::kUnknown) {
      out.push_back(policy::kAnyRun);
      result = Expansion::kUnknown;
      continue;
    }
    const bool present = slot.state == SlotState::kPresent;
    if (present && !slot.values[0].empty()) {
      const std::string_view value = slot.values[0];
      const std::size_t start = out.size();
      out.append(value);
      if (variable.in_pattern &&
          std::ranges::any_of(value, [](char v) { return v == '*' || v == '?'; })) {
        match.reached.Add(Assumption::kA18);
        if (request.alternatives.Has(Assumption::kA18)) MakeWildcards(out, start);
      }
    } else if (variable.has_default) {
      if (present) {
        match.reached.Add(Assumption::kA19);
        if (request.alternatives.Has(Assumption::kA19)) continue;
      }
      out.append(variable.default_text);
    } else if (!present) {
      return Expansion::kUnresolved;
    }
  }
  return result;
}

bool MatchesTokens(std::string_view tokens, std::string_view value, bool ignore_case) {
  if (!ignore_case) return policy::MatchTokens(tokens, value);
  // Only the StringEqualsIgnoreCase family ignores case, and it has no wildcards of its own: they
  // stand for unknown values.
  if (tokens.find(policy::kAnyRun) == std::string_view::npos) {
    return policy::EqualsIgnoreCase(tokens, value);
  }
  return policy::MatchTokens(policy::FoldCase(tokens), policy::FoldCase(value));
}

}  // namespace

TextMatch MatchText(const CompiledPolicySet& policies, const CompiledText& text,
                    std::string_view value, BoundRequest::State& request, bool ignore_case) {
  TextMatch match;
  if (text.variables.count == 0) {
    const bool hit = ignore_case ? policy::EqualsIgnoreCase(text.pattern.tokens(), value)
                                 : text.pattern.Matches(value);
    match.matched = hit ? Ternary::kYes : Ternary::kNo;
    return match;
  }
  // Whatever the variables hold, the text before the first one stays.
  if (!ignore_case && !value.starts_with(text.pattern.prefix())) return match;
  const Expansion expansion = Expand(policies, text, request, match);
  if (expansion == Expansion::kUnresolved) {
    match.unresolved = true;
    return match;
  }
  if (!MatchesTokens(request.expanded, value, ignore_case)) return match;
  match.matched = expansion == Expansion::kUnknown ? Ternary::kUnknown : Ternary::kYes;
  return match;
}

std::optional<std::string_view> ExpandText(const CompiledPolicySet& policies,
                                           const CompiledText& text, BoundRequest::State& request,
                                           TextMatch& match) {
  switch (Expand(policies, text, request, match)) {
    case Expansion::kText:
      return request.expanded;
    case Expansion::kUnresolved:
      match.unresolved = true;
      return std::nullopt;
    case Expansion::kUnknown:
      match.matched = Ternary::kUnknown;
      return std::nullopt;
  }
  return std::nullopt;
}

TextMatch MatchArn(const CompiledPolicySet& policies, const CompiledArn& arn,
                   std::string_view value, const policy::Arn& value_fields,
                   BoundRequest::State& request) {
  TextMatch match;
  switch (arn.shape) {
    case CompiledArn::Shape::kNever:
      return match;
    case CompiledArn::Shape::kEverything:
      match.matched = Ternary::kYes;
      return match;
    case CompiledArn::Shape::kText:
      return MatchText(policies, arn.text, value, request);
    case CompiledArn::Shape::kFields: {
      match.matched = Ternary::kYes;
      for (std::uint32_t i = 0; i < 5; ++i) {
        const CompiledText& text = i < 4 ? policies.texts[arn.fields + i] : arn.text;
        const TextMatch field = MatchText(policies, text, value_fields.fields[i + 1], request);
        match.matched = And(match.matched, field.matched);
        match.unresolved |= field.unresolved;
        match.reached.Merge(field.reached);
      }
      return match;
    }
    case CompiledArn::Shape::kWholeVariable: {
      const auto text = ExpandText(policies, arn.text, request, match);
      if (!text) {
        // Unknown, or without a value: S5.5.
        return match;
      }
      const policy::Arn pattern = policy::SplitConcreteArn(*text);
      if (!pattern.valid()) {
        match.malformed = true;
        return match;
      }
      bool same = true;  // a value holds wildcards of its own only with A18's alternative
      for (std::size_t i = 1; i < 6; ++i) {
        same &= policy::MatchTokens(pattern.fields[i], value_fields.fields[i]);
      }
      match.matched = same ? Ternary::kYes : Ternary::kNo;
      return match;
    }
    case CompiledArn::Shape::kLoneWildcard:
      match.reached.Add(Assumption::kA16);
      if (request.alternatives.Has(Assumption::kA16)) {
        match.matched = Ternary::kYes;
      } else {
        match.malformed = true;
      }
      return match;
    case CompiledArn::Shape::kExecuteApi: {
      if (value_fields.service() != "execute-api") return match;
      const std::string_view resource = value_fields.resource();
      const std::size_t slash = resource.find('/');
      if (slash == std::string_view::npos) return match;
      return MatchText(policies, arn.text, resource.substr(slash + 1), request);
    }
  }
  return match;
}

}  // namespace postern::authz
