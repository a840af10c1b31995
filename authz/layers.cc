#include "authz/layers.h"

#include <algorithm>

namespace postern::authz {
namespace {

Knowledge KnowledgeOf(const CompiledPolicySet& policies, Layer layer) {
  return policies.knowledge[static_cast<std::size_t>(layer)];
}

bool IsGetCallerIdentity(const BoundRequest::State& request) {
  return request.vendor == "sts" && request.name == "getcalleridentity" &&
         request.requester != RequesterKind::kAnonymous;
}

bool IsRoot(const BoundRequest::State& request) {
  return request.requester == RequesterKind::kArn &&
         request.who.form == policy::PrincipalForm::kAccount;
}

// S7.9.3: what the root user of a bucket's account may do whatever the bucket policy says.
bool IsBucketPolicyRescue(const BoundRequest::State& request) {
  return IsRoot(request) && request.same_account == Ternary::kYes && request.vendor == "s3" &&
         (request.name == "getbucketpolicy" || request.name == "putbucketpolicy" ||
          request.name == "deletebucketpolicy");
}

bool IsRoleAssumption(const BoundRequest::State& request) {
  return request.vendor == "sts" && request.name.starts_with("assumerole");
}

// S7.5: a KMS key and a role do not trust their account by themselves.
bool TrustsAccount(const BoundRequest::State& request) {
  if (request.account_level || request.resource_unknown) return true;
  if (request.vendor == "kms" && request.resource_arn.resource().starts_with("key/")) return false;
  return !IsRoleAssumption(request);
}

RequesterClass ClassOf(const BoundRequest::State& request) {
  if (request.requester == RequesterKind::kService ||
      request.requester == RequesterKind::kAnonymous ||
      request.requester == RequesterKind::kFederated) {
    return RequesterClass::kOutsider;
  }
  if (IsRoot(request)) return RequesterClass::kRoot;
  return request.who.form == policy::PrincipalForm::kFederatedUser ? RequesterClass::kFederatedUser
                                                                   : RequesterClass::kPrincipal;
}

Outcome Worst(const Gate& gate) {
  if (gate.deny != Ternary::kNo) return Outcome::kExplicitDeny;
  return gate.allow == Ternary::kYes ? Outcome::kAllow : Outcome::kImplicitDeny;
}

Outcome Best(const Gate& gate) {
  if (gate.deny == Ternary::kYes) return Outcome::kExplicitDeny;
  return gate.allow != Ternary::kNo ? Outcome::kAllow : Outcome::kImplicitDeny;
}

class Evaluation {
 public:
  Evaluation(const CompiledPolicySet& policies, BoundRequest::State& request)
      : policies_(policies), request_(request) {
    answers_.assumed = request.assumed;
  }

  Answers Run() {
    Endpoint();
    if (IsGetCallerIdentity(request_)) {
      if (answers_.Of(Layer::kEndpoint).best != Outcome::kNotApplicable) {
        answers_.assumed.Add(Assumption::kA21);
      }
      return answers_;
    }
    Scp();
    Rcp();
    if (ClassOf(request_) == RequesterClass::kOutsider) {
      Note(Layer::kIdentity, "the requester has no identity policies");
    } else {
      Identity();
      Bound(Layer::kBoundary);
      Bound(Layer::kSession);
    }
    Resource();
    S3Layers();
    return answers_;
  }

 private:
  bool Asked(Layer layer) const { return request_.request->layers.Has(layer); }

  void Note(Layer layer, std::string_view note) { answers_.Of(layer).note = note; }

  void Fix(Layer layer, Outcome outcome, std::string_view note) {
    LayerAnswer& answer = answers_.Of(layer);
    answer.worst = answer.best = outcome;
    answer.note = note;
  }

  // A layer of which nothing is known: it may deny, allow or say nothing.
  void Unknown(Layer layer, std::string_view note) {
    LayerAnswer& answer = answers_.Of(layer);
    answer.worst = Outcome::kExplicitDeny;
    answer.best = Outcome::kAllow;
    answer.possible_strengths = kAccountNamed | kFederatingUserNamed | kRoleNamed | kDirectlyNamed;
    answer.note = note;
    answers_.missing.AddLayer(layer);
  }

  // Every group of the layer must allow (levels of SCPs and RCPs); other layers have one group.
  void Evaluate(Layer layer, bool allow_is_implied = false) {
    LayerAnswer& answer = answers_.Of(layer);
    answer.worst = answer.best = Outcome::kAllow;
    const Slice groups = policies_.groups_of[static_cast<std::size_t>(layer)];
    for (std::uint32_t i = 0; i < groups.count; ++i) {
      Gate gate = EvaluateGroup(policies_, policies_.groups[groups.first + i], request_,
                                answers_.assumed, answers_.missing);
      if (allow_is_implied) gate.allow = Ternary::kYes;
      answer.worst = Lower(answer.worst, Worst(gate));
      answer.best = Lower(answer.best, Best(gate));
      if (!answer.denied_by.present()) answer.denied_by = gate.denied_by;
      if (!answer.allowed_by.present()) answer.allowed_by = gate.allowed_by;
      answer.strengths = static_cast<std::uint8_t>(answer.strengths | gate.strengths);
      answer.possible_strengths =
          static_cast<std::uint8_t>(answer.possible_strengths | gate.possible_strengths);
    }
  }

