// A catalogue is a view over bytes that somebody else keeps.
#include <string>

#include "policy/catalogue.h"

using postern::policy::Catalogue;

std::string ReadBytes();

bool IsWhole() {
#ifdef POSTERN_DANGLING
  return Catalogue::Open(ReadBytes()).has_value();
#else
  static const std::string kBytes = ReadBytes();
  return Catalogue::Open(kBytes).has_value();
#endif
}
