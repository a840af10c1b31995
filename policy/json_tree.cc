#include "policy/json_tree.h"

// The text is read from a copy with bytes to spare behind it, so sixteen may be looked at at once.
// Others who include the header have no such copy: the namespace keeps theirs apart.
#define RAPIDJSON_NAMESPACE rapidjson_with_room
#ifdef __SSE2__
#define RAPIDJSON_SSE2
#endif
#include <rapidjson/reader.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <numeric>
#include <utility>

#include "policy/json_escape.h"
#include "policy/url_escape.h"
#include "policy/utf8.h"

namespace postern::policy {

namespace rapidjson = rapidjson_with_room;

namespace {

constexpr unsigned kParseFlags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag |
                                 rapidjson::kParseNumbersAsStringsFlag;
constexpr std::size_t kRoom = 16;  // behind the copy

bool IsAscii(std::string_view text) {
  const char bits = std::accumulate(text.begin(), text.end(), char{0}, std::bit_or<char>());
  return (static_cast<unsigned char>(bits) & 0x80) == 0;
}

// RapidJSON 1.1 takes these control characters for text wherever it looks at sixteen bytes at once.
bool IsOverlooked(char c) { return static_cast<unsigned char>(c - 0x1a) < 6; }

// Without an early end, so that the compiler looks at many bytes at once.
bool HasOverlooked(std::string_view text) {
  unsigned char found = 0;
  for (const char c : text) found |= static_cast<unsigned char>(IsOverlooked(c));
  return found != 0;
}

bool IsJsonSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::size_t SkipDigits(std::string_view text, std::size_t at) {
  while (at < text.size() && IsDigit(text[at])) ++at;
  return at;
}

// Length of the number that `text` begins with, by the grammar of RFC 8259; 0 if there is none.
std::size_t NumberLength(std::string_view text) {
  const auto byte = [text](std::size_t at) { return at < text.size() ? text[at] : '\0'; };
  std::size_t at = byte(0) == '-' ? 1 : 0;
  if (!IsDigit(byte(at))) return 0;
  at = byte(at) == '0' ? at + 1 : SkipDigits(text, at);
  if (byte(at) == '.' && IsDigit(byte(at + 1))) at = SkipDigits(text, at + 1);
  if (byte(at) == 'e' || byte(at) == 'E') {
    const std::size_t sign = byte(at + 1) == '+' || byte(at + 1) == '-' ? 1 : 0;
    if (IsDigit(byte(at + 1 + sign))) at = SkipDigits(text, at + 1 + sign);
  }
  return at;
}

// Replaces every number outside strings that is long enough to leave the range of a double (which
// RapidJSON refuses even where it hands on the text) by a harmless one of the same length, behind
// which no other part of a number can follow either.
void MaskLongNumbers(std::string_view text, char* copy) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\') ++i;
      }
      ++i;
      continue;
    }
    const std::size_t length = NumberLength(text.substr(i));
    if (length >= 4) {
      std::memset(copy + i, '0', length);
      copy[i + 1] = 'e';
    }
    i += std::max<std::size_t>(length, 1);
  }
}

JsonError::Kind KindOf(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return JsonError::Kind::kEmpty;
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
    case rapidjson::kParseErrorStringInvalidEncoding:
      return JsonError::Kind::kEncoding;
    default:
      return JsonError::Kind::kSyntax;
  }
}

std::string_view MessageOf(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return "the text is empty";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "more text follows after the value";
    case rapidjson::kParseErrorValueInvalid:
      return "expected a value here";
    case rapidjson::kParseErrorObjectMissName:
      return "expected a key in quotes here";
    case rapidjson::kParseErrorObjectMissColon:
      return "expected `:` after the key";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "expected `,` or `}` here";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "expected `,` or `]` here";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "`\\u` takes four hexadecimal digits";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return "half of a surrogate pair is no character";
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "not an escape that JSON knows, or a raw control character in a string";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "the string is never closed";
    case rapidjson::kParseErrorStringInvalidEncoding:
      return "invalid UTF-8";
    case rapidjson::kParseErrorNumberMissFraction:
      return "a digit must follow the decimal point";
    case rapidjson::kParseErrorNumberMissExponent:
      return "a digit must follow the exponent sign";
    default:
      return "not valid JSON";
  }
}

