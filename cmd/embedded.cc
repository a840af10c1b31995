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

std::vector<std::string_view> EmbeddedNames(std::string_view folder, std::string_view suffix) {
  std::vector<std::string_view> names;
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (!file.path.starts_with(folder) || !file.path.ends_with(suffix)) continue;
    names.push_back(
        file.path.substr(folder.size(), file.path.size() - folder.size() - suffix.size()));
  }
  return names;
}

}  // namespace postern::cmd
