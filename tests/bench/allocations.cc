// `postern_bench_allocations`: how often the engine asks for memory once it is warm, a line each:
// "W1/bind+decide/allocations 0". A program of its own, as it replaces malloc.
#include <fmt/format.h>

#include <cstddef>
#include <cstdio>
#include <sstream>
#include <string>

#include "cmd/stream_worker.h"
#include "policy/language/pattern.h"
#include "policy/language/wildcard.h"
#include "tests/bench/prepared.h"
#include "tests/bench/workloads/hostile_patterns.h"

namespace {
std::size_t allocations = 0;
}

// The C library's own entry points behind the names, which are there to be called like this.
// operator new ends in malloc.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) {
  ++allocations;
  return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
}

namespace postern::bench {
namespace {

template <typename Step>
void Print(const std::string& name, std::size_t count, Step step) {
  for (std::size_t i = 0; i < count; ++i) step(i);  // warm
  const std::size_t before = allocations;
  for (std::size_t i = 0; i < count; ++i) step(i);
  fmt::print("{}/allocations {:.4f}\n", name,
             static_cast<double>(allocations - before) / static_cast<double>(count));
}

void CountEngine(const Prepared& load) {
  authz::BoundRequest bound;
  const auto bind = [&](std::size_t i) {
    if (authz::Bind(*load.compiled, load.cases[i].request, bound)) throw BenchError{"not bound"};
  };
  const auto decide = [&](std::size_t i) {
    bind(i);
    authz::Decide(*load.compiled, bound);
  };
  Print(load.name + "/bind+decide", load.cases.size(), decide);
  authz::Explanation explanation;
  Print(load.name + "/explain", load.cases.size(), [&](std::size_t i) {
    decide(i);
    authz::Explain(load.compiled, bound, explanation);
  });
}

void CountStream(const Workload& workload, const Prepared& load) {
  std::istringstream none;
  const cmd::Files files("", none);
  const cmd::SharedPolicies shared{load.policies, load.compiled};
  cmd::StreamWorker worker(files, "-", &shared);
  std::string out;
  Print(workload.name + "/stream", workload.lines.size(), [&](std::size_t i) {
    out.clear();
    worker.Run(workload.lines[i], 1, out);
  });
}

void CountPatterns() {
  for (const HostilePattern& hostile : HostilePatterns()) {
    const std::string tokens = policy::WildcardTokens(hostile.pattern);
    const policy::Pattern pattern(tokens);
    const std::string value(kValueBytes.back(), 'a');
    bool matches = false;
    Print("hostile", 10, [&](std::size_t) { matches = pattern.Matches(value) || matches; });
  }
}

void Run() {
  CountPatterns();
  for (const Workload& workload : {SmallWorkload(), LargeWorkload(), WildcardWorkload()}) {
    const Prepared load = Prepare(workload);
    CountEngine(load);
    if (workload.name == "W1") CountStream(workload, load);
  }
}

}  // namespace
}  // namespace postern::bench

int main() {
  try {
    postern::bench::Run();
    return 0;
  } catch (const postern::bench::BenchError& error) {
    fmt::print(stderr, "{}\n", error.message);
    return 1;
  }
}
