// A line of a Source is a view, too.
#include <string_view>

#include "policy/source.h"

using postern::policy::Source;

std::string_view FirstLine() {
#ifdef POSTERN_DANGLING
  return Source("policy.json", "{}\n").Line(1);
#else
  static const Source kSource("policy.json", "{}\n");
  return kSource.Line(1);
#endif
}
