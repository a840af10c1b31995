#include "tests/bench/engine_bench.h"

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <span>

#include "policy/catalogue.h"
#include "tests/bench/figures.h"

namespace postern::bench {
namespace {

constexpr std::size_t kBlock = 32;
constexpr std::size_t kBlocksPerIteration = 32;
using Bounds = std::array<authz::BoundRequest, kBlock>;
using Block = std::span<const authz::Case>;
using Step = void (*)(const Prepared&, Block, Bounds&);

long Interruptions() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nivcsw;
}

double UndisturbedSeconds(const Prepared& load, Block block, Bounds& bounds, Step ready,
                          Step step) {
  for (;;) {
    ready(load, block, bounds);
    const long before = Interruptions();
    const auto begin = std::chrono::steady_clock::now();
    step(load, block, bounds);
    const auto end = std::chrono::steady_clock::now();
    if (Interruptions() == before) return std::chrono::duration<double>(end - begin).count();
  }
}

void Touch(std::string_view text, unsigned& sum) {
  for (const char c : text) sum += static_cast<unsigned char>(c);
}

void ReadText(const Prepared&, Block block, Bounds&) {
  unsigned sum = 0;
  for (const authz::Case& question : block) {
    const authz::Request& request = question.request;
    for (const std::string_view text :
         {request.principal.arn, request.action, request.resource, request.resource_account}) {
      Touch(text, sum);
    }
    for (const authz::ContextEntry& entry : request.context) Touch(entry.key, sum);
    for (const std::string_view value : request.values) Touch(value, sum);
  }
  benchmark::DoNotOptimize(sum);
}

void BindAll(const Prepared& load, Block block, Bounds& bounds) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const auto error = authz::Bind(*load.compiled, block[i].request, bounds[i]);
    benchmark::DoNotOptimize(error.has_value());
  }
}

void DecideAll(const Prepared& load, Block block, Bounds& bounds) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const authz::Decision decision = authz::Decide(*load.compiled, bounds[i]);
    benchmark::DoNotOptimize(decision.verdict);
  }
}

// One BoundRequest for all, as in a stream.
void BindAndDecideAll(const Prepared& load, Block block, Bounds& bounds) {
  for (const authz::Case& question : block) {
    const auto error = authz::Bind(*load.compiled, question.request, bounds.front());
    benchmark::DoNotOptimize(error.has_value());
    const authz::Decision decision = authz::Decide(*load.compiled, bounds.front());
    benchmark::DoNotOptimize(decision.verdict);
  }
}

void ExplainAll(const Prepared& load, Block block, Bounds& bounds) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const authz::Explanation explanation = authz::Explain(load.compiled, bounds[i]);
    benchmark::DoNotOptimize(explanation.decision.verdict);
  }
}

void Register(const std::shared_ptr<const Prepared>& load, const char* name, Step ready,
              Step step) {
  const auto next = std::make_shared<std::size_t>(0);
  benchmark::RegisterBenchmark((load->name + '/' + name).c_str(), [load, ready, step,
                                                                   next](benchmark::State& state) {
    const Block all(load->cases);
    Bounds bounds;
    for (auto _ : state) {
      double seconds = 0;
      for (std::size_t i = 0; i < kBlocksPerIteration; ++i) {
        const Block block = all.subspan(*next, kBlock);
        seconds += UndisturbedSeconds(*load, block, bounds, ready, step);
        *next = *next + 2 * kBlock > all.size() ? 0 : *next + kBlock;
      }
      state.SetIterationTime(seconds);
    }
    SetItems(state, kBlock * kBlocksPerIteration);
  })->UseManualTime();
}

}  // namespace

void RegisterEngineBenchmarks(const std::shared_ptr<const Prepared>& load) {
  Register(load, "bind", ReadText, BindAll);
  Register(load, "decide", BindAll, DecideAll);
  Register(load, "bind+decide", ReadText, BindAndDecideAll);
  Register(load, "explain", BindAll, ExplainAll);
  benchmark::RegisterBenchmark((load->name + "/compile").c_str(), [load](benchmark::State& state) {
    for (auto _ : state) {
      benchmark::DoNotOptimize(authz::Compile(load->policies, policy::Catalogue::Embedded()));
    }
  });
}

}  // namespace postern::bench
