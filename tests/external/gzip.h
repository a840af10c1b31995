// Reads .gz files, for the tests over shared data.
#pragma once

#include <zlib.h>

#include <array>
#include <filesystem>
#include <string>

namespace postern::testing {

inline std::string ReadGzip(const std::filesystem::path& path) {
  std::string text;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return text;
  std::array<char, 1 << 16> buffer;
  for (int n; (n = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  gzclose(file);
  return text;
}

}  // namespace postern::testing
