// Cuts a stream into chunks of whole lines, with a fixed read window.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>

namespace postern::cmd {

inline constexpr std::size_t kLongestLine = std::size_t{1} << 20;

struct LineChunk {
  std::string text;              // whole lines; the last one may lack its end
  std::uint64_t first_line = 1;  // 1-based
  bool too_long = false;         // stands for one line that is longer than kLongestLine
};

class LineChunks {
 public:
  explicit LineChunks(std::istream& in) : in_(in) {}
  // False at the end. Waits only if nothing is there to be read; `chunk.text` is used again.
  bool Next(LineChunk& chunk);
  // Whether Next has to wait for more input.
  bool WouldWait();

 private:
  bool ReadMore();
  void SkipLine();

  std::istream& in_;
  std::string pending_;  // begins at a line's begin
  std::uint64_t line_ = 1;
  bool ended_ = false;
};

}  // namespace postern::cmd
