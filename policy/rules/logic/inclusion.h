// Which statement says all that another one says: inclusion and intersection of statements, element
// by element. What it claims is sure; where it cannot tell it claims nothing.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"
#include "policy/rule.h"

namespace postern::policy {

// The statements of one document, which must outlive it, made ready to compare.
class PreparedStatements {
 public:
  struct Item {
    std::string_view written;
    bool star = false;                  // matches everything
    bool usable = false;                // a pattern of which something can be told
    bool open = false;                  // a variable or a placeholder: may stand for anything
    std::array<std::string, 6> fields;  // token text: an action's in the first, an ARN's in all
  };
  struct Set {
    bool present = false;
    bool negated = false;
    std::vector<Item> items;
  };
  struct Prepared {
    Set actions;
    Set resources;
  };

  explicit PreparedStatements(const PolicyDocument& document);

  // `statement` is one of the document's.
  const Prepared& Of(const Statement& statement) const {
    return prepared_[static_cast<std::size_t>(&statement - document_.statements().data())];
  }

 private:
  const PolicyDocument& document_;
  std::vector<Prepared> prepared_;  // by the statements' index in the span
};

// Compares the statements of the context's document, which must outlive it. All comparisons
// together are bounded: beyond the bound nothing can be told.
class StatementAlgebra {
 public:
  explicit StatementAlgebra(LintContext& context);

  // Every request that `inner` is about, `outer` is about too. False for statements that parsing
  // refused and for conditions that never hold.
  bool Included(const Statement& inner, const Statement& outer);
  // The same without a look at the conditions of either.
  bool IncludedWithoutConditions(const Statement& inner, const Statement& outer);
  // No request is about both, whatever their principals and conditions.
  bool Apart(const Statement& a, const Statement& b);

 private:
  using Item = PreparedStatements::Item;
  using Set = PreparedStatements::Set;

  bool ItemIncluded(const Item& inner, const Item& outer);
  bool ItemsApart(const Item& a, const Item& b);
  bool SetIncluded(const Set& inner, const Set& outer);
  bool SetsApart(const Set& a, const Set& b);
  bool PrincipalsIncluded(const Statement& inner, const Statement& outer);
  bool ConditionsIncluded(const Statement& inner, const Statement& outer);
  bool ConditionIncluded(const Condition& inner, const Condition& outer);
  bool ValueIncluded(const Condition& condition, const Node& inner, const Node& outer);
  bool Spend(std::size_t a, std::size_t b);

  const PolicyDocument& document_;
  const PreparedStatements& prepared_;  // the context's memory keeps it
  std::size_t steps_left_ = 50'000'000;
};

}  // namespace postern::policy
