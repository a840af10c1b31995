// What is reported, in which order, and what it is held against.
#pragma once

#include <span>
#include <string_view>

namespace postern::bench {

enum class Unit { kNanoseconds, kMicroseconds, kMilliseconds, kMegabytes, kCount };

// At most `number` in the row's unit, or, with `of`, times what that figure is.
struct Limit {
  double number = 0;  // 0: none
  std::string_view of = {};
};

struct ReportRow {
  std::string_view label;
  std::string_view figure;
  Unit unit = Unit::kNanoseconds;
  Limit goal;
  Limit must;
  std::string_view baseline = {};  // another figure
};

struct ReportTable {
  std::string_view title;
  std::span<const ReportRow> rows;
};

std::span<const ReportTable> ReportTables();

}  // namespace postern::bench