  // The one that denies more: explicit, implicit, allow.
  static Outcome Lower(Outcome a, Outcome b) { return a > b ? a : b; }

  void Endpoint() {
    if (!Asked(Layer::kEndpoint)) return Note(Layer::kEndpoint, "not asked");
    switch (request_.endpoint) {
      case EndpointUse::kNone:
        return Note(Layer::kEndpoint, "the request does not come through an endpoint");
      case EndpointUse::kDefaultPolicy:
        return Fix(Layer::kEndpoint, Outcome::kAllow, "the default policy: full access");
      case EndpointUse::kUnknown:
        return Unknown(Layer::kEndpoint, "not known");
      case EndpointUse::kPolicy:
        return Evaluate(Layer::kEndpoint);
    }
  }

  bool IsManagementAccount(std::string_view account) const {
    return !account.empty() && account == policies_.organization.management_account;
  }

  // Where the case lists the organization's accounts, those that it does not list are others'.
  bool IsForeign(std::string_view account, const std::optional<std::string_view>& org_id) const {
    const Organization& organization = policies_.organization;
    if (account.empty() || organization.accounts.empty()) return false;
    return organization.Find(account) == nullptr && (!org_id || *org_id != organization.id);
  }

  // S7.4.2, S7.4.5
  void Scp() {
    if (!Asked(Layer::kScp)) return Note(Layer::kScp, "not asked");
    if (ClassOf(request_) == RequesterClass::kOutsider) {
      return Note(Layer::kScp, "the requester has no account whose SCPs apply");
    }
    if (request_.service_linked) {
      return Note(Layer::kScp, "SCPs do not limit service-linked roles");
    }
    if (IsManagementAccount(request_.account)) {
      return Note(Layer::kScp, "SCPs do not limit the management account");
    }
    if (IsForeign(request_.account, request_.request->principal.org_id)) {
      return Note(Layer::kScp, "the requester's account is not in the organization");
    }
    Levels(Layer::kScp, /*allow_is_implied=*/false);
  }

  // S7.4.2 to S7.4.4
  void Rcp() {
    if (!Asked(Layer::kRcp)) return Note(Layer::kRcp, "not asked");
    if (KnowledgeOf(policies_, Layer::kRcp) == Knowledge::kNone) {
      return Note(Layer::kRcp, "there are none");
    }
    if (request_.service_linked) {
      return Note(Layer::kRcp, "RCPs do not limit service-linked roles");
    }
    if (!policies_.catalogue.IsRcpCapable(request_.vendor)) {
      return Note(Layer::kRcp, "the service does not support RCPs");
    }
    if (IsManagementAccount(request_.resource_account)) {
      return Note(Layer::kRcp, "RCPs do not limit the management account");
    }
    if (IsForeign(request_.resource_account, request_.request->resource_org_id)) {
      return Note(Layer::kRcp, "the resource's account is not in the organization");
    }
    Levels(Layer::kRcp, /*allow_is_implied=*/true);
    if (request_.resource_account.empty() && !policies_.organization.accounts.empty()) {
      // They may not even apply.
      LayerAnswer& answer = answers_.Of(Layer::kRcp);
      if (answer.worst != Outcome::kAllow) {
        answer.best = Outcome::kAllow;
        answers_.missing.AddResourceAccount();
      }
    }
  }

  void Levels(Layer layer, bool allow_is_implied) {
    switch (KnowledgeOf(policies_, layer)) {
      case Knowledge::kUnknown:
        return Unknown(layer, "not known");
      case Knowledge::kGiven:
        return Evaluate(layer, allow_is_implied);
      default:
        return Note(layer, "there are none");
    }
  }

  void Identity() {
    if (!Asked(Layer::kIdentity)) return Note(Layer::kIdentity, "not asked");
    if (IsRoot(request_)) {
      return Fix(Layer::kIdentity, Outcome::kAllow, "the root user needs no identity policy");
    }
    if (KnowledgeOf(policies_, Layer::kIdentity) == Knowledge::kUnknown) {
      return Unknown(Layer::kIdentity, "not given");
    }
    Evaluate(Layer::kIdentity);
  }

  // Permissions boundary and session policy.
  void Bound(Layer layer) {
    if (!Asked(layer)) return Note(layer, "not asked");
    if (layer == Layer::kBoundary && IsRoot(request_)) {
      return Note(layer, "the root user has no boundary");
    }
    switch (KnowledgeOf(policies_, layer)) {
      case Knowledge::kUnknown:
        return Unknown(layer, "not known");
      case Knowledge::kGiven:
        return Evaluate(layer);
      default:
        return Note(layer, "there is none");
    }
  }

