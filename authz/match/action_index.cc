#include "authz/match/action_index.h"

#include <algorithm>

#include "policy/language/fold.h"
#include "policy/language/wildcard.h"

namespace postern::authz {
namespace {

bool HasWildcard(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c == '*' || c == '?'; });
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

void SetBit(StatementBits& bits, std::size_t offset, std::uint32_t statement) {
  bits[offset + statement / 64] |= std::uint64_t{1} << (statement % 64);
}

}  // namespace

ActionPattern ActionPattern::Of(std::string_view text) {
  ActionPattern pattern;
  if (text == "*") {
    pattern.shape = Shape::kEverything;
    return pattern;
  }
  const std::size_t colon = text.find(':');
  // White space anywhere: never matches. No colon: only `*` may do without (S3.1).
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos ||
      std::ranges::any_of(text, IsSpace)) {
    return pattern;
  }
  const std::string_view vendor = text.substr(0, colon);
  const std::string_view name = text.substr(colon + 1);
  if (name.empty()) return pattern;
  if (vendor == "*") {
    pattern.shape = Shape::kAnyService;  // A7
  } else if (!vendor.empty() && !HasWildcard(vendor)) {
    pattern.shape = Shape::kService;
    pattern.vendor = policy::FoldAscii(vendor);
  } else {
    return pattern;
  }
  pattern.tokens = policy::WildcardTokens(policy::FoldAscii(name));
  return pattern;
}

bool ActionPattern::Matches(std::string_view vendor_name, std::string_view name) const {
  switch (shape) {
    case Shape::kNever:
      return false;
    case Shape::kEverything:
      return true;
    case Shape::kService:
      return vendor == vendor_name && policy::MatchTokens(tokens, name);
    case Shape::kAnyService:
      return policy::MatchTokens(tokens, name);
  }
  return false;
}

bool MatchesAction(std::string_view text, std::string_view vendor, std::string_view name) {
  const bool of_vendor = text.size() > vendor.size() && text[vendor.size()] == ':' &&
                         policy::EqualsIgnoreAsciiCase(text.substr(0, vendor.size()), vendor);
  if (!of_vendor) return text.starts_with('*') && ActionPattern::Of(text).Matches(vendor, name);
  const std::string_view pattern = text.substr(vendor.size() + 1);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '*' && i + 1 == pattern.size()) return true;
    if (c == '*' || c == '?') return ActionPattern::Of(text).Matches(vendor, name);
    if (i == name.size() || policy::FoldAscii(c) != name[i]) return false;
  }
  return pattern.size() == name.size();
}

void ActionIndex::Add(std::uint32_t statement, const policy::PatternSet& actions) {
  if (actions.negated) negated_statements_.push_back(statement);
  for (const policy::Node* node : actions.patterns) {
    ActionPattern pattern = ActionPattern::Of(node->text);
    if (pattern.shape == ActionPattern::Shape::kNever) continue;
    if (pattern.shape == ActionPattern::Shape::kEverything) {
      everything_statements_.push_back(statement);
      continue;
    }
    Vendor& vendor = pattern.shape == ActionPattern::Shape::kAnyService
                         ? any_vendor_
                         : vendors_[std::move(pattern.vendor)];
    vendor.collected.emplace_back(std::move(pattern.tokens), std::vector{statement});
  }
}

void ActionIndex::Finish(std::uint32_t statement_count) {
  words_ = (statement_count + 63) / 64;
  everything_.assign(words_, 0);
  negated_.assign(words_, 0);
  for (std::uint32_t statement : everything_statements_) SetBit(everything_, 0, statement);
  for (std::uint32_t statement : negated_statements_) SetBit(negated_, 0, statement);

  const auto finish = [this](Vendor& vendor) {
    auto& collected = vendor.collected;
    std::sort(collected.begin(), collected.end());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < collected.size(); ++i) {
      if (kept > 0 && collected[kept - 1].first == collected[i].first) {
        collected[kept - 1].second.push_back(collected[i].second.front());
      } else {
        if (kept != i) collected[kept] = std::move(collected[i]);
        ++kept;
      }
    }
    collected.resize(kept);
    for (const auto& [tokens, statements] : collected) {
      const auto row = static_cast<std::uint32_t>(bits_.size());
      bits_.resize(bits_.size() + words_, 0);
      for (std::uint32_t statement : statements) SetBit(bits_, row, statement);
      const policy::Pattern pattern(tokens);
      if (pattern.IsLiteral()) {
        vendor.literals.emplace(tokens, row);
      } else {
        vendor.rows.push_back({pattern, row});
      }
    }
  };
  finish(any_vendor_);
  for (auto& [name, vendor] : vendors_) {
    finish(vendor);
    by_name_.emplace(name, &vendor);
  }
}

void ActionIndex::Or(std::uint32_t row, std::uint64_t* bits) const {
  for (std::size_t i = 0; i < words_; ++i) bits[i] |= bits_[row + i];
}

void ActionIndex::Match(const Vendor& vendor, std::string_view name, std::uint64_t* bits) const {
  if (const auto literal = vendor.literals.find(name); literal != vendor.literals.end()) {
    Or(literal->second, bits);
  }
  for (const Row& row : vendor.rows) {
    if (row.pattern.Matches(name)) Or(row.bits, bits);
  }
}

void ActionIndex::Select(std::string_view vendor, std::string_view name, std::uint64_t* bits,
                         bool any_service) const {
  std::copy(everything_.begin(), everything_.end(), bits);
  if (const auto found = by_name_.find(vendor); found != by_name_.end()) {
    Match(*found->second, name, bits);
  }
  if (any_service && has_any_service()) Match(any_vendor_, name, bits);
  // A statement has either Action or NotAction, so one pass serves both.
  for (std::size_t i = 0; i < words_; ++i) bits[i] ^= negated_[i];
}

}  // namespace postern::authz
