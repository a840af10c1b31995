#include "policy/suggest.h"

#include <doctest/doctest.h>

#include <array>

namespace postern::policy {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"Action", "NotAction", "cat", "car"};

TEST_CASE("the closest name is the first of those that are equally close") {
  CHECK(ClosestName("Actoin", kNames) == "Action");
  CHECK(ClosestName("cab", kNames) == "cat");
  CHECK(ClosestName("Resource", kNames).empty());
}

TEST_CASE("the only close name is none where several are close") {
  CHECK(OnlyCloseName("Actoin", kNames) == "Action");
  CHECK(OnlyCloseName("notactions", kNames) == "NotAction");
  CHECK(OnlyCloseName("cab", kNames).empty());
  CHECK(OnlyCloseName("Resource", kNames).empty());
}

}  // namespace
}  // namespace postern::policy
