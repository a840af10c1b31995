#include "policy/language/pattern.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "policy/language/wildcard.h"

namespace postern::policy {
namespace {

constexpr std::size_t kNoMatch = static_cast<std::size_t>(-1);

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Where the code point that begins at `at` ends.
std::size_t NextCodePoint(std::string_view value, std::size_t at) {
  do ++at;
  while (at < value.size() && IsContinuation(value[at]));
  return at;
}

// Steps along `value` from `at` for as many tokens as match, none of them kAnyRun; returns how
// many.
std::size_t Walk(std::string_view tokens, std::string_view value, std::size_t& at) {
  std::size_t walked = 0;
  for (; walked < tokens.size() && at < value.size(); ++walked) {
    if (tokens[walked] == kAnyOne) {
      at = NextCodePoint(value, at);
    } else if (tokens[walked] == value[at]) {
      ++at;
    } else {
      break;
    }
  }
  return walked;
}

// The same from the end of `value` to the front; `end` becomes where the match begins.
bool WalkBack(std::string_view tokens, std::string_view value, std::size_t& end) {
  end = value.size();
  for (std::size_t i = tokens.size(); i > 0; --i) {
    if (end == 0) return false;
    --end;
    if (tokens[i - 1] == kAnyOne) {
      while (end > 0 && IsContinuation(value[end])) --end;
    } else if (tokens[i - 1] != value[end]) {
      return false;
    }
  }
  return true;
}

// Shift-And over bytes: bit i of the state says that the first i + 1 tokens end here. A `?` is
// taken by the first byte of a code point and kept by the bytes that continue it.
class ShiftAnd {
 public:
  static constexpr std::size_t kLongest = 2048;  // tokens

