// Bind, decide, explain and compile over a workload: "W1/bind", "W1/decide", "W1/bind+decide",
// "W1/explain" (into one Explanation that is used again), "W1/explain-afresh" (a new one for each)
// in ns a request, "W1/compile" in ns.
//
// All requests take turns, in blocks of 32; a round goes on where the one before stopped. What a
// step needs is made ready before the clock runs: the request's text is in the cache, as a parser
// leaves it; for decide and explain the request is bound. Nothing is kept from one turn to the next
// but the buffers of BoundRequests and Explanation. A block during which the kernel gave the
// processor to someone else is measured again.
#pragma once

#include <memory>

#include "tests/bench/prepared.h"

namespace postern::bench {

// The workload must have 32 requests at least.
void RegisterEngineBenchmarks(const std::shared_ptr<const Prepared>& load);

}  // namespace postern::bench
