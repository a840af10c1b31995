// Questions that rules ask the engine about one document.
#pragma once

#include <string_view>

#include "policy/catalogue.h"
#include "policy/document.h"

namespace postern::authz {

// Whether some request for `action` on `resource` may pass this policy, taken alone: whoever asks,
// and whatever its condition keys hold. False is sure; true means that some request passes or that
// it cannot be told.
bool MayAllow(const policy::PolicyDocument& document, const policy::Catalogue& catalogue,
              std::string_view action, std::string_view resource);

}  // namespace postern::authz
