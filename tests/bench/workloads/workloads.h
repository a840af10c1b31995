// The loads that postern is measured with, made from a fixed seed: the same bytes on every machine.
// Nothing in them is anybody's; shapes and sizes are those of policies and requests in use.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "policy/kind.h"

namespace postern::bench {

// What `postern eval --stream --policies` reads.
struct Workload {
  std::string name;                   // "W1"
  std::string policies;               // a `policies` object
  std::vector<std::string> lines;     // {"id", "request"}, without line ends
  std::vector<std::string> expected;  // verdicts by line; empty: not known beforehand
};

inline constexpr std::size_t kRequests = 10000;

// W1: 11 statements around one bucket, 18 to 22 context keys a request, S3 alone.
Workload SmallWorkload(std::size_t requests = kRequests);
// W2: endpoint policy, bucket policy and ten identity policies near their size limits; 18 services,
// 18 forms of operators, policy variables.
Workload LargeWorkload(std::size_t requests = kRequests);
// W3: 100 statements of nothing but wildcards.
Workload WildcardWorkload(std::size_t requests = kRequests);

struct PolicyText {
  policy::PolicyKind kind;
  std::string text;
};
// W4: single policies, half of them below 640 bytes, the largest of 130 KB.
std::vector<PolicyText> PolicyTexts(std::size_t count = 400);

}  // namespace postern::bench
