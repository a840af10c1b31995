// What sort of policy a text is, where nobody says so.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "policy/kind.h"
#include "policy/source.h"

namespace postern::cmd {

struct KindGuess {
  policy::PolicyKind kind = policy::PolicyKind::kIdentity;
  std::string reason;  // "a statement has `Principal`"
};

enum class PolicyLikeness {
  kPolicy,
  kOther,    // valid JSON of another shape
  kUnclear,  // not JSON, and nothing in it looks like a policy
};

// Whether a file or its folder (`path` is absolute) is named as those of endpoint policies are.
bool IsNamedEndpoint(std::string_view path);

struct PolicyShape {
  PolicyLikeness likeness = PolicyLikeness::kPolicy;
  KindGuess guess;
};

// `path`: absolute, so that its folder has a name.
PolicyShape LookAt(const std::shared_ptr<const policy::Source>& source, std::string_view path);

}  // namespace postern::cmd
