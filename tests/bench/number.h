// Numbers with three digits, as the report prints them.
#pragma once

#include <fmt/format.h>

#include <string>

namespace postern::bench {

inline std::string Number(double number) {
  return number < 10 ? fmt::format("{:.2f}", number)
                     : fmt::format("{:.{}f}", number, number < 100 ? 1 : 0);
}

}  // namespace postern::bench
