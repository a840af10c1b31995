#include "policy/json_scan.h"

#include <algorithm>
#include <utility>

#include "policy/json_escape.h"
#include "policy/number_text.h"
#include "policy/quote.h"
#include "policy/utf8.h"

namespace postern::policy {

namespace {

// Beyond this many bytes a quote is not looked for that would rejoin a string cut in two.
constexpr std::size_t kRejoinWindow = 100;

std::uint32_t Offset(std::size_t at) { return static_cast<std::uint32_t>(at); }
SourceRange Range(std::size_t begin, std::size_t end) { return {Offset(begin), Offset(end)}; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlphanumeric(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20; }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool IsStructural(char c) { return std::string_view("{}[],:").find(c) != std::string_view::npos; }

struct Spelled {
  std::string_view bytes;
  std::string_view name;
};

constexpr Spelled kInvisible[] = {
    {"\xc2\xa0", "a no-break space (U+00A0)"},
    {"\xe2\x80\x8b", "a zero-width space (U+200B)"},
    {"\xe2\x80\xa8", "a line separator (U+2028)"},
    {"\xe2\x80\xa9", "a paragraph separator (U+2029)"},
    {"\xe3\x80\x80", "an ideographic space (U+3000)"},
    {"\xef\xbb\xbf", "a byte-order mark (U+FEFF)"},
};

const Spelled* FindInvisible(std::string_view text) {
  if (text.empty() || static_cast<unsigned char>(text.front()) < 0x80) return nullptr;
  for (const Spelled& one : kInvisible) {
    if (text.starts_with(one.bytes)) return &one;
  }
  return nullptr;
}

constexpr std::string_view kTypographicQuotes[] = {"\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9c",
                                                   "\xe2\x80\x9d"};

bool IsTypographicQuote(std::string_view text) {
  if (!text.starts_with('\xe2')) return false;
  for (const std::string_view quote : kTypographicQuotes) {
    if (text.starts_with(quote)) return true;
  }
  return false;
}

// Words that stand for a value in another language.
struct ForeignWord {
  std::string_view word;
  std::string_view language;
  std::string_view json;
  NodeKind kind;
};
constexpr ForeignWord kForeignWords[] = {
    {"True", "Python", "true", NodeKind::kBool},
    {"False", "Python", "false", NodeKind::kBool},
    {"None", "Python", "null", NodeKind::kNull},
    {"TRUE", "not JSON", "true", NodeKind::kBool},
    {"FALSE", "not JSON", "false", NodeKind::kBool},
    {"NULL", "not JSON", "null", NodeKind::kNull},
    {"nil", "Ruby", "null", NodeKind::kNull},
    {"undefined", "JavaScript", "null", NodeKind::kNull},
};

const ForeignWord* FindForeign(std::string_view word) {
  for (const ForeignWord& one : kForeignWords) {
    if (one.word == word) return &one;
  }
  return nullptr;
}

bool LooksLikeNumber(std::string_view word) {
  const std::size_t sign = word.starts_with('-') || word.starts_with('+') ? 1 : 0;
  const std::size_t point = word.substr(sign).starts_with('.') ? 1 : 0;
  return sign + point < word.size() && IsDigit(word[sign + point]);
}

std::string NameOfControl(char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  switch (c) {
    case '\t':
      return "raw tab in a string; write `\\t`";
    case '\r':
      return "raw carriage return in a string; write `\\r`";
    case '\0':
      return "NUL byte in a string; write `\\u0000`, or remove it";
    default:
      return std::string("raw control character in a string; write `\\u00") + kHex[byte >> 4] +
             kHex[byte & 15u] + "`, or remove it";
  }
}

std::size_t DecodedBound(std::string_view text) {
  std::size_t bound = text.size();
  for (std::size_t at = FindInvalidUtf8(text); at != std::string_view::npos;
       at = FindInvalidUtf8(text, at + 1)) {
    bound += 2;  // one byte becomes U+FFFD
  }
  return bound;
}

}  // namespace

Diagnostic* BoundedDiagnostics::Add(std::string_view code, SourceRange range, std::string message,
                                    std::string help) {
  if (count_++ >= limit_) return nullptr;
  Diagnostic& diagnostic = diagnostics_.emplace_back();
  diagnostic.code = code;
  diagnostic.severity = Severity::kError;
  diagnostic.range = range;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  return &diagnostic;
}

std::vector<Diagnostic> BoundedDiagnostics::Take(std::uint32_t text_size) {
  SortDiagnostics(diagnostics_);
  if (count_ > limit_) {
    Diagnostic& rest = diagnostics_.emplace_back();
    rest.code = "JS101";
    rest.range = {text_size, text_size};
    rest.message = std::to_string(count_ - limit_) + " more problems are not shown";
  }
  return std::move(diagnostics_);
}

JsonScanner::JsonScanner(const Source& source, BoundedDiagnostics& diagnostics)
    : text_(source.text()),
      diagnostics_(diagnostics),
      decoded_(std::make_unique_for_overwrite<char[]>(DecodedBound(text_))) {
  if (GuessEncoding(text_) == TextEncoding::kUtf8WithMark) {
    at_ = 3;
    diagnostics_.Add("JS111", {0, 3}, "the file starts with a byte-order mark", "save it without")
        ->fixes.push_back({true, "remove it", {{{0, 3}, ""}}});
  }
  NewLine(at_);
  line_ = 0;
  const std::size_t invalid = FindInvalidUtf8(text_);
  if (invalid != std::string_view::npos) {
    diagnostics_.Add("JS111", Range(invalid, invalid + 1),
                     "invalid UTF-8 at byte " + std::to_string(invalid));
  }
}

Token JsonScanner::Next() {
  SkipSpace();
  Token token;
  token.first = !line_has_token_;
  token.line = line_;
  token.indent = indent_;
  token.range = Range(at_, at_ + 1);
  line_has_token_ = true;
  if (at_ >= text_.size()) {
    token.range = Range(text_.size(), text_.size());
    return token;
  }
  const auto single = [&](TokenKind kind) {
    token.kind = kind;
    ++at_;
    return token;
  };
  switch (text_[at_]) {
    case '{':
      return single(TokenKind::kOpenObject);
    case '[':
      return single(TokenKind::kOpenArray);
    case '}':
      return single(TokenKind::kCloseObject);
    case ']':
      return single(TokenKind::kCloseArray);
    case ',':
      return single(TokenKind::kComma);
    case ':':
      return single(TokenKind::kColon);
    case ';':
      diagnostics_.Add("JS101", token.range, "expected `,` here, found `;`");
      return single(TokenKind::kComma);
    case '=':
      token.kind = TokenKind::kEquals;
      at_ += Byte(at_ + 1) == '>' ? 2 : 1;
      token.range.end = Offset(at_);
      return token;
    case '"':
      ReadString(token);
      return token;
    case '\'':
      ReadOddlyQuoted(token, 1);
      return token;
    default:
      break;
  }
  if (IsTypographicQuote(text_.substr(at_))) {
    ReadOddlyQuoted(token, 3);
  } else {
    ReadBare(token);
  }
  return token;
}

void JsonScanner::NewLine(std::size_t begin) {
  ++line_;
  line_has_token_ = false;
  indent_ = 0;
  for (; begin < text_.size() && (text_[begin] == ' ' || text_[begin] == '\t'); ++begin) {
    indent_ += text_[begin] == '\t' ? 4 : 1;
  }
}

std::size_t JsonScanner::EndOfLine(std::size_t from) const {
  return std::min(text_.find('\n', from), text_.size());
}

void JsonScanner::SkipSpace() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      NewLine(at_ + 1);
      ++at_;
    } else if (IsBlank(c)) {
      ++at_;
    } else if (const Spelled* invisible = FindInvisible(text_.substr(at_))) {
      if (!std::exchange(saw_invisible_, true)) {
        diagnostics_.Add("JS101", Range(at_, at_ + invisible->bytes.size()),
                         std::string(invisible->name) +
                             " outside a string; JSON takes only space, tab and line ends");
      }
      at_ += invisible->bytes.size();
    } else if (!SkipComment()) {
      return;
    }
  }
}

