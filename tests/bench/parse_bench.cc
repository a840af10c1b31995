#include "tests/bench/parse_bench.h"

#include <benchmark/benchmark.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "cmd/rule_table.h"
#include "policy/catalogue.h"
#include "policy/json_tree.h"
#include "policy/lint.h"
#include "policy/parse.h"
#include "tests/bench/figures.h"

namespace postern::bench {
namespace {

struct Input {
  policy::PolicyKind kind;
  std::shared_ptr<const policy::Source> source;
};
using Inputs = std::vector<Input>;

bool IsOfReadingOrGrammar(std::string_view code) {
  return code.starts_with("JS") || code.starts_with("GR");
}

bool AsksCatalogue(std::string_view code) {
  struct Range {
    std::string_view first, last;
  };
  constexpr std::array<Range, 3> kRanges = {
      {{"AC501", "AC502"}, {"RS601", "RS612"}, {"CO701", "CO706"}}};
  return IsOfReadingOrGrammar(code) ||
         std::any_of(kRanges.begin(), kRanges.end(), [code](const Range& range) {
           return range.first <= code && code <= range.last;
         });
}

std::vector<policy::Rule> RulesThat(bool (*wanted)(std::string_view)) {
  std::vector<policy::Rule> rules;
  for (const policy::Rule& rule : cmd::AllRules()) {
    if (wanted(rule.code)) rules.push_back(rule);
  }
  return rules;
}

template <typename Step>
void Register(const std::string& name, const std::shared_ptr<const Inputs>& inputs, Step step) {
  benchmark::RegisterBenchmark(name.c_str(), [inputs, step](benchmark::State& state) {
    for (auto _ : state) {
      for (const Input& input : *inputs) step(input);
    }
    SetItems(state, inputs->size());
  });
}

void RegisterLint(const std::string& name, const std::shared_ptr<const Inputs>& inputs,
                  const std::vector<policy::Rule>& rules) {
  Register(name, inputs, [rules](const Input& input) {
    policy::LintOptions options{.kind = input.kind, .facts = {}};
    options.facts.catalogue = &policy::Catalogue::Embedded();
    benchmark::DoNotOptimize(policy::LintText(input.source, options, rules));
  });
}

// Into one pool of memory, which the next document uses again.
class DomReader {
 public:
  void Read(std::string_view text) {
    buffer_.assign(text);
    pool_.Clear();
    rapidjson::Document document(&pool_);
    document.ParseInsitu<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                         rapidjson::kParseNumbersAsStringsFlag>(buffer_.data());
    benchmark::DoNotOptimize(document.HasParseError());
  }

 private:
  std::string buffer_;
  rapidjson::MemoryPoolAllocator<> pool_;
};

}  // namespace

void RegisterParseBenchmarks(const std::string& name, const std::vector<PolicyText>& policies) {
  const auto inputs = std::make_shared<Inputs>();
  for (const PolicyText& policy : policies) {
    inputs->push_back({policy.kind, std::make_shared<const policy::Source>(name, policy.text)});
  }
  const auto reader = std::make_shared<DomReader>();
  Register(name + "/dom", inputs,
           [reader](const Input& input) { reader->Read(input.source->text()); });
  Register(name + "/tree", inputs, [](const Input& input) {
    benchmark::DoNotOptimize(policy::ReadJson(input.source).tree.has_value());
  });
  Register(name + "/document", inputs, [](const Input& input) {
    benchmark::DoNotOptimize(policy::ParseText(input.source, input.kind).refused);
  });
  RegisterLint(name + "/catalogue", inputs, RulesThat(AsksCatalogue));
  const auto all = cmd::AllRules();
  RegisterLint(name + "/rules", inputs, {all.begin(), all.end()});
}

}  // namespace postern::bench
