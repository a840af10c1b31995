// Text with holes, for made-up JSON.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace postern::bench {

// `text` with `@0`, `@1` ... replaced by the values.
std::string Fill(std::string_view text, std::initializer_list<std::string_view> values);

// "a","b"
std::string Quoted(const std::vector<std::string>& texts);

// {"Version":"2012-10-17","Statement":[...]}
std::string PolicyOf(const std::vector<std::string>& statements);

}  // namespace postern::bench
