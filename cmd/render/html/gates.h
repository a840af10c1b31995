// The layers of a decision as gates on the way from the caller to the resource.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/render/explanation.h"

namespace postern::cmd {

enum class GateState : std::uint8_t {
  kOpen,
  kClosed,
  kGrantsNothing,  // does not allow, and the request does not hang on it alone: another may allow
  kUnknown,        // it depends on something unknown
  kNotGiven,       // the case says nothing of the layer
};
std::string_view GateWord(GateState state);   // "open", "grants nothing"
std::string_view GateStyle(GateState state);  // a class of page.css

struct Gate {
  const authz::LayerEvidence* evidence = nullptr;  // the report's
  std::string_view title;                          // "endpoint policy"
  GateState state = GateState::kOpen;
  bool decides = false;
};

// Those that grant an allowed request; else those that refuse it whatever is not known, without
// layers that were not given.
authz::LayerMask DecidingLayers(const ExplanationReport& report);

// Those that take part, from the caller's side to the resource's. All are asked; which one is asked
// first is not known of AWS and makes no difference.
std::vector<Gate> GatesOf(const ExplanationReport& report);

// A list with the caller at its beginning and the resource at its end. A gate links to
// `<anchor>-<layer>`.
std::string GatesAsHtml(const ExplanationReport& report, const std::vector<Gate>& gates,
                        std::string_view anchor);

}  // namespace postern::cmd
