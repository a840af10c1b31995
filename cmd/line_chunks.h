// Cuts a stream into chunks of whole lines, with a fixed read window.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

namespace postern::cmd {

inline constexpr std::size_t kLongestLine = std::size_t{1} << 20;

// Filled again and again: its memory grows to a window and the longest line, and stays.
class LineChunk {
 public:
  std::string_view text() const {
    return {buffer_.data(), size_};
  }                                                         // the last line may lack its end
  std::uint64_t first_line() const { return first_line_; }  // 1-based
  // It stands for one line that is longer than kLongestLine; text is empty.
  bool too_long() const { return too_long_; }

 private:
  friend class LineChunks;
  std::string buffer_;
  std::size_t size_ = 0;
  std::uint64_t first_line_ = 1;
  bool too_long_ = false;
};

class LineChunks {
 public:
  explicit LineChunks(std::istream& in) : in_(*in.rdbuf()) {}
  // False at the end. Takes what is there to be read, and waits only if that is not a whole line.
  bool Next(LineChunk& chunk);

 private:
  bool ReadMore(LineChunk& chunk);
  void SkipLine(LineChunk& chunk);
  // Ends the chunk at `end`; what follows is the next one's.
  void Cut(LineChunk& chunk, std::size_t end);

  std::streambuf& in_;
  std::string rest_;  // begins at a line's begin
  std::uint64_t line_ = 1;
};

}  // namespace postern::cmd
