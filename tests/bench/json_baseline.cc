#include "tests/bench/json_baseline.h"

#include <rapidjson/reader.h>

namespace postern::bench {

bool ReadAndForget(const std::vector<std::string>& lines) {
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::Reader reader;
  rapidjson::BaseReaderHandler<> forget;
  std::string buffer;
  bool good = true;
  for (const std::string& line : lines) {
    buffer.assign(line);
    rapidjson::InsituStringStream stream(buffer.data());
    good = !reader.Parse<kFlags>(stream, forget).IsError() && good;
  }
  return good;
}

}  // namespace postern::bench
