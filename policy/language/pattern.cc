#include "policy/language/pattern.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "policy/language/wildcard.h"

namespace postern::policy {
namespace {

// Bytes of the code point that begins at `lead`; values are valid UTF-8.
std::size_t CodePointSize(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool HasAnyOne(std::string_view segment) { return segment.find(kAnyOne) != std::string_view::npos; }

constexpr std::size_t kNoMatch = static_cast<std::size_t>(-1);

// The bytes of `value` from `begin` that the segment takes, or kNoMatch.
std::size_t MatchAt(std::string_view segment, std::string_view value, std::size_t begin) {
  std::size_t at = begin;
  for (char token : segment) {
    if (at >= value.size()) return kNoMatch;
    if (token == kAnyOne) {
      at += CodePointSize(value[at]);
    } else if (token == value[at]) {
      ++at;
    } else {
      return kNoMatch;
    }
  }
  return at <= value.size() ? at - begin : kNoMatch;
}

// Whether the segment takes exactly the end of `value`; sets where it begins.
bool MatchAtEnd(std::string_view segment, std::string_view value, std::size_t& begin) {
  std::size_t at = value.size();
  for (std::size_t i = segment.size(); i > 0; --i) {
    if (at == 0) return false;
    --at;
    if (segment[i - 1] == kAnyOne) {
      while (at > 0 && IsContinuation(value[at])) --at;
    } else if (segment[i - 1] != value[at]) {
      return false;
    }
  }
  begin = at;
  return true;
}

// Shift-And over bytes: bit i of the state says that the first i + 1 tokens end here. A `?` takes a
// whole code point: it advances on the lead byte and stays for the bytes that continue it.
class ShiftAnd {
 public:
  explicit ShiftAnd(std::string_view segment) : size_(segment.size()), words_((size_ + 63) / 64) {
    std::array<bool, 256> seen{};
    std::size_t rows = 1;  // row 0: bytes that the segment does not hold
    row_of_.fill(0);
    for (char token : segment) {
      const auto byte = static_cast<unsigned char>(token);
      if (token == kAnyOne || seen[byte]) continue;
      seen[byte] = true;
      row_of_[byte] = static_cast<std::uint16_t>(rows++);
    }
    const std::size_t needed = (rows + 2) * words_;
    if (needed > inline_.size()) heap_.resize(needed);
    state_ = heap_.empty() ? inline_.data() : heap_.data();
    any_ = state_ + words_;
    masks_ = any_ + words_;
    std::fill_n(state_, needed, 0);
    for (std::size_t i = 0; i < size_; ++i) {
      std::uint64_t* const mask = segment[i] == kAnyOne ? any_ : Mask(segment[i]);
      mask[i / 64] |= std::uint64_t{1} << (i % 64);
    }
  }
  ShiftAnd(const ShiftAnd&) = delete;
  ShiftAnd& operator=(const ShiftAnd&) = delete;

  // The end of the leftmost-ending occurrence at or behind `begin`, or kNoMatch. (A segment has a
  // fixed length in code points, so that is the leftmost one.)
  std::size_t FindEnd(std::string_view value, std::size_t begin) {
    const std::size_t last = (size_ - 1) / 64;
    const std::uint64_t accept = std::uint64_t{1} << ((size_ - 1) % 64);
    for (std::size_t at = begin; at < value.size(); ++at) {
      const bool continues = IsContinuation(value[at]);
      const std::uint64_t* const mask = Mask(value[at]);
      // A new occurrence begins at a code point only.
      std::uint64_t carry = continues ? 0 : 1;
      for (std::size_t w = 0; w < words_; ++w) {
        const std::uint64_t old = state_[w];
        const std::uint64_t shifted = (old << 1) | carry;
        carry = old >> 63;
        state_[w] =
            continues ? (shifted & mask[w]) | (old & any_[w]) : shifted & (mask[w] | any_[w]);
      }
      const bool complete = at + 1 == value.size() || !IsContinuation(value[at + 1]);
      if (complete && (state_[last] & accept) != 0) return at + 1;
    }
    return kNoMatch;
  }

 private:
  std::uint64_t* Mask(char byte) {
    return masks_ + row_of_[static_cast<unsigned char>(byte)] * words_;
  }

  std::size_t size_;
  std::size_t words_;
  std::array<std::uint16_t, 256> row_of_;
  std::uint64_t* state_;
  std::uint64_t* any_;
  std::uint64_t* masks_;
  std::array<std::uint64_t, 2048> inline_;
  std::vector<std::uint64_t> heap_;  // only for segments far beyond what AWS takes
};

// The end of the leftmost occurrence of a segment that is neither first nor last, or kNoMatch.
std::size_t FindEnd(std::string_view segment, std::string_view value, std::size_t begin) {
  if (!HasAnyOne(segment)) {
    const void* found =
        memmem(value.data() + begin, value.size() - begin, segment.data(), segment.size());
    if (found == nullptr) return kNoMatch;
    return static_cast<std::size_t>(static_cast<const char*>(found) - value.data()) +
           segment.size();
  }
  constexpr std::size_t kFewSteps = 4096;
  if (segment.size() * (value.size() - begin) > kFewSteps) {
    return ShiftAnd(segment).FindEnd(value, begin);
  }
  for (std::size_t at = begin; at < value.size(); at += CodePointSize(value[at])) {
    const std::size_t taken = MatchAt(segment, value, at);
    if (taken != kNoMatch) return at + taken;
  }
  return kNoMatch;
}

}  // namespace

bool MatchTokens(std::string_view tokens, std::string_view value) {
  std::size_t star = tokens.find(kAnyRun);
  if (star == std::string_view::npos) {
    const std::size_t taken = MatchAt(tokens, value, 0);
    return taken == value.size();
  }
  const std::size_t last_star = tokens.rfind(kAnyRun);
  const std::size_t head = MatchAt(tokens.substr(0, star), value, 0);
  if (head == kNoMatch) return false;
  std::size_t end = 0;
  if (!MatchAtEnd(tokens.substr(last_star + 1), value, end) || end < head) return false;

  std::string_view middle = value.substr(0, end);
  std::size_t at = head;
  while (star < last_star) {
    const std::size_t next = tokens.find(kAnyRun, star + 1);
    const std::string_view segment = tokens.substr(star + 1, next - star - 1);
    star = next;
    if (segment.empty()) continue;
    at = FindEnd(segment, middle, at);
    if (at == kNoMatch) return false;
  }
  return true;
}

Pattern::Pattern(std::string_view tokens) : tokens_(tokens) {
  const auto special = [](char c) { return c == kAnyRun || c == kAnyOne || c == kVariable; };
  const auto first = std::find_if(tokens.begin(), tokens.end(), special);
  prefix_ = tokens.substr(0, static_cast<std::size_t>(first - tokens.begin()));
  if (first == tokens.end()) return;
  const auto last = std::find_if(tokens.rbegin(), tokens.rend(), special);
  suffix_ = tokens.substr(tokens.size() - static_cast<std::size_t>(last - tokens.rbegin()));
  // One run of stars and nothing else between prefix and suffix.
  const bool one_run = std::all_of(first, last.base(), [](char c) { return c == kAnyRun; });
  if (!one_run) {
    shape_ = Shape::kGeneral;
  } else if (prefix_.empty() && suffix_.empty()) {
    shape_ = Shape::kAny;
  } else if (suffix_.empty()) {
    shape_ = Shape::kPrefix;
  } else {
    shape_ = prefix_.empty() ? Shape::kSuffix : Shape::kPrefixSuffix;
  }
}

bool Pattern::Matches(std::string_view value) const {
  switch (shape_) {
    case Shape::kAny:
      return true;
    case Shape::kLiteral:
      return value == tokens_;
    case Shape::kPrefix:
      return value.starts_with(prefix_);
    case Shape::kSuffix:
      return value.ends_with(suffix_);
    case Shape::kPrefixSuffix:
      return value.size() >= prefix_.size() + suffix_.size() && value.starts_with(prefix_) &&
             value.ends_with(suffix_);
    case Shape::kGeneral:
      return value.starts_with(prefix_) && value.ends_with(suffix_) && MatchTokens(tokens_, value);
  }
  return false;
}

}  // namespace postern::policy