  void Resource() {
    if (!Asked(Layer::kResource)) return Note(Layer::kResource, "not asked");
    if (request_.account_level) {
      return Note(Layer::kResource, "the call names no resource that could have a policy");
    }
    if (IsBucketPolicyRescue(request_)) {
      return Note(Layer::kResource, "the owner's root user may always repair the bucket policy");
    }
    if (KnowledgeOf(policies_, Layer::kResource) == Knowledge::kUnknown) {
      return Unknown(Layer::kResource, "not given");
    }
    const bool has_policy = KnowledgeOf(policies_, Layer::kResource) == Knowledge::kGiven;
    if (!has_policy && !TrustsAccount(request_)) {
      answers_.assumed.Add(Assumption::kResourcePolicyMissing);
    }
    Evaluate(Layer::kResource);
    if (!has_policy) Note(Layer::kResource, "there is none");
  }

  // Access points and Block Public Access can only stop a request; what they say is not decided
  // yet.
  void S3Layers() {
    for (Layer layer : {Layer::kAccessPoint, Layer::kBlockPublicAccess}) {
      if (!Asked(layer)) {
        Note(layer, "not asked");
      } else if (KnowledgeOf(policies_, layer) == Knowledge::kNone) {
        Note(layer, "there is none");
      } else {
        Unknown(layer, "not evaluated by this version");
      }
    }
  }

  const CompiledPolicySet& policies_;
  BoundRequest::State& request_;
  Answers answers_;
};

World WorldOf(const BoundRequest::State& request, const Answers& answers, bool best,
              bool same_account) {
  World world;
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    const LayerAnswer& answer = answers.layers[i];
    world.outcomes[i] = best ? answer.best : answer.worst;
  }
  const LayerAnswer& resource = answers.Of(Layer::kResource);
  world.strengths = best ? resource.possible_strengths : resource.strengths;
  world.requester = ClassOf(request);
  world.same_account = same_account;
  world.trusts_account = TrustsAccount(request);
  world.shared = request.request->resource_shared;
  world.identity_asked = request.request->layers.Has(Layer::kIdentity);
  world.resource_asked = request.request->layers.Has(Layer::kResource);
  world.no_permission_needed = IsGetCallerIdentity(request);
  if (world.requester == RequesterClass::kFederatedUser &&
      !request.request->layers.Has(Layer::kSession)) {
    world.outcomes[static_cast<std::size_t>(Layer::kSession)] = Outcome::kAllow;
  }
  return world;
}

bool IsCertain(const Answers& answers) {
  const LayerAnswer& resource = answers.Of(Layer::kResource);
  return resource.strengths == resource.possible_strengths &&
         std::ranges::all_of(answers.layers,
                             [](const LayerAnswer& answer) { return answer.worst == answer.best; });
}

// The verdict for one reading of whose account the resource is in: decided only if the worst and
// the best that unknown things may turn out to be agree. (Every rule of Combine is monotone in
// them.)
Combined Settle(const BoundRequest::State& request, const Answers& answers, bool same_account) {
  if (IsCertain(answers)) return Combine(WorldOf(request, answers, /*best=*/true, same_account));
  const Combined worst = Combine(WorldOf(request, answers, /*best=*/false, same_account));
  const Combined best = Combine(WorldOf(request, answers, /*best=*/true, same_account));
  if (worst.verdict != best.verdict) return {Verdict::kUnknown, {}};
  // A deny names what surely stands in the way, an allow what surely grants.
  return worst.verdict == Verdict::kAllow ? worst : best;
}

}  // namespace

Answers EvaluateLayers(const CompiledPolicySet& policies, BoundRequest::State& request) {
  return Evaluation(policies, request).Run();
}

Decision DecideFrom(const BoundRequest::State& request, const Answers& answers) {
  Combined combined;
  bool account_matters = false;
  if (request.same_account != Ternary::kUnknown || ClassOf(request) == RequesterClass::kOutsider) {
    combined = Settle(request, answers, request.same_account != Ternary::kNo);
  } else {
    const Combined own = Settle(request, answers, true);
    const Combined other = Settle(request, answers, false);
    account_matters = own.verdict != other.verdict;
    combined = own;
    if (account_matters) {
      combined = {Verdict::kUnknown, {}};
    } else if (!(own.decided_by & other.decided_by).empty()) {
      combined.decided_by = own.decided_by & other.decided_by;
    }
  }

  Decision decision;
  decision.verdict = combined.verdict;
  decision.decided_by = combined.decided_by;
  decision.assumed = answers.assumed;
  if (combined.verdict == Verdict::kUnknown) {
    decision.missing = answers.missing;
    if (account_matters) decision.missing.AddResourceAccount();
    return decision;
  }
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    if (!combined.decided_by.Has(static_cast<Layer>(i))) continue;
    if (combined.verdict == Verdict::kExplicitDeny) {
      decision.statements[i] = answers.layers[i].denied_by;
    } else if (combined.verdict == Verdict::kAllow) {
      decision.statements[i] = answers.layers[i].allowed_by;
    }
  }
  return decision;
}

}  // namespace postern::authz
