#include "policy/format/covers.h"

#include <algorithm>
#include <unordered_set>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/pattern_algebra.h"
#include "policy/language/variables.h"
#include "policy/language/wildcard.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

constexpr std::size_t kSteps = 20'000'000;

// One item made ready to compare.
struct Item {
  explicit Item(const Node& of) : node(&of) {}

  const Node* node;
  bool everything = false;  // the bare `*`
  bool comparable = false;  // otherwise it is itself alone
  bool broad = false;       // may cover another item
  std::array<std::string, 6> fields;
  std::optional<CidrBlock> block;
};

bool HasDollar(std::string_view text) { return text.find("${") != text.npos; }

Item ActionItem(const Node& node) {
  Item item(node);
  item.everything = node.text == "*";
  // A pattern `*:Name` may mean nothing (A7).
  item.comparable = item.everything || !ServiceOf(node.text).empty();
  item.broad = item.comparable && HasWildcard(node.text);
  item.fields[0] = WildcardTokens(FoldAscii(node.text));
  return item;
}

// An ARN, field by field. Within a variable nothing is known, so an item that has one covers
// nothing; it is covered by what covers it whatever stands there, its last field only.
Item ArnItem(const Node& node, LanguageVersion version, bool variables) {
  Item item(node);
  const Arn arn = SplitArn(node.text);
  if (!arn.valid()) return item;
  const std::string_view head = node.text.substr(0, node.text.size() - arn.resource().size());
  item.comparable = !HasDollar(head) && (variables || !HasDollar(node.text));
  item.broad = item.comparable && HasWildcard(node.text) && !HasDollar(node.text);
  for (std::size_t i = 0; i < item.fields.size(); ++i) {
    item.fields[i] = Tokenize(arn.fields[i], {version, true, true}).text;
  }
  return item;
}

Item ResourceItem(const Node& node, LanguageVersion version, bool negated) {
  // In NotResource a variable without a value may undo the whole statement (A8).
  Item item = ArnItem(node, version, !negated);
  if (node.text != "*") return item;
  item.everything = item.comparable = item.broad = true;
  return item;
}

Item ValueItem(const Node& node, const Condition& condition, LanguageVersion version) {
  if (!condition.op) return Item(node);
  const OperatorTraits& traits = TraitsOf(condition.op->base);
  if (traits.family == OperatorFamily::kArn) return ArnItem(node, version, false);
  Item item(node);
  if (traits.family == OperatorFamily::kIpAddress) {
    item.block = CidrBlock::Parse(node.text);
    // An IPv6 block may be taken for one of IPv4 (A15).
    item.comparable = item.broad = item.block && !item.block->network.v6;
  } else if (traits.family == OperatorFamily::kString && traits.wildcards) {
    item.comparable = true;
    item.broad = HasWildcard(node.text) && !HasDollar(node.text);
    item.fields[0] = Tokenize(node.text, {version, true, true}).text;
  }
  return item;
}

Item ItemOf(const StatementList& list, const Node& node, LanguageVersion version) {
  switch (list.kind) {
    case ListKind::kActions:
      return ActionItem(node);
    case ListKind::kResources:
      return ResourceItem(node, version, list.negated);
    case ListKind::kValues:
      return ValueItem(node, *list.condition, version);
    case ListKind::kPrincipals:
      break;
  }
  return Item(node);
}

class Comparison {
 public:
  bool Covers(const Item& outer, const Item& inner) {
    if (!outer.broad || !inner.comparable || !Spend(1)) return false;
    if (outer.everything || inner.everything) return outer.everything;
    if (outer.block) {
      return outer.block->prefix <= inner.block->prefix &&
             outer.block->Contains(inner.block->network);
    }
    for (std::size_t i = 0; i < outer.fields.size(); ++i) {
      if (outer.fields[i] == inner.fields[i]) continue;
      if (!Spend((outer.fields[i].size() + 1) * (inner.fields[i].size() + 1)) ||
          !Includes(outer.fields[i], inner.fields[i])) {
        return false;
      }
    }
    return true;
  }

  bool exhausted() const { return left_ == 0; }

 private:
  bool Spend(std::size_t steps) {
    if (steps > left_) left_ = 0;
    left_ -= std::min(left_, steps);
    return left_ > 0;
  }

  std::size_t left_ = kSteps;
};

}  // namespace

std::string ItemText(const StatementList& list, const Node& item) {
  return list.kind == ListKind::kActions ? FoldAscii(item.text) : std::string(item.text);
}

std::vector<const Node*> WithoutSuperfluous(const StatementList& list, LanguageVersion version) {
  std::vector<Item> items;
  std::unordered_set<std::string> seen;
  for (const Node* node : list.items) {
    if (seen.insert(ItemText(list, *node)).second) items.push_back(ItemOf(list, *node, version));
  }
  Comparison comparison;
  std::vector<bool> dropped(items.size(), false);
  for (std::size_t outer = 0; outer < items.size(); ++outer) {
    if (!items[outer].broad || dropped[outer]) continue;
    if (comparison.exhausted()) break;
    for (std::size_t inner = 0; inner < items.size(); ++inner) {
      if (inner == outer || dropped[inner]) continue;
      dropped[inner] = comparison.Covers(items[outer], items[inner]);
    }
  }
  std::vector<const Node*> kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!dropped[i]) kept.push_back(items[i].node);
  }
  return kept;
}

}  // namespace postern::policy
