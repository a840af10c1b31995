#pragma once

#include <string>

#include "tests/reference/reference.h"

namespace postern::reference {

// The answer for a case that is written as JSON, in one line: "allow by identity",
// "explicit-deny by scp resource", "unknown", "error: ...".
inline std::string Ask(const std::string& json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseNumbersAsStringsFlag>(json.c_str(), json.size());
  if (document.HasParseError()) return "not JSON: " + json;
  const Answer answer = Evaluate(document);
  if (answer.verdict == "error") return "error: " + answer.error;
  std::string line = answer.verdict;
  if (!answer.decided_by.empty()) line += " by";
  for (const std::string& layer : answer.decided_by) line += " " + layer;
  return line;
}

}  // namespace postern::reference
