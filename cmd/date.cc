#include "cmd/date.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <chrono>
#include <optional>

namespace postern::cmd {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

namespace {

std::optional<year_month_day> Parse(std::string_view text) {
  static const RE2 kForm("([0-9]{4})-([0-9]{2})-([0-9]{2})");
  int y = 0;
  unsigned m = 0;
  unsigned d = 0;
  if (!RE2::FullMatch({text.data(), text.size()}, kForm, &y, &m, &d)) return std::nullopt;
  const year_month_day date{year(y), month(m), day(d)};
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace

bool IsDate(std::string_view text) { return Parse(text).has_value(); }

int DaysBetween(std::string_view from, std::string_view to) {
  const std::chrono::sys_days begin = Parse(from).value();
  const std::chrono::sys_days end = Parse(to).value();
  return static_cast<int>((end - begin).count());
}

std::string Today() {
  const year_month_day today(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(today.year()),
                     static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day()));
}

}  // namespace postern::cmd
