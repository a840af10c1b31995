// YAML text -> Tree, by yaml-cpp: suites, configuration, CloudFormation.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "policy/source.h"
#include "policy/tree.h"

namespace postern::policy {

struct YamlLimits {
  std::uint32_t max_bytes = 64u << 20;
  std::uint32_t max_depth = 64;
  std::uint32_t max_nodes = 4'000'000;  // aliases counted as expanded
};

struct YamlError {
  std::uint32_t offset = 0;  // byte of the Source
  std::string message;
};

struct YamlResult {
  std::optional<Tree> tree;
  std::optional<YamlError> error;
};

// Exactly one document; several are refused. Plain scalars become numbers, booleans (true and false
// only: YAML 1.1's yes, no, on, off stay strings) and null by the JSON schema of YAML 1.2 and have
// `plain` set; quoted ones are strings. Tags of CloudFormation functions become kIntrinsic.
// Duplicate keys are kept (see FindDuplicateKeys). Never throws on bad input.
YamlResult ReadYaml(std::shared_ptr<const Source> source, YamlLimits limits = {});

}  // namespace postern::policy
