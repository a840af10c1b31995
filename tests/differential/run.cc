#include "tests/differential/run.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "tests/differential/generate/generate.h"

namespace postern::differential {
namespace {

constexpr std::size_t kExamples = 3;

void Keep(FailureKind& kind, std::vector<FailureKind::Example> examples) {
  for (FailureKind::Example& example : examples) kind.examples.push_back(std::move(example));
  std::ranges::stable_sort(kind.examples, {}, &FailureKind::Example::set);
  if (kind.examples.size() > kExamples) kind.examples.resize(kExamples);
}

void Merge(RunResult& into, RunResult from) {
  into.pairs += from.pairs;
  into.coverage.Merge(from.coverage);
  for (auto& [name, kind] : from.failures) {
    FailureKind& known = into.failures[name];
    known.count += kind.count;
    Keep(known, std::move(kind.examples));
  }
}

// Sets are handed out in order, so each thread's first examples hold the first of all.
RunResult Work(const RunOptions& options, std::atomic<std::uint64_t>& next) {
  RunResult result;
  std::vector<Failure> failures;
  for (;;) {
    const std::uint64_t set = next.fetch_add(1);
    const std::uint64_t first = set * kRequestsOfSet;
    if (first >= options.pairs) return result;
    const auto requests =
        static_cast<std::size_t>(std::min<std::uint64_t>(kRequestsOfSet, options.pairs - first));
    failures.clear();
    CheckSet(GenerateSet(options.seed, set, requests), options.seed, set, result.coverage,
             failures);
    result.pairs += requests;
    for (Failure& failure : failures) {
      FailureKind& kind = result.failures[failure.kind];
      ++kind.count;
      if (kind.examples.size() < kExamples) Keep(kind, {{set, std::move(failure)}});
    }
  }
}

}  // namespace

RunResult Run(const RunOptions& options) {
  std::atomic<std::uint64_t> next = 0;
  std::vector<RunResult> results(std::max(1u, options.jobs));
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < results.size(); ++i) {
      threads.emplace_back([&, i] { results[i] = Work(options, next); });
    }
    results[0] = Work(options, next);
  }
  RunResult all;
  for (RunResult& result : results) Merge(all, std::move(result));
  return all;
}

}  // namespace postern::differential
