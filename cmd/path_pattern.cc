#include "cmd/path_pattern.h"

#include <fnmatch.h>

#include <algorithm>
#include <string>
#include <vector>

namespace postern::cmd {
namespace {

std::vector<std::string> SplitNames(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, end);
    if (!name.empty() && name != ".") names.emplace_back(name);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return names;
}

}  // namespace

bool MatchesPath(std::string_view pattern, std::string_view path) {
  const std::vector<std::string> wanted = SplitNames(pattern);
  const std::vector<std::string> names = SplitNames(path);
  // The last `**` may be made one folder longer whenever what follows it does not match.
  std::size_t w = 0;
  std::size_t n = 0;
  std::size_t after_stars = wanted.size() + 1;
  std::size_t stars_end = 0;
  while (n < names.size()) {
    if (w == wanted.size() && w > 0) return true;  // all that is in a folder
    if (w < wanted.size() && wanted[w] == "**") {
      after_stars = ++w;
      stars_end = n;
    } else if (w < wanted.size() &&
               ::fnmatch(wanted[w].c_str(), names[n].c_str(), FNM_NOESCAPE) == 0) {
      ++w;
      ++n;
    } else if (after_stars <= wanted.size()) {
      w = after_stars;
      n = ++stars_end;
    } else {
      return false;
    }
  }
  while (w < wanted.size() && wanted[w] == "**") ++w;
  return w == wanted.size();
}

std::string_view LiteralPart(std::string_view pattern) {
  const std::size_t special = pattern.find_first_of("*?[");
  if (special == pattern.npos) return pattern;
  const std::size_t slash = pattern.substr(0, special).rfind('/');
  return slash == pattern.npos ? std::string_view() : pattern.substr(0, slash);
}

}  // namespace postern::cmd
