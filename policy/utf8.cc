#include "policy/utf8.h"

namespace postern::policy {

namespace {

unsigned ByteAt(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
}

bool IsContinuation(unsigned byte) { return (byte & 0xc0u) == 0x80u; }

}  // namespace

std::size_t Utf8Length(std::string_view text) {
  if (text.empty()) return 0;
  const unsigned lead = ByteAt(text, 0);
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const unsigned second = ByteAt(text, 1);
  if (!IsContinuation(second)) return 0;
  if (lead < 0xe0) return 2;
  if (!IsContinuation(ByteAt(text, 2))) return 0;
  if (lead < 0xf0) {
    const bool overlong = lead == 0xe0 && second < 0xa0;
    const bool surrogate = lead == 0xed && second >= 0xa0;
    return overlong || surrogate ? 0 : 3;
  }
  if (!IsContinuation(ByteAt(text, 3))) return 0;
  const bool overlong = lead == 0xf0 && second < 0x90;
  const bool beyond = lead == 0xf4 && second >= 0x90;
  return overlong || beyond ? 0 : 4;
}

std::size_t FindInvalidUtf8(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    if (static_cast<unsigned char>(text[from]) < 0x80) {
      ++from;
      continue;
    }
    const std::size_t length = Utf8Length(text.substr(from));
    if (length == 0) return from;
    from += length;
  }
  return std::string_view::npos;
}

std::size_t WriteUtf8(char32_t code_point, char* out) {
  if (code_point >= 0xd800 && code_point <= 0xdfff) code_point = 0xfffd;
  const auto tail = [code_point](int shift) {
    return static_cast<char>(0x80u | ((code_point >> shift) & 0x3fu));
  };
  if (code_point < 0x80) {
    out[0] = static_cast<char>(code_point);
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = static_cast<char>(0xc0u | (code_point >> 6));
    out[1] = tail(0);
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = static_cast<char>(0xe0u | (code_point >> 12));
    out[1] = tail(6);
    out[2] = tail(0);
    return 3;
  }
  out[0] = static_cast<char>(0xf0u | (code_point >> 18));
  out[1] = tail(12);
  out[2] = tail(6);
  out[3] = tail(0);
  return 4;
}

TextEncoding GuessEncoding(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) return TextEncoding::kUtf8WithMark;
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) return TextEncoding::kUtf16;
  if (text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0')) return TextEncoding::kUtf16;
  return TextEncoding::kUtf8;
}

std::string Utf16ToUtf8(std::string_view text) {
  const bool big_endian = text.starts_with("\xfe\xff") || text.starts_with('\0');
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const auto second = static_cast<unsigned char>(text[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  const auto is_unit_in = [&](std::size_t at, char32_t from, char32_t to) {
    return at + 1 < text.size() && unit(at) >= from && unit(at) <= to;
  };
  std::string utf8;
  utf8.reserve(text.size() / 2);
  for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
    char32_t code_point = unit(at);
    if (at == 0 && code_point == 0xfeff) continue;
    if (is_unit_in(at, 0xd800, 0xdbff) && is_unit_in(at + 2, 0xdc00, 0xdfff)) {
      code_point = 0x10000 + ((code_point - 0xd800) << 10) + (unit(at + 2) - 0xdc00);
      at += 2;
    }
    char bytes[4];
    utf8.append(bytes, WriteUtf8(code_point, bytes));
  }
  return utf8;
}

}  // namespace postern::policy
