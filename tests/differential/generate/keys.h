// Condition keys that generated policies test and generated requests supply.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "policy/language/operators.h"
#include "tests/differential/generate/values.h"

namespace postern::differential {

// How a request comes by the key (semantics S6.4).
enum class Supply : std::uint8_t {
  kFree,     // from the context, or not at all
  kDerived,  // from the request's other parts; a context that says otherwise is an error
  kNetwork,  // only without a VPC endpoint
  kEndpoint  // only through one
};

// How many values it may have (S4.15).
enum class Arity : std::uint8_t {
  kSingle,
  kMultivalued,
  kAny,  // a key that the catalogue does not know: as many as are supplied
};

struct ConditionKey {
  std::string_view name;
  policy::OperatorFamily family;
  Supply supply;
  Arity arity;
  std::span<const PoolValue> policy_values;   // empty: those of the family
  std::span<const PoolValue> request_values;  // likewise

  std::span<const PoolValue> PolicyPool() const {
    return policy_values.empty() ? PolicyValues(family) : policy_values;
  }
  std::span<const PoolValue> RequestPool() const {
    return request_values.empty() ? RequestValues(family) : request_values;
  }
};

std::span<const ConditionKey> ConditionKeys();
inline constexpr std::size_t kMaxConditionKeys = 64;

}  // namespace postern::differential
