// The folder with data that is not part of the project: POSTERN_EXTERNAL_DATA names it. Tests over
// it say "skipped, no data" otherwise.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

namespace postern::testing {

// `POSTERN_EXTERNAL_DATA/relative` if both exist.
inline std::optional<std::filesystem::path> ExternalData(const char* relative) {
  const char* folder = std::getenv("POSTERN_EXTERNAL_DATA");
  if (folder != nullptr) {
    auto path = std::filesystem::path(folder) / relative;
    if (std::filesystem::exists(path)) return path;
  }
  MESSAGE("skipped, no data");
  return std::nullopt;
}

}  // namespace postern::testing