bool JsonScanner::SkipComment() {
  const std::string_view rest = text_.substr(at_);
  const bool block = rest.starts_with("/*");
  if (!block && !rest.starts_with("//") && !rest.starts_with("#")) return false;
  const std::size_t begin = at_;
  if (block) {
    const std::size_t close = text_.find("*/", at_ + 2);
    at_ = close == std::string_view::npos ? text_.size() : close + 2;
  } else {
    at_ = EndOfLine(at_);
  }
  Diagnostic* const finding = diagnostics_.Add(
      "JS107", Range(begin, at_), "policies cannot hold comments; AWS rejects the document",
      "remove it, or say it in the `Sid` of a statement");
  if (finding != nullptr) {
    finding->fixes.push_back({false, "remove it", {{Range(begin, at_), ""}}});
  }
  for (std::size_t i = begin; i < at_; ++i) {
    if (text_[i] == '\n') NewLine(i + 1);
  }
  return true;
}

struct JsonScanner::StringEnd {
  std::size_t content = 0;  // where the content ends
  std::size_t token = 0;    // where the token ends, behind the closing quote if there is one
  bool closed = false;
};

// `begin` is behind the opening quote. A string that is not closed ends with its line, before a
// comma that closes the line.
JsonScanner::StringEnd JsonScanner::FindStringEnd(std::size_t begin) const {
  std::size_t at = begin;
  while (at < text_.size() && text_[at] != '\n') {
    if (text_[at] == '"') return {at, at + 1, true};
    at += text_[at] == '\\' && Byte(at + 1) != '\n' ? 2 : 1;
  }
  at = std::min(at, text_.size());
  while (at > begin && IsBlank(text_[at - 1])) --at;
  if (at > begin && text_[at - 1] == ',') --at;
  return {at, at, false};
}