// What RapidJSON reads, as nodes in document order. It reports no positions; but the in-situ copy
// has the same offsets as the text, and between two tokens there is only white space, `,` and `:`.
class NodeBuilder {
 public:
  // RapidJSON's handler interface.
  using Ch = char;
  bool Null() { return Scalar(NodeKind::kNull, 4); }
  bool Bool(bool value) { return Scalar(NodeKind::kBool, value ? 4 : 5); }
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool RawNumber(const char*, rapidjson::SizeType length, bool) {
    return Scalar(NodeKind::kNumber, length);
  }
  bool String(const char* decoded, rapidjson::SizeType length, bool) {
    const SourceRange range = StringRange(decoded, length);
    if (range.empty()) return false;
    Append(NodeKind::kString, range).text = std::string_view(decoded, length);
    return true;
  }
  bool Key(const char* decoded, rapidjson::SizeType length, bool) {
    key_range_ = StringRange(decoded, length);
    key_ = std::string_view(decoded, length);
    return !key_range_.empty();
  }
  bool StartObject() { return Open(NodeKind::kObject); }
  bool StartArray() { return Open(NodeKind::kArray); }
  bool EndObject(rapidjson::SizeType members) { return Close(members); }
  bool EndArray(rapidjson::SizeType elements) { return Close(elements); }

  void Start(std::string_view text, const char* copy, std::uint32_t max_depth) {
    text_ = text;
    copy_ = copy;
    max_depth_ = max_depth;
    cursor_ = 0;
    key_ = {};
    key_range_ = {};
    error_.reset();
    nodes_.clear();
    open_.clear();
  }

  std::vector<Node>& nodes() { return nodes_; }
  // Set if a callback ended the reading.
  std::optional<JsonError>& error() { return error_; }

 private:
  Node& Append(NodeKind kind, SourceRange range) {
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    node.range = range;
    node.key = key_;
    node.key_range = key_range_;
    key_ = {};
    key_range_ = {};
    cursor_ = range.end;
    return node;
  }

  std::uint32_t NextToken() {
    const char* at = text_.data() + cursor_;
    while (IsJsonSpace(*at) || *at == ',' || *at == ':') ++at;
    return static_cast<std::uint32_t>(at - text_.data());
  }

  bool Scalar(NodeKind kind, std::uint32_t length) {
    const std::uint32_t begin = NextToken();
    Node& node = Append(kind, {begin, begin + length});
    if (kind != NodeKind::kNull) node.text = std::string_view(copy_ + begin, length);
    return true;
  }

  bool Open(NodeKind kind) {
    const std::uint32_t begin = NextToken();
    if (open_.size() >= max_depth_) {
      error_ = {JsonError::Kind::kTooDeep, begin,
                "nested more than " + std::to_string(max_depth_) + " levels deep"};
      return false;
    }
    open_.push_back(static_cast<std::uint32_t>(nodes_.size()));
    Append(kind, {begin, begin + 1});
    return true;
  }

  bool Close(std::uint32_t count) {
    const std::uint32_t end = NextToken() + 1;
    const std::uint32_t index = open_.back();
    open_.pop_back();
    Node& node = nodes_[index];
    node.count = count;
    node.span = static_cast<std::uint32_t>(nodes_.size()) - index;
    node.range.end = end;
    cursor_ = end;
    return true;
  }

