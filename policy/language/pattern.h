// Compiled patterns: one class per shape, so that the common ones are one comparison, and a matcher
// that is linear in the value whatever the pattern (semantics S3.3.8). A regular expression is
// never made from policy text.
#pragma once

#include <cstdint>
#include <string_view>

namespace postern::policy {

// A glob over token text (wildcard.h) without variables. The text must outlive it.
class Pattern {
 public:
  Pattern() = default;  // matches only ""
  explicit Pattern(std::string_view tokens);

  // `value` must be valid UTF-8. Linear in the value and in the pattern, allocates nothing.
  bool Matches(std::string_view value) const {
    switch (shape_) {
      case Shape::kAny:
        return true;
      case Shape::kLiteral:
        return value == tokens_;
      case Shape::kPrefix:
        return value.starts_with(prefix_);
      default:
        return MatchesSlowly(value);
    }
  }

  // Everything, the empty text too.
  bool IsAny() const { return shape_ == Shape::kAny; }
  bool IsLiteral() const { return shape_ == Shape::kLiteral; }
  bool IsPrefix() const { return shape_ == Shape::kPrefix; }
  // The text of a literal, or the literal text before the first wildcard.
  std::string_view prefix() const { return prefix_; }
  std::string_view tokens() const { return tokens_; }

 private:
  bool MatchesSlowly(std::string_view value) const;

  enum class Shape : std::uint8_t { kLiteral, kAny, kPrefix, kSuffix, kPrefixSuffix, kGeneral };
  Shape shape_ = Shape::kLiteral;
  std::string_view tokens_;
  std::string_view prefix_;  // literal text before the first wildcard
  std::string_view suffix_;  // literal text after the last one
};

// The same for token text made on the spot, with values substituted for its variables.
bool MatchTokens(std::string_view tokens, std::string_view value);

}  // namespace postern::policy
