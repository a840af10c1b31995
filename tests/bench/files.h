// Files that other programs are given, in a folder that is removed again.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace postern::bench {

class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& parent);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Both return the name of the file.
std::string WriteText(const std::filesystem::path& file, std::string_view text);
// `count` lines, from the first again when they are through.
std::string WriteLines(const std::filesystem::path& file, const std::vector<std::string>& lines,
                       std::size_t count);

}  // namespace postern::bench
