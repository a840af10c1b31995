#include "tests/reference/decide.h"

#include <set>

#include "tests/reference/facts.h"

namespace postern::reference {
namespace {

using Names = std::set<std::string>;

// A layer in one of its bounds: two-valued.
struct Gate {
  bool deny = false;
  bool direct = false;
  bool role = false;
  bool federating = false;
  bool account = false;

  bool Allows() const { return direct || role || federating || account; }
};
using Gates = std::map<std::string, Gate>;

// The bounds of S4.19: what is unknown is taken for the caller, or against it.
Gates BoundsOf(const Layers& layers, bool favourable) {
  const auto allow = [favourable](Truth t) {
    return favourable ? t != Truth::kNo : t == Truth::kYes;
  };
  Gates gates;
  for (const auto& [name, outcome] : layers) {
    const bool deny = favourable ? outcome.deny == Truth::kYes : outcome.deny != Truth::kNo;
    gates[name] = {deny, allow(outcome.allow.direct), allow(outcome.allow.role),
                   allow(outcome.allow.federating), allow(outcome.allow.account)};
  }
  return gates;
}

// What one side of the grant rule says: who granted, or who would have to change.
struct Grant {
  bool granted = false;
  Names granting;
  Names lacking;
};

// One application of S7.6 to S7.9: with the bucket policy or another resource policy, or with an
// access point's (S7.12.2).
struct Side {
  std::string layer;  // "resource" or "access-point"
  bool same_account = false;
  bool trusts_account = true;     // S7.5
  bool only_own_account = false;  // S7.9.3: 405 for everybody else
};

class GrantRule {
 public:
  GrantRule(const Case& the_case, const Reading& reading, const Gates& gates)
      : case_(the_case), reading_(reading), gates_(gates) {}

  Grant Ask(const Side& side) const {
    switch (reading_.caller) {
      case Caller::kService:
      case Caller::kAnonymous:
      case Caller::kWebIdentity:
        return AskResourceAlone(side);
      default:
        return side.same_account ? AskSameAccount(side) : AskCrossAccount(side);
    }
  }

 private:
  bool Asks(const std::string& layer) const { return case_.Asks(layer); }
  Gate Find(const std::string& layer) const {
    const auto found = gates_.find(layer);
    return found == gates_.end() ? Gate{} : found->second;
  }
  bool IsAbsentOrAllows(const std::string& layer) const {
    return gates_.count(layer) == 0 || Find(layer).Allows();
  }

  // S7.7: a federated user has nothing without a session policy.
  bool SessionOk() const {
    const bool must_exist = reading_.caller == Caller::kFederatedUser && Asks("session");
    return must_exist ? Find("session").Allows() : IsAbsentOrAllows("session");
  }
  bool BoundaryOk() const { return IsAbsentOrAllows("boundary"); }
  // S7.9.3: root needs no identity policy.
  bool IdentityOk() const {
    return reading_.caller == Caller::kRoot || !Asks("identity") || Find("identity").Allows();
  }

  Names LackingOf(bool with_identity) const {
    Names lacking;
    if (with_identity && !IdentityOk()) lacking.insert("identity");
    if (!BoundaryOk()) lacking.insert("boundary");
    if (!SessionOk()) lacking.insert("session");
    return lacking;
  }

  void AddIdentity(Grant& grant) const {
    if (Find("identity").Allows()) grant.granting.insert("identity");
  }

  Grant AskResourceAlone(const Side& side) const {
    Grant grant;
    grant.granted = !Asks(side.layer) || (Find(side.layer).Allows() && !side.only_own_account);
    (grant.granted ? grant.granting : grant.lacking).insert(side.layer);
    return grant;
  }

  // S7.6
  Grant AskSameAccount(const Side& side) const {
    const Gate resource = Find(side.layer);
    const bool trusts = !Asks(side.layer) || (side.trusts_account && Asks("identity"));
    const bool restricted_ok = LackingOf(false).empty();
    const bool identity_ok = LackingOf(true).empty();
    const bool handed_over = resource.account && !resource.direct;  // S7.6
    const bool by_identity = (trusts || handed_over) && identity_ok;
    const bool by_role = (resource.role || resource.federating) && restricted_ok;
    const bool by_account = handed_over && !trusts && identity_ok;

    Grant grant;
    grant.granted = resource.direct || by_role || by_identity;
    if (grant.granted) {
      if (by_identity) AddIdentity(grant);
      if (resource.direct || by_role || by_account) grant.granting.insert(side.layer);
    } else if (resource.role || resource.federating) {
      grant.lacking = LackingOf(false);
    } else if (trusts || resource.account) {
      grant.lacking = LackingOf(true);
    } else {
      grant.lacking = {side.layer};
    }
    return grant;
  }

