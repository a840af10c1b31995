// Which statements an action selects: one hash look-up, the prefixes of its service, and the few
// other patterns, instead of every pattern of every statement.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/document.h"
#include "policy/language/pattern.h"

namespace postern::authz {

using StatementBits = std::vector<std::uint64_t>;  // one bit per compiled statement

// One action pattern made comparable: vendor and name in lower case (S3.1).
struct ActionPattern {
  enum class Shape : std::uint8_t { kNever, kEverything, kService, kAnyService };
  Shape shape = Shape::kNever;
  std::string vendor;  // with kService
  std::string tokens;  // of the name, with kService and kAnyService

  static ActionPattern Of(std::string_view text);
  // `vendor` and `name` in lower case.
  bool Matches(std::string_view vendor, std::string_view name) const;
};

// Whether one entry of an Action or NotAction element holds for vendor:name (both in lower case).
// Allocates nothing for entries whose only wildcard is a `*` at the end.
bool MatchesAction(std::string_view text, std::string_view vendor, std::string_view name);

class ActionIndex {
 public:
  // Statements are added by their number, with all their patterns; Finish makes them searchable.
  void Add(std::uint32_t statement, const policy::PatternSet& actions);
  void Finish(std::uint32_t statement_count);

  // The statements whose Action or NotAction element (S3.2) holds for vendor:name, both lower case.
  // Writes (statement_count + 63) / 64 words. Patterns `*:name` count if `any_service` (A7).
  void Select(std::string_view vendor, std::string_view name, std::uint64_t* bits,
              bool any_service = true) const;
  bool has_any_service() const { return !any_vendor_.collected.empty(); }
  std::size_t words() const { return words_; }

 private:
  struct Row {
    policy::Pattern pattern;
    std::uint32_t bits;  // offset into bits_
  };
  // Of one vendor, or of `*:name`.
  struct Vendor {
    std::vector<std::pair<std::string, std::vector<std::uint32_t>>>
        collected;                                                 // tokens -> statements
    std::unordered_map<std::string_view, std::uint32_t> literals;  // name -> bits
    std::vector<Row> rows;
  };
  void Match(const Vendor& vendor, std::string_view name, std::uint64_t* bits) const;
  void Or(std::uint32_t row, std::uint64_t* bits) const;

  std::size_t words_ = 0;
  std::unordered_map<std::string, Vendor> vendors_;
  std::unordered_map<std::string_view, const Vendor*> by_name_;
  Vendor any_vendor_;
  std::vector<std::uint32_t> everything_statements_;
  std::vector<std::uint32_t> negated_statements_;
  StatementBits everything_;  // Action `*`
  StatementBits negated_;     // statements with NotAction
  StatementBits bits_;
};

}  // namespace postern::authz
