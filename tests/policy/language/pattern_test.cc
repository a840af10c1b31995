#include "policy/language/pattern.h"

#include <doctest/doctest.h>
#include <re2/re2.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "policy/language/wildcard.h"

namespace postern::policy {
namespace {

bool Matches(std::string_view pattern, std::string_view value) {
  const std::string tokens = WildcardTokens(pattern);
  return Pattern(tokens).Matches(value);
}

// The meaning in four lines; exponential, for small worlds only.
bool Recursive(std::string_view pattern, std::string_view value) {
  if (pattern.empty()) return value.empty();
  if (pattern[0] == '*') {
    return Recursive(pattern.substr(1), value) ||
           (!value.empty() && Recursive(pattern, value.substr(1)));
  }
  return !value.empty() && (pattern[0] == '?' || pattern[0] == value[0]) &&
         Recursive(pattern.substr(1), value.substr(1));
}

std::vector<std::string> AllTexts(std::string_view alphabet, std::size_t longest) {
  std::vector<std::string> all = {""};
  for (std::size_t begin = 0, length = 0; length < longest; ++length) {
    const std::size_t end = all.size();
    for (; begin < end; ++begin) {
      for (char c : alphabet) all.push_back(all[begin] + c);
    }
  }
  return all;
}

std::string Random(std::mt19937& random, const std::vector<std::string>& letters,
                   std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += letters[random() % letters.size()];
  return text;
}

}  // namespace

TEST_CASE("the whole small world: four matchers agree on every short pattern and text") {
  const auto patterns = AllTexts("ab*?", 4);
  const auto values = AllTexts("ab", 5);
  CHECK(patterns.size() == 341);
  CHECK(values.size() == 63);
  RE2::Options options;
  options.set_dot_nl(true);
  options.set_log_errors(false);
  for (const auto& pattern : patterns) {
    std::string expression;
    for (char c : pattern) expression += c == '*' ? ".*" : c == '?' ? "." : std::string(1, c);
    const RE2 re2(expression, options);
    REQUIRE(re2.ok());
    const std::string tokens = WildcardTokens(pattern);
    const Pattern compiled(tokens);
    for (const auto& value : values) {
      const bool wanted = Recursive(pattern, value);
      if (compiled.Matches(value) != wanted || ReferenceMatch(tokens, value) != wanted ||
          MatchTokens(tokens, value) != wanted || RE2::FullMatch(value, re2) != wanted) {
        FAIL_CHECK("`" << pattern << "` and `" << value << "`");
      }
    }
  }
}

TEST_CASE("wildcards match any character, and `?` exactly one") {
  CHECK(Matches("b/*", "b/a\nb"));
  CHECK(Matches("b/*", "b/my file"));
  CHECK(Matches("a?c", "a\u00E9c"));
  CHECK_FALSE(Matches("a??c", "a\u00E9c"));
  CHECK(Matches("*?", "\U0001F600"));
  CHECK_FALSE(Matches("*??", "\U0001F600"));
  CHECK(Matches("a+b(x)", "a+b(x)"));
  CHECK_FALSE(Matches("ab*ba", "aba"));
}

TEST_CASE("random patterns over code points of every length mean what the reference says") {
  std::mt19937 random(20261124);
  const std::vector<std::string> value_letters = {"a", "b", "\u00E9", "\u20AC", "\U0001F600"};
  std::vector<std::string> pattern_letters = value_letters;
  for (const char* wildcard : {"*", "?", "*", "?"}) pattern_letters.emplace_back(wildcard);
  for (int i = 0; i < 50'000; ++i) {
    const std::string tokens = WildcardTokens(Random(random, pattern_letters, random() % 8));
    const std::string value = Random(random, value_letters, random() % 9);
    if (Pattern(tokens).Matches(value) != ReferenceMatch(tokens, value)) {
      FAIL_CHECK("`" << tokens << "` and `" << value << "`");
    }
  }
}

TEST_CASE("long segments with `?` take the bit-parallel way and mean the same") {
  std::mt19937 random(7);
  const std::vector<std::string> value_letters = {"a", "a", "a", "b", "\u00E9"};
  const std::vector<std::string> pattern_letters = {"a", "?", "?"};
  std::size_t matched = 0;
  for (int i = 0; i < 500; ++i) {
    std::string pattern = "*";
    pattern += Random(random, pattern_letters, 20 + random() % 150);
    pattern += "*";
    pattern += Random(random, {"a", "?"}, random() % 3);
    const std::string tokens = WildcardTokens(pattern);
    const std::string value = Random(
        random, i % 2 == 0 ? value_letters : std::vector<std::string>{"a"}, 300 + random() % 500);
    const bool wanted = ReferenceMatch(tokens, value);
    matched += wanted;
    if (Pattern(tokens).Matches(value) != wanted) FAIL_CHECK("`" << pattern << "`");
  }
  CHECK(matched > 50);
  CHECK(matched < 500);
  // Beyond what any policy may hold, the tables go to the heap.
  const std::string huge = "*" + std::string(9000, '?') + "b*";
  const std::string huge_tokens = WildcardTokens(huge);
  CHECK(Pattern(huge_tokens).Matches(std::string(9100, 'a') + "b"));
  CHECK_FALSE(Pattern(huge_tokens).Matches(std::string(8000, 'a') + "b"));
}

}  // namespace postern::policy
