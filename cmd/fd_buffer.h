// A stream buffer over a file descriptor: reads what is there without waiting for more, and keeps
// the error of a failed write.
#pragma once

#include <cstddef>
#include <memory>
#include <streambuf>

namespace postern::cmd {

// One direction is used at a time. Does not own the descriptor.
class FdBuffer : public std::streambuf {
 public:
  explicit FdBuffer(int fd, std::size_t size = std::size_t{128} << 10);
  ~FdBuffer() override;

  int error() const { return error_; }  // errno of the write that failed, or 0
  // Up to `size` bytes, at least one unless the end is reached, past the buffer where that is
  // empty.
  std::size_t ReadSome(char* to, std::size_t size);

 protected:
  int_type underflow() override;
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* text, std::streamsize count) override;
  int sync() override;

 private:
  bool WriteAll(const char* text, std::size_t count);
  bool FlushBuffer();

  int fd_;
  int error_ = 0;
  std::size_t size_;
  std::unique_ptr<char[]> buffer_;
};

}  // namespace postern::cmd
