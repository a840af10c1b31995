#include "cmd/choices.h"

#include <fmt/format.h>

namespace postern::cmd {

std::string Choices(std::string_view name, std::span<const std::string_view> words) {
  return fmt::format("{}:{{{}}}", name, fmt::join(words, ","));
}

}  // namespace postern::cmd