  // S7.8
  Grant AskCrossAccount(const Side& side) const {
    const bool named = Find(side.layer).Allows() && !side.only_own_account;
    const bool shared = case_.shared && side.layer == "resource" && !side.only_own_account;
    Grant grant;
    grant.lacking = LackingOf(true);
    if (Asks(side.layer) && !named && !shared) grant.lacking.insert(side.layer);
    grant.granted = grant.lacking.empty();
    if (!grant.granted) return grant;
    AddIdentity(grant);
    if (named) grant.granting.insert(side.layer);
    return grant;
  }

  const Case& case_;
  const Reading& reading_;
  const Gates& gates_;
};

// S7.5: KMS keys and role trust policies name their callers themselves. A resource that is not
// known is what favours the caller, or what does not.
bool TrustsItsAccount(const Case& the_case, bool favourable) {
  const Resource& resource = the_case.resource;
  if (the_case.service == "execute-api" &&
      the_case.resource_policy.state == PolicyLayer::kNone) {  // S7.13.2
    const Truth is_private = ComesThroughEndpoint(the_case);
    return favourable ? is_private != Truth::kYes : is_private == Truth::kNo;
  }
  const std::string type =
      resource.kind == Resource::kArn
          ? resource.components[5].substr(0, resource.components[5].find('/') + 1)
          : "";
  if (the_case.service == "sts") {
    if (the_case.action.rfind("assumerole", 0) == 0) return false;
    return resource.kind == Resource::kUnknown ? favourable : type != "role/";
  }
  if (the_case.service != "kms") return true;
  if (resource.kind == Resource::kUnknown) return favourable;
  if (resource.kind == Resource::kStar) return !ActsOnKeys(the_case.action);
  const bool about_alias = the_case.action.find("alias") != std::string::npos;
  return type != "key/" && (type != "alias/" || about_alias);
}

std::vector<Side> SidesOf(const Case& the_case, const Reading& reading, bool favourable) {
  Side side;
  side.layer = "resource";
  side.same_account = reading.same_account;
  side.trusts_account = TrustsItsAccount(the_case, favourable);
  side.only_own_account = IsBucketPolicyCall(the_case);
  if (!the_case.through_access_point) return {side};
  Side access_point;
  access_point.layer = "access-point";
  access_point.same_account = reading.same_account_as_access_point;
  return {side, access_point};
}

// S7.12.8: the bucket of the caller's own account is asked about with what the caller's own
// policies say of the bucket.
Gates GatesOfBucket(Gates gates, const Judgement& judgement, bool favourable) {
  for (const auto& [name, gate] : BoundsOf(judgement.on_bucket, favourable)) gates[name] = gate;
  return gates;
}

Decision DecideBound(const Case& the_case, const Reading& reading, const Judgement& judgement,
                     bool favourable) {
  const Gates gates = BoundsOf(judgement.layers, favourable);
  Names denying;
  for (const auto& [name, gate] : gates) {
    if (gate.deny) denying.insert(name);
  }
  if (!denying.empty()) return {"explicit-deny", InOrder(denying)};

  Names lacking;
  for (const char* name : {"scp", "rcp", "endpoint"}) {
    const auto found = gates.find(name);
    if (found != gates.end() && !found->second.Allows()) lacking.insert(name);
  }
  Names granting;
  if (!IsCallerIdentityCall(the_case, reading)) {
    const Gates of_bucket = GatesOfBucket(gates, judgement, favourable);
    for (const Side& side : SidesOf(the_case, reading, favourable)) {
      const bool own_bucket = side.layer == "resource" && side.same_account;
      const GrantRule rule(the_case, reading, own_bucket ? of_bucket : gates);
      const Grant grant = rule.Ask(side);
      granting.insert(grant.granting.begin(), grant.granting.end());
      lacking.insert(grant.lacking.begin(), grant.lacking.end());
    }
  }
  if (!lacking.empty()) return {"implicit-deny", InOrder(lacking)};
  return {"allow", InOrder(granting)};
}

}  // namespace

std::vector<std::string> InOrder(const std::set<std::string>& layers) {
  static const std::vector<std::string> kOrder = {
      "scp",      "rcp",          "endpoint",           "session", "boundary", "identity",
      "resource", "access-point", "block-public-access"};
  std::vector<std::string> ordered;
  for (const std::string& name : kOrder) {
    if (layers.count(name) > 0) ordered.push_back(name);
  }
  return ordered;
}

Decision Decide(const Case& the_case, const Reading& reading, const Judgement& judgement) {
  const Decision best = DecideBound(the_case, reading, judgement, true);
  const Decision worst = DecideBound(the_case, reading, judgement, false);
  if (best.verdict != worst.verdict) return {"unknown", {}};
  // What certainly denies or lacks; what certainly granted.
  return best.verdict == "allow" ? worst : best;
}

}  // namespace postern::reference
