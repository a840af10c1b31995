#include "policy/source.h"

#include <doctest/doctest.h>

#include <string>

namespace postern::policy {
namespace {

TEST_CASE("a byte is located by line and by code point") {
  const Source source("a.json", "ab\n\tc\r\n\xc3\xa9\xe2\x82\xac!\n\xff\xc3(\n");
  const struct {
    std::uint32_t byte, line, column;
  } table[] = {
      {0, 1, 1},  {1, 1, 2},  {2, 1, 3},              // the line end belongs to its line
      {3, 2, 1},  {4, 2, 2},  {5, 2, 3},  {6, 2, 4},  // a tab is one column
      {7, 3, 1},  {8, 3, 1},  {9, 3, 2},  {11, 3, 2}, {12, 3, 3},  // inside a character: its column
      {14, 4, 1}, {15, 4, 2}, {16, 4, 3},                          // an invalid byte is one column
      {18, 5, 1}, {99, 5, 1},                                      // beyond the end: the end
  };
  for (const auto& row : table) {
    CAPTURE(row.byte);
    const LineColumn at = source.Locate(row.byte);
    CHECK(at.line == row.line);
    CHECK(at.column == row.column);
  }
}

TEST_CASE("a line comes without its end") {
  const Source source("a.json", "one\r\n\nthree");
  CHECK(source.line_count() == 3);
  CHECK(source.Line(0) == "");
  CHECK(source.Line(1) == "one");
  CHECK(source.Line(2) == "");
  CHECK(source.Line(3) == "three");
  CHECK(source.Line(4) == "");
  CHECK(source.LineBegin(1) == 0);
  CHECK(source.LineBegin(2) == 5);
  CHECK(source.LineBegin(3) == 6);
  CHECK(source.LineBegin(4) == 11);
}

TEST_CASE("an empty text has one empty line") {
  const Source source("<stdin>", "");
  CHECK(source.line_count() == 1);
  CHECK(source.Line(1) == "");
  CHECK(source.Locate(0).line == 1);
  CHECK(source.Locate(0).column == 1);
}

TEST_CASE("columns of a very long line are those of any line") {
  std::string line;
  for (int i = 0; i < 50'000; ++i) line += i % 7 == 0 ? "\u20ac" : i % 11 == 0 ? "\xff" : "a";
  const Source source("a.json", "one\n" + line + "\n" + line);
  std::uint32_t column = 0;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(line[i]) & 0xC0) != 0x80;
    column += begins ? 1 : 0;
    if (i % 37 != 0) continue;
    const auto byte = static_cast<std::uint32_t>(i);
    const LineColumn second = source.Locate(4 + byte);
    const LineColumn third = source.Locate(5 + static_cast<std::uint32_t>(line.size()) + byte);
    wrong += second.line != 2 || second.column != column ? 1 : 0;
    wrong += third.line != 3 || third.column != column ? 1 : 0;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a slice is clipped to the text") {
  const Source source("a.json", "abcdef");
  CHECK(source.Slice({1, 3}) == "bc");
  CHECK(source.Slice({4, 99}) == "ef");
  CHECK(source.Slice({99, 100}) == "");
  CHECK(source.Slice({3, 1}) == "");
}

}  // namespace
}  // namespace postern::policy
