#include "cmd/gunzip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <limits>

namespace postern::cmd {
namespace {

constexpr std::size_t kBlock = std::size_t{256} << 10;
// zlib: 15 bits of window, and a gzip header.
constexpr int kGzipWindow = 15 + 16;

class Inflater {
 public:
  Inflater() { ready_ = ::inflateInit2(&stream_, kGzipWindow) == Z_OK; }
  ~Inflater() {
    if (ready_) ::inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool ready() const { return ready_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

tl::unexpected<std::string> Failure(std::string why) { return tl::make_unexpected(std::move(why)); }

}  // namespace

bool IsGzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

tl::expected<std::string, std::string> Gunzip(std::string_view bytes, std::size_t limit) {
  Inflater inflater;
  if (!inflater.ready()) return Failure("cannot be inflated: no memory");
  z_stream& stream = inflater.stream();
  std::string text;
  std::string block(kBlock, '\0');
  for (;;) {
    if (stream.avail_in == 0) {
      const std::size_t part =
          std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
      // zlib does not write to its input; its interface only does not say so.
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream.avail_in = static_cast<uInt>(part);
      bytes.remove_prefix(part);
    }
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    const uInt before = stream.avail_in;
    const int status = ::inflate(&stream, Z_NO_FLUSH);
    const std::size_t made = block.size() - stream.avail_out;
    if (text.size() + made > limit) {
      return Failure(fmt::format("larger than {} MiB once inflated", limit >> 20));
    }
    text.append(block, 0, made);
    if (status == Z_STREAM_END) {
      if (stream.avail_in == 0 && bytes.empty()) return text;
      ::inflateReset(&stream);
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return Failure("damaged gzip data");
    } else if (made == 0 && stream.avail_in == before && bytes.empty()) {
      return Failure("gzip data that ends early");
    }
  }
}

}  // namespace postern::cmd
