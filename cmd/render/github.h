// Workflow commands of GitHub Actions: "::error file=a.json,line=3::text".
#pragma once

#include <string>
#include <string_view>

#include "policy/source.h"

namespace postern::cmd {

// The text behind the last `::`; the runner undoes what is escaped here.
std::string GithubText(std::string_view text);
// The value of a property: `:` and `,` would end it.
std::string GithubProperty(std::string_view text);

// "file=a.json,line=3,endLine=4,col=5"
std::string GithubPlace(const policy::Source& source, policy::SourceRange range);

}  // namespace postern::cmd
