// Days, as `--now` and postern.yaml write them.
#pragma once

#include <string>
#include <string_view>

namespace postern::cmd {

// YYYY-MM-DD, and a day of the calendar. Such texts compare as the days do.
bool IsDate(std::string_view text);

// How many days `to` comes after `from`, two texts that IsDate.
int DaysBetween(std::string_view from, std::string_view to);

// In UTC.
std::string Today();

}  // namespace postern::cmd
