#include "tests/bench/glob_expression.h"

#include <cstdint>

namespace postern::bench {

std::string GlobText(std::string_view pattern) {
  std::string expression;
  for (const char c : pattern) {
    if (c == '*') {
      expression += ".*";
    } else if (c == '?') {
      expression += '.';
    } else {
      expression += RE2::QuoteMeta(std::string(1, c));
    }
  }
  return expression;
}

RE2::Options GlobOptions() {
  RE2::Options options;
  options.set_max_mem(std::int64_t{64} << 20);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_log_errors(false);
  return options;
}

std::shared_ptr<const RE2> GlobExpression(std::string_view pattern) {
  return std::make_shared<const RE2>(GlobText(pattern), GlobOptions());
}

}  // namespace postern::bench
