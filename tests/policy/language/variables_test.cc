#include "policy/language/variables.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace postern::policy {
namespace {

// Token text as it is read: < > for a variable's place, % for `*`, _ for `?`.
std::string Show(const Tokens& tokens) {
  std::string shown;
  for (const char c : tokens.text) {
    if (c == '\xFD') {
      shown += "<>";
    } else {
      shown += c == '\xFE' ? '%' : c == '\xFF' ? '_' : c;
    }
  }
  return shown;
}

std::string Show(std::string_view text, TokenOptions options = {}) {
  return Show(Tokenize(text, options));
}

constexpr TokenOptions k2008 = {.version = LanguageVersion::k2008};

}  // namespace

TEST_CASE("wildcards, variables and escapes become tokens") {
  struct Row {
    const char* text;
    const char* tokens;
    const char* plain;  // where wildcards are literal
    const char* old;    // version 2008-10-17
  };
  const std::vector<Row> rows = {
      {"", "", "", ""},
      {"a*b?c", "a%b_c", "a*b?c", "a%b_c"},
      {"x/${aws:username}/*", "x/<>/%", "x/<>/*", "x/${aws:username}/%"},
      {"${*}${?}${$}", "*?$", "*?$", "${%}${_}${$}"},
      {"${a}${b}", "<><>", "<><>", "${a}${b}"},
      {"$", "$", "$", "$"},
      {"$a{b}", "$a{b}", "$a{b}", "$a{b}"},
      {"$${a}", "$<>", "$<>", "$${a}"},
      {"${}", "${}", "${}", "${}"},
      {"${", "${", "${", "${"},
      {"${a*", "${a%", "${a*", "${a%"},
      {"${a b*}", "${a b%}", "${a b*}", "${a b%}"},
      {"${ a}", "${ a}", "${ a}", "${ a}"},
      {"${a${b}}", "<>}", "<>}", "${a${b}}"},
      {"${**}", "<>", "<>", "${%%}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(Show(row.text) == row.tokens);
    CHECK(Show(row.text, {.wildcards = false}) == row.plain);
    CHECK(Show(row.text, k2008) == row.old);
    CHECK(Show(row.text, {.variables = false}) == row.old);
  }
}

TEST_CASE("a variable has a key, and a default only in the documented spelling") {
  struct Row {
    const char* text;
    const char* key;
    std::optional<std::string_view> default_text;
  };
  const std::vector<Row> rows = {
      {"${aws:username}", "aws:username", std::nullopt},
      {"${aws:PrincipalTag/team, 'company-wide'}", "aws:PrincipalTag/team", "company-wide"},
      {"${k, ''}", "k", ""},
      {"${k, 'it's'}", "k", "it's"},
      {"${k, 'a, b'}", "k", "a, b"},
      {"${k,'d'}", "k", std::nullopt},
      {"${k,  'd'}", "k", std::nullopt},
      {"${k, d}", "k", std::nullopt},
      {"${k, '}", "k", std::nullopt},
      {"${k, 'd' }", "k", std::nullopt},
      {"${k,}", "k", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Tokens tokens = Tokenize(row.text, {});
    REQUIRE(tokens.variables.size() == 1);
    CHECK(Show(tokens) == "<>");
    CHECK(tokens.variables[0].key == row.key);
    CHECK(tokens.variables[0].default_text == row.default_text);
    CHECK(HasVariable(row.text));
  }
}

TEST_CASE("variables are listed in the order of their places") {
  const Tokens tokens = Tokenize("${a}/${*}/${b, 'x'}", {});
  CHECK(Show(tokens) == "<>/*/<>");
  REQUIRE(tokens.variables.size() == 2);
  CHECK(tokens.variables[0].key == "a");
  CHECK(tokens.variables[1].key == "b");
}

TEST_CASE("escapes and broken braces are no variables") {
  for (const char* text : {"", "a", "${*}", "${?}${$}", "${}", "${a b}", "${a", "$", "${, 'd'}"}) {
    CAPTURE(text);
    CHECK_FALSE(HasVariable(text));
    CHECK(Tokenize(text, {}).variables.empty());
  }
  CHECK(HasVariable("${*}${a}"));
  CHECK(HasVariable("${${a}"));
}

TEST_CASE("a text full of opening braces costs no more than its length") {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += "${ ";
  CHECK(Show(text) == text);
  text += "}";
  CHECK(Show(text) == text);
  CHECK_FALSE(HasVariable(text));
}

}  // namespace postern::policy
