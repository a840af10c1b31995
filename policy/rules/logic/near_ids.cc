#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "policy/quote.h"
#include "policy/rules/logic/checks.h"

namespace postern::policy {
namespace {

// Each is held against each.
constexpr std::size_t kMostIds = 300;

struct Seen {
  std::string_view prefix;
  const Node* node;
};

// Long enough that no two of them are alike by chance.
std::string_view IdPrefix(std::string_view text) {
  constexpr std::size_t kLongId = 17;
  constexpr std::size_t kShortestOrganization = 10;
  const auto rest_is = [text](std::size_t prefix, std::string_view letters) {
    return text.find_first_not_of(letters, prefix) == text.npos;
  };
  for (const std::string_view prefix : {"vpce-", "vpc-"}) {
    if (text.starts_with(prefix) && text.size() == prefix.size() + kLongId &&
        rest_is(prefix.size(), "0123456789abcdef")) {
      return text.substr(0, prefix.size());
    }
  }
  if (text.starts_with("o-") && text.size() >= 2 + kShortestOrganization &&
      rest_is(2, "0123456789abcdefghijklmnopqrstuvwxyz")) {
    return text.substr(0, 2);
  }
  return {};
}

std::size_t Differences(std::string_view a, std::string_view b) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i] ? 1 : 0;
  return count;
}

}  // namespace

void CheckNearIds(LintContext& context) {
  std::vector<Seen> seen;
  for (const Statement& statement : context.document().statements()) {
    for (const Condition& condition : statement.conditions) {
      for (const Node* value : condition.values) {
        const std::string_view prefix = IdPrefix(value->text);
        if (prefix.empty() || seen.size() >= kMostIds) continue;
        if (std::ranges::any_of(
                seen, [value](const Seen& each) { return each.node->text == value->text; })) {
          continue;
        }
        const auto near = std::ranges::find_if(seen, [&](const Seen& each) {
          return each.prefix == prefix && each.node->text.size() == value->text.size() &&
                 Differences(each.node->text, value->text) <= 2;
        });
        const Node* const other = near == seen.end() ? nullptr : near->node;
        seen.push_back({prefix, value});
        if (other == nullptr) continue;
        const bool one = Differences(other->text, value->text) == 1;
        Diagnostic& finding = context.Report(
            "LO912", *value,
            Quote(value->text) + " and " + Quote(other->text) + " differ in " +
                (one ? "one character" : "two characters"),
            "one of them is probably misspelt: ids that AWS makes are never so alike");
        finding.related.push_back({other->range, "the other one"});
      }
    }
  }
}

}  // namespace postern::policy
