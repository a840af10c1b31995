#include "tests/bench/report_rows.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "tests/bench/hostile_bench.h"

namespace postern::bench {
namespace {

using enum Unit;

constexpr std::array<ReportRow, 6> kSmall = {{
    {"bind", "W1/bind"},
    {"decide", "W1/decide", kNanoseconds, {200}, {400}, "base/floor"},
    {"bind + decide", "W1/bind+decide", kNanoseconds, {700}, {1200}},
    {"explain", "W1/explain", kNanoseconds, {1500}, {3000}, "W1/decide"},
    {"explain, a new one each time", "W1/explain-afresh", kNanoseconds, {}, {}, "W1/decide"},
    {"compile, the whole set", "W1/compile", kMicroseconds},
}};
constexpr std::array<ReportRow, 6> kLarge = {{
    {"bind", "W2/bind"},
    {"decide", "W2/decide", kNanoseconds, {750}, {1500}, "W1/decide"},
    {"bind + decide", "W2/bind+decide"},
    {"explain", "W2/explain", kNanoseconds, {15000}, {30000}, "W2/decide"},
    {"explain, a new one each time", "W2/explain-afresh", kNanoseconds, {}, {}, "W2/decide"},
    {"compile, the whole set", "W2/compile", kMicroseconds, {1000}, {2000}},
}};
constexpr std::array<ReportRow, 6> kWildcards = {{
    {"bind", "W3/bind"},
    {"decide", "W3/decide", kNanoseconds, {2500}, {5000}, "base/set"},
    {"bind + decide", "W3/bind+decide"},
    {"explain", "W3/explain", kNanoseconds, {}, {}, "W3/decide"},
    {"explain, a new one each time", "W3/explain-afresh", kNanoseconds, {}, {}, "W3/decide"},
    {"compile, the whole set", "W3/compile", kMicroseconds},
}};
constexpr std::array<ReportRow, 5> kParse = {{
    {"RapidJSON document in situ", "W4/dom", kMicroseconds},
    {"tree", "W4/tree", kMicroseconds, {}, {}, "W4/dom"},
    {"tree, document, JS and GR", "W4/document", kMicroseconds, {12}, {18}, "W4/dom"},
    {"and the catalogue's rules", "W4/catalogue", kMicroseconds, {25}, {40}, "W4/dom"},
    {"all rules", "W4/rules", kMicroseconds, {}, {}, "W4/dom"},
}};
constexpr std::array<ReportRow, 9> kStream = {{
    {"RapidJSON reader in situ", "W5/reader"},
    {"reader + bind + decide", "W5/work"},
    {"one job, processor time",
     "W5/processor",
     kNanoseconds,
     {1.25, "W5/work"},
     {1.6, "W5/work"},
     "W5/work"},
    {"one job, by the clock", "W5/one", kNanoseconds, {}, {}, "W5/work"},
    {"two jobs, by the clock",
     "W5/two",
     kNanoseconds,
     {1, "W5/two-bound"},
     {1 / 1.6, "W5/one"},
     "W5/one"},
    {"two processes, by the clock", "W5/processes", kNanoseconds, {}, {}, "W5/one"},
    {"two jobs, processor time", "W5/two-processor", kNanoseconds, {}, {}, "W5/processor"},
    {"memory, one job", "W5/memory", kMegabytes, {16}, {24}},
    {"memory, two jobs", "W5/memory-two", kMegabytes},
}};
constexpr std::array<ReportRow, 7> kStart = {{
    {"a process that does nothing", "start/nothing", kMilliseconds},
    {"one decision", "start/one", kMilliseconds, {4}, {6}, "start/nothing"},
    {"the difference", "start/beyond", kMilliseconds, {1.5}},
    {"nothing, processor time", "start/nothing-processor", kMilliseconds},
    {"one decision, processor time",
     "start/processor",
     kMilliseconds,
     {},
     {},
     "start/nothing-processor"},
    {"the difference, processor time", "start/beyond-processor", kMilliseconds, {1.5}},
    {"memory of one decision", "start/memory", kMegabytes, {8}, {12}},
}};
constexpr std::array<ReportRow, 8> kAllocations = {{
    {"W1 bind + decide", "W1/bind+decide/allocations", kCount, {0}, {0}},
    {"W2 bind + decide", "W2/bind+decide/allocations", kCount, {0}, {0}},
    {"W3 bind + decide", "W3/bind+decide/allocations", kCount, {0}, {0}},
    {"W1 explain", "W1/explain/allocations", kCount},
    {"W2 explain", "W2/explain/allocations", kCount},
    {"W3 explain", "W3/explain/allocations", kCount},
    {"a hostile pattern, a match", "hostile/allocations", kCount, {0}, {0}},
    {"W1 a line of a stream", "W1/stream/allocations", kCount},
}};
constexpr std::array<ReportRow, 19> kBaselines = {{
    {"split lines, a line", "base/split"},
    {"RapidJSON in situ, a line", "base/reader"},
    {"RapidJSON from memory, a line", "base/memory-reader"},
    {"postern's JSON tree, a line", "base/tree", kNanoseconds, {}, {}, "base/reader"},
    {"RE2::Set of W3's, eight values", "base/set"},
    {"RE2::Set of W3's, 1,000 values", "base/set-many"},
    {"hash look-up of a key", "base/look-up"},
    {"malloc and free of 64 bytes", "base/malloc"},
    {"compare 70 bytes", "base/compare"},
    {"a look-up and six comparisons", "base/floor"},
    {"literal ARN: postern", "pattern/literal/postern", kNanoseconds, {}, {}, "base/compare"},
    {"literal ARN: two pointers", "pattern/literal/two-pointer"},
    {"literal ARN: RE2", "pattern/literal/re2"},
    {"ARN prefix: postern", "pattern/prefix/postern", kNanoseconds, {}, {}, "base/compare"},
    {"ARN prefix: two pointers", "pattern/prefix/two-pointer"},
    {"ARN prefix: RE2", "pattern/prefix/re2"},
    {"three stars: postern",
     "pattern/three-stars/postern",
     kNanoseconds,
     {},
     {},
     "pattern/three-stars/re2"},
    {"three stars: two pointers", "pattern/three-stars/two-pointer"},
    {"three stars: RE2", "pattern/three-stars/re2"},
}};
constexpr std::array<ReportRow, 6> kPeer = {{
    {"W1: iam-simulate", "W1/peer", kMicroseconds, {}, {}, "W1/bind+decide"},
    {"W1: beside postern's explain", "W1/peer", kMicroseconds, {}, {}, "W1/bind+explain"},
    {"W2: iam-simulate", "W2/peer", kMicroseconds, {}, {}, "W2/bind+decide"},
    {"W2: beside postern's explain", "W2/peer", kMicroseconds, {}, {}, "W2/bind+explain"},
    {"W3: iam-simulate", "W3/peer", kMicroseconds, {}, {}, "W3/bind+decide"},
    {"W3: beside postern's explain", "W3/peer", kMicroseconds, {}, {}, "W3/bind+explain"},
}};

constexpr std::array<ReportRow, 1> kRandomPatterns = {{
    {"the slowest", "random/slowest", kMicroseconds, {5}, {20}},
}};

constexpr std::array<ReportTable, 11> kTables = {{
    {"W1: 11 statements, S3 (a request)", kSmall},
    {"W2: some 350 statements near the size limits, 18 services (a request)", kLarge},
    {"W3: 100 statements of nothing but wildcards (a request)", kWildcards},
    {"Hostile patterns", {}, {}, HostileText},
    {"Random patterns of up to 2,048 bytes against 1,024 bytes", kRandomPatterns},
    {"W4: single policies (a policy)", kParse},
    {"W5: postern eval --stream over W1's requests, whole processes (a line)", kStream,
     "goal of two jobs: 1.8 times the pace of one, or 0.9 times that of two processes if that is "
     "more"},
    {"Start", kStart},
    {"Allocations once warm (a request)", kAllocations},
    {"What less work costs (a call)", kBaselines},
    {"@cloud-copilot/iam-simulate, a call of its public interface", kPeer,
     "it validates policies and request with every call and always explains, where postern "
     "compiles "
     "the policies once"},
}};

struct Sum {
  const char* name;
  std::initializer_list<const char*> parts;
};

}  // namespace

std::span<const ReportTable> ReportTables() { return kTables; }

void AddDerived(Figures& figures) {
  const auto all = [&](std::initializer_list<const char*> names) {
    return std::all_of(names.begin(), names.end(),
                       [&](const char* name) { return figures.Has(name); });
  };
  const auto median = [&](const char* name) { return figures.Median(name); };
  for (const Sum& sum : {Sum{"W5/work", {"W5/reader", "W1/bind+decide"}},
                         Sum{"W1/bind+explain", {"W1/bind", "W1/explain"}},
                         Sum{"W2/bind+explain", {"W2/bind", "W2/explain"}},
                         Sum{"W3/bind+explain", {"W3/bind", "W3/explain"}}}) {
    if (!all(sum.parts)) continue;
    double total = 0;
    for (const char* part : sum.parts) total += median(part);
    figures.Add(sum.name, total);
  }
  if (all({"base/look-up", "base/compare"})) {
    figures.Add("base/floor", median("base/look-up") + 6 * median("base/compare"));
  }
  if (all({"start/one", "start/nothing"})) {
    figures.Add("start/beyond", median("start/one") - median("start/nothing"));
    figures.Add("start/beyond-processor",
                median("start/processor") - median("start/nothing-processor"));
  }
  if (all({"W5/one", "W5/processes"})) {
    figures.Add("W5/two-bound", std::min(median("W5/one") / 1.8, median("W5/processes") / 0.9));
  }
}

}  // namespace postern::bench
