#include "authz/verdict.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace postern::authz {
namespace {

TEST_CASE("every verdict and layer is found by the name it prints") {
  for (int i = 0; i < 4; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    CHECK(VerdictNamed(VerdictName(verdict)) == verdict);
  }
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    const auto layer = static_cast<Layer>(i);
    CHECK(LayerNamed(LayerName(layer)) == layer);
  }
  CHECK(LayerName(Layer::kBlockPublicAccess) == "block-public-access");
  CHECK_FALSE(VerdictNamed("deny"));
  CHECK_FALSE(VerdictNamed("Allow"));
  CHECK_FALSE(LayerNamed("access_point"));
}

TEST_CASE("assumptions have names of their own and one line of text") {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kAssumptionCount; ++i) {
    const auto assumption = static_cast<Assumption>(i);
    CHECK(names.insert(AssumptionName(assumption)).second);
    CHECK_FALSE(AssumptionText(assumption).empty());
    CHECK(AssumptionText(assumption).find('\n') == std::string_view::npos);
  }
  CHECK(AssumptionName(Assumption::kA9) == "A9");
  CHECK(AssumptionName(Assumption::kA25) == "A25");
  CHECK(AssumptionName(Assumption::kIdentityNotGiven) == "layer:identity");
}

TEST_CASE("what is missing is kept apart: keys, parts of the request, layers") {
  MissingSet missing;
  CHECK(missing.empty());
  missing.AddKey(0);
  missing.AddKey(70);
  missing.AddLayer(Layer::kBlockPublicAccess);
  CHECK(missing.HasKey(0));
  CHECK(missing.HasKey(70));
  CHECK_FALSE(missing.HasKey(1));
  CHECK_FALSE(missing.HasPrincipal());
  CHECK_FALSE(missing.HasResource());
  CHECK(missing.HasLayer(Layer::kBlockPublicAccess));
  CHECK_FALSE(missing.HasLayer(Layer::kScp));
  CHECK_FALSE(missing.HasOperation());
  missing.AddOperation();
  CHECK(missing.HasOperation());
  CHECK_FALSE(missing.HasResourceAccount());
  CHECK_FALSE(missing.HasLayer(Layer::kScp));

  MissingSet other;
  other.AddPrincipal();
  other.AddResourceAccount();
  missing.Merge(other);
  CHECK(missing.HasPrincipal());
  CHECK(missing.HasResourceAccount());
  CHECK(missing.HasKey(70));
}

TEST_CASE("keys beyond the last number share it, and touch nothing else") {
  MissingSet missing;
  missing.AddKey(5000);
  CHECK(missing.HasKey(MissingSet::kKeys - 1));
  CHECK(missing.HasKey(9999));
  CHECK_FALSE(missing.HasPrincipal());
  CHECK_FALSE(missing.HasKey(MissingSet::kKeys - 2));
}

}  // namespace
}  // namespace postern::authz
