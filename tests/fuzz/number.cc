// Decimal numbers, booleans and base64, against the reference evaluator's reading of S4.10 to
// S4.13.
#include "policy/language/values.h"
#include "tests/fuzz/properties.h"
#include "tests/reference/values.h"

namespace postern::fuzz {

// Two texts, a line each.
void CheckNumber(std::string_view bytes) {
  Input input(bytes);
  const std::string texts[] = {std::string(input.Line()), std::string(input.rest())};
  for (const std::string& text : texts) {
    Require(policy::Decimal::Parse(text).has_value() == reference::ReadDecimal(text).has_value(),
            "only one of the two takes the number");
    Require(policy::ParseBool(text) == reference::ReadBool(text), "the truth value differs");
    Require(policy::IsBase64(text) == reference::ReadBase64(text).has_value(),
            "only one of the two takes the base64");
  }
  const auto a = policy::Decimal::Parse(texts[0]);
  const auto b = policy::Decimal::Parse(texts[1]);
  if (!a || !b) return;
  const int order =
      reference::Compare(*reference::ReadDecimal(texts[0]), *reference::ReadDecimal(texts[1]));
  Require(*a <=> *b == order <=> 0, "the order of the numbers differs");
  Require(*b <=> *a == 0 <=> order, "the order of the numbers hangs on who asks");
  Require(*a == *a, "a number is not itself");
}

std::vector<std::string> NumberSeeds(const std::filesystem::path&) {
  return {"0\n-0",      "3600\n3600.0",  "1e3\n1000",     ".5\n0.50",
          "+7.\n7",     "1e-400\n1e400", "00012\n12.000", "true\nFALSE",
          "QUJD\nQUI=", "0.1e1\n10e-1",  "-1\n1",         "1e99999999999999999999\n1e9"};
}

}  // namespace postern::fuzz
