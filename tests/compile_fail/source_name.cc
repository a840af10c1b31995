// So with a file's name: what keeps one longer copies it.
#include <string>

#include "policy/source.h"

using postern::policy::Source;

std::string Name() {
#ifdef POSTERN_DANGLING
  const std::string& name = Source("policy.json", "{}").name();
  return name;
#else
  const Source source("policy.json", "{}");
  return source.name();
#endif
}
