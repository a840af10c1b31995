// One policy of a run by itself, compiled once, and what it says to concrete requests.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authz/bind.h"
#include "authz/compile.h"
#include "authz/verdict.h"
#include "policy/catalogue.h"
#include "policy/document.h"
#include "policy/rule.h"

namespace postern::authz {

// A role, and whose it is.
struct Role {
  std::string arn;
  std::string organization;  // "" = in none
};

// A request as one policy sees it. What it does not say is unknown: the values of all other
// condition keys among it.
struct Probe {
  enum class Way : std::uint8_t { kAny, kPastEndpoints, kThrough };

  std::string_view action = {};
  std::string_view resource = {};
  const Role* caller = nullptr;  // null: anybody, AWS services too
  // Of the resource; null: not known.
  const std::string* resource_organization = nullptr;
  Way way = Way::kAny;
  std::string_view endpoint = {};  // kThrough: its id and VPC; "" = not known
  std::string_view vpc = {};
};

struct GateAnswer {
  Verdict verdict = Verdict::kUnknown;
  const policy::Statement* statement = nullptr;  // that decided, or null
};

class PolicyGate {
 public:
  // The document must outlive it. `type`: of the endpoint whose policy it is.
  PolicyGate(const policy::PolicyDocument& document, policy::EndpointType type,
             const policy::Catalogue& catalogue);

  // Without an answer where the policy or the request cannot be judged: unknown.
  GateAnswer Ask(const Probe& probe);
  // Whatever is not known.
  bool Allows(const Probe& probe) { return Ask(probe).verdict == Verdict::kAllow; }
  bool Denies(const Probe& probe) { return Ask(probe).verdict == Verdict::kExplicitDeny; }
  bool Refuses(const Probe& probe);

 private:
  const policy::PolicyDocument& document_;
  Layer layer_;
  std::vector<std::string_view> keys_;                 // that it reads
  std::shared_ptr<const CompiledPolicySet> compiled_;  // null: it cannot be judged
  BoundRequest bound_;
};

}  // namespace postern::authz
