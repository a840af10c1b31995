#include "policy/rules/logic/inclusion.h"

#include <algorithm>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/pattern_algebra.h"
#include "policy/language/principals.h"
#include "policy/language/variables.h"
#include "policy/language/wildcard.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// ArnEquals is ArnLike (S4.2).
BaseOperator Normal(BaseOperator base) {
  switch (base) {
    case BaseOperator::kArnEquals:
      return BaseOperator::kArnLike;
    case BaseOperator::kArnNotEquals:
      return BaseOperator::kArnNotLike;
    default:
      return base;
  }
}

bool NeverHolds(const Condition& condition) { return !condition.op || condition.values.empty(); }

bool SameEntry(const PrincipalEntry& a, const PrincipalEntry& b) {
  return a.type == b.type && a.value->text == b.value->text;
}

PreparedStatements::Set PrepareActions(const Statement& statement) {
  PreparedStatements::Set set;
  if (!statement.actions) return set;
  set.present = true;
  set.negated = statement.actions->negated;
  for (const Node* pattern : statement.actions->patterns) {
    PreparedStatements::Item item;
    item.written = pattern->text;
    item.star = pattern->text == "*";
    item.usable = item.star || !ServiceOf(pattern->text).empty();
    item.open = IsUnfinished(pattern->text);
    item.fields[0] = WildcardTokens(FoldAscii(pattern->text));
    set.items.push_back(std::move(item));
  }
  return set;
}

PreparedStatements::Set PrepareResources(const Statement& statement, LanguageVersion version) {
  PreparedStatements::Set set;
  if (!statement.resources) return set;
  set.present = true;
  set.negated = statement.resources->negated;
  TokenOptions options;
  options.version = version;
  for (const Node* pattern : statement.resources->patterns) {
    PreparedStatements::Item item;
    item.written = pattern->text;
    item.star = pattern->text == "*";
    const Arn arn = SplitArn(pattern->text);
    item.usable = item.star || arn.valid();
    item.open = IsUnfinished(pattern->text);
    for (std::size_t i = 0; i < arn.count; ++i) {
      item.fields[i] = Tokenize(arn.fields[i], options).text;
    }
    set.items.push_back(std::move(item));
  }
  return set;
}

const PreparedStatements& PreparedIn(LintContext& context) {
  RuleMemory& memory = context.memory();
  if (const auto* made = memory.Find<PreparedStatements>()) return *made;
  return memory.Keep(std::make_shared<const PreparedStatements>(context.document()));
}

}  // namespace

PreparedStatements::PreparedStatements(const PolicyDocument& document) : document_(document) {
  prepared_.reserve(document.statements().size());
  for (const Statement& statement : document.statements()) {
    prepared_.push_back(
        {PrepareActions(statement), PrepareResources(statement, document.version())});
  }
}

StatementAlgebra::StatementAlgebra(LintContext& context)
    : document_(context.document()), prepared_(PreparedIn(context)) {}

bool StatementAlgebra::Spend(std::size_t a, std::size_t b) {
  const std::size_t steps = (a + 1) * (b + 1);
  if (steps > steps_left_) {
    steps_left_ = 0;
    return false;
  }
  steps_left_ -= steps;
  return true;
}

bool StatementAlgebra::ItemIncluded(const Item& inner, const Item& outer) {
  if (!inner.usable || !outer.usable || !Spend(0, 0)) return false;
  if (outer.star || inner.written == outer.written) return true;
  if (inner.star) return false;
  // From the last field on: there most ARNs differ.
  for (std::size_t i = outer.fields.size(); i-- > 0;) {
    if (inner.fields[i] == outer.fields[i]) continue;
    if (!Spend(inner.fields[i].size(), outer.fields[i].size()) ||
        !Includes(outer.fields[i], inner.fields[i])) {
      return false;
    }
  }
  return outer.written.find("${") == outer.written.npos;
}

bool StatementAlgebra::ItemsApart(const Item& a, const Item& b) {
  if (!a.usable || !b.usable || a.star || b.star || a.open || b.open) return false;
  for (std::size_t i = 0; i < a.fields.size(); ++i) {
    if (!Spend(a.fields[i].size(), b.fields[i].size())) return false;
    if (!Intersects(a.fields[i], b.fields[i])) return true;
  }
  return false;
}

bool StatementAlgebra::SetIncluded(const Set& inner, const Set& outer) {
  if (!inner.present || !outer.present) return inner.present == outer.present;
  if (inner.items.empty() || outer.items.empty()) return false;
  const auto covers = [this](const std::vector<Item>& outers, const Item& item) {
    return std::ranges::any_of(outers,
                               [&](const Item& other) { return ItemIncluded(item, other); });
  };
  if (!inner.negated && !outer.negated) {
    return std::ranges::all_of(inner.items,
                               [&](const Item& item) { return covers(outer.items, item); });
  }
  if (inner.negated && outer.negated) {
    return std::ranges::all_of(outer.items,
                               [&](const Item& item) { return covers(inner.items, item); });
  }
  if (inner.negated) {
    return std::ranges::any_of(outer.items, [](const Item& item) { return item.star; });
  }
  return std::ranges::all_of(inner.items, [&](const Item& item) {
    return std::ranges::all_of(outer.items,
                               [&](const Item& other) { return ItemsApart(item, other); });
  });
}

