#include "cmd/render/html/change.h"

#include <doctest/doctest.h>

#include "tests/cmd/render/html/page_text.h"

namespace postern::cmd {
namespace {

// The lines of a diff as `diff` prints them.
std::string Plain(const std::string& html) {
  std::string text = test::Replaced(html, "</code></span>", "\n");
  text = test::Replaced(text, "</i>", "");
  std::string plain;
  bool tag = false;
  for (const char c : text) {
    if (c == '<') tag = true;
    if (!tag) plain += c;
    if (c == '>') tag = false;
  }
  return test::Replaced(plain, "&quot;", "\"");
}

TEST_CASE("a diff on a page shows the lines as they are and as they would be") {
  const policy::Source source("p.json", "1\n2\n3\n4\n  {}\n6\n7\n8\n9\n");
  const auto at = static_cast<std::uint32_t>(source.text().find("}") + 1);
  CHECK(Plain(DiffAsHtml(source, {at, at}, ",\n  {\"a\"}")) ==
        " 2\n 3\n 4\n-  {}\n+  {},\n+  {\"a\"}\n 6\n 7\n 8\n\n");
}

TEST_CASE("a diff on a page marks what is new and what goes") {
  const policy::Source source("p.json", "{\"Action\": \"a\", \"Resource\": \"<r>\"}");
  const auto at = static_cast<std::uint32_t>(source.text().find("\"a\""));
  const std::string html = DiffAsHtml(source, {at, at + 3}, "[\"a\", \"b\"]");
  CHECK(html.find("<code>{&quot;Action&quot;: <del>&quot;a&quot;</del>, ") != std::string::npos);
  CHECK(html.find("<code>{&quot;Action&quot;: <ins>[&quot;a&quot;, &quot;b&quot;]</ins>, ") !=
        std::string::npos);
  CHECK(html.find("<r>") == std::string::npos);
}

TEST_CASE("a diff on a page at the first and at the last line") {
  const policy::Source source("p.json", "a\r\nb\r\n");
  CHECK(Plain(DiffAsHtml(source, {0, 0}, "x")) == "-a\n+xa\n b\n\n");
  CHECK(Plain(DiffAsHtml(source, {4, 4}, "x")) == " a\n-b\n+bx\n\n");
}

TEST_CASE("a diff on a page shows of a long line what is near") {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "Ä";
  const policy::Source source("p.json", text + text);
  const auto at = static_cast<std::uint32_t>(text.size());
  const std::string html = DiffAsHtml(source, {at, at}, ", here");
  CHECK(html.size() < 2000);
  CHECK(html.find("Ä<ins>, here</ins>Ä") != std::string::npos);
  CHECK(html.find("<code>…Ä") != std::string::npos);
  CHECK(html.find("Ä…</code>") != std::string::npos);
  CHECK(html.find('?') == std::string::npos);
}

}  // namespace
}  // namespace postern::cmd
