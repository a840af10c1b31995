#include "cmd/render/place_json.h"

namespace postern::cmd {
namespace {

void WritePosition(JsonWriter& json, std::string_view name, const policy::Source& source,
                   std::uint32_t byte) {
  const policy::LineColumn at = source.Locate(byte);
  json.Key(name).BeginObject();
  json.Key("line").Number(at.line);
  json.Key("column").Number(at.column);
  json.Key("byte").Number(byte);
  json.EndObject();
}

}  // namespace

void WriteRange(JsonWriter& json, const policy::Source& source, policy::SourceRange range) {
  WritePosition(json, "start", source, range.begin);
  WritePosition(json, "end", source, range.end);
}

}  // namespace postern::cmd
