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

// S3.3.8: the linear search means what the two-pointer glob means.
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
}

TEST_CASE("short literal segments that almost match everywhere mean what the reference says") {
  std::mt19937 random(11);
  for (std::size_t round = 0; round < 4000; ++round) {
    const std::size_t letters = 2 + round % 2;
    const auto text = [&](std::size_t size) {
      std::string made;
      // Long runs of one letter, seldom another.
      for (std::size_t i = 0; i < size; ++i) {
        made += random() % 16 == 0 ? static_cast<char>('a' + random() % letters) : 'a';
      }
      return made;
    };
    std::string pattern = "*";
    for (int segment = 0; segment < 3; ++segment) pattern += text(1 + random() % 66) + "*";
    const std::string value = text(100 + random() % 300);
    CAPTURE(pattern);
    CAPTURE(value);
    const std::string tokens = WildcardTokens(pattern);
    CHECK(Pattern(tokens).Matches(value) == ReferenceMatch(tokens, value));
  }
}

TEST_CASE("runs of wildcards and leading or trailing `?` are steps, not searches") {
  const std::string row(9000, '?');
  CHECK(Matches("*" + row + "b*", std::string(9100, 'a') + "b"));
  CHECK_FALSE(Matches("*" + row + "b*", std::string(8000, 'a') + "b"));
  CHECK(Matches("*?*?*?*", "abc"));
  CHECK_FALSE(Matches("*?*?*?*", "ab"));
  CHECK(
      Matches("*b?"
              "?*c*",
              "abxxc"));
  CHECK_FALSE(
      Matches("*b?"
              "?*c*",
              "abxc"));
  CHECK(
      Matches("*\u00E9?"
              "?*",
              "a\u00E9\u20ACb"));
}

TEST_CASE("segments at and beyond the size of the bit-parallel tables mean the same") {
  for (const std::size_t size : {63u, 64u, 65u, 127u, 128u, 129u, 2047u, 2048u, 2049u, 3000u}) {
    CAPTURE(size);
    std::string segment(size, 'a');
    for (std::size_t i = 1; i + 1 < size; i += 2) segment[i] = '?';
    segment.back() = 'b';
    const std::string tokens = WildcardTokens("*" + segment + "*");
    for (const std::size_t letters : {size - 2, size - 1, size, size + 70, 2 * size}) {
      CAPTURE(letters);
      for (const char* tail : {"b", "bc", "c", "cb", "\u00E9b", "ba"}) {
        const std::string value = std::string(letters, 'a') + tail;
        CHECK(Pattern(tokens).Matches(value) == ReferenceMatch(tokens, value));
      }
    }
  }
}

TEST_CASE("segments of many different letters mean what the reference says") {
  std::mt19937 random(11);
  std::vector<std::string> letters;
  for (char c = '!'; c <= '~'; ++c) {
    if (c != '*' && c != '?') letters.emplace_back(1, c);
  }
  for (const char* wide : {"\u00E9", "\u0119", "\u20AC", "\u4E2D", "\U0001F600"}) {
    letters.emplace_back(wide);
  }
  std::size_t matched = 0;
  for (int i = 0; i < 400; ++i) {
    // A periodic value, and a piece of it with letters blanked and every other time one too many.
    std::vector<std::string> period(3 + random() % 90);
    for (auto& letter : period) letter = letters[random() % letters.size()];
    std::string value;
    for (std::size_t k = 0; k < 700; ++k) value += period[k % period.size()];
    std::string pattern = "*";
    const std::size_t length = 2 + random() % 300;
    for (std::size_t k = 0; k < length; ++k) {
      pattern += random() % 3 == 0 ? "?" : period[(k + 5) % period.size()];
      if (random() % 40 == 0) pattern += "*";
    }
    if (i % 2 == 0) pattern += letters[random() % letters.size()];
    pattern += "*";
    const std::string tokens = WildcardTokens(pattern);
    const bool wanted = ReferenceMatch(tokens, value);
    matched += wanted;
    if (Pattern(tokens).Matches(value) != wanted) FAIL_CHECK("`" << pattern << "`");
  }
  CHECK(matched > 50);
  CHECK(matched < 400);
}

TEST_CASE("a pattern tells its shape") {
  CHECK(Pattern("\xFE\xFE").IsAny());
  CHECK_FALSE(Pattern("\xFE\xFF").IsAny());
  CHECK(Pattern("abc").IsLiteral());
  CHECK(Pattern("abc").prefix() == "abc");
  CHECK(Pattern("abc\xFE").IsPrefix());
  CHECK(Pattern("abc\xFF").prefix() == "abc");
  CHECK_FALSE(Pattern("abc\xFF").IsPrefix());
  CHECK(Pattern().IsLiteral());
  CHECK(Pattern().Matches(""));
  CHECK_FALSE(Pattern().Matches("a"));
}

}  // namespace postern::policy
