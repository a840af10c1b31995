// Actions that were looked up in the catalogue already: a stream asks about the same few again and
// again.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace postern::authz {

class CheckedActions {
 public:
  bool Has(std::string_view action) const { return names_.contains(action); }
  void Add(std::string_view action) {
    if (names_.size() < kMost) names_.emplace(action);
  }

 private:
  static constexpr std::size_t kMost = 1024;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> names_;
};

}  // namespace postern::authz
