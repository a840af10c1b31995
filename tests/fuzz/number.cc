// Decimal numbers, booleans and base64, against the reference evaluator's reading of S4.10 to
// S4.13.
#include <algorithm>

#include "policy/language/values.h"
#include "policy/utf8.h"
#include "tests/fuzz/properties.h"
#include "tests/reference/values.h"

namespace postern::fuzz {
namespace {

std::size_t ExponentSize(const std::string& number) {
  const std::size_t sign = std::min(number.find_first_of("eE"), number.size());
  return number.size() - std::min(number.find_first_of("123456789", sign), number.size());
}

}  // namespace

// Two texts, a line each.
void CheckNumber(std::string_view bytes) {
  Input input(bytes);
  if (policy::FindInvalidUtf8(bytes) != bytes.npos) return;
  const std::string texts[] = {std::string(input.Line()), std::string(input.rest())};
  for (const std::string& text : texts) {
    Require(policy::Decimal::Parse(text).has_value() == reference::ReadDecimal(text).has_value(),
            "only one of the two takes the number");
    Require(policy::ParseBool(text) == reference::ReadBool(text), "the truth value differs");
    Require(policy::IsBase64(text) == reference::ReadBase64(text).has_value(),
            "only one of the two takes the base64");
  }
  // To the reference evaluator all exponents beyond that are one.
  constexpr std::size_t kLongest = 15;
  if (std::min(ExponentSize(texts[0]), ExponentSize(texts[1])) > kLongest) return;
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
