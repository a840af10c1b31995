// What is reported, in which order, and what it is held against.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tests/bench/figures.h"

namespace postern::bench {

enum class Unit { kNanoseconds, kMicroseconds, kMilliseconds, kMegabytes, kCount };

// At most `number` in the row's unit, or, with `of`, `number` times what that figure is.
struct Limit {
  double number = kNone;
  std::string_view of = {};

  static constexpr double kNone = -1;
  bool given() const { return number != kNone; }
};

struct ReportRow {
  std::string_view label;
  std::string_view figure;
  Unit unit = Unit::kNanoseconds;
  Limit goal = {};
  Limit must = {};
  std::string_view baseline = {};  // another figure
};

struct ReportTable {
  std::string_view title;
  std::span<const ReportRow> rows;
  std::string_view note = {};
  std::string (*text)(const Figures&) = nullptr;  // instead of rows: a table of its own form
};

std::span<const ReportTable> ReportTables();

// Figures made of others, where those are there: "W5/work" and what else ReportTables compares
// with.
void AddDerived(Figures& figures);

}  // namespace postern::bench
