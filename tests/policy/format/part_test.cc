#include "policy/format/part.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "policy/format/canonical.h"
#include "policy/format/minify.h"
#include "policy/json_tree.h"

namespace postern::policy {
namespace {

std::string Written(std::string text, Layout layout) {
  const auto source = std::make_shared<const Source>("p.json", std::move(text));
  const JsonResult read = ReadJson(source);
  REQUIRE(read.tree.has_value());
  return Write(PartOf(read.tree->root()), source.get(), layout);
}

std::string InOrder(std::string text, CanonicalOptions options = {}) {
  const auto source = std::make_shared<const Source>("p.json", std::move(text));
  const JsonResult read = ReadJson(source);
  REQUIRE(read.tree.has_value());
  return Write(Canonical(read.tree->root(), options), source.get(), Layout::kOneLine);
}

}  // namespace

TEST_CASE("a string has the escapes that it needs, each in one form") {
  const std::pair<const char*, const char*> rows[] = {
      {R"("plain é")", R"("plain é")"},
      {R"("\u0041\/\u00e9")", R"("A/é")"},
      {R"("\u0022\u005C")", R"("\"\\")"},
      {R"("\u000a\u0009\u0001\u001F")", R"("\n\t\u0001\u001f")"},
      {R"("\b\f\r")", R"("\b\f\r")"},
      // Beyond Latin-1, and what cannot be seen: as they were.
      {R"("\u4E2D\uD83D\ude00")", R"("\u4e2d\ud83d\ude00")"},
      {R"("\u007f\u0080\u009F")", R"("\u007f\u0080\u009f")"},
      {R"("中")", R"("中")"},
      {R"("${aws:username} \\u0041")", R"("${aws:username} \\u0041")"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.first));
    CHECK(CanonicalSpelling(row.first) == row.second);
    CHECK(CanonicalSpelling(row.second) == row.second);
  }
}

TEST_CASE("numbers are written as they were, empty objects and lists on one line") {
  const std::string text =
      "{\"a\":[1,1.50,123456789012345678901234567890,1e5],\"b\":{},\"c\":[],\"d\":null,\"e\":true}";
  CHECK(Written(text, Layout::kOneLine) == text);
  CHECK(Written(text, Layout::kIndented) ==
        "{\n"
        "  \"a\": [\n"
        "    1,\n"
        "    1.50,\n"
        "    123456789012345678901234567890,\n"
        "    1e5\n"
        "  ],\n"
        "  \"b\": {},\n"
        "  \"c\": [],\n"
        "  \"d\": null,\n"
        "  \"e\": true\n"
        "}\n");
}

TEST_CASE("elements stand in the order of the grammar, others behind them in their own") {
  CHECK(InOrder(R"({"Statement":[{"x":1,"Condition":{"B":{},"A":{}},"Resource":"*","Action":"*",)"
                R"("Principal":"*","Effect":"Allow","a":2,"Sid":"S"}],"Zone":1,"Id":"i",)"
                R"("Version":"2012-10-17","Action":3})") ==
        R"({"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"S","Effect":"Allow",)"
        R"("Principal":"*","Action":"*","Resource":"*","Condition":{"B":{},"A":{}},"x":1,"a":2}],)"
        R"("Zone":1,"Action":3})");
  CHECK(InOrder(R"({"Statement":{"Effect":"Deny","Sid":"S"}})") ==
        R"({"Statement":{"Sid":"S","Effect":"Deny"}})");
  // Nothing that is out of place stops it.
  CHECK(InOrder(R"({"Statement":["x",{"NotAction":1,"Effect":2}]})") ==
        R"({"Statement":["x",{"Effect":2,"NotAction":1}]})");
}

TEST_CASE("lists are sorted on request, those of scalars and in statements alone") {
  const std::string text =
      R"({"Statement":[{"Action":["s3:b","S3:A","s3:B"],"Resource":[{"Ref":"b"},"a"]}],"x":["b","a"]})";
  CHECK(InOrder(text) == text);
  CHECK(
      InOrder(text, {true}) ==
      R"({"Statement":[{"Action":["S3:A","s3:b","s3:B"],"Resource":[{"Ref":"b"},"a"]}],"x":["b","a"]})");
}

TEST_CASE("without white space a text is otherwise byte for byte what it was") {
  CHECK(WithoutWhiteSpace(" { \"a b\\\" \" :\t[ 1 ,\r\n2 ] }\n") == "{\"a b\\\" \":[1,2]}");
  CHECK(WithoutWhiteSpace("\"\\\\\" \" \"") == "\"\\\\\"\" \"");
  CHECK(WithoutWhiteSpace("").empty());
}

}  // namespace postern::policy