bool StatementAlgebra::SetsApart(const Set& a, const Set& b) {
  if (!a.present || !b.present || (a.negated && b.negated)) return false;
  if (a.negated || b.negated) {
    const Set& listed = a.negated ? b : a;
    const Set& excepted = a.negated ? a : b;
    return std::ranges::all_of(listed.items, [&](const Item& item) {
      return std::ranges::any_of(excepted.items, [&](const Item& other) {
        return !other.open && ItemIncluded(item, other);
      });
    });
  }
  return std::ranges::all_of(a.items, [&](const Item& item) {
    return std::ranges::all_of(b.items, [&](const Item& other) { return ItemsApart(item, other); });
  });
}

// How strongly an entry matches decides in an Allow whether boundaries count (S2.3, S7.6): `*` says
// as much as an account or a role, and less than a user or a session.
bool StatementAlgebra::PrincipalsIncluded(const Statement& inner, const Statement& outer) {
  if (!inner.principal || !outer.principal) {
    return inner.principal.has_value() == outer.principal.has_value();
  }
  const PrincipalSet& in = *inner.principal;
  const PrincipalSet& out = *outer.principal;
  if (in.negated != out.negated || !Spend(in.entries.size(), out.entries.size())) return false;
  const auto lists = [](const PrincipalSet& set, const PrincipalEntry& entry) {
    return std::ranges::any_of(set.entries,
                               [&](const PrincipalEntry& each) { return SameEntry(each, entry); });
  };
  if (in.negated) {
    const auto in_both = [&](const PrincipalSet& a, const PrincipalSet& b) {
      return std::ranges::all_of(a.entries,
                                 [&](const PrincipalEntry& entry) { return lists(b, entry); });
    };
    return in.everyone == out.everyone && in_both(in, out) && in_both(out, in);
  }
  if (IsForEveryone(outer)) {
    if (outer.effect == Effect::kDeny || IsForEveryone(inner)) return true;
    return std::ranges::all_of(in.entries, [&](const PrincipalEntry& entry) {
      const PrincipalForm form = ParsePrincipal(entry.type, entry.value->text).form;
      return form == PrincipalForm::kAccount || form == PrincipalForm::kRole || lists(out, entry);
    });
  }
  return !in.everyone && !in.entries.empty() &&
         std::ranges::all_of(in.entries,
                             [&](const PrincipalEntry& entry) { return lists(out, entry); });
}

bool StatementAlgebra::ValueIncluded(const Condition& condition, const Node& inner,
                                     const Node& outer) {
  if (!Spend(0, 0)) return false;
  if (inner.text == outer.text) return true;
  const BaseOperator base = condition.op->base;
  if (base != BaseOperator::kStringLike && base != BaseOperator::kStringNotLike) return false;
  TokenOptions options;
  options.version = document_.version();
  if (!Spend(inner.text.size(), outer.text.size())) return false;
  return Includes(Tokenize(outer.text, options).text, Tokenize(inner.text, options).text);
}

// With a positive operator fewer values are narrower, with a negated one more.
bool StatementAlgebra::ConditionIncluded(const Condition& inner, const Condition& outer) {
  if (Normal(inner.op->base) != Normal(outer.op->base) ||
      inner.op->qualifier != outer.op->qualifier || (inner.op->if_exists && !outer.op->if_exists) ||
      !EqualsIgnoreAsciiCase(inner.key_node->key, outer.key_node->key)) {
    return false;
  }
  const bool negated = TraitsOf(inner.op->base).negated;
  const auto& narrow = negated ? outer.values : inner.values;
  const auto& wide = negated ? inner.values : outer.values;
  return std::ranges::all_of(narrow, [&](const Node* value) {
    return std::ranges::any_of(
        wide, [&](const Node* other) { return ValueIncluded(inner, *value, *other); });
  });
}

bool StatementAlgebra::ConditionsIncluded(const Statement& inner, const Statement& outer) {
  if (std::ranges::any_of(inner.conditions, NeverHolds) ||
      std::ranges::any_of(outer.conditions, NeverHolds)) {
    return false;
  }
  return std::ranges::all_of(outer.conditions, [&](const Condition& wanted) {
    return std::ranges::any_of(
        inner.conditions, [&](const Condition& given) { return ConditionIncluded(given, wanted); });
  });
}

bool StatementAlgebra::IncludedWithoutConditions(const Statement& inner, const Statement& outer) {
  if (!IsSound(inner) || !IsSound(outer) || !inner.actions || !outer.actions) return false;
  const auto& in = prepared_.Of(inner);
  const auto& out = prepared_.Of(outer);
  return SetIncluded(in.resources, out.resources) && SetIncluded(in.actions, out.actions) &&
         PrincipalsIncluded(inner, outer);
}

bool StatementAlgebra::Included(const Statement& inner, const Statement& outer) {
  return IncludedWithoutConditions(inner, outer) && ConditionsIncluded(inner, outer);
}

bool StatementAlgebra::Apart(const Statement& a, const Statement& b) {
  if (!IsSound(a) || !IsSound(b)) return false;
  const auto& left = prepared_.Of(a);
  const auto& right = prepared_.Of(b);
  return SetsApart(left.actions, right.actions) || SetsApart(left.resources, right.resources);
}

}  // namespace postern::policy
