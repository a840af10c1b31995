#include "policy/document.h"

#include <array>
#include <cstddef>

#include "policy/pointer_cursor.h"

namespace postern::policy {

std::string_view PrincipalTypeName(PrincipalType type) {
  static constexpr std::array<std::string_view, 4> kNames = {"AWS", "Service", "Federated",
                                                             "CanonicalUser"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string PolicyDocument::PointerTo(const Node& node) const {
  return PointerCursor(*root_).To(node);
}

}  // namespace postern::policy
