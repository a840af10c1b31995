#include "policy/format/minify.h"

#include <cstddef>

namespace postern::policy {
namespace {

bool IsJsonSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::string WithoutWhiteSpace(std::string_view json) {
  std::string out;
  bool in_string = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (!in_string && IsJsonSpace(c)) continue;
    out += c;
    if (c == '"') in_string = !in_string;
    if (in_string && c == '\\' && at + 1 < json.size()) out += json[++at];
  }
  return out;
}

}  // namespace postern::policy
