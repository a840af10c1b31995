// Questions that rules ask the engine about one document.
#pragma once

#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/document.h"

namespace postern::authz {

// Whether some request for `action` on `resource` may pass this policy, taken alone: whoever asks,
// and whatever its condition keys hold. False is sure; true means that some request passes or that
// it cannot be told.
bool MayAllow(const policy::PolicyDocument& document, const policy::Catalogue& catalogue,
              std::string_view action, std::string_view resource);

// The condition keys that the document reads, each once. Without aws:SourceIp, which is known to be
// absent behind an endpoint.
std::vector<std::string_view> KeysReadBy(const policy::PolicyDocument& document);

}  // namespace postern::authz
