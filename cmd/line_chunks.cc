#include "cmd/line_chunks.h"

#include <algorithm>

#include "cmd/fd_buffer.h"

namespace postern::cmd {
namespace {

constexpr std::size_t kWindow = std::size_t{128} << 10;

// Up to `size` bytes, at least one unless the end is reached.
std::size_t ReadSome(std::streambuf& in, char* to, std::size_t size) {
  if (auto* const descriptor = dynamic_cast<FdBuffer*>(&in)) return descriptor->ReadSome(to, size);
  if (in.sgetc() == std::streambuf::traits_type::eof()) return 0;
  const std::streamsize ready = std::max<std::streamsize>(in.in_avail(), 1);
  return static_cast<std::size_t>(
      in.sgetn(to, std::min(ready, static_cast<std::streamsize>(size))));
}

// Lines are long, so jumping from end to end beats counting bytes.
std::uint64_t CountLines(std::string_view text) {
  std::uint64_t lines = 0;
  for (std::size_t end = 0; (end = text.find('\n', end)) != text.npos; ++end) ++lines;
  return lines;
}

}  // namespace

bool LineChunks::ReadMore(LineChunk& chunk) {
  if (chunk.buffer_.size() < chunk.size_ + kWindow) chunk.buffer_.resize(chunk.size_ + kWindow);
  const std::size_t count = ReadSome(in_, chunk.buffer_.data() + chunk.size_, kWindow);
  chunk.size_ += count;
  return count > 0;
}

void LineChunks::Cut(LineChunk& chunk, std::size_t end) {
  rest_.assign(chunk.text().substr(end));
  chunk.size_ = end;
}

void LineChunks::SkipLine(LineChunk& chunk) {
  std::size_t end = chunk.text().find('\n');
  while (end == std::string_view::npos) {
    chunk.size_ = 0;
    if (!ReadMore(chunk)) return;
    end = chunk.text().find('\n');
  }
  rest_.assign(chunk.text().substr(end + 1));
  chunk.size_ = 0;
}

bool LineChunks::Next(LineChunk& chunk) {
  chunk.too_long_ = false;
  chunk.first_line_ = line_;
  chunk.size_ = 0;
  if (chunk.buffer_.size() < rest_.size()) chunk.buffer_.resize(rest_.size());
  rest_.copy(chunk.buffer_.data(), rest_.size());
  chunk.size_ = rest_.size();
  rest_.clear();

  std::size_t end = chunk.text().rfind('\n');
  while (end == std::string_view::npos) {
    const std::size_t before = chunk.size_;
    if (before > kLongestLine) {
      SkipLine(chunk);
      chunk.too_long_ = true;
      ++line_;
      return true;
    }
    if (!ReadMore(chunk)) return chunk.size_ > 0;
    const std::size_t found = chunk.text().substr(before).rfind('\n');
    if (found != std::string_view::npos) end = before + found;
  }
  Cut(chunk, end + 1);
  line_ += CountLines(chunk.text());
  return true;
}

}  // namespace postern::cmd