// The quote at `quote` is followed by a letter or digit. If a closing quote follows close by that
// is followed by what may follow a string, then the one at `quote` was part of the string. npos if
// not.
std::size_t JsonScanner::FindRejoinedEnd(std::size_t quote) const {
  const std::size_t stop = std::min(text_.size(), quote + kRejoinWindow);
  for (std::size_t at = quote + 1; at < stop; ++at) {
    if (text_[at] == '\n' || IsStructural(text_[at])) break;
    if (text_[at] != '"') continue;
    std::size_t next = at + 1;
    while (next < stop && IsBlank(text_[next])) ++next;
    if (Byte(next) == '\n' || IsStructural(Byte(next))) return at;
  }
  return std::string_view::npos;
}

void JsonScanner::ReadString(Token& token) {
  const std::size_t begin = at_ + 1;
  StringEnd end = FindStringEnd(begin);
  if (end.closed && IsAlphanumeric(Byte(end.token))) {
    const std::size_t rejoined = FindRejoinedEnd(end.content);
    if (rejoined != std::string_view::npos) {
      diagnostics_.Add("JS101", Range(end.content, end.token),
                       "a `\"` inside a string is written `\\\"`; or a quote is missing near here");
      end = {rejoined, rejoined + 1, true};
    }
  }
  if (!end.closed) {
    diagnostics_.Add("JS101", Range(at_, end.token),
                     "this string is not closed before the end of the line");
  }
  token.kind = TokenKind::kString;
  token.value = NodeKind::kString;
  token.text = Decode(begin, end.content);
  at_ = end.token;
  token.range.end = Offset(at_);
}

