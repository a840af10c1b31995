#include "policy/language/arn.h"

#include <doctest/doctest.h>

#include <string>

namespace postern::policy {

TEST_CASE("an ARN is split at its first five colons") {
  const Arn arn = SplitArn("arn:aws:logs:us-east-1:111122223333:log-group:/app:log-stream:x");
  CHECK(arn.whole());
  CHECK(arn[ArnField::kArn] == "arn");
  CHECK(arn.partition() == "aws");
  CHECK(arn.service() == "logs");
  CHECK(arn.region() == "us-east-1");
  CHECK(arn.account() == "111122223333");
  CHECK(arn.resource() == "log-group:/app:log-stream:x");
}

TEST_CASE("a short ARN has fewer fields") {
  CHECK(SplitArn("").count == 1);
  CHECK(SplitArn("*").count == 1);
  CHECK(SplitArn("arn:*").count == 2);
  CHECK(SplitArn("arn:aws:s3").count == 3);
  CHECK(SplitArn("arn:aws:s3").service() == "s3");
  CHECK(SplitArn("arn:aws:s3::").count == 5);
  CHECK(SplitArn("arn:aws:s3:::").whole());
}

TEST_CASE("colons inside a variable do not split") {
  const Arn arn = SplitArn("arn:aws:s3:${aws:RequestedRegion}::${aws:PrincipalTag/a:b}/${x:y}");
  CHECK(arn.whole());
  CHECK(arn.region() == "${aws:RequestedRegion}");
  CHECK(arn.account().empty());
  CHECK(arn.resource() == "${aws:PrincipalTag/a:b}/${x:y}");
  CHECK(SplitArn("${aws:PrincipalArn}").count == 1);
  // Without its brace a `${` begins nothing.
  CHECK(SplitArn("arn:${aws:s3:::b").whole());
  CHECK(SplitArn("arn:${aws:s3:::b").partition() == "${aws");
  CHECK(SplitArn("arn:aws:s3:::$:{x}").resource() == "$:{x}");
}

TEST_CASE("what is an ARN, and what an account") {
  CHECK(IsArn("arn:aws:s3:::b"));
  CHECK_FALSE(IsArn("arn:aws:s3::b"));
  CHECK_FALSE(IsArn("ARN:aws:s3:::b"));
  CHECK_FALSE(IsArn("*"));
  CHECK(IsAccountId("111122223333"));
  for (const char* bad : {"", "11112222333", "1111222233334", "11112222333a", "1111-2222-33"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsAccountId(bad));
  }
}

}  // namespace postern::policy
