#include "policy/number_text.h"

#include <doctest/doctest.h>

#include <string_view>

namespace postern::policy {
namespace {

TEST_CASE("a number of JSON is a whole text by RFC 8259") {
  for (std::string_view text : {"0", "-0", "7", "10", "-1.5", "0.25", "1e3", "1E+3", "2.50e-07"}) {
    CAPTURE(text);
    CHECK(IsJsonNumber(text));
    CHECK(IsYamlNumber(text));
  }
  for (std::string_view text : {"", "-", "+1", "01", "-01", ".5", "1e", "1e+", "1 ", " 1", "1x",
                                "0x1", "1_000", "Infinity", "NaN", "1..2", "--1", "1-"}) {
    CAPTURE(text);
    CHECK_FALSE(IsJsonNumber(text));
    CHECK_FALSE(IsYamlNumber(text));
  }
}

TEST_CASE("a number of YAML may end its whole part with a point") {
  for (std::string_view text : {"1.", "-0.", "3.e2"}) {
    CAPTURE(text);
    CHECK(IsYamlNumber(text));
    CHECK_FALSE(IsJsonNumber(text));
  }
}

}  // namespace
}  // namespace postern::policy
