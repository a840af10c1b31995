#include "cmd/render/html/page.h"

#include <doctest/doctest.h>

namespace postern::cmd {
namespace {

TEST_CASE("text of a page is text, whatever it holds") {
  struct Row {
    std::string_view text, html;
  };
  const Row rows[] = {
      {"plain", "plain"},
      {"</script><img src=x onerror=\"alert(1)\">",
       "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"},
      {"a & b", "a &amp; b"},
      {std::string_view("nul \0 bell \a escape \x1b[1m", 21), "nul ? bell ? escape ?"},
      {"\xff\xfe of no text, \xc3 cut", "?? of no text, ? cut"},
      {"line\n\tends stay", "line\n\tends stay"},
      {"Bücher 日本 🪣", "Bücher 日本 🪣"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(HtmlText(row.text) == row.html);
  }
}

TEST_CASE("what cannot be seen on a page is shown by its number") {
  CHECK(HtmlText("s3:Get\u200BObject") == "s3:Get[U+200B]Object");
  CHECK(HtmlText("\u202Etxt.exe\u202C") == "[U+202E]txt.exe[U+202C]");
  CHECK(HtmlText("\u0080\u009F\u00A0") == "[U+0080][U+009F]\u00A0");
  CHECK(HtmlText("\u2066a\u2069\uFEFF") == "[U+2066]a[U+2069][U+FEFF]");
}

TEST_CASE("a page sets what stands in backticks as code") {
  CHECK(HtmlSentence("allows `s3:*` on `<b>`, and `") ==
        "allows <code>s3:*</code> on <code>&lt;b&gt;</code>, and `");
  CHECK(HtmlSentence("``") == "<code></code>");
  CHECK(HtmlCode("<") == "<code>&lt;</code>");
  CHECK(HtmlCode("").empty());
}

TEST_CASE("a page takes nothing from elsewhere and has no script") {
  const std::string page = HtmlPage("a </title> b", "<main></main>\n");
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  CHECK(page.find("default-src 'none'; style-src 'unsafe-inline'") != std::string::npos);
  CHECK(page.find("<title>a &lt;/title&gt; b</title>") != std::string::npos);
  CHECK(page.find(":root {") != std::string::npos);
  for (const char* elsewhere : {"<script", "src=", "href=", "url(", "@import", "http:", "https:"}) {
    CAPTURE(elsewhere);
    CHECK(page.find(elsewhere) == std::string::npos);
  }
}

}  // namespace
}  // namespace postern::cmd
