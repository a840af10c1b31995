#include "policy/rules/globs.h"

#include <doctest/doctest.h>

namespace postern::policy {
namespace {

TEST_CASE("a pattern covers what it matches all of") {
  CHECK(Covers("*", ""));
  CHECK(Covers("s3:Get*", "s3:GetObject"));
  CHECK(Covers("s3:Get*", "s3:Get*Acl"));
  CHECK(Covers("s3:*Object*", "s3:GetObject?"));
  CHECK(Covers("a*b*c", "a*x*b*y*c"));
  CHECK(Covers("a?c", "abc"));
  CHECK(Covers("a?c", "a?c"));
  CHECK(Covers("*", "${aws:username}"));
  CHECK(Covers("home/${aws:username}/*", "home/${aws:username}/docs/*"));

  CHECK_FALSE(Covers("s3:GetObject", "s3:GetObject*"));
  CHECK_FALSE(Covers("a?c", "a*c"));
  CHECK_FALSE(Covers("a?c", "ac"));
  CHECK_FALSE(Covers("?*", "${aws:username}"));
  CHECK_FALSE(Covers("a${*}", "a*"));
  CHECK_FALSE(Covers("a*b", "a*c"));
}

TEST_CASE("resources cover each other field by field, S3.3.2") {
  CHECK(CoversResource("*", "arn:aws:s3:::b"));
  CHECK(CoversResource("arn:aws:s3:::b*", "arn:aws:s3:::b/*"));
  CHECK(CoversResource("arn:*:sqs:*:*:*", "arn:aws:sqs:eu-west-1:111122223333:jobs"));
  CHECK_FALSE(CoversResource("arn:aws:s3:::b/*", "arn:aws:s3:::b"));
  CHECK_FALSE(CoversResource("arn:aws:*", "arn:aws:s3:::b"));
  CHECK_FALSE(CoversResource("arn:aws:sqs:*:jobs:*", "arn:aws:sqs:eu-west-1:111122223333:jobs"));
  CHECK_FALSE(CoversResource("arn:aws:s3:::b*", "*"));
}

TEST_CASE("patterns may meet unless their literal ends say otherwise") {
  CHECK(MayMeet("role/${RoleName}", "role/App"));
  CHECK(MayMeet("role/${RoleName}", "*"));
  CHECK(MayMeet("role/${RoleName}", "r*"));
  CHECK(MayMeet("table/${T}/index/${I}", "table/app*"));
  CHECK(MayMeet("us-west-?", "us-west-2"));
  CHECK(MayMeet("", "*"));
  CHECK_FALSE(MayMeet("role/${RoleName}", "user/App"));
  CHECK_FALSE(MayMeet("role/${RoleName}", "user/*"));
  CHECK_FALSE(MayMeet("table/${T}/index/${I}", "table/app"));
  CHECK_FALSE(MayMeet("a*b", "a*c"));
  CHECK_FALSE(MayMeet("", "a*"));
}

}  // namespace
}  // namespace postern::policy
