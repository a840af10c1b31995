#include "cmd/render/html/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "cmd/render/html/page.h"
#include "cmd/render/snippet.h"

namespace postern::cmd {
namespace {

using policy::SourceRange;
using Marks = std::span<const ListingMark>;

SourceRange Common(SourceRange a, SourceRange b) {
  return {std::max(a.begin, b.begin), std::min(a.end, b.end)};
}

// Those that have bytes in `range`.
Marks Within(Marks marks, SourceRange range) {
  const auto first = std::ranges::partition_point(
      marks, [&](const ListingMark& mark) { return mark.range.end <= range.begin; });
  const auto last = std::partition_point(
      first, marks.end(), [&](const ListingMark& mark) { return mark.range.begin < range.end; });
  return {first, last};
}

std::string Note(const ListingMark& mark, SourceRange line) {
  if (mark.note.empty() || mark.range.begin < line.begin) return {};
  return fmt::format("<small>\u2190\u00A0{}</small>", HtmlSentence(OneLine(mark.note)));
}

// What is shown of a text that may be too long: around `focus`, and a little before it.
SourceRange Shown(const policy::Source& source, SourceRange whole, std::uint32_t focus,
                  std::size_t most) {
  if (whole.end - whole.begin <= most) return whole;
  const auto size = static_cast<std::uint32_t>(most);
  const std::uint32_t lead = size / 8;
  const auto starts_character = [&](std::uint32_t byte) {
    return byte >= whole.end || (static_cast<unsigned char>(source.text()[byte]) & 0xC0) != 0x80;
  };
  SourceRange shown;
  shown.begin = std::max(whole.begin, focus > lead ? focus - lead : 0);
  while (!starts_character(shown.begin)) ++shown.begin;
  shown.end = whole.end - shown.begin > size ? shown.begin + size : whole.end;
  while (!starts_character(shown.end)) ++shown.end;
  return shown;
}

std::uint32_t Indentation(std::string_view text) {
  return static_cast<std::uint32_t>(std::min(text.find_first_not_of(" \t"), text.size()));
}

class Printer {
 public:
  Printer(const policy::Source& source, const Listing& listing)
      : source_(source), listing_(listing) {}

  std::string Line(std::uint32_t number, SourceRange line) const {
    const Marks blocks = Within(listing_.blocks, line);
    const bool alone = blocks.size() == 1;
    std::string notes;
    std::string html = fmt::format(
        "<span class=\"line{}{}\"{}><i>{}</i><span><code>", alone ? " " : "",
        alone ? blocks.front().style : "",
        listing_.anchor.empty() ? "" : fmt::format(" id=\"{}-L{}\"", listing_.anchor, number),
        number);
    if (alone) {
      html += Marked(line, line, notes);
      notes.insert(0, Note(blocks.front(), line));
    } else {
      html += Blocks(blocks, line);
    }
    return html + "</code>" + notes + "</span></span>";
  }

 private:
  // Several statements on one line: each says its own behind itself.
  std::string Blocks(Marks blocks, SourceRange line) const {
    std::string html;
    std::uint32_t at = line.begin;
    for (const ListingMark& block : blocks) {
      const SourceRange part = Common(block.range, line);
      std::string notes = Note(block, line);
      html += Text({at, part.begin});
      html += fmt::format("<span class=\"block {}\">", block.style);
      html += Marked(part, line, notes) + "</span>" + notes;
      at = part.end;
    }
    return html + Text({at, line.end});
  }

  std::string Marked(SourceRange part, SourceRange line, std::string& notes) const {
    std::string html;
    std::uint32_t at = part.begin;
    for (const ListingMark& mark : Within(listing_.marks, part)) {
      SourceRange marked = Common(mark.range, part);
      if (marked.begin < at) continue;
      if (mark.range.begin < line.begin) marked.begin += Indentation(source_.Slice(marked));
      html += Text({at, marked.begin});
      html += fmt::format("<mark class=\"{}\">{}</mark>", mark.style, Text(marked));
      at = marked.end;
      notes += Note(mark, line);
    }
    return html + Text({at, part.end});
  }

  std::string Text(SourceRange range) const { return HtmlText(source_.Slice(range)); }

  const policy::Source& source_;
  const Listing& listing_;
};

std::string LeftOut(std::uint32_t bytes, std::string_view where) {
  if (bytes == 0) return {};
  return fmt::format("<p class=\"cut\">{} bytes {} are left out</p>\n", bytes, where);
}

}  // namespace

std::string ListingAsHtml(const policy::PolicyDocument& document, const Listing& listing) {
  const policy::Source& source = document.source();
  const SourceRange whole = document.root().range;
  const SourceRange shown = Shown(source, whole, listing.focus, listing.most);
  std::string html = LeftOut(shown.begin - whole.begin, "before this");
  html += "<pre class=\"listing\">";
  const Printer printer(source, listing);
  const std::uint32_t last = source.Locate(shown.end).line;
  for (std::uint32_t line = source.Locate(shown.begin).line; line <= last; ++line) {
    const std::uint32_t begin = source.LineBegin(line);
    const auto length = static_cast<std::uint32_t>(source.Line(line).size());
    html += printer.Line(line, Common({begin, begin + length}, shown));
  }
  return html + "</pre>\n" + LeftOut(whole.end - shown.end, "behind this");
}

}  // namespace postern::cmd
