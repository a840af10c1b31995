// Calls of the services in services.h, and what policies say of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/workloads/random.h"
#include "tests/bench/workloads/request_lines.h"
#include "tests/bench/workloads/services.h"

namespace postern::bench {

Call ServiceCall(const Service& service, Random& random);

// Different ones, at most 15, as policies write them: "glue:GetTable", now and then "glue:GetT*" or
// "glue:*".
std::vector<std::string> ActionPatterns(const Service& service, std::size_t count, Random& random);
// "*", or ARNs with wildcards for region, account and the end of the name.
std::vector<std::string> ResourcePatterns(const Service& service, std::size_t count,
                                          Random& random);

// A statement of a managed policy that allows `actions` actions of one service; four in ten have a
// condition. `members` stand behind its Effect: R"(,"Principal":"*")".
std::string ServiceStatement(std::size_t number, std::size_t actions, std::string_view members,
                             Random& random);

}  // namespace postern::bench
