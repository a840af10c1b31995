// Files of the repository that are part of the program: schemas, semantics.md, the rules' examples,
// the style of pages, scenarios.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace postern::cmd {

struct EmbeddedFile {
  std::string_view path;  // "schemas/findings.schema.json"
  std::string_view text;
};

// Sorted by path; static storage.
std::span<const EmbeddedFile> EmbeddedFiles();
std::optional<std::string_view> FindEmbedded(std::string_view path);
// What stands between the two in the paths that have both: the names of one kind of file, sorted.
std::vector<std::string_view> EmbeddedNames(std::string_view folder, std::string_view suffix);

}  // namespace postern::cmd
