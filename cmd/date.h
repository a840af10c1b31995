// Days, as `--now` and postern.yaml write them.
#pragma once

#include <string>
#include <string_view>

namespace postern::cmd {

// YYYY-MM-DD, and a day of the calendar. Such texts compare as the days do.
bool IsDate(std::string_view text);

// In UTC.
std::string Today();

}  // namespace postern::cmd
