#include "policy/kind.h"

#include <doctest/doctest.h>

namespace postern::policy {

TEST_CASE("every kind is found by its name and describes itself") {
  CHECK(AllKinds().size() == 16);
  for (const KindTraits& traits : AllKinds()) {
    CAPTURE(traits.name);
    CHECK(&TraitsOf(traits.kind) == &traits);
    CHECK(KindNamed(traits.name) == traits.kind);
    CHECK_FALSE(traits.title.empty());
  }
  CHECK_FALSE(KindNamed("").has_value());
  CHECK_FALSE(KindNamed("Bucket").has_value());
}

TEST_CASE("a policy that is attached to a principal or an organization names none") {
  for (const KindTraits& traits : AllKinds()) {
    CAPTURE(traits.name);
    const bool names_principals = IsResourceBased(traits.kind) ||
                                  traits.kind == PolicyKind::kEndpoint ||
                                  traits.kind == PolicyKind::kRcp;
    CHECK((traits.principal == Requirement::kRequired) == names_principals);
    CHECK((traits.principal == Requirement::kForbidden) == !names_principals);
    if (!names_principals) CHECK_FALSE(traits.not_principal);
    if (!names_principals) CHECK(traits.id == Requirement::kForbidden);
  }
}

TEST_CASE("what single kinds forbid") {
  CHECK(TraitsOf(PolicyKind::kTrust).resource == Requirement::kForbidden);
  CHECK(TraitsOf(PolicyKind::kKey).resource == Requirement::kOptional);
  CHECK(TraitsOf(PolicyKind::kBucket).resource == Requirement::kRequired);
  CHECK(TraitsOf(PolicyKind::kEndpoint).resource == Requirement::kRequired);
  CHECK(TraitsOf(PolicyKind::kEndpoint).not_principal);
  CHECK_FALSE(TraitsOf(PolicyKind::kTrust).not_principal);
  CHECK_FALSE(TraitsOf(PolicyKind::kRcp).not_principal);
  CHECK(TraitsOf(PolicyKind::kScp).sid_is_alphanumeric);
  CHECK_FALSE(TraitsOf(PolicyKind::kEndpoint).sid_is_alphanumeric);
}

TEST_CASE("kinds fall into families") {
  CHECK(IsIdentity(PolicyKind::kManaged));
  CHECK(IsIdentity(PolicyKind::kInline));
  CHECK_FALSE(IsIdentity(PolicyKind::kBoundary));
  CHECK(IsResourceBased(PolicyKind::kTrust));
  CHECK_FALSE(IsResourceBased(PolicyKind::kEndpoint));
  CHECK_FALSE(IsResourceBased(PolicyKind::kRcp));
  CHECK(IsS3Resource(PolicyKind::kAccessPoint));
  CHECK_FALSE(IsS3Resource(PolicyKind::kQueue));
}

}  // namespace postern::policy
