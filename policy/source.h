// A file's bytes, pinned, and the way from a byte to the line and column that a person looks for.
//
//   auto source = std::make_shared<const Source>("endpoint.json", std::move(bytes));
//   LineColumn at = source->Locate(range.begin);
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::policy {

// Half-open byte range [begin, end) into one Source. Bytes, not characters: the size limits of
// policies count characters, so never compare the two.
struct SourceRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool empty() const { return begin >= end; }
  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

// Both are 1-based; the column counts code points, and a tab is one.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// The text of one file. Neither copied nor moved, so that a string_view into text() is good for
// exactly as long as the Source lives. Immutable: any number of threads may read it.
class Source {
 public:
  // `name` is what diagnostics print: a path as the user gave it, or "<stdin>". The bytes are kept
  // as they are, valid UTF-8 or not; readers refuse what they cannot use. At most 4 GiB - 1.
  Source(std::string name, std::string text);
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  const std::string& name() const& { return name_; }
  std::string_view text() const& { return text_; }
  // Would dangle; proved by tests/compile_fail.
  const std::string& name() const&& = delete;
  std::string_view text() const&& = delete;

  std::string_view Slice(SourceRange range) const&;  // clipped to the text
  std::string_view Slice(SourceRange range) const&& = delete;
  LineColumn Locate(std::uint32_t byte) const;  // O(log lines) + the line's length, at most 64 KiB
  // The line without its end, 1-based; "" beyond the last one.
  std::string_view Line(std::uint32_t line) const&;
  std::string_view Line(std::uint32_t line) const&& = delete;
  std::uint32_t LineBegin(std::uint32_t line) const;  // byte offset of a 1-based line
  std::uint32_t line_count() const;

 private:
  // A character in a long line, and its column: a plan of many megabytes is one line.
  struct ColumnMark {
    std::uint32_t byte;
    std::uint32_t column;
  };
  void MarkColumns(std::uint32_t begin, std::uint32_t end);

  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
  std::vector<ColumnMark> column_marks_;
};

}  // namespace postern::policy
