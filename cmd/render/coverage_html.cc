#include <fmt/format.h>

#include <vector>

#include "cmd/render/coverage.h"
#include "cmd/render/evidence.h"
#include "cmd/render/snippet.h"
#include "cmd/render/xml.h"

namespace postern::cmd {
namespace {

using authz::DocumentCoverage;
using authz::StatementCoverage;

constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>coverage of policies</title>
<style>
body { font: 15px/1.5 sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; color: #222; background: #fff; }
table { border-collapse: collapse; }
th, td { padding: .2em .8em; text-align: left; border-bottom: 1px solid #ddd; }
td.number { text-align: right; }
pre { border: 1px solid #ddd; overflow-x: auto; }
pre span { display: block; padding: 0 .5em; }
pre i { display: inline-block; width: 4em; color: #777; font-style: normal; user-select: none; }
.hit { background: #e3f5e3; }
.miss { background: #fbe0e0; }
.miss::after { content: "  \2190  " attr(data-note); color: #a00; }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #1b1b1b; }
  .hit { background: #1f3a22; }
  .miss { background: #4a2323; }
  .miss::after { color: #f99; }
}
</style>
</head>
<body>
)";

// What is to be said of one line of a policy.
struct LineMark {
  std::string_view style;  // "" = nothing
  std::string note;
};

void Mark(const policy::Source& source, policy::SourceRange range, const LineMark& mark,
          bool with_rest, std::vector<LineMark>& lines) {
  const std::uint32_t first = source.Locate(range.begin).line;
  const std::uint32_t last = with_rest ? source.Locate(range.end).line : first;
  for (std::uint32_t line = first; line <= last && line <= lines.size(); ++line) {
    LineMark& at = lines[line - 1];
    // Two statements on one line: what is missing is what must be seen.
    if (at.style != "miss" || mark.style == "miss") at.style = mark.style;
    if (line != first || mark.note.empty()) continue;
    at.note += at.note.empty() ? mark.note : "; " + mark.note;
  }
}

void MarkStatement(const policy::Source& source, const StatementCoverage& covered,
                   std::vector<LineMark>& lines) {
  const bool hit = covered.hits > 0;
  Mark(source, covered.statement->node->range,
       {hit ? "hit" : "miss", hit ? std::string() : "the statement decided no case"}, true, lines);
  for (const authz::KeyCoverage& key : covered.keys) {
    if (key.decisive() || !hit) continue;
    Mark(source, key.condition->key_node->key_range, {"miss", "the key decided nothing"}, false,
         lines);
  }
}

std::string StatementRow(const policy::PolicyDocument& document, const StatementCoverage& covered) {
  std::string keys;
  for (const authz::KeyCoverage& key : covered.keys) {
    keys += fmt::format("{}{} {}: held in {}, failed in {}", keys.empty() ? "" : "<br>",
                        XmlText(OneLine(key.condition->op_node->key)),
                        XmlText(OneLine(key.condition->key_node->key)), key.held, key.failed);
  }
  return fmt::format(
      "<tr class=\"{}\"><td class=\"number\">{}</td><td>{}</td><td class=\"number\">{}</td>"
      "<td>{}</td></tr>\n",
      covered.hits > 0 ? "hit" : "miss",
      document.source().Locate(covered.statement->node->range.begin).line,
      XmlText(StatementTitle(document, *covered.statement)), covered.hits, keys);
}

std::string Section(const DocumentCoverage& covered, std::size_t number) {
  const policy::PolicyDocument& document = *covered.document;
  const policy::Source& source = document.source();
  std::string html = fmt::format(
      "<h2 id=\"policy-{}\">{}</h2>\n<p>{}</p>\n<table>\n"
      "<tr><th>line</th><th>statement</th><th>cases</th><th>keys</th></tr>\n",
      number, XmlText(NameOfPolicy(document)), XmlText(CoverageFigures(covered.Counts())));
  std::vector<LineMark> lines(source.line_count());
  for (const StatementCoverage& statement : covered.statements) {
    html += StatementRow(document, statement);
    MarkStatement(source, statement, lines);
  }
  html += "</table>\n<pre>";
  const std::uint32_t first = source.Locate(document.root().range.begin).line;
  const std::uint32_t last = source.Locate(document.root().range.end).line;
  for (std::uint32_t line = first; line <= last; ++line) {
    const LineMark& mark = lines[line - 1];
    html += fmt::format("<span class=\"{}\"{}><i>{}</i>{}</span>", mark.style,
                        mark.note.empty()
                            ? std::string()
                            : fmt::format(" data-note=\"{}\"", XmlText(OneLine(mark.note))),
                        line, XmlText(source.Line(line)));
  }
  return html + "</pre>\n";
}

}  // namespace

std::string CoverageAsHtml(const CoverageReport& report) {
  std::string html(kHead);
  html += fmt::format("<h1>Coverage of policies</h1>\n<p>{}{}</p>\n<table>\n",
                      XmlText(CoverageFigures(report.counts)),
                      report.minimum ? fmt::format(", at least {} %", *report.minimum) : "");
  html += "<tr><th>policy</th><th>percent</th></tr>\n";
  std::size_t number = 0;
  for (const DocumentCoverage& covered : report.documents) {
    html +=
        fmt::format("<tr><td><a href=\"#policy-{}\">{}</a></td><td class=\"number\">{}</td></tr>\n",
                    number++, XmlText(NameOfPolicy(*covered.document)), covered.Counts().Percent());
  }
  html += "</table>\n";
  number = 0;
  for (const DocumentCoverage& covered : report.documents) html += Section(covered, number++);
  return html + "</body>\n</html>\n";
}

}  // namespace postern::cmd
