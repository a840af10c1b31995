// Texts of the corpus to begin with.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace postern::fuzz {

// The files below `folder` whose names end so, up to `max_size` bytes each.
std::vector<std::string> FilesIn(const std::filesystem::path& folder, std::string_view ending,
                                 std::size_t max_size = 4096);
// The strings in all JSON files below `folder`, each once.
std::vector<std::string> StringsOf(const std::filesystem::path& folder);
// The longer string literals of a C++ source: the texts that a test is about.
std::vector<std::string> LiteralsIn(const std::filesystem::path& file);

}  // namespace postern::fuzz
