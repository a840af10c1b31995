#include "tests/bench/report_rows.h"

#include <array>

namespace postern::bench {
namespace {

constexpr std::array<ReportRow, 5> kSmall = {{
    {"bind", "W1/bind", Unit::kNanoseconds, {}, {}},
    {"decide", "W1/decide", Unit::kNanoseconds, {200}, {400}},
    {"bind + decide", "W1/bind+decide", Unit::kNanoseconds, {700}, {1200}},
    {"explain", "W1/explain", Unit::kNanoseconds, {1500}, {3000}, "W1/decide"},
    {"compile", "W1/compile", Unit::kMicroseconds, {}, {}},
}};
constexpr std::array<ReportRow, 5> kLarge = {{
    {"bind", "W2/bind", Unit::kNanoseconds, {}, {}},
    {"decide", "W2/decide", Unit::kNanoseconds, {750}, {1500}},
    {"bind + decide", "W2/bind+decide", Unit::kNanoseconds, {}, {}},
    {"explain", "W2/explain", Unit::kNanoseconds, {15000}, {30000}, "W2/decide"},
    {"compile", "W2/compile", Unit::kMicroseconds, {1000}, {2000}},
}};
constexpr std::array<ReportRow, 5> kWildcards = {{
    {"bind", "W3/bind", Unit::kNanoseconds, {}, {}},
    {"decide", "W3/decide", Unit::kNanoseconds, {2500}, {5000}},
    {"bind + decide", "W3/bind+decide", Unit::kNanoseconds, {}, {}},
    {"explain", "W3/explain", Unit::kNanoseconds, {}, {}, "W3/decide"},
    {"compile", "W3/compile", Unit::kMicroseconds, {}, {}},
}};

constexpr std::array<ReportTable, 3> kTables = {{
    {"W1: 11 statements, S3 (a request)", kSmall},
    {"W2: some 340 statements near the size limits, 18 services (a request)", kLarge},
    {"W3: 100 statements of nothing but wildcards (a request)", kWildcards},
}};

}  // namespace

std::span<const ReportTable> ReportTables() { return kTables; }

}  // namespace postern::bench
