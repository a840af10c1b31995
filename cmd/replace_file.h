// Puts a new text in the place of a file's.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace postern::cmd {

// Makes the file where there is none. Writes a temporary file beside `path` and renames it over it,
// so that whoever looks, and whenever the program is killed, finds the old text or the new one;
// what is left over then is called `.postern-XXXXXX`. Keeps the file's permissions, and its owner
// where that is allowed; a symbolic link stays one, a hard link does not. Returns what went wrong;
// the file is then as it was.
std::optional<std::string> ReplaceFile(const std::filesystem::path& path, std::string_view text);

}  // namespace postern::cmd