  // Empty if the string is refused.
  SourceRange StringRange(const char* decoded, std::uint32_t length) {
    const auto inside = static_cast<std::uint32_t>(decoded - copy_);
    // A quote inside the raw string has a backslash before it, so this one closes the string, and
    // the string has no escapes.
    if (text_[inside + length] == '"' && text_[inside + length - 1] != '\\') {
      cursor_ = inside + length + 1;
      return {inside - 1, cursor_};
    }
    std::uint32_t at = inside;
    while (text_[at] != '"') {
      if (text_[at] != '\\') {
        ++at;
        continue;
      }
      // RapidJSON has accepted the escape, at most 12 bytes; but it takes the second half of a
      // surrogate pair without the first.
      const std::optional<JsonEscape> escape =
          text_[at + 1] == 'u' ? ReadJsonEscape(text_.substr(at, 12)) : JsonEscape{2, 0};
      if (!escape || escape->IsLoneSurrogate()) {
        error_ = {JsonError::Kind::kEncoding, at,
                  std::string(MessageOf(rapidjson::kParseErrorStringUnicodeSurrogateInvalid))};
        return {};
      }
      at += escape->length;
    }
    cursor_ = at + 1;
    return {inside - 1, cursor_};
  }

  std::string_view text_;
  const char* copy_ = nullptr;
  std::uint32_t max_depth_ = 0;
  std::uint32_t cursor_ = 0;  // the end of the previous token
  std::string_view key_;      // the member name that waits for its value
  SourceRange key_range_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> open_;  // indices of the containers that are not closed yet
  std::optional<JsonError> error_;
};

// Text that is refused before RapidJSON sees it.
std::optional<JsonError> RefuseEncoding(std::string_view text) {
  switch (GuessEncoding(text)) {
    case TextEncoding::kUtf8WithMark:
      return JsonError{JsonError::Kind::kEncoding, 0, "the file starts with a byte-order mark"};
    case TextEncoding::kUtf16:
      return JsonError{JsonError::Kind::kEncoding, 0, "the file is in UTF-16, not UTF-8"};
    case TextEncoding::kUtf8:
      break;
  }
  // To an in-situ reader a NUL byte is the end of the text.
  const std::size_t nul = text.find('\0');
  if (nul != std::string_view::npos) {
    return JsonError{JsonError::Kind::kSyntax, static_cast<std::uint32_t>(nul),
                     "the file holds a NUL byte"};
  }
  if (!HasOverlooked(text)) return std::nullopt;
  const auto* const at = std::ranges::find_if(text, IsOverlooked);
  return JsonError{JsonError::Kind::kSyntax, static_cast<std::uint32_t>(at - text.begin()),
                   "a raw control character"};
}

}  // namespace

struct JsonReader::State {
  JsonLimits limits;
  rapidjson::Reader reader;
  NodeBuilder builder;
  std::unique_ptr<char[]> copy;
  std::size_t capacity = 0;
  JsonError error;

  bool Read(std::string_view text);
  bool Refuse(JsonError why) {
    error = std::move(why);
    return false;
  }
  rapidjson::ParseResult Parse(std::string_view text, bool mask_numbers);
  // Where the text that was read is spelled in another way: every place by `to_outer`.
  void Move(const std::function<SourceRange(SourceRange)>& to_outer) {
    error.offset = to_outer({error.offset, error.offset}).begin;
    for (Node& node : builder.nodes()) {
      node.range = to_outer(node.range);
      if (!node.key_range.empty()) node.key_range = to_outer(node.key_range);
    }
  }
};

rapidjson::ParseResult JsonReader::State::Parse(std::string_view text, bool mask_numbers) {
  if (capacity < text.size() + kRoom) {
    capacity = text.size() + kRoom;
    copy = std::make_unique_for_overwrite<char[]>(capacity);
  }
  std::memcpy(copy.get(), text.data(), text.size());
  std::memset(copy.get() + text.size(), 0, kRoom);
  if (mask_numbers) MaskLongNumbers(text, copy.get());
  builder.Start(text, copy.get(), limits.max_depth);
  if (builder.nodes().capacity() == 0) builder.nodes().reserve(text.size() / 24 + 8);
  rapidjson::InsituStringStream stream(copy.get());
  // Only what is not ASCII is looked at byte by byte.
  if (IsAscii(text)) return reader.Parse<kParseFlags>(stream, builder);
  return reader.Parse<kParseFlags | rapidjson::kParseValidateEncodingFlag>(stream, builder);
}

