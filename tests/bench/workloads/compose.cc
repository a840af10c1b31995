#include "tests/bench/workloads/compose.h"

#include <cassert>

namespace postern::bench {

std::string Fill(std::string_view text, std::initializer_list<std::string_view> values) {
  std::string filled;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '@') {
      filled += text[at];
      continue;
    }
    const auto hole = static_cast<std::size_t>(text[++at] - '0');
    assert(hole < values.size());
    filled += values.begin()[hole];
  }
  return filled;
}

std::string Quoted(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) {
    if (!list.empty()) list += ',';
    list += '"' + text + '"';
  }
  return list;
}

std::string PolicyOf(const std::vector<std::string>& statements) {
  std::string policy = R"({"Version":"2012-10-17","Statement":[)";
  for (const std::string& statement : statements) {
    if (policy.back() != '[') policy += ',';
    policy += statement;
  }
  return policy + "]}";
}

}  // namespace postern::bench
