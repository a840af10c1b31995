// Codes and names for what another rule says already: accepted wherever a rule is named, and never
// printed with a finding.
#pragma once

#include <span>
#include <string_view>

namespace postern::cmd {

struct RuleAlias {
  std::string_view code;  // "EP304"
  std::string_view name;  // "s3-bucket-vs-object"
  std::string_view rule;  // the code of the rule that is meant, "RS615"
};

std::span<const RuleAlias> RuleAliases();  // by code
// The rule's code for the code or the name of an alias, in any case; what is none comes back.
std::string_view WithoutAlias(std::string_view code_or_name);

}  // namespace postern::cmd
