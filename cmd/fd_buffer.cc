#include "cmd/fd_buffer.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace postern::cmd {
namespace {

// A failed read is an end.
std::size_t Read(int fd, char* to, std::size_t size) {
  ssize_t count = 0;
  do {
    count = ::read(fd, to, size);
  } while (count < 0 && errno == EINTR);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

}  // namespace

FdBuffer::FdBuffer(int fd, std::size_t size)
    : fd_(fd), size_(size), buffer_(std::make_unique_for_overwrite<char[]>(size)) {
  setg(buffer_.get(), buffer_.get(), buffer_.get());
}

FdBuffer::~FdBuffer() { FlushBuffer(); }

FdBuffer::int_type FdBuffer::underflow() {
  const std::size_t count = Read(fd_, buffer_.get(), size_);
  if (count == 0) return traits_type::eof();
  setg(buffer_.get(), buffer_.get(), buffer_.get() + count);
  return traits_type::to_int_type(buffer_[0]);
}

std::size_t FdBuffer::ReadSome(char* to, std::size_t size) {
  const auto buffered = static_cast<std::size_t>(egptr() - gptr());
  if (buffered == 0) return Read(fd_, to, size);
  const std::size_t count = std::min(buffered, size);
  std::memcpy(to, gptr(), count);
  gbump(static_cast<int>(count));
  return count;
}

FdBuffer::int_type FdBuffer::overflow(int_type c) {
  if (!FlushBuffer()) return traits_type::eof();
  setp(buffer_.get(), buffer_.get() + size_);
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  *pptr() = traits_type::to_char_type(c);
  pbump(1);
  return c;
}

std::streamsize FdBuffer::xsputn(const char* text, std::streamsize count) {
  if (count <= 0) return 0;
  const auto size = static_cast<std::size_t>(count);
  if (size > static_cast<std::size_t>(epptr() - pptr())) {
    if (!FlushBuffer()) return 0;
    if (size >= size_) return WriteAll(text, size) ? count : 0;
  }
  std::memcpy(pptr(), text, size);
  pbump(static_cast<int>(size));
  return count;
}

int FdBuffer::sync() { return FlushBuffer() ? 0 : -1; }

bool FdBuffer::FlushBuffer() {
  const auto pending = static_cast<std::size_t>(pptr() - pbase());
  const bool written = pending == 0 || WriteAll(pbase(), pending);
  setp(buffer_.get(), buffer_.get() + size_);
  return written;
}

bool FdBuffer::WriteAll(const char* text, std::size_t count) {
  while (error_ == 0 && count > 0) {
    const ssize_t written = ::write(fd_, text, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      error_ = errno;
      break;
    }
    text += written;
    count -= static_cast<std::size_t>(written);
  }
  return error_ == 0;
}

}  // namespace postern::cmd
