// A question as iam-simulate is asked it: the argument of its runSimulation.
#pragma once

#include <string_view>

#include "authz/explain.h"
#include "authz/policy_set.h"
#include "authz/request.h"
#include "cmd/render/json_writer.h"

namespace postern::peer {

struct Question {
  const authz::PolicySet& policies;
  const authz::Request& request;
  const authz::Explanation& why;  // postern's answer, with the keys that it derived
};

// Why that program cannot be asked; "" = it can.
std::string_view Unspeakable(const Question& question);

// All layers of the question, or the one that it is limited to, beside others that allow
// everything.
void WriteSimulation(cmd::JsonWriter& json, const Question& question);

}  // namespace postern::peer
