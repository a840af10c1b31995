// Inclusion and intersection against what the reference matcher says of every short text.
#include "policy/language/pattern_algebra.h"

#include <doctest/doctest.h>

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "policy/language/wildcard.h"

namespace postern::policy {
namespace {

std::vector<std::string> TextsUpTo(std::size_t length, std::string_view letters) {
  std::vector<std::string> texts = {""};
  for (std::size_t begin = 0, size = 1; size <= length; ++size) {
    const std::size_t end = texts.size();
    for (; begin < end; ++begin) {
      for (const char letter : letters) texts.push_back(texts[begin] + letter);
    }
  }
  return texts;
}

TEST_CASE("short patterns are told as every short text tells them") {
  const std::vector<std::string> texts = TextsUpTo(5, "abc");
  REQUIRE(texts.size() == 364);
  using Matched = std::bitset<364>;
  struct Row {
    std::string written;
    std::string tokens;
    Matched matched;
  };
  std::vector<Row> rows;
  for (const std::string& written : TextsUpTo(4, "ab*?")) {
    Row row{written, WildcardTokens(written), {}};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      row.matched[i] = ReferenceMatch(row.tokens, texts[i]);
    }
    rows.push_back(std::move(row));
  }
  std::size_t wrong_inclusions = 0;
  std::size_t missed_inclusions = 0;
  std::size_t wrong_intersections = 0;
  std::string example;
  for (const Row& a : rows) {
    for (const Row& b : rows) {
      const bool included = (b.matched & ~a.matched).none();
      const bool told = Includes(a.tokens, b.tokens);
      if (told && !included) ++wrong_inclusions;
      if (!told && included) {
        ++missed_inclusions;
        example = a.written + " includes " + b.written;
      }
      const bool meet = (a.matched & b.matched).any();
      // Two patterns of four letters may have nothing shorter than six letters in common.
      const bool sure = meet || a.written.size() + b.written.size() < 8;
      if (sure && Intersects(a.tokens, b.tokens) != meet) {
        ++wrong_intersections;
        example = a.written + " meets " + b.written;
      }
    }
  }
  CAPTURE(example);
  CHECK(wrong_inclusions == 0);
  // `??b*` and `*bbb` and their like: which place is right hangs on what the run stands for.
  CHECK(missed_inclusions == 4);
  CHECK(wrong_intersections == 0);
}

TEST_CASE("a `?` is one character, whatever its bytes") {
  const std::string one = WildcardTokens("x?y");
  CHECK(Includes(one, "xéy"));
  CHECK_FALSE(Includes(one, "xéèy"));
  CHECK(Intersects(one, "xéy"));
  CHECK_FALSE(Intersects(one, "xéèy"));
  CHECK(Includes(WildcardTokens("x??*"), WildcardTokens("xé?")));
  CHECK_FALSE(Includes(WildcardTokens("x??*"), "xé"));
}

TEST_CASE("a variable may be any text") {
  const std::string variable = std::string("home/") + kVariable + "/x";
  CHECK(Includes(WildcardTokens("home/*"), variable));
  CHECK(Includes(WildcardTokens("home/*/x"), variable));
  CHECK_FALSE(Includes(WildcardTokens("home/?*"), std::string("home/") + kVariable));
  CHECK_FALSE(Includes(variable, "home/a/x"));
  CHECK(Intersects(variable, "home/a/x"));
  CHECK_FALSE(Intersects(variable, "home/a/y"));
}

TEST_CASE("patterns without end are not told") {
  const std::string stars = WildcardTokens(std::string(2000, '*') + "a");
  CHECK_FALSE(Includes(stars, stars));
  CHECK(Intersects(stars, WildcardTokens(std::string(2000, '?') + "b")));
}

}  // namespace
}  // namespace postern::policy
