#pragma once

#include <rapidjson/document.h>

#include <string>
#include <vector>

namespace postern::reference {

// What the reference evaluator says of one case. It is transcribed from authz/semantics.md, shares
// no code with the engine, and prefers the obvious to the fast: where the two differ, one is wrong.
struct Answer {
  std::string verdict;                  // "allow", "implicit-deny", "explicit-deny", "unknown";
                                        // "error" where the case is refused (S1.13, S6.4.5)
  std::vector<std::string> decided_by;  // layers in the order of S8.3; empty for unknown and error
  std::string error;                    // why, for "error"
};

// Judges one case: "policies" whose documents stand in it as objects, "organization", "request"
// with an "action" and a "resource", "layers". A layer that is left out is none, as `eval` takes
// it. The JSON is read with kParseNumbersAsStringsFlag.
Answer Evaluate(const rapidjson::Value& the_case);

// The same for the parts of a case; `organization` may be null.
Answer Evaluate(const rapidjson::Value& policies, const rapidjson::Value* organization,
                const rapidjson::Value& request);

}  // namespace postern::reference
