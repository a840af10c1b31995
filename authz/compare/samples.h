// What requests about a policy can be made of: its own words as concrete text, and text beside
// them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "authz/request.h"
#include "policy/document.h"
#include "policy/language/fold.h"

namespace postern::authz {

// Somebody who asks.
struct SampleCaller {
  RequesterKind kind = RequesterKind::kArn;
  std::string name;  // ARN, service or provider
  std::string path;  // of a role, "" = not known
  std::string unique_id;
  std::string canonical_id;
};

// Some of these match what they were made from, some miss it narrowly.
struct Samples {
  std::vector<std::string> actions;
  std::vector<std::string> resources;
  std::vector<SampleCaller> callers;
  // By condition key, in lower case. "" is the key without a value.
  std::map<std::string, std::vector<std::string>> values;
};

// Of one statement. Its first action, resource, caller and values are meant to match it.
Samples SamplesOf(const policy::Statement& statement);
// What is asked of any policy besides.
const Samples& CommonSamples();

// Puts `more` behind what is there; repetitions are left out.
void Merge(Samples& into, const Samples& more);

}  // namespace postern::authz
