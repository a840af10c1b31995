// A loop over the statements of a result that nobody keeps.
#include <cstddef>
#include <utility>

#include "policy/parse.h"

using postern::policy::ParseResult;
using postern::policy::Statement;

ParseResult Read();

std::size_t CountConditions() {
  std::size_t count = 0;
#ifdef POSTERN_DANGLING
  for (const Statement& statement : Read().document.value().statements()) {
    count += statement.conditions.size();
  }
#else
  const ParseResult result = Read();
  for (const Statement& statement : result.document.value().statements()) {
    count += statement.conditions.size();
  }
#endif
  return count;
}
