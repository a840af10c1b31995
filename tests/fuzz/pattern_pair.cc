// What is said of two patterns, against the texts that they match.
#include "policy/language/pattern_algebra.h"
#include "policy/language/wildcard.h"
#include "policy/utf8.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"

namespace postern::fuzz {
namespace {

using policy::Includes;
using policy::Intersects;
using policy::ReferenceMatch;

// A text that the pattern matches: `filling` stands in the place of every run, or nothing, and its
// first character in the place of every `?`.
std::string TextOf(std::string_view tokens, std::string_view filling, bool empty_runs) {
  const std::size_t first = policy::Utf8Length(filling);
  std::string text;
  for (const char token : tokens) {
    if (token == policy::kAnyOne) {
      text += first == 0 ? std::string_view("x") : filling.substr(0, first);
    } else if (token != policy::kAnyRun) {
      text += token;
    } else if (!empty_runs) {
      text += filling;
    }
  }
  return text;
}

}  // namespace

// Two patterns and a filling, a line each.
void CheckPatternPair(std::string_view bytes) {
  if (policy::FindInvalidUtf8(bytes) != bytes.npos) return;
  Input input(bytes);
  const std::string a = policy::WildcardTokens(input.Line());
  const std::string b = policy::WildcardTokens(input.Line());
  const std::string_view filling = input.rest();
  const bool includes = Includes(a, b);
  const bool intersects = Intersects(a, b);
  Require(Includes(a, a), "a pattern does not include itself");
  Require(Includes("\xFE", a), "`*` does not include a pattern");
  Require(intersects == Intersects(b, a), "Intersects hangs on the order");
  Require(intersects || !includes, "a pattern includes one that it does not meet");
  for (const std::string& tokens : {a, b}) {
    for (const bool empty_runs : {false, true}) {
      const std::string text = TextOf(tokens, filling, empty_runs);
      const bool in_a = ReferenceMatch(a, text);
      const bool in_b = ReferenceMatch(b, text);
      Require(ReferenceMatch(tokens, text), "a pattern does not match a text made of it");
      Require(in_a || !in_b || !includes, "Includes, but not this text: " + text);
      Require(!(in_a && in_b) || intersects, "no Intersects, but both match: " + text);
      const bool too_long = a.size() + 1 > policy::kPatternPairSteps / (text.size() + 1);
      Require(in_a == Includes(a, text) || too_long,
              "Includes of a literal is not whether it matches: " + text);
    }
  }
}

std::vector<std::string> PatternPairSeeds(const std::filesystem::path& root) {
  std::vector<std::string> seeds{"a*\nab*\nx", "?*\n*?\né", "*a*b\n*ab\naab"};
  std::string before = "*";
  for (const std::string& text : StringsOf(root / "corpus")) {
    seeds.push_back(before + "\n" + text + "\nreports");
    before = text;
  }
  return seeds;
}

}  // namespace postern::fuzz
