// How far a text is JSON, by a reader that is not ours.
#pragma once

#include <rapidjson/reader.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace postern::testing {

inline rapidjson::ParseResult ReadByOther(std::string_view text) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> in(stream);
  rapidjson::BaseReaderHandler<> nobody;
  rapidjson::Reader reader;
  return reader.Parse<rapidjson::kParseIterativeFlag>(in, nobody);
}

// Numbers that it cannot hold are numbers all the same, and it takes a NUL for the end of the text.
inline bool IsJson(std::string_view text) {
  const rapidjson::ParseResult result = ReadByOther(text);
  const bool taken = !result.IsError() || result.Code() == rapidjson::kParseErrorNumberTooBig;
  return taken && text.find('\0') == text.npos;
}

// How many words stand at or behind the first place that is no JSON.
inline std::size_t WordsNotReached(std::string_view text) {
  const rapidjson::ParseResult result = ReadByOther(text);
  const std::size_t end = result.IsError() ? result.Offset() : text.find('\0');
  if (end == text.npos) return 0;
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  std::size_t words = 0;
  for (std::size_t at = std::min(end, text.size()); at < text.size(); ++at) {
    if (is_word(text[at]) && (at == end || !is_word(text[at - 1]))) ++words;
  }
  return words;
}

// Whether the repaired text is JSON as far as it was before. In words, because repairs put commas,
// quotes and brackets also behind that place; all but one, because readers stop before or behind
// the word at that place.
inline bool IsReadAsFar(std::string_view repaired, std::string_view before) {
  return WordsNotReached(repaired) <= WordsNotReached(before) + 1;
}

}  // namespace postern::testing
