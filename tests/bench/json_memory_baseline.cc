#include <rapidjson/encodedstream.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "tests/bench/json_baseline.h"

namespace postern::bench {

bool ReadAndForgetFromMemory(const std::vector<std::string>& lines) {
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::Reader reader;
  rapidjson::BaseReaderHandler<> forget;
  bool good = true;
  for (const std::string& line : lines) {
    rapidjson::MemoryStream stream(line.data(), line.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> decoded(stream);
    good = !reader.Parse<kFlags>(decoded, forget).IsError() && good;
  }
  return good;
}

}  // namespace postern::bench
