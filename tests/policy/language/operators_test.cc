#include "policy/language/operators.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "policy/language/fold.h"

namespace postern::policy {

TEST_CASE("every operator is read back from its name, in any case and with every affix") {
  CHECK(AllOperators().size() == 27);
  for (const OperatorTraits& traits : AllOperators()) {
    CHECK(&TraitsOf(traits.base) == &traits);
    for (const SetQualifier qualifier :
         {SetQualifier::kNone, SetQualifier::kForAllValues, SetQualifier::kForAnyValue}) {
      for (const bool if_exists : {false, true}) {
        const ConditionOperator op{traits.base, qualifier, if_exists};
        const std::string name = OperatorName(op);
        CAPTURE(name);
        if (traits.base == BaseOperator::kNull && if_exists) {
          CHECK_FALSE(ParseOperator(name).has_value());
        } else {
          CHECK(ParseOperator(name) == op);
          CHECK(ParseOperator(FoldAscii(name)) == op);
        }
      }
    }
  }
}

TEST_CASE("operators that do not exist are not read") {
  for (const char* text :
       {"", "IfExists", "ForAnyValue:", "BinaryNotEquals", "NotBool", "BoolNotEquals",
        "DateNotLessThan", "StringEqualsLike", "NullIfExists", "ForAnyValue:NullIfExists",
        "StringEqualsIfExistsIfExists", "IfExistsStringEquals", "ForAllValues: StringLike",
        "ForAllValues:ForAnyValue:StringLike", "StringLike ", "ForSomeValues:StringLike"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseOperator(text).has_value());
  }
}

TEST_CASE("only operators with Not in their name are negated") {
  for (const OperatorTraits& traits : AllOperators()) {
    CAPTURE(traits.name);
    CHECK(traits.negated == (traits.name.find("Not") != std::string_view::npos));
  }
}

TEST_CASE("wildcards belong to Like and ARN operators, variables to text, ARNs and Bool") {
  for (const OperatorTraits& traits : AllOperators()) {
    CAPTURE(traits.name);
    const bool arn = traits.family == OperatorFamily::kArn;
    CHECK(traits.wildcards == (arn || traits.name.ends_with("Like")));
    CHECK(traits.variables == (arn || traits.family == OperatorFamily::kString ||
                               traits.family == OperatorFamily::kBool));
  }
}

}  // namespace postern::policy
