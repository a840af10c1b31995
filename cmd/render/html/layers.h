// What one layer answers: its statements, the elements that failed, and the text of its policies.
#pragma once

#include <cstddef>
#include <string>

#include "cmd/render/explanation.h"
#include "cmd/render/html/gates.h"

namespace postern::cmd {

// Where a part of a page stands.
struct PagePart {
  std::string anchor;    // what its ids begin with
  int heading = 1;       // the level of its title
  std::size_t most = 0;  // bytes that are listed of a policy
};

std::string LayerAsHtml(const ExplanationReport& report, const Gate& gate, const PagePart& part);

}  // namespace postern::cmd