bool JsonReader::State::Read(std::string_view text) {
  if (text.size() > limits.max_bytes) {
    return Refuse({JsonError::Kind::kTooLarge, limits.max_bytes,
                   "the text has " + std::to_string(text.size()) + " bytes, at most " +
                       std::to_string(limits.max_bytes) + " are read"});
  }
  if (text.empty()) return Refuse({JsonError::Kind::kEmpty, 0, "the text is empty"});
  if (std::optional<JsonError> refused = RefuseEncoding(text)) return Refuse(*std::move(refused));

  rapidjson::ParseResult result = Parse(text, false);
  if (result.Code() == rapidjson::kParseErrorNumberTooBig) {
    result = Parse(text, true);
    for (const Node& node : builder.nodes()) {
      if (node.kind != NodeKind::kNumber) continue;
      std::memcpy(copy.get() + node.range.begin, text.data() + node.range.begin, node.text.size());
    }
  }
  if (!result.IsError()) return true;
  if (builder.error()) return Refuse(*std::move(builder.error()));
  const std::size_t offset = std::min(result.Offset(), text.size());
  if (offset < text.size() && static_cast<unsigned char>(text[offset]) >= 0x80 &&
      Utf8Length(text.substr(offset)) == 0) {
    return Refuse(
        {JsonError::Kind::kEncoding, static_cast<std::uint32_t>(offset), "invalid UTF-8"});
  }
  return Refuse({KindOf(result.Code()), static_cast<std::uint32_t>(offset),
                 std::string(MessageOf(result.Code()))});
}

JsonReader::JsonReader(JsonLimits limits) : state_(std::make_unique<State>()) {
  state_->limits = limits;
}
JsonReader::~JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;

const Node* JsonReader::Read(std::string_view text) {
  return state_->Read(text) ? state_->builder.nodes().data() : nullptr;
}

const JsonError& JsonReader::error() const { return state_->error; }

JsonResult ReadJson(std::shared_ptr<const Source> source, JsonLimits limits) {
  JsonReader::State state;
  state.limits = limits;
  if (!state.Read(source->text())) return {std::nullopt, std::move(state.error)};
  return {Tree(std::move(source), std::move(state.builder.nodes()), std::move(state.copy)),
          std::nullopt};
}

JsonResult ReadJsonInString(const Tree& outer, const Node& string_node, JsonLimits limits) {
  JsonReader::State state;
  state.limits = limits;
  const bool read = state.Read(string_node.text);
  const std::optional<OffsetMap> map = outer.Spelling(string_node);
  state.Move([&](SourceRange range) { return map ? map->ToOuter(range) : string_node.range; });
  if (!read) return {std::nullopt, std::move(state.error)};
  return {Tree(outer.shared_source(), std::move(state.builder.nodes()), std::move(state.copy),
               outer.layers() + 1),
          std::nullopt};
}

JsonResult ReadUrlEncodedJson(std::shared_ptr<const Source> source, JsonLimits limits) {
  JsonReader::State state;
  state.limits = limits;
  const bool read = state.Read(DecodeUrl(source->text()));
  const OffsetMap map = OffsetMap::OfUrlEncoded(source->text(), 0);
  state.Move([&](SourceRange range) { return map.ToOuter(range); });
  if (!read) return {std::nullopt, std::move(state.error)};
  return {Tree(std::move(source), std::move(state.builder.nodes()), std::move(state.copy)),
          std::nullopt};
}

}  // namespace postern::policy
