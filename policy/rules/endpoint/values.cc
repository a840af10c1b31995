// What EC2 documents that it refuses in the values of endpoint policies (S1.11).
#include <algorithm>
#include <string>

#include "policy/language/arn.h"
#include "policy/language/variables.h"
#include "policy/language/wildcard.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/keys.h"
#include "policy/rules/parts.h"

namespace postern::policy {
namespace {

bool IsWildcardToken(char c) { return c == kAnyOne || c == kAnyRun; }

bool TakesWildcards(const ConditionOperator& op) {
  const OperatorTraits& traits = TraitsOf(op.base);
  return traits.wildcards && traits.family == OperatorFamily::kString;
}

std::string TokensOf(const LintContext& context, const Node& value) {
  TokenOptions options;
  options.version = context.document().version();
  return Tokenize(value.text, options).text;
}

// Whether six literal characters in a row stand before or behind each wildcard. Wildcards side by
// side count as one; what a variable stands for is not known and taken as enough.
bool HasSixBesideEachWildcard(std::string_view tokens) {
  constexpr std::size_t kEnough = 6;
  const auto is_continuation = [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
  };
  bool wildcard_waits = false;  // for literal text behind it
  bool in_wildcard = false;
  std::size_t run = 0;  // literal characters since the last wildcard
  for (char c : tokens) {
    const bool goes_on = in_wildcard;
    in_wildcard = IsWildcardToken(c);
    if (in_wildcard) {
      if (goes_on) continue;
      if (wildcard_waits && run < kEnough) return false;
      wildcard_waits = run < kEnough;
      run = 0;
    } else if (c == kVariable) {
      run = kEnough;
    } else if (!is_continuation(c)) {
      ++run;
    }
  }
  return !wildcard_waits || run >= kEnough;
}

template <typename Visit>
void ForEachValue(const PolicyDocument& document, Visit visit) {
  for (const Statement& statement : document.statements()) {
    for (const Condition& condition : statement.conditions) {
      if (!condition.op) continue;
      for (const Node* value : condition.values) visit(condition, *value);
    }
  }
}

void CheckAccountPart(LintContext& context, const Node& value) {
  const Arn arn = SplitArn(value.text);
  const std::string_view account = arn.account();
  if (!arn.whole() || arn[ArnField::kArn] != "arn") return;
  const bool mixed = account.find_first_of("*?") != account.npos &&
                     account.find_first_of("0123456789") != account.npos &&
                     account.find("${") == account.npos;
  if (!mixed) return;
  const std::size_t begin = OffsetIn(value.text, account);
  context.ReportWithin(
      "EP109", value, begin, begin + account.size(),
      "the account of an ARN is 12 digits or `*` in an endpoint policy, not " + Quote(account),
      "write the account id, or list several ARNs");
}

}  // namespace

void CheckSystemIdWildcard(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  ForEachValue(context.document(), [&context](const Condition& condition, const Node& value) {
    const std::string_view key = condition.key_node->key;
    if (!HoldsSystemId(key)) return;
    if (TraitsOf(condition.op->base).family == OperatorFamily::kNumeric) {
      context.Report(
          "EP107", value,
          "an endpoint policy takes no numeric operator on " + Quote(key) + ", which holds an id",
          "use StringEquals with the whole id");
      return;
    }
    if (!TakesWildcards(*condition.op)) return;
    if (std::ranges::none_of(TokensOf(context, value), IsWildcardToken)) return;
    context.Report("EP107", value,
                   "an endpoint policy takes no wildcards on " + Quote(key) + ", which holds an id",
                   "use StringEquals and list the ids");
  });
}

void CheckSixCharacters(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  ForEachValue(context.document(), [&context](const Condition& condition, const Node& value) {
    if (!TakesWildcards(*condition.op)) return;
    if (HoldsSystemId(condition.key_node->key)) return;  // EP107 says more
    if (HasSixBesideEachWildcard(TokensOf(context, value))) return;
    context.Report(
        "EP108", value,
        "an endpoint policy wants six characters in a row before or behind each wildcard",
        "write out more of the value, or list the values with StringEquals");
  });
}

void CheckAccountPartMix(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.resources) continue;
    for (const Node* value : statement.resources->patterns) CheckAccountPart(context, *value);
  }
  ForEachValue(context.document(), [&context](const Condition&, const Node& value) {
    CheckAccountPart(context, value);
  });
}

}  // namespace postern::policy
