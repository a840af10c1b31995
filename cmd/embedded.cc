#include "cmd/embedded.h"

#include <algorithm>

namespace postern::cmd {

std::optional<std::string_view> FindEmbedded(std::string_view path) {
  const std::span<const EmbeddedFile> files = EmbeddedFiles();
  const auto found =
      std::lower_bound(files.begin(), files.end(), path,
                       [](const EmbeddedFile& file, std::string_view p) { return file.path < p; });
  if (found == files.end() || found->path != path) return std::nullopt;
  return found->text;
}

}  // namespace postern::cmd
