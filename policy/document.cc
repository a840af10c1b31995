#include "policy/document.h"

#include <array>
#include <cstddef>

namespace postern::policy {

std::string_view PrincipalTypeName(PrincipalType type) {
  static constexpr std::array<std::string_view, 4> kNames = {"AWS", "Service", "Federated",
                                                             "CanonicalUser"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string PolicyDocument::PointerTo(const Node& node) const {
  return tree_->PointerTo(node).substr(tree_->PointerTo(*root_).size());
}

}  // namespace postern::policy