// Single or typographic quotes: the string ends at the next quote of that sort on its line.
void JsonScanner::ReadOddlyQuoted(Token& token, std::size_t quote_length) {
  const std::size_t begin = at_ + quote_length;
  std::size_t at = begin;
  const auto closes = [&] {
    return quote_length == 1 ? Byte(at) == '\'' : IsTypographicQuote(text_.substr(at));
  };
  while (Byte(at) != '\n' && !closes()) at += Byte(at) == '\\' && Byte(at + 1) != '\n' ? 2 : 1;
  token.kind = TokenKind::kString;
  token.value = NodeKind::kString;
  const bool is_closed = Byte(at) != '\n';
  if (!is_closed) {
    while (at > begin && (IsBlank(text_[at - 1]) || text_[at - 1] == ',')) --at;
  }
  token.text = text_.substr(begin, at - begin);
  Diagnostic* const finding = quote_length == 1
                                  ? diagnostics_.Add("JS108", Range(at_, at_ + 1),
                                                     "JSON strings take double quotes, not `'`")
                                  : diagnostics_.Add("JS109", Range(at_, at_ + 3),
                                                     "typographic quote from a web page; use `\"`");
  // What is inside may need escapes of its own.
  if (finding != nullptr && is_closed && token.text.find_first_of("\"\\") == token.text.npos) {
    finding->fixes.push_back(
        {true, "write `\"`", {{Range(at_, begin), "\""}, {Range(at, at + quote_length), "\""}}});
  }
  at_ = is_closed ? at + quote_length : at;
  token.range.end = Offset(at_);
}

std::string_view JsonScanner::Decode(std::size_t begin, std::size_t end) {
  char* const decoded = decoded_.get() + decoded_used_;
  char* out = decoded;
  bool saw_control = false;
  while (begin < end) {
    const std::string_view rest = text_.substr(begin, end - begin);
    const char c = rest.front();
    if (c == '\\') {
      const std::optional<JsonEscape> escape = ReadJsonEscape(rest);
      if (escape) {
        if (escape->IsLoneSurrogate()) {
          diagnostics_.Add("JS111", Range(begin, begin + escape->length),
                           Quote(rest.substr(0, escape->length)) +
                               " is half of a surrogate pair and no character");
        }
        out += WriteUtf8(escape->code_point, out);
        begin += escape->length;
        continue;
      }
      const std::size_t length = std::max<std::size_t>(Utf8Length(rest.substr(1)), 1);
      diagnostics_.Add("JS101", Range(begin, std::min(begin + 1 + length, end)),
                       Quote(rest.substr(0, 1 + length)) +
                           (rest.substr(1).starts_with('u') ? " takes four hexadecimal digits"
                                                            : " is not an escape that JSON knows"),
                       "a backslash itself is written `\\\\`");
    } else if (IsControl(c) && !std::exchange(saw_control, true)) {
      diagnostics_.Add("JS114", Range(begin, begin + 1), NameOfControl(c));
    }
    const std::size_t length = Utf8Length(rest);
    if (length == 0) {
      out += WriteUtf8(0xfffd, out);
    } else {
      out = std::copy_n(rest.data(), length, out);
    }
    begin += std::max<std::size_t>(length, 1);
  }
  decoded_used_ += static_cast<std::size_t>(out - decoded);
  return {decoded, static_cast<std::size_t>(out - decoded)};
}

// `s3:GetObject",`: only the opening quote is missing.
bool JsonScanner::ReadUnopenedString(Token& token) {
  if (!IsAlphanumeric(text_[at_]) && text_[at_] != '*') return false;
  const std::size_t stop = std::min(text_.size(), at_ + kRejoinWindow);
  std::size_t quote = at_;
  while (quote < stop && text_[quote] != '"') {
    const char c = text_[quote];
    if (IsControl(c) || c == ' ' || (c != ':' && IsStructural(c))) return false;
    ++quote;
  }
  if (quote >= stop) return false;
  std::size_t next = quote + 1;
  while (next < stop && IsBlank(text_[next])) ++next;
  if (Byte(next) != '\n' && !IsStructural(Byte(next))) return false;
  diagnostics_.Add("JS101", token.range, "the `\"` that opens this string is missing");
  token.kind = TokenKind::kString;
  token.value = NodeKind::kString;
  token.text = Decode(at_, quote);
  at_ = quote + 1;
  token.range.end = Offset(at_);
  return true;
}

