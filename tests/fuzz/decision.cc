// The engine against the reference evaluator, and what must hold of every case (semantics S12.7),
// on policies and requests that the bytes choose.
#include "tests/differential/check.h"
#include "tests/differential/generate/generate.h"
#include "tests/differential/shrink.h"
#include "tests/fuzz/properties.h"

namespace postern::fuzz {
namespace {

constexpr std::size_t kRequests = 2;

}  // namespace

void CheckDecision(std::string_view bytes) {
  Input input(bytes);
  const std::uint8_t turn = input.Byte();
  differential::Random random(input.rest());
  const std::string text = differential::GenerateSet(random, kRequests);
  differential::Coverage coverage;
  std::vector<differential::Failure> failures;
  differential::CheckSet(text, turn, turn, coverage, failures);
  if (failures.empty()) return;
  const differential::Failure small = differential::Shrink(failures.front());
  throw Broken(small.rule + ": " + small.what + "\n" + small.text);
}

// Nothing is known of the bytes before they are drawn: any will do.
std::vector<std::string> DecisionSeeds(const std::filesystem::path&) {
  constexpr std::size_t kSeeds = 64;
  constexpr std::size_t kDraws = 1024;
  std::vector<std::string> seeds;
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    differential::Random random(seed);
    std::string bytes;
    for (std::size_t i = 0; i < kDraws; ++i) bytes += static_cast<char>(random.Below(256));
    seeds.push_back(std::move(bytes));
  }
  return seeds;
}

}  // namespace postern::fuzz
