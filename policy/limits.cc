#include "policy/limits.h"

#include <algorithm>
#include <array>

#include "policy/utf8.h"

namespace postern::policy {
namespace {

constexpr auto kCharacters = SizeUnit::kCharacters;
constexpr auto kCharactersButNoSpace = SizeUnit::kCharactersButNoSpace;
constexpr auto kBytes = SizeUnit::kBytes;

// Rows of one kind stand together.
constexpr std::array kLimits = {
    SizeLimit{PolicyKind::kEndpoint, "an endpoint policy", 20'480, kCharacters},
    SizeLimit{PolicyKind::kManaged, "a managed policy", 6'144, kCharactersButNoSpace},
    SizeLimit{PolicyKind::kBoundary, "a permissions boundary", 6'144, kCharactersButNoSpace},
    SizeLimit{PolicyKind::kInline, "all inline policies of a role together", 10'240,
              kCharactersButNoSpace},
    SizeLimit{PolicyKind::kInline, "all inline policies of a group together", 5'120,
              kCharactersButNoSpace},
    SizeLimit{PolicyKind::kInline, "all inline policies of a user together", 2'048,
              kCharactersButNoSpace},
    // A quota: AWS raises it to 8,192 on request.
    SizeLimit{PolicyKind::kTrust, "a role trust policy", 2'048, kCharactersButNoSpace},
    SizeLimit{PolicyKind::kSession, "a session policy, managed policy ARNs included", 2'048,
              kCharacters},
    // 5,120 until 2026-05-15.
    SizeLimit{PolicyKind::kScp, "a service control policy", 10'240, kCharacters},
    SizeLimit{PolicyKind::kRcp, "a resource control policy", 5'120, kCharacters},
    SizeLimit{PolicyKind::kBucket, "a bucket policy", 20'480, kBytes},
    SizeLimit{PolicyKind::kAccessPoint, "an access point policy", 20'480, kBytes},
    SizeLimit{PolicyKind::kQueue, "a queue policy", 8'192, kBytes},
    SizeLimit{PolicyKind::kTopic, "a topic policy", 30'720, kBytes},
    SizeLimit{PolicyKind::kKey, "a key policy", 32'768, kBytes},
    SizeLimit{PolicyKind::kSecret, "a secret policy", 20'480, kBytes},
};

bool IsWhiteSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::string_view SizeUnitName(SizeUnit unit) {
  switch (unit) {
    case SizeUnit::kCharacters:
      return "characters, white space included";
    case SizeUnit::kCharactersButNoSpace:
      return "characters, white space not counted";
    case SizeUnit::kBytes:
      break;
  }
  return "bytes";
}

std::span<const SizeLimit> AllSizeLimits() { return kLimits; }

std::span<const SizeLimit> LimitsOf(PolicyKind kind) {
  const auto is_of_kind = [kind](const SizeLimit& row) { return row.kind == kind; };
  const auto begin = std::ranges::find_if(kLimits, is_of_kind);
  const auto end = std::find_if_not(begin, kLimits.end(), is_of_kind);
  return {begin, end};
}

TextSize Measure(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  TextSize size;
  size.bytes = text.size();
  bool in_string = false;
  bool escaped = false;
  while (!text.empty()) {
    const char c = text.front();
    ++size.characters;
    if (IsWhiteSpace(c)) {
      ++size.white_space;
      if (in_string) ++size.white_space_in_strings;
    }
    if (escaped) {
      escaped = false;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (c == '\\') {
      escaped = in_string;
    }
    text.remove_prefix(std::max<std::size_t>(Utf8Length(text), 1));
  }
  return size;
}

std::size_t Counted(const TextSize& size, SizeUnit unit) {
  switch (unit) {
    case SizeUnit::kCharacters:
      return size.characters;
    case SizeUnit::kCharactersButNoSpace:
      return size.characters - size.white_space;
    case SizeUnit::kBytes:
      break;
  }
  return size.bytes;
}

}  // namespace postern::policy
