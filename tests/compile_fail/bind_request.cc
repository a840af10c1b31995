// What is bound refers to its request.
#include "authz/bind.h"

using postern::authz::Bind;
using postern::authz::BoundRequest;
using postern::authz::CompiledPolicySet;
using postern::authz::Request;

Request ReadRequest();

void BindOne(const CompiledPolicySet& policies, BoundRequest& bound) {
#ifdef POSTERN_DANGLING
  static_cast<void>(Bind(policies, ReadRequest(), bound));
#else
  static const Request kRequest = ReadRequest();
  static_cast<void>(Bind(policies, kRequest, bound));
#endif
}
