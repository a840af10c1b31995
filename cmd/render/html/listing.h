// The text of a policy with its line numbers, and ranges of it marked: which statement decided,
// which element failed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"

namespace postern::cmd {

// `style` are classes of page.css, `note` is said at the end of the line where the range begins.
struct ListingMark {
  policy::SourceRange range;
  std::string style;
  std::string note;
};

inline constexpr std::size_t kListedBytes = 64 * 1024;

struct Listing {
  std::string anchor;               // the id of line 4 is `<anchor>-L4`; "" = lines have none
  std::vector<ListingMark> blocks;  // statements, in document order, none within another
  std::vector<ListingMark> marks;   // elements within them, likewise
  std::uint32_t focus = 0;          // the byte to be seen where the text is longer than `most`
  std::size_t most = kListedBytes;  // bytes
};

// What is left out of a long text is said before and after it.
std::string ListingAsHtml(const policy::PolicyDocument& document, const Listing& listing);

}  // namespace postern::cmd
