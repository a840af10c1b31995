#include "cmd/path_pattern.h"

#include <doctest/doctest.h>

#include <string>

namespace postern::cmd {
namespace {

TEST_CASE("a pattern matches names, folders with all that is in them, and any depth by **") {
  struct Row {
    std::string_view pattern, path;
    bool matches;
  };
  const Row rows[] = {{"a.json", "a.json", true},
                      {"a.json", "b/a.json", false},
                      {"*.json", "a.json", true},
                      {"*.json", "b/a.json", false},
                      {"**/a.json", "a.json", true},
                      {"**/a.json", "b/c/a.json", true},
                      {"b/**", "b/a.json", true},
                      {"b/**", "b/c/a.json", true},
                      {"b/**", "bb/a.json", false},
                      {"b", "b/c/a.json", true},
                      {"./b/", "b/c/a.json", true},
                      {"b/*/a.json", "b/c/a.json", true},
                      {"b/*/a.json", "b/c/d/a.json", false},
                      {"b/**/a.json", "b/a.json", true},
                      {"**/c/**/a.json", "x/c/y/c/a.json", true},
                      {"**/c/a.json", "c/c/c/b.json", false},
                      {"policies/endpoints/s3*.json", "policies/endpoints/s3-eu.json", true},
                      {"[ab].json", "b.json", true},
                      {"a.json", "../a.json", false}};
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    CAPTURE(row.path);
    CHECK(MatchesPath(row.pattern, row.path) == row.matches);
  }
}

TEST_CASE("many ** take no long time") {
  std::string pattern, path;
  for (int i = 0; i < 200; ++i) {
    pattern += "**/a/";
    path += "a/a/";
  }
  CHECK_FALSE(MatchesPath(pattern + "b", path));
}

TEST_CASE("the literal part of a pattern is what stands before its first special name") {
  CHECK(LiteralPart("policies/legacy/**") == "policies/legacy");
  CHECK(LiteralPart("policies/a.json") == "policies/a.json");
  CHECK(LiteralPart("*.json").empty());
}

}  // namespace
}  // namespace postern::cmd