void JsonScanner::ReadBare(Token& token) {
  if (ReadUnopenedString(token)) return;
  const std::size_t begin = at_;
  const auto stops = [this](std::size_t at) {
    const char c = text_[at];
    if (IsControl(c) || c == ' ' || IsStructural(c)) return true;
    if (std::string_view("\"'#;=").find(c) != std::string_view::npos) return true;
    if (c == '/') return Byte(at + 1) == '/' || Byte(at + 1) == '*';
    const std::string_view rest = text_.substr(at);
    return FindInvisible(rest) != nullptr || IsTypographicQuote(rest);
  };
  do {
    at_ += std::max<std::size_t>(Utf8Length(text_.substr(at_)), 1);
  } while (at_ < text_.size() && !stops(at_));
  token.range.end = Offset(at_);
  token.text = text_.substr(begin, at_ - begin);

  const std::string_view word = token.text;
  if (word == "true" || word == "false" || word == "null") {
    token.kind = TokenKind::kLiteral;
    token.value = word == "null" ? NodeKind::kNull : NodeKind::kBool;
    if (word == "null") token.text = {};
  } else if (IsJsonNumber(word)) {
    token.kind = TokenKind::kNumber;
    token.value = NodeKind::kNumber;
  } else if (const ForeignWord* foreign = FindForeign(word)) {
    token.kind = TokenKind::kWord;
    token.value = foreign->kind;
  } else if (std::any_of(word.begin(), word.end(), IsAlphanumeric) || word == "*") {
    token.kind = TokenKind::kWord;
    token.value = LooksLikeNumber(word) ? NodeKind::kNumber : NodeKind::kString;
  } else {
    token.kind = TokenKind::kJunk;
  }
}

std::string DescribeWord(const Token& word) {
  const std::string quoted = Quote(word.text);
  if (const ForeignWord* foreign = FindForeign(word.text)) {
    return quoted + " is " + std::string(foreign->language) + "; JSON has `" +
           std::string(foreign->json) + "`";
  }
  if (!LooksLikeNumber(word.text)) return quoted + " has no quotes around it";
  if (word.text.size() > 1 && std::all_of(word.text.begin(), word.text.end(), IsDigit)) {
    return quoted + " begins with 0, which a number cannot; an account id is a string in quotes";
  }
  return quoted + " is not a number that JSON knows";
}

std::string_view CodeOfWord(const Token& word, bool is_key) {
  if (FindForeign(word.text) != nullptr) return "JS108";
  if (!LooksLikeNumber(word.text)) return is_key ? "JS108" : "JS101";
  if (std::all_of(word.text.begin(), word.text.end(), IsDigit)) return "JS120";
  return word.text.starts_with("0x") || word.text.starts_with("0X") ? "JS108" : "JS101";
}

std::optional<Fix> RepairOfWord(const Token& word, bool is_key) {
  if (const ForeignWord* foreign = FindForeign(word.text)) {
    return Fix{true,
               "write `" + std::string(foreign->json) + "`",
               {{word.range, std::string(foreign->json)}}};
  }
  const std::string_view code = CodeOfWord(word, is_key);
  const bool wants_quotes = code == "JS120" || (code == "JS108" && !LooksLikeNumber(word.text));
  if (!wants_quotes || word.text.find_first_of("\"\\") != word.text.npos) return std::nullopt;
  return Fix{true, "put it in quotes", {{word.range, "\"" + std::string(word.text) + "\""}}};
}

}  // namespace postern::policy
