// UTF-8, byte by byte: what the readers of text share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace postern::policy {

// Length of the code point that `text` begins with; 0 if it does not begin with valid UTF-8 (or is
// empty). Overlong forms and surrogates are invalid.
std::size_t Utf8Length(std::string_view text);

// The first byte that is not part of valid UTF-8, or npos.
std::size_t FindInvalidUtf8(std::string_view text, std::size_t from = 0);

// Writes a code point and returns how many bytes it took, at most 4. A surrogate, which is no
// character, becomes U+FFFD.
std::size_t WriteUtf8(char32_t code_point, char* out);

enum class TextEncoding : std::uint8_t { kUtf8, kUtf8WithMark, kUtf16 };
// By the byte-order mark, or by where the first NUL bytes are.
TextEncoding GuessEncoding(std::string_view text);

// A text of UTF-16 in UTF-8, without its byte-order mark. Half of a surrogate pair becomes U+FFFD;
// a byte too many at the end is left out.
std::string Utf16ToUtf8(std::string_view text);

}  // namespace postern::policy
