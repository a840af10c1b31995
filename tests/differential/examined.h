// A case that was read and asked: what the properties look at.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/differential/engine_set.h"
#include "tests/differential/json.h"

namespace postern::differential {

struct Examined {
  // `text`: see generate/generate.h.
  explicit Examined(const std::string& text);

  JsonDocument json;           // to change and print
  JsonDocument for_reference;  // numbers are text in it
  EngineSet engine;
  // By request. Nothing is explained where the answer is an error.
  std::vector<Answer> answers;
  std::vector<authz::Decision> decisions;
  std::vector<std::optional<authz::Explanation>> explanations;
  std::vector<std::vector<std::string>> absent_keys;  // supplied as absent: `[]`
};

}  // namespace postern::differential
