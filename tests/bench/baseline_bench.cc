#include "tests/bench/baseline_bench.h"

#include <benchmark/benchmark.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/json_tree.h"
#include "policy/language/pattern.h"
#include "policy/language/wildcard.h"
#include "tests/bench/figures.h"
#include "tests/bench/glob_expression.h"
#include "tests/bench/json_baseline.h"
#include "tests/bench/prepared.h"

namespace postern::bench {
namespace {

std::size_t CountLines(std::string_view text) {
  std::size_t lines = 0;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end; ++lines) {
    at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at))) + 1;
  }
  return lines;
}

void RegisterReading(const Workload& small) {
  const auto lines = std::make_shared<const std::vector<std::string>>(small.lines);
  const auto text = std::make_shared<std::string>();
  for (const std::string& line : *lines) *text += line + '\n';
  benchmark::RegisterBenchmark("base/split", [lines, text](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(CountLines(*text));
    SetItems(state, lines->size());
  });
  benchmark::RegisterBenchmark("base/reader", [lines](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(ReadAndForget(*lines));
    SetItems(state, lines->size());
  });
  benchmark::RegisterBenchmark("base/tree", [lines](benchmark::State& state) {
    policy::JsonReader reader;
    for (auto _ : state) {
      for (const std::string& line : *lines) benchmark::DoNotOptimize(reader.Read(line));
    }
    SetItems(state, lines->size());
  });
  benchmark::RegisterBenchmark("base/memory-reader", [lines](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(ReadAndForgetFromMemory(*lines));
    SetItems(state, lines->size());
  });
}

void RegisterLookUp(const Prepared& load) {
  auto keys = std::make_shared<std::vector<std::string>>();
  auto table = std::make_shared<std::unordered_map<std::string_view, int>>();
  for (const authz::ContextEntry& entry : load.cases.front().request.context) {
    keys->emplace_back(entry.key);
  }
  for (const std::string& key : *keys) table->emplace(key, static_cast<int>(key.size()));
  benchmark::RegisterBenchmark("base/look-up", [keys, table](benchmark::State& state) {
    for (auto _ : state) {
      for (const std::string& key : *keys) benchmark::DoNotOptimize(table->find(key)->second);
    }
    SetItems(state, keys->size());
  });
}

void RegisterSmallThings() {
  benchmark::RegisterBenchmark("base/malloc", [](benchmark::State& state) {
    for (auto _ : state) {
      void* memory = std::malloc(64);
      benchmark::DoNotOptimize(memory);
      std::free(memory);
    }
  });
  benchmark::RegisterBenchmark("base/compare", [](benchmark::State& state) {
    const std::string one(70, 'a');
    const std::string other(70, 'a');
    std::string_view left = one;
    std::string_view right = other;
    for (auto _ : state) {
      benchmark::DoNotOptimize(left);
      benchmark::DoNotOptimize(right);
      bool equal = left == right;
      benchmark::DoNotOptimize(equal);
    }
  });
}

struct NamedPattern {
  const char* name;
  const char* pattern;
};
constexpr const char* kObject =
    "arn:aws:s3:::acme-lake/reports/2026/11/eu-west-1/table-of-accounts.csv";
constexpr NamedPattern kPatterns[] = {
    {"literal", kObject},
    {"prefix", "arn:aws:s3:::acme-lake/*"},
    {"three-stars", "arn:aws:s3:::acme-*/2026/*/table-*.csv"},
};

// The same pattern by each matcher.
void RegisterPatterns() {
  for (const NamedPattern& named : kPatterns) {
    const auto tokens = std::make_shared<const std::string>(policy::WildcardTokens(named.pattern));
    const policy::Pattern pattern(*tokens);
    const auto expression = GlobExpression(named.pattern);
    const std::string name = std::string("pattern/") + named.name;
    benchmark::RegisterBenchmark((name + "/postern").c_str(),
                                 [tokens, pattern](benchmark::State& state) {
                                   std::string_view value = kObject;
                                   for (auto _ : state) {
                                     benchmark::DoNotOptimize(value);
                                     benchmark::DoNotOptimize(pattern.Matches(value));
                                   }
                                 });
    benchmark::RegisterBenchmark((name + "/re2").c_str(), [expression](benchmark::State& state) {
      for (auto _ : state) benchmark::DoNotOptimize(RE2::FullMatch(kObject, *expression));
    });
    benchmark::RegisterBenchmark(
        (name + "/two-pointer").c_str(), [tokens](benchmark::State& state) {
          std::string_view value = kObject;
          for (auto _ : state) {
            benchmark::DoNotOptimize(value);
            benchmark::DoNotOptimize(policy::ReferenceMatch(*tokens, value));
          }
        });
  }
}

// The resource patterns of W3, all at once, against the resources of its requests.
void RegisterSet(const Prepared& wildcards) {
  auto set = std::make_shared<RE2::Set>(GlobOptions(), RE2::ANCHOR_BOTH);
  for (const policy::Statement& statement :
       wildcards.policies.identity.policies.front()->statements()) {
    for (const policy::Node* pattern : statement.resources->patterns) {
      set->Add(GlobText(pattern->text), nullptr);
    }
  }
  set->Compile();
  auto resources = std::make_shared<std::vector<std::string>>();
  for (const authz::Case& question : wildcards.cases) {
    resources->emplace_back(question.request.resource);
  }
  // RE2 makes the states of its automaton when a value first needs them: few values show what it
  // takes once they are there.
  const auto of_values = [set, resources](const char* name, std::size_t count) {
    benchmark::RegisterBenchmark(name, [set, resources, count](benchmark::State& state) {
      std::vector<int> matches;
      for (auto _ : state) {
        for (std::size_t i = 0; i < count; ++i) {
          benchmark::DoNotOptimize(set->Match((*resources)[i], &matches));
        }
      }
      SetItems(state, count);
    });
  };
  of_values("base/set", 8);
  of_values("base/set-many", 1000);
}

}  // namespace

void RegisterBaselines(const Workload& small, const Prepared& load, const Prepared& wildcards) {
  RegisterReading(small);
  RegisterLookUp(load);
  RegisterSmallThings();
  RegisterPatterns();
  RegisterSet(wildcards);
}

}  // namespace postern::bench
