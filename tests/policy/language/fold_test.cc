#include "policy/language/fold.h"

#include <doctest/doctest.h>

namespace postern::policy {

TEST_CASE("ASCII folding leaves every other byte alone") {
  CHECK(FoldAscii("S3:GetObject@[`{\u00C9") == "s3:getobject@[`{\u00C9");
  CHECK(EqualsIgnoreAsciiCase("aws:SourceVpce", "AWS:sourcevpce"));
  CHECK_FALSE(EqualsIgnoreAsciiCase("a", "ab"));
  CHECK_FALSE(EqualsIgnoreAsciiCase("\u00C9", "\u00E9"));
  CHECK_FALSE(EqualsIgnoreAsciiCase("@", "`"));
}

TEST_CASE("ignoring case goes code point by code point through all of Unicode") {
  CHECK(EqualsIgnoreCase("", ""));
  CHECK(EqualsIgnoreCase("TEAM-\u00C9", "team-\u00E9"));
  CHECK(EqualsIgnoreCase("\u0416\u03A9", "\u0436\u03C9"));
  CHECK(EqualsIgnoreCase("\U00010400", "\U00010428"));
  CHECK_FALSE(EqualsIgnoreCase("stra\u00DFe", "strasse"));
  CHECK_FALSE(EqualsIgnoreCase("e\u0301", "\u00E9"));
  CHECK_FALSE(EqualsIgnoreCase("ab", "abc"));
  CHECK_FALSE(EqualsIgnoreCase("\u00E9", "e"));
}

}  // namespace postern::policy
