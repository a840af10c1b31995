// A policy's wildcard pattern as a regular expression, for RE2 to be measured with.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>
#include <string_view>

namespace postern::bench {

std::string GlobText(std::string_view pattern);
// `.` takes a line end as well; nothing is captured or logged.
RE2::Options GlobOptions();
// Not ok() if it takes more memory than RE2 allows itself.
std::shared_ptr<const RE2> GlobExpression(std::string_view pattern);

}  // namespace postern::bench
