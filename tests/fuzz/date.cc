// Points in time, against the reference evaluator's reading of S4.11.
#include <algorithm>

#include "policy/language/values.h"
#include "tests/fuzz/properties.h"
#include "tests/reference/values.h"

namespace postern::fuzz {
namespace {

std::size_t DigitsOf(const std::string& epoch) {
  const std::size_t first = std::min(epoch.find_first_not_of('0'), epoch.size());
  return std::min(epoch.find_first_not_of("0123456789", first), epoch.size()) - first;
}

}  // namespace

// Two texts, a line each.
void CheckDate(std::string_view bytes) {
  Input input(bytes);
  const std::string texts[] = {std::string(input.Line()), std::string(input.rest())};
  for (const std::string& text : texts) {
    Require(policy::Instant::Parse(text).has_value() == reference::ReadDate(text).has_value(),
            "only one of the two takes the date");
  }
  // All times beyond the sun's are one.
  constexpr std::size_t kLongest = 18;
  if (std::min(DigitsOf(texts[0]), DigitsOf(texts[1])) > kLongest) return;
  const auto a = policy::Instant::Parse(texts[0]);
  const auto b = policy::Instant::Parse(texts[1]);
  if (!a || !b) return;
  Require(a->nanoseconds < 1'000'000'000, "a second has too many nanoseconds");
  const int order =
      reference::Compare(*reference::ReadDate(texts[0]), *reference::ReadDate(texts[1]));
  Require(*a <=> *b == order <=> 0, "the order of the dates differs");
}

std::vector<std::string> DateSeeds(const std::filesystem::path&) {
  return {"2026-03\n2026-03-01",
          "2026-03-02T09:25Z\n2026-03-02T10:25+01:00",
          "2026-03-02T09:25:30Z\n1772443530",
          "2026-03-02T09:25:30.123456789Z\n1772443530.123456789",
          "2024-02-29T23:59:59-12:30\n2024-02-29T23:59:59",
          "999999999999999999\n9999999999999999999",
          "1969-12-31T23:59:59Z\n0",
          "0001-01-01\n9999-12-31T23:59:59.999999999Z"};
}

}  // namespace postern::fuzz
