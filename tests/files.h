// Files of the source tree, for tests.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "policy/source.h"

namespace postern::testing {

// In paths.cc, the only file that is compiled with them: the others can then be shared between
// working trees by a compiler cache.
std::filesystem::path SourceDir();
std::filesystem::path Program();
std::filesystem::path CataloguePack();

inline std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline std::shared_ptr<const policy::Source> ReadSource(const std::filesystem::path& path) {
  return std::make_shared<const policy::Source>(path.string(), ReadAll(path));
}

// What a DocumentCache reads with: relative to the file that names the policy.
inline tl::expected<std::shared_ptr<const policy::Source>, std::string> ReadBeside(
    std::string_view path, std::string_view referrer) {
  const auto full = std::filesystem::path(referrer).parent_path() / path;
  if (!std::filesystem::is_regular_file(full))
    return tl::unexpected(full.string() + ": no such file");
  return ReadSource(full);
}

// Files below `folder` whose names end in one of `endings`, sorted.
inline std::vector<std::filesystem::path> FilesBelow(const std::filesystem::path& folder,
                                                     std::vector<std::string_view> endings) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().filename().string();
    for (std::string_view ending : endings) {
      if (name.ends_with(ending)) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace postern::testing
