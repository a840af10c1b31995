// Inflates gzip, which is how AWS delivers logs to S3.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace postern::cmd {

bool IsGzip(std::string_view bytes);

// All members of a gzip file, one after the other. The error is one line for people: a file that
// ends early, damage, more than `limit` bytes once inflated.
tl::expected<std::string, std::string> Gunzip(std::string_view bytes, std::size_t limit);

}  // namespace postern::cmd
