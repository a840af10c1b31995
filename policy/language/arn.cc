#include "policy/language/arn.h"

#include <algorithm>

namespace postern::policy {

Arn SplitArn(std::string_view text) {
  Arn arn;
  std::size_t begin = 0;
  bool braces_close = true;  // false once a `${` without `}` was seen: then none closes any more
  for (std::size_t at = 0; at < text.size() && arn.count < 5; ++at) {
    if (text[at] == '$' && braces_close && text.substr(at, 2) == "${") {
      const std::size_t close = text.find('}', at + 2);
      braces_close = close != std::string_view::npos;
      if (braces_close) at = close;
    } else if (text[at] == ':') {
      arn.fields[arn.count++] = text.substr(begin, at - begin);
      begin = at + 1;
    }
  }
  arn.fields[arn.count++] = text.substr(begin);
  return arn;
}

bool IsArn(std::string_view text) {
  const Arn arn = SplitArn(text);
  return arn.whole() && arn[ArnField::kArn] == "arn";
}

bool IsAccountId(std::string_view text) {
  return text.size() == 12 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace postern::policy
