// Calls of the services in services.h, and what policies say of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/bench/workloads/random.h"
#include "tests/bench/workloads/request_lines.h"
#include "tests/bench/workloads/services.h"

namespace postern::bench {

Call ServiceCall(const Service& service, Random& random);

// As policies write them: "glue:GetTable", now and then "glue:GetT*" or "glue:*".
std::vector<std::string> ActionPatterns(const Service& service, std::size_t count, Random& random);
// "*", or ARNs with wildcards for region, account and the end of the name.
std::vector<std::string> ResourcePatterns(const Service& service, std::size_t count,
                                          Random& random);

}  // namespace postern::bench
