// Writes JSON to a string. Text that is not UTF-8 comes out with U+FFFD where it is not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postern::cmd {

// `text` as a JSON string, quotes included.
void AppendJsonString(std::string& out, std::string_view text);

enum class JsonLayout { kCompact, kIndented };

// The caller keeps to JSON's grammar: a Key before each value of an object.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out, JsonLayout layout = JsonLayout::kIndented)
      : out_(out), indented_(layout == JsonLayout::kIndented) {}

  JsonWriter& BeginObject() { return Begin('{'); }
  JsonWriter& EndObject() { return End('}'); }
  JsonWriter& BeginArray() { return Begin('['); }
  JsonWriter& EndArray() { return End(']'); }
  JsonWriter& Key(std::string_view key);
  JsonWriter& String(std::string_view text);
  JsonWriter& Number(std::uint64_t number);
  JsonWriter& Bool(bool value);
  JsonWriter& Null();
  // A value that is JSON already.
  JsonWriter& Raw(std::string_view json);

  JsonWriter& Member(std::string_view key, std::string_view text) { return Key(key).String(text); }
  // null for "".
  JsonWriter& MemberOrNull(std::string_view key, std::string_view text) {
    return text.empty() ? Key(key).Null() : Key(key).String(text);
  }

 private:
  JsonWriter& Begin(char bracket);
  JsonWriter& End(char bracket);
  void BeforeValue();
  void NewLine();

  std::string& out_;
  bool indented_;
  bool first_ = true;  // nothing yet in the innermost object or array
  bool after_key_ = false;
  std::size_t depth_ = 0;
};

}  // namespace postern::cmd
