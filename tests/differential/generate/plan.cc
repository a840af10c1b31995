#include "tests/differential/generate/plan.h"

namespace postern::differential {
namespace {

using policy::OperatorFamily;

constexpr std::string_view kOrganizations[] = {
    "",
    R"({"id":"o-a1b2c3d4e5","management_account":"999900001111","accounts":{"111122223333":"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"}})",
    R"({"id":"o-a1b2c3d4e5","management_account":"999900001111","accounts":{"111122223333":"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/","444455556666":"o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/ou-ab12-33333333/","999900001111":"o-a1b2c3d4e5/r-ab12/"}})",
    R"({"id":"o-a1b2c3d4e5"})",
    R"({"id":"o-a1b2c3d4e5","management_account":"111122223333","accounts":{"111122223333":"o-a1b2c3d4e5/r-ab12/"}})",
};

const Scene& DrawScene(Random& random) {
  unsigned total = 0;
  for (const Scene& scene : Scenes()) total += scene.weight;
  std::size_t drawn = random.Below(total);
  for (const Scene& scene : Scenes()) {
    if (drawn < scene.weight) return scene;
    drawn -= scene.weight;
  }
  return Scenes().front();
}

// A key of the family; `free` ones may have any number of values.
std::size_t DrawKey(OperatorFamily family, bool free, Random& random) {
  const auto keys = ConditionKeys();
  for (;;) {
    const std::size_t key = random.Below(keys.size());
    if (keys[key].family != family) continue;
    if (!free || keys[key].arity == Arity::kAny) return key;
  }
}

void DrawKeys(SetPlan& plan, Random& random) {
  for (std::size_t family = 0; family < kFamilies; ++family) {
    const auto of = static_cast<OperatorFamily>(family);
    if (of == OperatorFamily::kNull) {
      // Null asks for keys of every family.
      for (std::size_t& key : plan.keys[family]) {
        key = plan.keys[random.Below(family)][random.Below(kKeysOfFamily)];
      }
      continue;
    }
    plan.keys[family] = {DrawKey(of, true, random), DrawKey(of, false, random),
                         DrawKey(of, false, random)};
  }
  const auto keys = ConditionKeys();
  for (std::size_t key = 0; key < keys.size(); ++key) {
    plan.hot[key] = random.Pick(keys[key].RequestPool());
  }
}

}  // namespace

SetPlan DrawPlan(Random& random) {
  SetPlan plan;
  plan.scene = &DrawScene(random);
  const bool federated = plan.scene->name == "federated sign-in";
  for (const Requester*& requester : plan.requesters) {
    requester = &random.Pick(federated ? FederatedRequesters() : Requesters());
  }
  DrawKeys(plan, random);
  plan.access_point = random.Chance(75) ? AccessPointArns().front() : AccessPointArns().back();
  plan.has_endpoint = random.Chance(50);
  plan.organization = random.Chance(20) ? "" : random.Pick(kOrganizations);
  return plan;
}

}  // namespace postern::differential
