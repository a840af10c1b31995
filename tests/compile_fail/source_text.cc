// A view into a Source must not outlive it.
#include <string_view>

#include "policy/source.h"

using postern::policy::Source;

std::string_view Look() {
#ifdef POSTERN_DANGLING
  return Source("policy.json", "{}").text();
#else
  static const Source kSource("policy.json", "{}");
  return kSource.text();
#endif
}
