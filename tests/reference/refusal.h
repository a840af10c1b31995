#pragma once

#include <stdexcept>
#include <string>

namespace postern::reference {

// The case cannot be judged: S1.13, or a contradiction (S6.4.5). Never leaves Evaluate().
struct Refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void RefuseIf(bool condition, const std::string& why) {
  if (condition) throw Refusal(why);
}

}  // namespace postern::reference
