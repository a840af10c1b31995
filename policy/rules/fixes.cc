#include "policy/rules/fixes.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "policy/quote.h"
#include "policy/removal.h"

namespace postern::policy {
namespace {

// Text that is spelled the same in JSON, in YAML and in a string inside another.
bool IsPlain(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '\''; });
}

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

void AddRewrite(Diagnostic& finding, const PolicyDocument& document, const Node& value,
                std::size_t begin, std::size_t end, std::string_view text, FixSafety safety) {
  if (!value.IsString() || !IsPlain(text) || !document.tree().Spelling(value)) return;
  std::string whole(value.text.substr(0, begin));
  whole.append(text).append(value.text.substr(end));
  // Without quotes, YAML takes `*` and others at the beginning for something else.
  if (value.plain && (whole.empty() || !IsWord(whole.front()))) return;
  Fix fix;
  fix.safe = safety == FixSafety::kSafe;
  fix.title = "write " + Quote(whole);
  fix.edits.push_back({document.tree().Within(value, begin, end), std::string(text)});
  finding.fixes.push_back(std::move(fix));
}

void AddRewrite(Diagnostic& finding, const PolicyDocument& document, const Node& value,
                std::string_view text, FixSafety safety) {
  AddRewrite(finding, document, value, 0, value.text.size(), text, safety);
}

void AddRename(Diagnostic& finding, const PolicyDocument& document, const Node& member,
               std::string_view name, FixSafety safety) {
  // Where the name is spelled as it is, in quotes of whatever sort or without.
  const std::string_view spelled = document.source().Slice(member.key_range);
  const std::size_t at = spelled.find(member.key);
  if (member.key.empty() || at == spelled.npos || !IsPlain(name)) return;
  const auto begin = member.key_range.begin + static_cast<std::uint32_t>(at);
  const auto end = begin + static_cast<std::uint32_t>(member.key.size());
  finding.fixes.push_back(
      {safety == FixSafety::kSafe, "write " + Quote(name), {{{begin, end}, std::string(name)}}});
}

void AddRemoval(Diagnostic& finding, const PolicyDocument& document, const Node& list,
                const Node& item, FixSafety safety) {
  const auto range = RangeWithComma(document.source(), list, item);
  if (!range) return;
  const std::string_view name = item.key.empty() ? item.text : item.key;
  Fix& fix = finding.fixes.emplace_back();
  fix.safe = safety == FixSafety::kSafe;
  fix.title = name.empty() ? "remove it" : "remove " + Quote(name);
  fix.edits.push_back({*range, ""});
}

void AddItem(Diagnostic& finding, const PolicyDocument& document, const Node& list,
             std::string_view text, FixSafety safety) {
  const std::string_view source = document.source().text();
  if (!IsPlain(text) || document.tree().layers() > 0 || list.range.begin >= source.size()) return;
  const std::string item = '"' + std::string(text) + '"';
  Fix fix;
  fix.safe = safety == FixSafety::kSafe;
  fix.title = "add " + Quote(text);
  if (list.IsArray() && list.count > 0 && source[list.range.begin] == '[') {
    const Node* last = nullptr;
    for (const Node& each : list.children()) last = &each;
    fix.edits.push_back({{last->range.end, last->range.end}, ", " + item});
  } else if (list.IsString() && source[list.range.begin] == '"') {
    fix.edits.push_back({{list.range.begin, list.range.begin}, "["});
    fix.edits.push_back({{list.range.end, list.range.end}, ", " + item + "]"});
  } else {
    return;
  }
  finding.fixes.push_back(std::move(fix));
}

}  // namespace postern::policy
