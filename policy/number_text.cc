#include "policy/number_text.h"

#include <cstddef>

namespace postern::policy {
namespace {

bool IsNumber(std::string_view text, bool fraction_may_be_empty) {
  std::size_t i = 0;
  const auto byte = [&] { return i < text.size() ? text[i] : '\0'; };
  const auto digits = [&] {
    const std::size_t begin = i;
    while (byte() >= '0' && byte() <= '9') ++i;
    return i > begin;
  };
  if (byte() == '-') ++i;
  if (byte() == '0') {
    ++i;
  } else if (!digits()) {
    return false;
  }
  if (byte() == '.') {
    ++i;
    if (!digits() && !fraction_may_be_empty) return false;
  }
  if (byte() == 'e' || byte() == 'E') {
    ++i;
    if (byte() == '+' || byte() == '-') ++i;
    if (!digits()) return false;
  }
  return i == text.size();
}

}  // namespace

bool IsJsonNumber(std::string_view text) { return IsNumber(text, false); }
bool IsYamlNumber(std::string_view text) { return IsNumber(text, true); }

}  // namespace postern::policy
