// Wildcards: four matchers agree. ARNs: two readers split alike.
#include "policy/language/pattern.h"

#include <re2/re2.h>

#include "policy/language/arn.h"
#include "policy/language/wildcard.h"
#include "policy/utf8.h"
#include "tests/bench/glob_expression.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"
#include "tests/reference/patterns.h"

namespace postern::fuzz {
namespace {

void MustSplitAlike(std::string_view text) {
  for (const bool variables : {false, true}) {
    const policy::Arn arn = variables ? policy::SplitArn(text) : policy::SplitConcreteArn(text);
    const std::vector<std::string> parts = reference::SplitArn(text, variables);
    Require(arn.count == parts.size(), "the ARN has another number of fields");
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Require(arn.fields[i] == parts[i], "a field of the ARN differs");
    }
  }
}

}  // namespace

// A pattern and a value, a line each.
void CheckPattern(std::string_view bytes) {
  Input input(bytes);
  const std::string_view pattern = input.Line();
  const std::string_view value = input.rest();
  if (policy::FindInvalidUtf8(bytes) != bytes.npos) return;
  MustSplitAlike(pattern);
  MustSplitAlike(value);

  const std::string tokens = policy::WildcardTokens(pattern);
  const bool matches = policy::Pattern(tokens).Matches(value);
  Require(matches == policy::MatchTokens(tokens, value), "Pattern and MatchTokens differ");
  Require(matches == policy::ReferenceMatch(tokens, value), "Pattern and ReferenceMatch differ");
  Require(matches == reference::Glob(reference::Tokenise(pattern, true), reference::Decode(value)),
          "Pattern and the reference evaluator differ");
  const auto expression = bench::GlobExpression(pattern);
  if (!expression->ok()) return;
  Require(matches == RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *expression),
          "Pattern and RE2 differ");
}

std::vector<std::string> PatternSeeds(const std::filesystem::path& root) {
  std::vector<std::string> seeds{"", "*a*b\naab", "a?c*\nabc", "é?\néè"};
  for (const std::string& text : StringsOf(root / "corpus")) {
    std::string value = text;
    for (char& c : value) c = c == '*' || c == '?' ? 'x' : c;
    seeds.push_back(text + "\n" + value);
  }
  return seeds;
}

}  // namespace postern::fuzz
