// The requests of the made-up workloads: one user, 18 to 22 context keys, about 930 bytes a line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tests/bench/workloads/random.h"

namespace postern::bench {

inline constexpr std::string_view kAccount = "111122223333";
inline constexpr std::string_view kUserArn = "arn:aws:iam::111122223333:user/maria";
inline constexpr std::string_view kOrgId = "o-a1b2c3d4e5";
inline constexpr std::string_view kEndpointId = "vpce-0c5d6e7f8a9b0c1d2";

struct Call {
  std::string action;
  std::string resource;
};

// One line of a stream. Most requests are in order; one in twenty comes from another organization,
// or is for one, one in ten takes another endpoint or none, one in forty is not encrypted.
std::string RequestLine(std::size_t id, const Call& call, Random& random);

// An S3 call, most of them on the bucket `acme-lake`: the more common an operation is, the more
// often it comes.
Call S3Call(Random& random);

}  // namespace postern::bench
