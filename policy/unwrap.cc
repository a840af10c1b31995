#include "policy/unwrap.h"

#include <algorithm>
#include <utility>

#include "policy/json_tree.h"
#include "policy/url_escape.h"

namespace postern::policy {
namespace {

Unwrapped Of(JsonResult inside, std::string_view wrapping) {
  if (!inside.tree) return {};
  return {std::make_shared<const Tree>(*std::move(inside.tree)), wrapping};
}

}  // namespace

Unwrapped UnwrapString(const Tree& tree) {
  if (!tree.root().IsString()) return {};
  return Of(ReadJsonInString(tree, tree.root()), "a JSON string");
}

Unwrapped UnwrapUrl(std::shared_ptr<const Source> source) {
  const std::string_view text = source->text();
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  if (UrlEscape(text.substr(begin)) != '{') return {};
  return Of(ReadUrlEncodedJson(std::move(source)), "URL encoding");
}

}  // namespace postern::policy
