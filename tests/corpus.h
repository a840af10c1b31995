// The suites of the corpus, for tests.
#pragma once

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "policy/json_tree.h"
#include "policy/yaml_tree.h"
#include "tests/files.h"

namespace postern::testing {

inline std::vector<std::filesystem::path> CorpusSuites() {
  return FilesBelow(SourceDir() / "corpus", {".ptest.yaml", ".ptest.yml", ".ptest.json"});
}

// Null if the file is not a document.
inline std::shared_ptr<const policy::Tree> ReadSuiteTree(const std::filesystem::path& path) {
  const auto source = ReadSource(path);
  if (path.extension() == ".json") {
    auto read = policy::ReadJson(source, policy::kSuiteLimits);
    if (!read.tree) return nullptr;
    return std::make_shared<const policy::Tree>(std::move(*read.tree));
  }
  auto read = policy::ReadYaml(source);
  if (!read.tree) return nullptr;
  return std::make_shared<const policy::Tree>(std::move(*read.tree));
}

}  // namespace postern::testing
