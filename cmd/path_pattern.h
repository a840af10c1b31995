// Patterns of paths, as postern.yaml has them.
#pragma once

#include <string_view>

namespace postern::cmd {

// `*`, `?` and `[...]` stay within one name, `**` stands for any number of folders. A pattern that
// matches a folder matches all that is in it. Both with `/`, relative to the same folder.
bool MatchesPath(std::string_view pattern, std::string_view path);

// The folders before the first name that is a pattern; the whole of it where none is.
std::string_view LiteralPart(std::string_view pattern);

}  // namespace postern::cmd
