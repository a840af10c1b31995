// How two patterns of a policy relate to each other.
#pragma once

#include <string>
#include <string_view>

namespace postern::policy {

// Whether `wide` matches everything that `narrow` does. True is sure; false means that it does not,
// or that it cannot be told. A variable or a placeholder is the same text in both.
bool Covers(std::string_view wide, std::string_view narrow);
// The same for Resource: field by field (S3.3.2), and `*` covers everything.
bool CoversResource(std::string_view wide, std::string_view narrow);

// Whether some text may be matched by both. False is sure. `${...}` may stand for anything, also in
// the templates of the catalogue.
bool MayMeet(std::string_view a, std::string_view b);

// The text before the first wildcard or variable, and the one behind the last.
std::string_view OpenPrefix(std::string_view text);
std::string_view OpenSuffix(std::string_view text);

}  // namespace postern::policy
