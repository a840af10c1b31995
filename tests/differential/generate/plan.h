// What one generated policy set and its requests have in common, so that values meet.
#pragma once

#include <array>
#include <bitset>
#include <string_view>

#include "tests/differential/generate/keys.h"
#include "tests/differential/generate/principals.h"
#include "tests/differential/generate/random.h"
#include "tests/differential/generate/scenes.h"

namespace postern::differential {

inline constexpr std::size_t kFamilies = 8;
inline constexpr std::size_t kKeysOfFamily = 3;

struct SetPlan {
  const Scene* scene = nullptr;
  std::array<const Requester*, 3> requesters{};
  // Positions in ConditionKeys: what conditions on values of each family test.
  std::array<std::array<std::size_t, kKeysOfFamily>, kFamilies> keys{};
  // By position: the value that policies and requests agree on more often than on others.
  std::array<PoolValue, kMaxConditionKeys> hot;
  std::bitset<kMaxConditionKeys> used;  // keys that the policies read
  bool has_endpoint = false;
  std::string_view access_point;  // an ARN, in a scene that has them
  std::string_view organization;  // JSON; "" = none
};

SetPlan DrawPlan(Random& random);

}  // namespace postern::differential
