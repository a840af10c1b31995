// The source line under a message, with the range marked; colours; plurals.
#pragma once

#include <string>
#include <string_view>

#include "policy/diagnostic.h"
#include "policy/source.h"

namespace postern::cmd {

// Escape sequences, or nothing where colour is off.
struct Palette {
  explicit Palette(bool color);
  std::string_view bold, red, yellow, magenta, cyan, green, dim, reset;
  std::string_view Of(policy::Severity severity) const;
};

// "4:5"
std::string At(const policy::Source& source, policy::SourceRange range);
// "endpoint.json:4:5"
std::string Place(const policy::Source& source, policy::SourceRange range);

// Two lines, each indented by two: the line where `range` begins, and `^~~~` under the part of the
// range that is on it. Long lines are cut around the range; tabs are shown as spaces, bytes that
// are no text as `.`, and wide characters take two columns. "" for a text without such a line.
std::string Snippet(const policy::Source& source, policy::SourceRange range,
                    const Palette& palette);

// A line without its end as a terminal shows it, cut around byte `begin` as Snippet does.
std::string CutLine(std::string_view line, std::size_t begin);

// Text of a file for one line of a terminal: control characters and invalid bytes as `?`.
std::string OneLine(std::string_view text);

// "1 file", "3 files"
std::string Count(std::size_t count, std::string_view noun);

}  // namespace postern::cmd
