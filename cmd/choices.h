// How an option's value is shown in help, and told to completions: its name and the words it takes.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace postern::cmd {

// "FORMAT:{text,json}", as CLI11 writes it for CLI::IsMember.
std::string Choices(std::string_view name, std::span<const std::string_view> words);

}  // namespace postern::cmd
