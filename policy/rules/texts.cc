#include "policy/rules/texts.h"

#include <algorithm>
#include <array>

#include "policy/language/arn.h"
#include "policy/language/values.h"

namespace postern::policy {
namespace {

constexpr std::size_t kLongestName = 60;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return IsUpper(c) || IsLower(c); }
bool IsAlnum(char c) { return IsLetter(c) || IsDigit(c); }

// In braces and angle brackets: `{BUCKET_NAME}`, `<my-org-id>`. With a colon it is a variable that
// lacks its dollar sign.
bool IsNameChar(char c) { return IsAlnum(c) || c == '_' || c == '-' || c == '.' || c == ' '; }
// Square brackets also stand in names of objects, so only capitals are taken for a placeholder.
bool IsCapitalNameChar(char c) {
  return IsUpper(c) || IsDigit(c) || c == '_' || c == '-' || c == ' ';
}

// The end of open NAME close at `text`'s beginning, or 0.
std::size_t Enclosed(std::string_view text, std::string_view open, std::string_view close,
                     bool (*is_name_char)(char)) {
  if (!text.starts_with(open)) return 0;
  text = text.substr(0, kLongestName + close.size());
  const std::size_t end = text.find(close, open.size());
  if (end == text.npos || end == open.size() || end > kLongestName) return 0;
  const std::string_view name = text.substr(open.size(), end - open.size());
  if (!std::ranges::all_of(name, is_name_char)) return 0;
  if (std::ranges::none_of(name, IsLetter)) return 0;
  return end + close.size();
}

std::size_t NameLength(std::string_view text) {
  const auto end =
      std::ranges::find_if_not(text, [](char c) { return IsAlnum(c) || c == '_' || c == '-'; });
  return static_cast<std::size_t>(end - text.begin());
}

// YOUR_BUCKET, REPLACE_ME, TODO, your-bucket-name, at the beginning of a word; or 0.
std::size_t Word(std::string_view text) {
  constexpr std::array<std::string_view, 6> kWhole = {"REPLACE_ME", "REPLACE-ME", "REPLACEME",
                                                      "CHANGE_ME",  "CHANGEME",   "TODO"};
  constexpr std::array<std::string_view, 8> kYours = {"YOUR_",        "YOUR-",    "your-bucket",
                                                      "your-account", "your-org", "your-region",
                                                      "your-vpc",     "your-role"};
  const std::size_t length = NameLength(text);
  for (std::string_view word : kWhole) {
    if (text.substr(0, length) == word) return length;
  }
  for (std::string_view beginning : kYours) {
    if (text.starts_with(beginning) && length > 5) return length;
  }
  return 0;
}

// xxxx, XXXXXXXX; or 0.
std::size_t Crosses(std::string_view text) {
  const char c = text.front();
  if (c != 'x' && c != 'X') return 0;
  const std::size_t end = std::min(text.find_first_not_of(c), text.size());
  return end >= 4 && (end == text.size() || !IsAlnum(text[end])) ? end : 0;
}

// No other character begins one.
constexpr std::array<bool, 256> kBeginsPlaceholder = [] {
  std::array<bool, 256> begins{};
  for (const char c : std::string_view("{<[%xXRCTYy")) begins[static_cast<unsigned char>(c)] = true;
  return begins;
}();

std::size_t PlaceholderLength(std::string_view text, char before) {
  if (const std::size_t n = Enclosed(text, "{{", "}}", IsNameChar)) return n;
  if (const std::size_t n = Enclosed(text, "{", "}", IsNameChar)) return n;
  if (const std::size_t n = Enclosed(text, "<", ">", IsNameChar)) return n;
  if (const std::size_t n = Enclosed(text, "[", "]", IsCapitalNameChar)) return n;
  if (text.starts_with("%s") && (text.size() == 2 || !IsAlnum(text[2]))) return 2;
  if (!IsLetter(before)) {
    if (const std::size_t n = Crosses(text)) return n;
  }
  if (!IsAlnum(before) && before != '-' && before != '_') return Word(text);
  return 0;
}

bool IsOfFamily(OperatorFamily family, std::string_view text) {
  switch (family) {
    case OperatorFamily::kNumeric:
      return Decimal::Parse(text).has_value();
    case OperatorFamily::kDate:
      return Instant::Parse(text).has_value();
    case OperatorFamily::kBool:
    case OperatorFamily::kNull:
      return ParseBool(text).has_value();
    case OperatorFamily::kBinary:
      return IsBase64(text);
    case OperatorFamily::kIpAddress:
      return CidrBlock::Parse(text).has_value();
    case OperatorFamily::kArn:
      return IsArn(text);
    case OperatorFamily::kString:
      break;
  }
  return true;
}

}  // namespace

std::optional<Placeholder> FindPlaceholder(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] == '$' && text.substr(at).starts_with("${")) {
      const std::size_t end = text.find('}', at);
      if (end == text.npos) return std::nullopt;
      at = end;
      continue;
    }
    if (!kBeginsPlaceholder[static_cast<unsigned char>(text[at])]) continue;
    const char before = at == 0 ? ' ' : text[at - 1];
    if (IsLetter(text[at]) && IsLetter(before)) continue;  // within a word
    const std::size_t length = PlaceholderLength(text.substr(at), before);
    if (length > 0) return Placeholder{at, at + length};
  }
  return std::nullopt;
}

bool IsUnfinished(std::string_view text) {
  return text.find("${") != text.npos || FindPlaceholder(text).has_value();
}

std::optional<bool> HoldsWithoutKey(const Condition& condition) {
  if (!condition.op) return false;
  const OperatorTraits& traits = TraitsOf(condition.op->base);
  for (const Node* value : condition.values) {
    if (!IsOfFamily(traits.family, value->text)) return std::nullopt;
  }
  if (condition.op->qualifier == SetQualifier::kForAllValues) return true;
  if (condition.op->qualifier == SetQualifier::kForAnyValue) return false;
  if (traits.family == OperatorFamily::kNull) {
    return std::ranges::any_of(condition.values,
                               [](const Node* value) { return ParseBool(value->text) == true; });
  }
  return condition.op->if_exists || traits.negated;
}

}  // namespace postern::policy
