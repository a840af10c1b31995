// What the pages that postern writes have in common: escaped text, one style sheet, and a head that
// forbids whatever would come from elsewhere. A page is one file without script, and XML as well as
// HTML.
#pragma once

#include <string>
#include <string_view>

namespace postern::cmd {

// For text between tags or an attribute in double quotes; line ends stay. Control characters and
// bytes that are no text come out as `?`; characters that cannot be seen or turn the direction of a
// line as their number, `[U+202E]`.
std::string HtmlText(std::string_view text);
// The same for a sentence: what stands in backticks is set as code.
std::string HtmlSentence(std::string_view text);
// The same as code. With "" nothing.
std::string HtmlCode(std::string_view text);

// The whole page. `title` is text, `body` is HTML.
std::string HtmlPage(std::string_view title, std::string_view body);

}  // namespace postern::cmd
