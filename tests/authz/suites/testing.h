// Shorthands for tests of the readers: text to tree, problems as words.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authz/suites/case_file.h"
#include "policy/json_tree.h"
#include "policy/yaml_tree.h"

namespace postern::authz::testing {

using Files = std::map<std::string, std::string, std::less<>>;

inline ReadPolicyFile ReadFrom(Files files) {
  return [files = std::move(files)](
             std::string_view path,
             std::string_view) -> tl::expected<std::shared_ptr<const policy::Source>, std::string> {
    const auto file = files.find(path);
    if (file == files.end()) return tl::unexpected(std::string(path) + ": no such file");
    return std::make_shared<const policy::Source>(file->first, file->second);
  };
}

inline std::shared_ptr<const policy::Tree> JsonTree(std::string text) {
  auto read = policy::ReadJson(std::make_shared<const policy::Source>("case.json", std::move(text)),
                               policy::kSuiteLimits);
  if (!read.tree) return nullptr;
  return std::make_shared<const policy::Tree>(std::move(*read.tree));
}

inline std::shared_ptr<const policy::Tree> YamlTree(std::string text) {
  auto read =
      policy::ReadYaml(std::make_shared<const policy::Source>("suite.ptest.yaml", std::move(text)));
  if (!read.tree) return nullptr;
  return std::make_shared<const policy::Tree>(std::move(*read.tree));
}

// "unknown-member /request/recource «"recource"»": the code, the pointer, the text it points at.
inline std::string Words(const std::vector<CaseProblem>& problems) {
  std::string words;
  for (const CaseProblem& problem : problems) {
    if (!words.empty()) words += "; ";
    words += problem.code + " " + problem.pointer;
    if (problem.source && problem.range.end - problem.range.begin <= 60) {
      words += " <" + std::string(problem.source->Slice(problem.range)) + ">";
    }
  }
  return words;
}

}  // namespace postern::authz::testing
