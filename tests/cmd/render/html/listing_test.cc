#include "cmd/render/html/listing.h"

#include <doctest/doctest.h>

#include "policy/json_tree.h"
#include "tests/authz/testing.h"
#include "tests/cmd/render/html/page_text.h"

namespace postern::cmd {
namespace {

authz::DocumentPtr Read(std::string text) {
  return authz::testing::Document(std::move(text), policy::PolicyKind::kIdentity);
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

constexpr std::string_view kTwo = R"({"Statement": [
  {"Effect": "Allow",
   "Action": "s3:*",
   "Resource": [
     "*"
   ]},
  {"Effect": "Deny", "Action": "s3:Put*", "Resource": "*"}
]})";

policy::SourceRange RangeOf(const authz::DocumentPtr& document, std::size_t statement) {
  return document->statements()[statement].node->range;
}

TEST_CASE("a listing on a page numbers lines and marks statements and elements") {
  const auto document = Read(std::string(kTwo));
  const policy::Node& resource = *document->statements()[0].resources->node;
  Listing listing;
  listing.anchor = "e1-identity-0";
  listing.blocks = {{RangeOf(document, 0), "off", ""},
                    {RangeOf(document, 1), "no lit", "this statement decides"}};
  listing.marks = {
      {{resource.key_range.begin, resource.range.end}, "no", "resource does not hold"}};
  const std::string html = ListingAsHtml(*document, listing);
  CHECK(Has(html, "<span class=\"line\" id=\"e1-identity-0-L1\"><i>1</i>"));
  CHECK(Has(html, "<span class=\"line off\" id=\"e1-identity-0-L2\">"));
  CHECK(Has(html,
            "<code>   <mark class=\"no\">&quot;Resource&quot;: [</mark></code>"
            "<small>\u2190\u00A0resource does not hold</small>"));
  // It goes on, and the white space before it is none of it.
  CHECK(Has(html, "<code>     <mark class=\"no\">&quot;*&quot;</mark></code></span>"));
  CHECK(Has(html, "<span class=\"line no lit\" id=\"e1-identity-0-L7\">"));
  CHECK(Has(html, "<small>\u2190\u00A0this statement decides</small>"));
  CHECK_FALSE(Has(html, "left out"));
}

TEST_CASE("a listing on a page tells statements of one line apart") {
  const auto document = Read(R"({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": )"
                             R"("*"}, {"Effect": "Deny", "Action": "<a>", "Resource": "*"}]})");
  Listing listing;
  listing.blocks = {{RangeOf(document, 0), "yes", ""}, {RangeOf(document, 1), "no lit", "decides"}};
  const std::string html = ListingAsHtml(*document, listing);
  CHECK(Has(html, "<span class=\"line\"><i>1</i>"));
  CHECK(Has(html, "<span class=\"block yes\">{&quot;Effect&quot;: &quot;Allow&quot;"));
  CHECK(Has(html,
            "<span class=\"block no lit\">{&quot;Effect&quot;: &quot;Deny&quot;, "
            "&quot;Action&quot;: &quot;&lt;a&gt;&quot;"));
  CHECK(Has(html, "}</span><small>\u2190\u00A0decides</small>]}"));
}

TEST_CASE("a listing on a page shows a policy that is part of a file, and no more of the file") {
  const auto tree = std::make_shared<const policy::Tree>(
      std::move(*policy::ReadJson(
                     std::make_shared<const policy::Source>(
                         "case.json", "{\"secret\": 1,\n\"identity\": " + std::string(kTwo) + "}"))
                     .tree));
  const auto parsed =
      policy::Parse(tree, *tree->root().Find("identity"), policy::PolicyKind::kIdentity);
  REQUIRE(parsed.document.has_value());
  const std::string html = ListingAsHtml(*parsed.document, {});
  CHECK_FALSE(Has(html, "secret"));
  CHECK(Has(html, "<i>2</i><span><code>{&quot;Statement&quot;: ["));
  CHECK(Has(html, "<i>9</i><span><code>]}</code>"));
}

TEST_CASE("a listing on a page keeps the text as it is, and a long one near what matters") {
  std::string text = R"({"Statement": [)";
  for (int i = 0; i < 2000; ++i) {
    text += R"({"Sid": "Ä)" + std::to_string(i) +
            R"(", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},)" +
            (i % 3 == 0 ? "\n" : "");
  }
  text.back() = text.back() == ',' ? ' ' : '\n';
  text = text.substr(0, text.find_last_of(',')) + "]}";
  const auto document = Read(text);
  Listing listing;
  listing.most = text.size();
  const std::string whole = ListingAsHtml(*document, listing);
  CHECK_FALSE(Has(whole, "left out"));
  CHECK(Has(whole, "Ä0&quot;"));
  CHECK(Has(whole, "Ä1999&quot;"));

  // Wherever it is cut, no character is.
  for (std::uint32_t shift = 0; shift < 100; ++shift) {
    CAPTURE(shift);
    listing.most = 4096;
    listing.focus = RangeOf(document, 1000).begin + shift;
    const std::string cut = ListingAsHtml(*document, listing);
    CHECK(Has(cut, "Ä1000&quot;"));
    CHECK_FALSE(Has(cut, "Ä1999"));
    CHECK_FALSE(Has(cut, "?"));
    CHECK(Has(cut, " bytes before this are left out</p>\n<pre"));
    CHECK(Has(cut, " bytes behind this are left out</p>"));
    CHECK(cut.size() < 4 * listing.most);
  }
  listing.focus = 0;
  CHECK_FALSE(Has(ListingAsHtml(*document, listing), "before this"));
}

}  // namespace
}  // namespace postern::cmd
