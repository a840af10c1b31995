#pragma once

#include <algorithm>

namespace postern::reference {

// Kleene's three values, in their order: AND is the least, OR the greatest (S4.19).
enum class Truth { kNo, kUnknown, kYes };

constexpr Truth Of(bool value) { return value ? Truth::kYes : Truth::kNo; }
constexpr Truth And(Truth a, Truth b) { return std::min(a, b); }
constexpr Truth Or(Truth a, Truth b) { return std::max(a, b); }
constexpr Truth Not(Truth a) { return a == Truth::kUnknown ? a : Of(a == Truth::kNo); }

}  // namespace postern::reference
