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

struct Buffers {
  std::array<authz::BoundRequest, kBlock> bounds;
  authz::Explanation explanation;
};
using Block = std::span<const authz::Case>;
using Step = void (*)(const Prepared&, Block, Buffers&);

long Interruptions() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nivcsw;
}

double UndisturbedSeconds(const Prepared& load, Block block, Buffers& buffers, Step ready,
                          Step step) {
  for (;;) {
    ready(load, block, buffers);
    const long before = Interruptions();
    const auto begin = std::chrono::steady_clock::now();
    step(load, block, buffers);
    const auto end = std::chrono::steady_clock::now();
    if (Interruptions() == before) return std::chrono::duration<double>(end - begin).count();
  }
}

void Touch(std::string_view text, unsigned& sum) {
  for (const char c : text) sum += static_cast<unsigned char>(c);
}

void ReadText(const Prepared&, Block block, Buffers&) {
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

void BindAll(const Prepared& load, Block block, Buffers& buffers) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const auto error = authz::Bind(*load.compiled, block[i].request, buffers.bounds[i]);
    benchmark::DoNotOptimize(error.has_value());
  }
}

void DecideAll(const Prepared& load, Block block, Buffers& buffers) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const authz::Decision decision = authz::Decide(*load.compiled, buffers.bounds[i]);
    benchmark::DoNotOptimize(decision.verdict);
  }
}

// One BoundRequest for all, as in a stream.
void BindInTurn(const Prepared& load, Block block, Buffers& buffers) {
  for (const authz::Case& question : block) {
    const auto error = authz::Bind(*load.compiled, question.request, buffers.bounds.front());
    benchmark::DoNotOptimize(error.has_value());
  }
}

void BindAndDecideInTurn(const Prepared& load, Block block, Buffers& buffers) {
  for (const authz::Case& question : block) {
    const auto error = authz::Bind(*load.compiled, question.request, buffers.bounds.front());
    benchmark::DoNotOptimize(error.has_value());
    const authz::Decision decision = authz::Decide(*load.compiled, buffers.bounds.front());
    benchmark::DoNotOptimize(decision.verdict);
  }
}

// Into one Explanation for all.
void ExplainAll(const Prepared& load, Block block, Buffers& buffers) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    authz::Explain(load.compiled, buffers.bounds[i], buffers.explanation);
    benchmark::DoNotOptimize(buffers.explanation.decision.verdict);
  }
}

void ExplainAfresh(const Prepared& load, Block block, Buffers& buffers) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const authz::Explanation explanation = authz::Explain(load.compiled, buffers.bounds[i]);
    benchmark::DoNotOptimize(explanation.decision.verdict);
  }
}

void Register(const std::shared_ptr<const Prepared>& load, const char* name, Step ready,
              Step step) {
  const auto next = std::make_shared<std::size_t>(0);
  benchmark::RegisterBenchmark((load->name + '/' + name).c_str(), [load, ready, step,
                                                                   next](benchmark::State& state) {
    const Block all(load->cases);
    Buffers buffers;
    for (auto _ : state) {
      double seconds = 0;
      for (std::size_t i = 0; i < kBlocksPerIteration; ++i) {
        const Block block = all.subspan(*next, kBlock);
        seconds += UndisturbedSeconds(*load, block, buffers, ready, step);
        *next = *next + 2 * kBlock > all.size() ? 0 : *next + kBlock;
      }
      state.SetIterationTime(seconds);
    }
    SetItems(state, kBlock * kBlocksPerIteration);
  })->UseManualTime();
}

}  // namespace

void RegisterEngineBenchmarks(const std::shared_ptr<const Prepared>& load) {
  Register(load, "bind", ReadText, BindInTurn);
  Register(load, "decide", BindAll, DecideAll);
  Register(load, "bind+decide", ReadText, BindAndDecideInTurn);
  Register(load, "explain", BindAll, ExplainAll);
  Register(load, "explain-afresh", BindAll, ExplainAfresh);
  benchmark::RegisterBenchmark((load->name + "/compile").c_str(), [load](benchmark::State& state) {
    for (auto _ : state) {
      benchmark::DoNotOptimize(authz::Compile(load->policies, policy::Catalogue::Embedded()));
    }
  });
}

}  // namespace postern::bench
