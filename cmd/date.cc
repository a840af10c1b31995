#include "cmd/date.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <chrono>

namespace postern::cmd {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

bool IsDate(std::string_view text) {
  static const RE2 kForm("([0-9]{4})-([0-9]{2})-([0-9]{2})");
  int y = 0;
  unsigned m = 0;
  unsigned d = 0;
  return RE2::FullMatch({text.data(), text.size()}, kForm, &y, &m, &d) &&
         year_month_day(year(y), month(m), day(d)).ok();
}

std::string Today() {
  const year_month_day today(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(today.year()),
                     static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day()));
}

}  // namespace postern::cmd
