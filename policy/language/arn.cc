#include "policy/language/arn.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");

namespace postern::policy {

Arn SplitArn(std::string_view text) {
  Arn arn;
  std::size_t begin = 0;
  bool braces_close = true;  // false once a `${` without `}` was seen: then none closes any more
  for (std::size_t at = 0; at < text.size() && arn.count < 5; ++at) {
    if (text[at] == '$' && braces_close && text.substr(at, 2) == "${") {
      const std::size_t close = text.find('}', at + 2);
      braces_close = close != std::string_view::npos;
      if (braces_close) at = close;
    } else if (text[at] == ':') {
      arn.fields[arn.count++] = text.substr(begin, at - begin);
      begin = at + 1;
    }
  }
  arn.fields[arn.count++] = text.substr(begin);
  return arn;
}

Arn SplitConcreteArn(std::string_view text) {
  constexpr std::uint64_t kLow7 = 0x7F7F7F7F7F7F7F7F;
  constexpr std::uint64_t kColons = 0x3A3A3A3A3A3A3A3A;
  Arn arn;
  std::size_t begin = 0;
  const auto take = [&](std::size_t colon) {
    arn.fields[arn.count++] = text.substr(begin, colon - begin);
    begin = colon + 1;
  };
  std::size_t at = 0;
  // Eight bytes a step: the high bit of each byte of `found` says that it is a colon.
  for (; at + 8 <= text.size() && arn.count < 5; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    word ^= kColons;
    std::uint64_t found = ~(((word & kLow7) + kLow7) | word | kLow7);
    for (; found != 0 && arn.count < 5; found &= found - 1) {
      take(at + static_cast<std::size_t>(std::countr_zero(found)) / 8);
    }
  }
  for (; at < text.size() && arn.count < 5; ++at) {
    if (text[at] == ':') take(at);
  }
  arn.fields[arn.count++] = text.substr(begin);
  return arn;
}

bool IsArn(std::string_view text) { return SplitArn(text).valid(); }

bool IsAccountId(std::string_view text) {
  return text.size() == 12 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace postern::policy
