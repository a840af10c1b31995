#include "authz/combine.h"

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace postern::authz {
namespace {

constexpr Outcome kOutcomes[] = {Outcome::kNotApplicable, Outcome::kAllow, Outcome::kImplicitDeny,
                                 Outcome::kExplicitDeny};

World Base() {
  World world;
  world.outcomes[static_cast<std::size_t>(Layer::kIdentity)] = Outcome::kImplicitDeny;
  return world;
}

Outcome& Of(World& world, Layer layer) { return world.outcomes[static_cast<std::size_t>(layer)]; }

// Calls `visit(world)` for every mix of outcomes of all layers but the two of S3, every strength,
// both accounts, every requester.
template <typename Visit>
void ForEveryWorld(Visit visit) {
  constexpr Layer kLayers[] = {Layer::kScp,     Layer::kRcp,      Layer::kEndpoint,
                               Layer::kSession, Layer::kBoundary, Layer::kIdentity,
                               Layer::kResource};
  for (int mix = 0; mix < 4 * 4 * 4 * 4 * 4 * 4 * 4; ++mix) {
    World world;
    int rest = mix;
    for (Layer layer : kLayers) {
      Of(world, layer) = kOutcomes[rest % 4];
      rest /= 4;
    }
    for (int strengths : {0, 1, 2, 4, 5, 8}) {
      world.strengths = static_cast<std::uint8_t>(strengths);
      for (int flags = 0; flags < 20; ++flags) {
        world.same_account = (flags & 1) != 0;
        world.trusts_account = (flags & 2) != 0;
        world.requester = static_cast<RequesterClass>(flags / 4);
        visit(world);
      }
    }
  }
}

}  // namespace

TEST_CASE("the documented table of S7.6: who is granted when the other layers say nothing") {
  struct Row {
    const char* what;
    RequesterClass requester;
    std::uint8_t strengths;
    Outcome boundary;
    Outcome session;
    Verdict verdict;
    LayerMask decided_by;
  };
  constexpr auto kNone = Outcome::kNotApplicable;
  constexpr auto kImplicit = Outcome::kImplicitDeny;
  const std::vector<Row> rows = {
      {"role session, role named",
       RequesterClass::kPrincipal,
       kRoleNamed,
       kNone,
       kNone,
       Verdict::kAllow,
       {Layer::kResource}},
      {"role session, role named, boundary silent",
       RequesterClass::kPrincipal,
       kRoleNamed,
       kImplicit,
       kNone,
       Verdict::kImplicitDeny,
       {Layer::kBoundary}},
      {"role session, role named, session policy silent",
       RequesterClass::kPrincipal,
       kRoleNamed,
       kNone,
       kImplicit,
       Verdict::kImplicitDeny,
       {Layer::kSession}},
      {"role session named",
       RequesterClass::kPrincipal,
       kDirectlyNamed,
       kImplicit,
       kImplicit,
       Verdict::kAllow,
       {Layer::kResource}},
      {"IAM user named",
       RequesterClass::kPrincipal,
       kDirectlyNamed,
       kImplicit,
       kNone,
       Verdict::kAllow,
       {Layer::kResource}},
      {"federated user, IAM user named",
       RequesterClass::kFederatedUser,
       kFederatingUserNamed,
       kImplicit,
       kImplicit,
       Verdict::kImplicitDeny,
       {Layer::kBoundary, Layer::kSession}},
      {"federated user named",
       RequesterClass::kFederatedUser,
       kDirectlyNamed,
       kImplicit,
       kImplicit,
       Verdict::kAllow,
       {Layer::kResource}},
      {"only the account named",
       RequesterClass::kPrincipal,
       kAccountNamed,
       kNone,
       kNone,
       Verdict::kImplicitDeny,
       {Layer::kIdentity}},
      {"nobody named",
       RequesterClass::kPrincipal,
       kNotNamed,
       kNone,
       kNone,
       Verdict::kImplicitDeny,
       {Layer::kIdentity}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    World world = Base();
    world.requester = row.requester;
    world.strengths = row.strengths;
    Of(world, Layer::kBoundary) = row.boundary;
    Of(world, Layer::kSession) = row.session;
    const Combined combined = Combine(world);
    CHECK(combined.verdict == row.verdict);
    CHECK(combined.decided_by == row.decided_by);
  }
}

TEST_CASE("a key or role that does not trust its account needs its own policy") {
  World world = Base();
  Of(world, Layer::kIdentity) = Outcome::kAllow;
  world.trusts_account = false;
  CHECK(Combine(world).verdict == Verdict::kImplicitDeny);
  CHECK(Combine(world).decided_by == LayerMask{Layer::kResource});
  world.strengths = kAccountNamed;
  CHECK(Combine(world).verdict == Verdict::kAllow);
  CHECK(Combine(world).decided_by == LayerMask{Layer::kIdentity, Layer::kResource});
}

TEST_CASE("across accounts both sides must allow, and the side that lacks it is named") {
  World world = Base();
  world.same_account = false;
  CHECK(Combine(world).decided_by == LayerMask{Layer::kIdentity, Layer::kResource});
  world.strengths = kDirectlyNamed;
  CHECK(Combine(world).decided_by == LayerMask{Layer::kIdentity});
  Of(world, Layer::kIdentity) = Outcome::kAllow;
  CHECK(Combine(world).verdict == Verdict::kAllow);
  CHECK(Combine(world).decided_by == LayerMask{Layer::kIdentity, Layer::kResource});
  world.strengths = kNotNamed;
  CHECK(Combine(world).decided_by == LayerMask{Layer::kResource});
  world.shared = true;
  CHECK(Combine(world).verdict == Verdict::kAllow);
}

TEST_CASE(
    "in every world: explicit denies decide, restricting layers grant nothing, better never "
    "hurts") {
  std::size_t worlds = 0;
  std::array<std::size_t, 4> verdicts{};
  ForEveryWorld([&](const World& world) {
    const Combined combined = Combine(world);
    ++worlds;
    ++verdicts[static_cast<std::size_t>(combined.verdict)];
    bool denied = false;
    bool sound = true;
    for (Outcome outcome : world.outcomes) denied |= outcome == Outcome::kExplicitDeny;
    sound &= denied == (combined.verdict == Verdict::kExplicitDeny);
    if (combined.verdict == Verdict::kAllow) {
      for (Layer layer : {Layer::kScp, Layer::kRcp, Layer::kEndpoint}) {
        sound &= world.Of(layer) != Outcome::kImplicitDeny;
        sound &= !combined.decided_by.Has(layer);
      }
      // A root user's own rights come from no statement.
      sound &= !combined.decided_by.empty() || world.requester == RequesterClass::kRoot;
    } else {
      sound &= !combined.decided_by.empty();
    }
    // Monotone, which is what lets unknown things be settled by their bounds (S4.19).
    for (std::size_t i = 0; i < kLayerCount && sound; ++i) {
      World better = world;
      if (world.outcomes[i] == Outcome::kExplicitDeny) better.outcomes[i] = Outcome::kImplicitDeny;
      if (world.outcomes[i] == Outcome::kImplicitDeny) better.outcomes[i] = Outcome::kAllow;
      sound &= Combine(better).verdict <= combined.verdict;
    }
    World stronger = world;
    stronger.strengths |= kDirectlyNamed;
    sound &= Combine(stronger).verdict <= combined.verdict;
    if (!sound) {
      CAPTURE(worlds);
      FAIL("an invariant does not hold");
    }
  });
  CHECK(worlds == 16384u * 6 * 20);
  CHECK(verdicts[static_cast<std::size_t>(Verdict::kAllow)] > 0);
  CHECK(verdicts[static_cast<std::size_t>(Verdict::kImplicitDeny)] > 0);
}

TEST_CASE("through an access point a request is granted if both sides grant it (S7.12.2)") {
  ForEveryWorld([](const World& world) {
    // RCPs restrict as SCPs do: one of the two is enough here.
    if (world.Of(Layer::kRcp) != Outcome::kNotApplicable) return;
    const Combined bucket = Combine(world);
    for (int strengths : {0, 1, 2, 4, 8}) {
      for (bool owns : {false, true}) {
        World through = world;
        through.access_point_asked = true;
        through.access_point_strengths = static_cast<std::uint8_t>(strengths);
        through.owns_access_point = owns;
        // The access point alone: its side in the place of the bucket's.
        World alone = world;
        alone.strengths = through.access_point_strengths;
        alone.same_account = owns;
        alone.trusts_account = true;
        const Combined access_point = Combine(alone);
        const Combined both = Combine(through);
        const bool granted =
            bucket.verdict == Verdict::kAllow && access_point.verdict == Verdict::kAllow;
        REQUIRE((both.verdict == Verdict::kAllow) == granted);
        // What the access point's side says is said of the access point.
        LayerMask renamed = access_point.decided_by;
        const bool stage = both.verdict != Verdict::kExplicitDeny;
        const bool says = granted || access_point.verdict == Verdict::kImplicitDeny;
        if (stage && says && renamed.Has(Layer::kResource)) {
          renamed.Remove(Layer::kResource);
          renamed.Add(Layer::kAccessPoint);
          REQUIRE((both.decided_by & renamed) == renamed);
        }
      }
    }
  });
}

TEST_CASE("the caller's own bucket asks what the caller's policies say of the bucket (S7.12.8)") {
  ForEveryWorld([](const World& world) {
    for (const Layer layer : {Layer::kScp, Layer::kRcp, Layer::kEndpoint, Layer::kResource}) {
      if (world.Of(layer) != Outcome::kNotApplicable) return;
    }
    for (int mix = 0; mix < 27; ++mix) {
      World through = world;
      through.access_point_asked = true;
      through.access_point_strengths = kDirectlyNamed;
      through.bucket_apart = true;
      World bucket = world;
      int rest = mix;
      for (std::size_t i = 0; i < kCallersOwnCount; ++i, rest /= 3) {
        through.on_bucket[i] = kOutcomes[rest % 3];
        if (world.same_account) bucket.outcomes[kFirstOfCaller + i] = through.on_bucket[i];
      }
      World access_point = world;
      access_point.strengths = kDirectlyNamed;
      access_point.same_account = true;
      const bool granted = Combine(bucket).verdict == Verdict::kAllow &&
                           Combine(access_point).verdict == Verdict::kAllow;
      REQUIRE((Combine(through).verdict == Verdict::kAllow) == granted);
    }
  });
}

TEST_CASE("a call for the owner's account alone is granted to nobody else (S7.9.3)") {
  ForEveryWorld([](const World& world) {
    World limited = world;
    limited.owner_only = true;
    const bool of_the_account = world.same_account && HasAccount(world.requester);
    const Combined combined = Combine(limited);
    if (of_the_account) {
      REQUIRE(combined.verdict == Combine(world).verdict);
    } else {
      REQUIRE(combined.verdict != Verdict::kAllow);
    }
  });
}

}  // namespace postern::authz
