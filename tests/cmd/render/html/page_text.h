// What a reader sees of a page: its text without tags, as one line.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace postern::test {

// One space for any white space, none at the ends.
inline std::string Collapsed(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (!space) line += c;
    if (space && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

inline std::string Replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
  return text;
}

// Tags within a word are no space, all others are.
inline bool IsWithinWords(std::string_view tag) {
  constexpr std::array<std::string_view, 7> kInline{"code", "b", "a", "wbr", "mark", "ins", "del"};
  if (tag.starts_with('/')) tag.remove_prefix(1);
  const std::string_view name = tag.substr(0, tag.find_first_of(" /"));
  for (const std::string_view each : kInline) {
    if (name == each) return true;
  }
  return false;
}

inline std::string PageText(const std::string& page) {
  std::string text;
  for (std::size_t at = page.find("<body>"); at < page.size();) {
    const std::size_t tag = page.find('<', at);
    text += page.substr(at, tag - at);
    if (tag == std::string::npos) break;
    const std::size_t end = page.find('>', tag);
    if (!IsWithinWords(std::string_view(page).substr(tag + 1, end - tag - 1))) text += ' ';
    at = end + 1;
  }
  text = Replaced(Replaced(std::move(text), "&lt;", "<"), "&gt;", ">");
  return Collapsed(Replaced(Replaced(std::move(text), "&quot;", "\""), "&amp;", "&"));
}

}  // namespace postern::test
