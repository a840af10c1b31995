// JSON as the differential tests hold it: text that the engine and the reference evaluator both
// read, and a tree to change or shrink it.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>

namespace postern::differential {

using Json = rapidjson::Value;
using JsonDocument = rapidjson::Document;
using JsonAllocator = rapidjson::Document::AllocatorType;
using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;
using JsonSize = rapidjson::SizeType;

inline std::string_view TextOf(const Json& text) {
  return {text.GetString(), text.GetStringLength()};
}
inline Json MakeText(std::string_view text, JsonAllocator& allocator) {
  return Json(text.data(), static_cast<JsonSize>(text.size()), allocator);
}

inline Json* Find(Json& object, const char* name) {
  if (!object.IsObject()) return nullptr;
  const auto member = object.FindMember(name);
  return member == object.MemberEnd() ? nullptr : &member->value;
}
inline const Json* Find(const Json& object, const char* name) {
  return Find(const_cast<Json&>(object), name);
}

inline std::string Print(const Json& value) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

inline void WriteText(JsonWriter& out, std::string_view text) {
  out.String(text.data(), static_cast<JsonSize>(text.size()));
}
inline void WriteKey(JsonWriter& out, std::string_view name) {
  out.Key(name.data(), static_cast<JsonSize>(name.size()));
}
// JSON that is text already.
inline void WriteRaw(JsonWriter& out, std::string_view json) {
  out.RawValue(json.data(), json.size(), rapidjson::kObjectType);
}

}  // namespace postern::differential
