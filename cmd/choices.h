// How an option's value is shown in help, and told to completions: its name and the words it takes.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace postern::cmd {

// "FORMAT:{text,json}", as CLI11 writes it for CLI::IsMember.
template <typename Words>
std::string Choices(std::string_view name, const Words& words) {
  return fmt::format("{}:{{{}}}", name, fmt::join(words, ","));
}

}  // namespace postern::cmd
