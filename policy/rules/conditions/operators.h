// What an operator that does not exist was meant to be, for the rules that say so: the special one
// speaks, CO701 about the rest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "policy/tree.h"

namespace postern::policy {

class Catalogue;

enum class OperatorSlip : std::uint8_t {
  kNone,
  kSetPrefix,      // CO702
  kNullIfExists,   // CO703
  kKeyInItsPlace,  // CO757
};

OperatorSlip SlipOf(const Catalogue& catalogue, const Node& op);

// "ForAnyValue:StringLike" for "ForAnyValues:StringLike"; "" if it is no such slip.
std::string MeantSetOperator(std::string_view name);

}  // namespace postern::policy