  // The segment begins and ends with literal text.
  explicit ShiftAnd(std::string_view segment) : size_(segment.size()), words_((size_ + 63) / 64) {
    // Rows of their own for bytes that the segment does not hold: those that begin a code point,
    // and those that continue one.
    constexpr std::uint8_t kOtherLead = 0;
    constexpr std::uint8_t kOtherContinuation = 1;
    std::uint8_t rows = 2;
    row_of_.fill(kOtherLead);
    std::fill_n(row_of_.begin() + 0x80, 0x40, kOtherContinuation);
    for (const char token : segment) {
      std::uint8_t& row = row_of_[static_cast<unsigned char>(token)];
      if (token != kAnyOne && row <= kOtherContinuation) row = rows++;
    }
    std::fill_n(state_.begin(), words_, 0);
    std::fill_n(ones_.begin(), words_, 0);
    std::fill_n(masks_.begin(), rows * words_, 0);
    for (std::size_t i = 0; i < size_; ++i) {
      std::uint64_t* const mask = segment[i] == kAnyOne ? ones_.data() : Mask(segment[i]);
      mask[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    for (std::uint8_t row = 0; row < rows; ++row) {
      if (row == kOtherContinuation) continue;
      std::uint64_t* const mask = masks_.data() + row * words_;
      for (std::size_t w = 0; w < words_; ++w) mask[w] |= ones_[w];
    }
    for (const char token : segment) {
      if (!IsContinuation(token)) continue;
      for (std::size_t w = 0; w < words_; ++w) Mask(token)[w] &= ~ones_[w];
    }
  }

  // The end of the leftmost occurrence at or behind `begin`, or kNoMatch. (All occurrences have the
  // same number of code points, so the first to end is the first to begin.)
  std::size_t FindEnd(std::string_view value, std::size_t begin) {
    const std::uint64_t accept = std::uint64_t{1} << ((size_ - 1) % 64);
    std::size_t high = 0;  // no word behind this one has a bit set
    for (std::size_t at = begin; at < value.size(); ++at) {
      // Words before this one hold matches too short to be completed by the bytes that are left.
      const std::size_t left = value.size() - at;
      const std::size_t low = size_ > left ? (size_ - left) / 64 : 0;
      if (high + 1 < words_ && state_[high] >> 63 != 0) ++high;
      if (IsContinuation(value[at])) {
        Advance<true>(Mask(value[at]), low, high);
      } else {
        Advance<false>(Mask(value[at]), low, high);
      }
      while (high > low && state_[high] == 0) --high;
      if (low > high) return kNoMatch;
      if (high + 1 == words_ && (state_[high] & accept) != 0) return at + 1;
    }
    return kNoMatch;
  }

 private:
  // One byte, from the last word down, so that each still finds the old bit that moves up into it.
  template <bool kContinues>
  void Advance(const std::uint64_t* mask, std::size_t low, std::size_t high) {
    std::uint64_t old = state_[high];
    for (std::size_t w = high + 1; w-- > low;) {
      const std::uint64_t below = w > 0 ? state_[w - 1] : ~std::uint64_t{0};
      state_[w] = ((old << 1 | below >> 63) & mask[w]) | (kContinues ? old & ones_[w] : 0);
      old = below;
    }
  }

  static constexpr std::size_t kWords = kLongest / 64;

  std::uint64_t* Mask(char byte) {
    return masks_.data() + row_of_[static_cast<unsigned char>(byte)] * words_;
  }

  std::size_t size_;
  std::size_t words_;
  std::array<std::uint8_t, 256> row_of_;
  // Of each only the words that the segment needs are ever written or read.
  std::array<std::uint64_t, kWords> state_;
  std::array<std::uint64_t, kWords> ones_;  // the `?`
  std::array<std::uint64_t, 256 * kWords> masks_;
};

// The two searches answer where the leftmost occurrence ends, or kNoMatch.

// Literal text of up to 64 bytes, bit by bit: one step a byte whatever the text.
std::size_t FindShort(std::string_view literal, std::string_view value, std::size_t begin) {
  std::array<std::uint64_t, 256> masks{};
  for (std::size_t i = 0; i < literal.size(); ++i) {
    masks[static_cast<unsigned char>(literal[i])] |= std::uint64_t{1} << i;
  }
  const std::uint64_t accept = std::uint64_t{1} << (literal.size() - 1);
  std::uint64_t state = 0;
  for (std::size_t at = begin; at < value.size(); ++at) {
    state = (state << 1 | 1) & masks[static_cast<unsigned char>(value[at])];
    if ((state & accept) != 0) return at + 1;
  }
  return kNoMatch;
}

std::size_t FindLiteral(std::string_view literal, std::string_view value, std::size_t begin) {
  if (value.size() - begin < literal.size()) return kNoMatch;
  const char* const from = value.data() + begin;
  if (*from == literal.front() &&
      (literal.size() == 1 || std::memcmp(from + 1, literal.data() + 1, literal.size() - 1) == 0)) {
    return begin + literal.size();
  }
  if (literal.size() > 64) {
    const void* const found = memmem(from, value.size() - begin, literal.data(), literal.size());
    if (found == nullptr) return kNoMatch;
    return static_cast<std::size_t>(static_cast<const char*>(found) - value.data()) +
           literal.size();
  }
  // Place after place, until that has cost more than a few steps a byte.
  std::size_t tries = 0;
  for (std::size_t at = begin + 1; literal.size() <= value.size() - at; ++at) {
    const void* const first =
        std::memchr(value.data() + at, literal.front(), value.size() - at - literal.size() + 1);
    if (first == nullptr) return kNoMatch;
    at = static_cast<std::size_t>(static_cast<const char*>(first) - value.data());
    if (value[at + literal.size() - 1] == literal.back() &&
        std::memcmp(value.data() + at, literal.data(), literal.size()) == 0) {
      return at + literal.size();
    }
    if (++tries > 16 + (at - begin) / 8) return FindShort(literal, value, at + 1);
  }
  return kNoMatch;
}

// A segment with `?` between literal text. Tries place after place, and goes over to Shift-And once
// that has cost more than a few steps a byte. Beyond ShiftAnd::kLongest, which is longer than any
// ARN or key, it stays with the first way: segment times value, but bounded.
std::size_t FindWithOnes(std::string_view segment, std::string_view value, std::size_t begin) {
  std::size_t steps = 0;
  for (std::size_t at = begin; at < value.size() && segment.size() <= value.size() - at; ++at) {
    const void* const first = std::memchr(value.data() + at, segment.front(), value.size() - at);
    if (first == nullptr) return kNoMatch;
    at = static_cast<std::size_t>(static_cast<const char*>(first) - value.data());
    std::size_t end = at;
    const std::size_t walked = Walk(segment, value, end);
    if (walked == segment.size()) return end;
    steps += walked;
    if (steps > 4 * (at - begin) + segment.size() + 64 && segment.size() <= ShiftAnd::kLongest) {
      // The segment must be able to end somewhere.
      if (value.substr(at + 1).rfind(segment.back()) == std::string_view::npos) return kNoMatch;
      return ShiftAnd(segment).FindEnd(value, at + 1);
    }
  }
  return kNoMatch;
}

// What stands between the first `*` and the last, on what of the value is left for it. Each segment
// may take the leftmost place: the `*` behind it takes what that leaves. For the same reason `?` at
// either end of a segment is a step, wherever that segment lies.
bool MatchSegments(std::string_view tokens, std::string_view value) {
  std::size_t at = 0;
  for (std::size_t begin = 0; begin < tokens.size();) {
    if (tokens[begin] == kAnyRun) {
      ++begin;
      continue;
    }
    if (at >= value.size()) return false;
    if (tokens[begin] == kAnyOne) {
      at = NextCodePoint(value, at);
      ++begin;
      continue;
    }
    std::size_t end = begin;  // behind the last literal byte of the segment
    bool ones = false;
    for (std::size_t i = begin; i < tokens.size() && tokens[i] != kAnyRun; ++i) {
      if (tokens[i] == kAnyOne) continue;
      ones = ones || i != end;
      end = i + 1;
    }
    const std::string_view segment = tokens.substr(begin, end - begin);
    at = ones ? FindWithOnes(segment, value, at) : FindLiteral(segment, value, at);
    if (at == kNoMatch) return false;
    begin = end;
  }
  return true;
}

}  // namespace

bool MatchTokens(std::string_view tokens, std::string_view value) {
  const std::size_t first_star = tokens.find(kAnyRun);
  const std::string_view head = tokens.substr(0, first_star);
  std::size_t begin = 0;
  if (Walk(head, value, begin) != head.size()) return false;
  if (first_star == std::string_view::npos) return begin == value.size();

  const std::size_t last_star = tokens.rfind(kAnyRun);
  std::size_t end = 0;
  if (!WalkBack(tokens.substr(last_star + 1), value, end) || end < begin) return false;
  return MatchSegments(tokens.substr(first_star, last_star - first_star),
                       value.substr(begin, end - begin));
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

bool Pattern::MatchesSlowly(std::string_view value) const {
  switch (shape_) {
    case Shape::kAny:
    case Shape::kLiteral:
    case Shape::kPrefix:
      break;  // Matches has answered
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
