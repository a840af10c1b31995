#include "cmd/rule_aliases.h"

#include <algorithm>
#include <array>

#include "policy/language/fold.h"

namespace postern::cmd {
namespace {

constexpr std::array<RuleAlias, 11> kAliases = {{
    {"BP107", "sourceip-allow-with-vpce", "LO913"},
    {"BP117", "deny-notprincipal-vpce", "PR415"},
    {"CO722", "wildcard-too-short", "EP108"},
    {"EP110", "endpoint-size", "SZ301"},
    {"EP304", "s3-bucket-vs-object", "RS615"},
    {"EP307", "ddb-index-missing", "RS627"},
    {"EP308", "endpoint-secret-suffix", "RS625"},
    {"EP416", "allow-notaction-endpoint", "AC514"},
    {"EP417", "allow-notresource-endpoint", "RS629"},
    {"OR101", "scp-principal", "PR402"},
    {"TR102", "trust-notprincipal", "PR402"},
}};

}  // namespace

std::span<const RuleAlias> RuleAliases() { return kAliases; }

std::string_view WithoutAlias(std::string_view code_or_name) {
  const auto alias = std::ranges::find_if(kAliases, [code_or_name](const RuleAlias& each) {
    return policy::EqualsIgnoreAsciiCase(each.code, code_or_name) ||
           policy::EqualsIgnoreAsciiCase(each.name, code_or_name);
  });
  return alias == kAliases.end() ? code_or_name : alias->rule;
}

}  // namespace postern::cmd
