#include "cmd/line_chunks.h"

#include <algorithm>

namespace postern::cmd {
namespace {

constexpr std::size_t kWindow = std::size_t{128} << 10;

}  // namespace

bool LineChunks::ReadMore() {
  if (ended_) return false;
  std::streambuf& buffer = *in_.rdbuf();
  if (buffer.sgetc() == std::streambuf::traits_type::eof()) {
    ended_ = true;
    return false;
  }
  const auto ready = static_cast<std::size_t>(std::max<std::streamsize>(buffer.in_avail(), 1));
  const std::size_t used = pending_.size();
  pending_.resize(used + std::min(ready, kWindow));
  const std::streamsize count =
      buffer.sgetn(pending_.data() + used, static_cast<std::streamsize>(pending_.size() - used));
  pending_.resize(used + static_cast<std::size_t>(std::max<std::streamsize>(count, 0)));
  return true;
}

void LineChunks::SkipLine() {
  std::size_t end = pending_.find('\n');
  while (end == pending_.npos) {
    pending_.clear();
    if (!ReadMore()) return;
    end = pending_.find('\n');
  }
  pending_.erase(0, end + 1);
}

bool LineChunks::WouldWait() {
  return !ended_ && pending_.find('\n') == pending_.npos && in_.rdbuf()->in_avail() <= 0;
}

bool LineChunks::Next(LineChunk& chunk) {
  chunk.too_long = false;
  chunk.first_line = line_;
  std::size_t end = pending_.rfind('\n');
  while (end == pending_.npos) {
    const std::size_t used = pending_.size();
    if (used > kLongestLine) {
      SkipLine();
      chunk.too_long = true;
      ++line_;
      return true;
    }
    if (!ReadMore()) {
      chunk.text.swap(pending_);
      pending_.clear();
      return !chunk.text.empty();
    }
    const std::size_t found = pending_.rfind('\n');
    end = found == pending_.npos || found < used ? pending_.npos : found;
  }
  chunk.text.assign(pending_, 0, end + 1);
  pending_.erase(0, end + 1);
  line_ += static_cast<std::uint64_t>(std::count(chunk.text.begin(), chunk.text.end(), '\n'));
  return true;
}

}  // namespace postern::cmd
