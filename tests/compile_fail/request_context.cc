// A request points into text that its maker owns.
#include <string>

#include "authz/request.h"

using postern::authz::Request;

std::string ReadAddress();

void AddAddress(Request& request) {
#ifdef POSTERN_DANGLING
  request.AddContext("aws:SourceIp", ReadAddress());
#else
  static const std::string kAddress = ReadAddress();
  request.AddContext("aws:SourceIp", kAddress);
  request.AddContext("aws:SecureTransport", "true");
#endif
}
