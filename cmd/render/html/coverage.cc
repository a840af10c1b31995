#include "cmd/render/coverage.h"

#include <fmt/format.h>

#include "cmd/render/evidence.h"
#include "cmd/render/html/listing.h"
#include "cmd/render/html/page.h"
#include "cmd/render/snippet.h"

namespace postern::cmd {
namespace {

using authz::DocumentCoverage;
using authz::StatementCoverage;

std::string_view StyleOf(const StatementCoverage& covered) {
  return covered.hits > 0 ? "yes" : "no";
}

void Mark(const StatementCoverage& covered, Listing& listing) {
  const bool hit = covered.hits > 0;
  listing.blocks.push_back({covered.statement->node->range, fmt::format("{} lit", StyleOf(covered)),
                            hit ? std::string() : "the statement decided no case"});
  for (const authz::KeyCoverage& key : covered.keys) {
    if (key.decisive() || !hit) continue;
    listing.marks.push_back({key.condition->key_node->key_range, "no", "the key decided nothing"});
  }
}

std::string StatementRow(const policy::PolicyDocument& document, const StatementCoverage& covered) {
  std::string keys;
  for (const authz::KeyCoverage& key : covered.keys) {
    keys += fmt::format("{}{} {}: held in {}, failed in {}", keys.empty() ? "" : "<br />",
                        HtmlText(OneLine(key.condition->op_node->key)),
                        HtmlText(OneLine(key.condition->key_node->key)), key.held, key.failed);
  }
  return fmt::format(
      "<tr class=\"{}\"><td class=\"number\">{}</td><td>{}</td><td class=\"number\">{}</td>"
      "<td>{}</td></tr>\n",
      StyleOf(covered), document.source().Locate(covered.statement->node->range.begin).line,
      HtmlSentence(StatementTitle(document, *covered.statement)), covered.hits, keys);
}

std::string Section(const DocumentCoverage& covered, std::size_t number) {
  const policy::PolicyDocument& document = *covered.document;
  std::string html = fmt::format(
      "<h2 id=\"policy-{}\">{}</h2>\n<p>{}</p>\n<table>\n<thead><tr><th scope=\"col\">line</th>"
      "<th scope=\"col\">statement</th><th scope=\"col\">cases</th><th scope=\"col\">keys</th></tr>"
      "</thead>\n<tbody>\n",
      number, HtmlText(NameOfPolicy(document)), HtmlText(CoverageFigures(covered.Counts())));
  Listing listing;
  listing.most = document.root().range.end;  // no reader of policies takes more than it can show
  for (const StatementCoverage& statement : covered.statements) {
    html += StatementRow(document, statement);
    Mark(statement, listing);
  }
  return html + "</tbody>\n</table>\n" + ListingAsHtml(document, listing);
}

}  // namespace

std::string CoverageAsHtml(const CoverageReport& report) {
  std::string body = fmt::format(
      "<main>\n<h1>Coverage of policies</h1>\n<p>{}{}</p>\n<table>\n<thead><tr>"
      "<th scope=\"col\">policy</th><th scope=\"col\">percent</th></tr></thead>\n<tbody>\n",
      HtmlText(CoverageFigures(report.counts)),
      report.minimum ? fmt::format(", at least {} %", *report.minimum) : "");
  std::size_t number = 0;
  for (const DocumentCoverage& covered : report.documents) {
    body += fmt::format(
        "<tr><td><a href=\"#policy-{}\">{}</a></td><td class=\"number\">{}</td></tr>\n", number++,
        HtmlText(NameOfPolicy(*covered.document)), covered.Counts().Percent());
  }
  body += "</tbody>\n</table>\n";
  number = 0;
  for (const DocumentCoverage& covered : report.documents) body += Section(covered, number++);
  return HtmlPage("Coverage of policies", body + "</main>\n");
}

}  // namespace postern::cmd
