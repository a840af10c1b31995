#include <algorithm>
#include <array>

#include "tests/bench/workloads/compose.h"
#include "tests/bench/workloads/service_calls.h"
#include "tests/bench/workloads/workloads.h"

namespace postern::bench {
namespace {

struct SizeAt {
  double share;  // of the policies, from the smallest on
  double bytes;
};
// As AWS's own managed policies are spread; the largest is one of its own.
constexpr std::array<SizeAt, 12> kSizes = {{{0, 90},
                                            {0.05, 110},
                                            {0.10, 140},
                                            {0.25, 260},
                                            {0.40, 470},
                                            {0.50, 640},
                                            {0.60, 890},
                                            {0.75, 1500},
                                            {0.85, 2500},
                                            {0.90, 3700},
                                            {0.95, 5700},
                                            {1, 30000}}};
constexpr std::size_t kLargest = 130000;

std::size_t SizeOf(double share) {
  std::size_t next = 1;
  while (kSizes[next].share < share) ++next;
  const SizeAt low = kSizes[next - 1];
  const SizeAt high = kSizes[next];
  return static_cast<std::size_t>(low.bytes + (high.bytes - low.bytes) * (share - low.share) /
                                                  (high.share - low.share));
}

// About `bytes` long.
std::string TextOfSize(std::size_t bytes, std::string_view members, Random& random) {
  constexpr std::size_t kFrame = 150;  // of a policy with one statement without actions
  constexpr std::size_t kAction = 25;
  std::vector<std::string> statements;
  std::size_t written = 0;
  do {
    const std::size_t left = bytes - written;
    const std::size_t most = left < kFrame ? 1 : (left - kFrame) / kAction + 1;
    statements.push_back(ServiceStatement(statements.size(), std::min(most, random.Between(1, 12)),
                                          members, random));
    written += statements.back().size() + 1;
  } while (written + kFrame < bytes);
  return PolicyOf(statements);
}

}  // namespace

std::vector<PolicyText> PolicyTexts(std::size_t count) {
  Random random(4);
  std::vector<PolicyText> policies;
  for (std::size_t i = 0; i < count; ++i) {
    const bool last = i + 1 == count;
    const bool endpoint = i % 10 == 9 && !last;
    const std::size_t bytes =
        last ? kLargest : SizeOf(static_cast<double>(i) / static_cast<double>(count - 1));
    policies.push_back({endpoint ? policy::PolicyKind::kEndpoint : policy::PolicyKind::kManaged,
                        TextOfSize(bytes, endpoint ? R"(,"Principal":"*")" : "", random)});
  }
  return policies;
}

}  // namespace postern::bench
