#include "authz/layers.h"

#include <algorithm>
#include <optional>

#include "authz/on_bucket.h"
#include "authz/special_calls.h"

namespace postern::authz {
namespace {

bool IsArnOf(const BoundRequest::State& request, policy::PrincipalForm form) {
  return request.requester == RequesterKind::kArn && request.who.form == form;
}

RequesterClass ClassOf(const BoundRequest::State& request) {
  if (request.requester == RequesterKind::kService ||
      request.requester == RequesterKind::kAnonymous ||
      request.requester == RequesterKind::kFederated) {
    return RequesterClass::kOutsider;
  }
  if (IsArnOf(request, policy::PrincipalForm::kAccount)) return RequesterClass::kRoot;
  return IsArnOf(request, policy::PrincipalForm::kFederatedUser) ? RequesterClass::kFederatedUser
                                                                 : RequesterClass::kPrincipal;
}

// What an access point limited to a VPC says of where the request comes from (S7.12.5).
enum class OriginCheck : std::uint8_t { kPasses, kFails, kUnknown };

OriginCheck CheckOrigin(const AccessPoint& access_point, const BoundRequest::State& request) {
  if (!access_point.vpc_origin) return OriginCheck::kPasses;
  const Slot& vpc = request.SlotOf(kSourceVpc);
  if (vpc.state == SlotState::kAbsent) return OriginCheck::kFails;
  if (vpc.state == SlotState::kUnknown || access_point.vpc.empty()) return OriginCheck::kUnknown;
  return vpc.values[0] == access_point.vpc ? OriginCheck::kPasses : OriginCheck::kFails;
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
  Evaluation(const CompiledPolicySet& policies, BoundRequest::State& request, Answers& answers)
      : policies_(policies), request_(request), requester_(answers.requester), answers_(answers) {
    answers_.assumed = request.assumed;
  }

  void Run() {
    Endpoint();
    if (NeedsNoPermission(request_, requester_) == Ternary::kYes) return;
    Scp();
    Rcp();
    if (requester_ == RequesterClass::kOutsider) {
      Note(Layer::kIdentity, "the requester has no identity policies");
    } else {
      Identity();
      Bound(Layer::kBoundary);
      Bound(Layer::kSession);
    }
    Resource();
    AccessPointLayer();
    BlockPublicAccess();
  }

 private:
  bool Asked(Layer layer) const { return request_.request->layers.Has(layer); }

  void Note(Layer layer, std::string_view note) { answers_.Of(layer).note = note; }

  void Fix(Layer layer, Outcome outcome, std::string_view note) {
    LayerAnswer& answer = answers_.Of(layer);
    answer.worst = answer.best = outcome;
    answer.note = note;
  }

  void AtBest(Layer layer, Outcome outcome, std::string_view note) {
    LayerAnswer& answer = answers_.Of(layer);
    answer.worst = Lower(answer.worst, outcome);
    answer.best = Lower(answer.best, outcome);
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

  // The endpoint policy and RCPs must let both the access point and the bucket through (S7.12.1).
  // The answer, and the statements behind it, are of the one that says the worse.
  void EvaluateOnEach(Layer layer, bool allow_is_implied = false) {
    Evaluate(layer, allow_is_implied);
    if (!request_.through_access_point) return;
    const LayerAnswer through = answers_.Of(layer);
    answers_.Of(layer) = {};
    {
      const OnBucket on_bucket(request_);
      Evaluate(layer, allow_is_implied);
    }
    LayerAnswer& answer = answers_.Of(layer);
    const bool neither = through.best == Outcome::kImplicitDeny && answer.best == through.best;
    const bool bucket_is_worse =
        std::pair(answer.best, answer.worst) > std::pair(through.best, through.worst);
    const LayerAnswer bucket = answer;
    if (!bucket_is_worse) answer = through;
    answer.worst = Lower(bucket.worst, through.worst);
    answer.judged_on = neither           ? JudgedOn::kBoth
                       : bucket_is_worse ? JudgedOn::kBucket
                                         : JudgedOn::kResource;
  }

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
        EvaluateOnEach(Layer::kEndpoint);
        if (request_.through_endpoint == Ternary::kUnknown && MayNotApply(Layer::kEndpoint)) {
          answers_.missing.AddResource();
        }
    }
  }

  // A layer that perhaps takes no part restricts only perhaps; false: it restricts nothing anyway.
  bool MayNotApply(Layer layer) {
    LayerAnswer& answer = answers_.Of(layer);
    if (answer.worst == Outcome::kAllow || answer.worst == Outcome::kNotApplicable) return false;
    answer.best = Outcome::kAllow;
    return true;
  }

  bool IsManagementAccount(std::string_view account) const {
    return !account.empty() && account == policies_.organization.management_account;
  }

  // Whether the case's control policies are of the account's organization (S7.2): it lists the
  // account, or the request says so (`given`, or the value of `key`). Where it lists none, all are.
  Ternary IsMember(std::string_view account, const std::optional<std::string_view>& given,
                   KeyId key) const {
    const Organization& organization = policies_.organization;
    if (!account.empty() && organization.Find(account) != nullptr) return Ternary::kYes;
    if (given && given->empty()) return Ternary::kNo;
    const bool differ = !organization.accounts.empty() || !organization.management_account.empty();
    if (account.empty() && differ) return Ternary::kUnknown;
    if (organization.id.empty()) return Ternary::kYes;
    const Slot& slot = request_.SlotOf(key);
    if (slot.source == KeySource::kUnknown) return Ternary::kUnknown;
    const std::string_view id =
        slot.state == SlotState::kPresent ? slot.values[0] : given.value_or("");
    const bool member = id.empty() ? organization.accounts.empty() : id == organization.id;
    return member ? Ternary::kYes : Ternary::kNo;
  }

  // S7.4.2, S7.4.5
  void Scp() {
    if (!Asked(Layer::kScp)) return Note(Layer::kScp, "not asked");
    if (requester_ == RequesterClass::kOutsider) {
      return Note(Layer::kScp, "the requester has no account whose SCPs apply");
    }
    if (request_.service_linked) {
      return Note(Layer::kScp, "SCPs do not limit service-linked roles");
    }
    if (IsManagementAccount(request_.account)) {
      return Note(Layer::kScp, "SCPs do not limit the management account");
    }
    const bool is_known = request_.requester != RequesterKind::kUnknown;
    const Ternary member =
        is_known ? IsMember(request_.account, request_.request->principal.org_id, kPrincipalOrgId)
                 : Ternary::kUnknown;
    if (member == Ternary::kNo) {
      return Note(Layer::kScp, "the requester's account is not in the organization");
    }
    Levels(Layer::kScp, /*allow_is_implied=*/false);
    if (member == Ternary::kYes || !MayNotApply(Layer::kScp)) return;
    if (is_known) return answers_.missing.AddKey(kPrincipalOrgId);
    answers_.missing.AddPrincipal();
  }

  // S7.4.2 to S7.4.4
  void Rcp() {
    if (!Asked(Layer::kRcp)) return Note(Layer::kRcp, "not asked");
    if (policies_.KnowledgeOf(Layer::kRcp) == Knowledge::kNone) {
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
    const Ternary member =
        IsMember(request_.resource_account, request_.request->resource_org_id, kResourceOrgId);
    if (member == Ternary::kNo) {
      return Note(Layer::kRcp, "the resource's account is not in the organization");
    }
    Levels(Layer::kRcp, /*allow_is_implied=*/true);
    const bool may_be_service_linked =
        request_.requester == RequesterKind::kUnknown && requester_ == RequesterClass::kPrincipal;
    if (member == Ternary::kYes && !may_be_service_linked) return;
    if (!MayNotApply(Layer::kRcp)) return;
    if (may_be_service_linked) answers_.missing.AddPrincipal();
    if (member == Ternary::kUnknown) answers_.missing.AddResourceAccount();
  }

  void Levels(Layer layer, bool allow_is_implied) {
    switch (policies_.KnowledgeOf(layer)) {
      case Knowledge::kUnknown:
        return Unknown(layer, "not known");
      case Knowledge::kGiven:
        return allow_is_implied ? EvaluateOnEach(layer, true) : Evaluate(layer);
      default:
        return Note(layer, "there are none");
    }
  }

  void Identity() {
    if (!Asked(Layer::kIdentity)) return Note(Layer::kIdentity, "not asked");
    if (requester_ == RequesterClass::kRoot) {
      return Fix(Layer::kIdentity, Outcome::kAllow, "the root user needs no identity policy");
    }
    if (policies_.KnowledgeOf(Layer::kIdentity) == Knowledge::kUnknown) {
      return Unknown(Layer::kIdentity, "not given");
    }
    Evaluate(Layer::kIdentity);
  }

  // Permissions boundary and session policy.
  void Bound(Layer layer) {
    if (!Asked(layer)) return Note(layer, "not asked");
    if (layer == Layer::kBoundary && requester_ == RequesterClass::kRoot) {
      return Note(layer, "the root user has no boundary");
    }
    switch (policies_.KnowledgeOf(layer)) {
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
    if (IsBucketPolicyRescue(request_, requester_) && request_.same_account == Ternary::kYes) {
      return Note(Layer::kResource, "the owner's root user may always repair the bucket policy");
    }
    if (policies_.KnowledgeOf(Layer::kResource) == Knowledge::kUnknown) {
      return Unknown(Layer::kResource, "not given");
    }
    const bool has_policy = policies_.KnowledgeOf(Layer::kResource) == Knowledge::kGiven;
    if (!has_policy && TrustsAccount(request_) == Ternary::kNo) {
      answers_.assumed.Add(Assumption::kResourcePolicyMissing);
    }
    if (request_.through_access_point) {
      const OnBucket on_bucket(request_);
      Evaluate(Layer::kResource);
      answers_.Of(Layer::kResource).judged_on = JudgedOn::kBucket;
    } else {
      Evaluate(Layer::kResource);
    }
    if (!has_policy) Note(Layer::kResource, "there is none");
    const LayerAnswer& answer = answers_.Of(Layer::kResource);
    if (IsBucketPolicyCall(request_) && answer.best == Outcome::kAllow && !MayBeOwner()) {
      AtBest(Layer::kResource, Outcome::kImplicitDeny,
             "this call is for the bucket owner's account alone");
    }
  }

  bool MayBeOwner() const {
    return requester_ != RequesterClass::kOutsider && request_.same_account != Ternary::kNo;
  }

  void AccessPointLayer() {
    if (!Asked(Layer::kAccessPoint)) return Note(Layer::kAccessPoint, "not asked");
    const Knowledge knowledge = policies_.KnowledgeOf(Layer::kAccessPoint);
    if (!request_.through_access_point) {
      return Note(Layer::kAccessPoint, knowledge == Knowledge::kNone
                                           ? "there is none"
                                           : "the request does not go through it");
    }
    if (knowledge == Knowledge::kUnknown) return Unknown(Layer::kAccessPoint, "not known");
    if (knowledge == Knowledge::kNone) {  // S7.12.6
      if (policies_.not_given_is_unknown) return Unknown(Layer::kAccessPoint, "not given");
      answers_.assumed.Add(Assumption::kAccessPointNotGiven);
      Evaluate(Layer::kAccessPoint);
      return Note(Layer::kAccessPoint, "not given: taken as one without a policy");
    }
    Evaluate(Layer::kAccessPoint);
    if (!policies_.access_point->document) Note(Layer::kAccessPoint, "there is none");
    LayerAnswer& answer = answers_.Of(Layer::kAccessPoint);
    switch (CheckOrigin(*policies_.access_point, request_)) {
      case OriginCheck::kPasses:
        return;
      case OriginCheck::kFails:
        return Fix(Layer::kAccessPoint, Outcome::kExplicitDeny, policies_.origin_note);
      case OriginCheck::kUnknown:
        answer.worst = Outcome::kExplicitDeny;
        answer.note = "its network origin is a VPC, and where the request comes from is not known";
        if (request_.SlotOf(kSourceVpc).state == SlotState::kUnknown) {
          return answers_.missing.AddKey(kSourceVpc);
        }
        return answers_.missing.AddLayer(Layer::kAccessPoint);
    }
  }

  // Whether Block Public Access spares the caller: an AWS service, or the bucket owner's own.
  Ternary IsSpared() const {
    switch (request_.requester) {
      case RequesterKind::kService:
        return Ternary::kYes;
      case RequesterKind::kAnonymous:
      case RequesterKind::kFederated:
        return Ternary::kNo;
      case RequesterKind::kUnknown:
        return Ternary::kUnknown;
      case RequesterKind::kArn:
        return request_.same_account;
    }
    return Ternary::kUnknown;
  }

  // Whether a policy over the bucket is public, and what cannot be told without.
  Ternary HasPublicPolicy(MissingSet& missing) const {
    Ternary is_public = Ternary::kNo;
    const auto add = [&](Layer layer, bool found) {
      const bool unknown = policies_.KnowledgeOf(layer) == Knowledge::kUnknown;
      if (unknown) missing.AddLayer(layer);
      is_public = Or(is_public, found ? Ternary::kYes : unknown ? Ternary::kUnknown : Ternary::kNo);
    };
    add(Layer::kResource, policies_.public_statements.bucket.has_value());
    if (request_.through_access_point) {
      add(Layer::kAccessPoint, policies_.public_statements.access_point.has_value());
    }
    return is_public;
  }

  // S7.11. It grants nothing: it stops or lets pass.
  void BlockPublicAccess() {
    constexpr Layer kLayer = Layer::kBlockPublicAccess;
    if (!Asked(kLayer)) return Note(kLayer, "not asked");
    const Knowledge knowledge = policies_.KnowledgeOf(kLayer);
    if (knowledge == Knowledge::kNone) return Note(kLayer, "there is none");
    if (request_.vendor != "s3" || request_.account_level) {
      return Note(kLayer, "the call is about no bucket");
    }
    MissingSet missing;
    const Ternary spared = IsSpared();
    if (spared == Ternary::kYes) {
      return Fix(kLayer, Outcome::kAllow, "it spares the bucket owner's account and AWS services");
    }
    const Ternary is_public = HasPublicPolicy(missing);
    if (is_public == Ternary::kNo) return Fix(kLayer, Outcome::kAllow, "no policy is public");
    if (spared == Ternary::kNo && is_public == Ternary::kYes && knowledge == Knowledge::kGiven) {
      return Fix(kLayer, Outcome::kExplicitDeny, policies_.public_note);
    }
    if (spared == Ternary::kUnknown) {
      if (request_.requester == RequesterKind::kUnknown) {
        missing.AddPrincipal();
      } else {
        missing.AddResourceAccount();
      }
    }
    if (knowledge == Knowledge::kUnknown) missing.AddLayer(kLayer);
    answers_.missing.Merge(missing);
    LayerAnswer& answer = answers_.Of(kLayer);
    answer.worst = Outcome::kExplicitDeny;
    answer.best = Outcome::kAllow;
    answer.note = "whether it stops the request is not known";
  }

  const CompiledPolicySet& policies_;
  BoundRequest::State& request_;
  RequesterClass requester_;
  Answers& answers_;
};

// Whose the bucket, or other resource, and the access point are, as far as the rule of granting
// asks.
struct Accounts {
  bool own_resource = true;
  bool own_access_point = true;
};

World WorldOf(const BoundRequest::State& request, const Answers& answers, bool best,
              const Accounts& accounts) {
  World world;
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    const LayerAnswer& answer = answers.layers[i];
    world.outcomes[i] = best ? answer.best : answer.worst;
  }
  const auto strengths = [&](Layer layer) {
    const LayerAnswer& answer = answers.Of(layer);
    return best ? answer.possible_strengths : answer.strengths;
  };
  const LayerMask& asked = request.request->layers;
  const Ternary certain = best ? Ternary::kUnknown : Ternary::kYes;
  world.strengths = strengths(Layer::kResource);
  world.requester = answers.requester;
  world.same_account = accounts.own_resource;
  world.trusts_account = TrustsAccount(request) >= certain;
  world.shared = request.request->resource_shared;
  world.owner_only = IsBucketPolicyCall(request);
  world.identity_asked = asked.Has(Layer::kIdentity);
  world.resource_asked = asked.Has(Layer::kResource);
  if (request.through_access_point) {
    world.access_point_asked = asked.Has(Layer::kAccessPoint);
    world.access_point_strengths = strengths(Layer::kAccessPoint);
    world.owns_access_point = accounts.own_access_point;
  }
  world.no_permission_needed = NeedsNoPermission(request, answers.requester) >= certain;
  if (accounts.own_resource && IsBucketPolicyRescue(request, answers.requester)) {
    world.outcomes[static_cast<std::size_t>(Layer::kResource)] = Outcome::kNotApplicable;
    world.strengths = kNotNamed;
  }
  if (world.requester == RequesterClass::kFederatedUser && !asked.Has(Layer::kSession)) {
    world.outcomes[static_cast<std::size_t>(Layer::kSession)] = Outcome::kAllow;
  }
  return world;
}

bool IsCertain(const BoundRequest::State& request, const Answers& answers) {
  const bool is_open = NeedsNoPermission(request, answers.requester) == Ternary::kUnknown ||
                       TrustsAccount(request) == Ternary::kUnknown;
  if (is_open) return false;
  const auto is_certain = [](const LayerAnswer& answer) {
    return answer.strengths == answer.possible_strengths;
  };
  return is_certain(answers.Of(Layer::kResource)) && is_certain(answers.Of(Layer::kAccessPoint)) &&
         std::ranges::all_of(answers.layers,
                             [](const LayerAnswer& answer) { return answer.worst == answer.best; });
}

// The verdict for one reading of whose account the resources are in: decided only if the worst and
// the best that unknown things may turn out to be agree. (Every rule of Combine is monotone in
// them.)
Combined Settle(const BoundRequest::State& request, const Answers& answers,
                const Accounts& accounts) {
  if (IsCertain(request, answers))
    return Combine(WorldOf(request, answers, /*best=*/true, accounts));
  const Combined worst = Combine(WorldOf(request, answers, /*best=*/false, accounts));
  const Combined best = Combine(WorldOf(request, answers, /*best=*/true, accounts));
  if (worst.verdict != best.verdict) return {Verdict::kUnknown, {}};
  // A deny names what surely stands in the way, an allow what surely grants.
  return worst.verdict == Verdict::kAllow ? worst : best;
}

// One verdict out of those of several readings, if they agree.
class Readings {
 public:
  void Add(const Combined& one) {
    if (is_first_) {
      common_ = any_ = one;
      is_first_ = false;
      return;
    }
    if (any_.verdict != one.verdict) {
      differ_ = true;
      common_.verdict = Verdict::kUnknown;
    }
    common_.decided_by = common_.decided_by & one.decided_by;
    any_.decided_by = any_.decided_by | one.decided_by;
  }

  Verdict verdict() const { return common_.verdict; }
  bool differ() const { return differ_; }
  // What all of them name; for a deny, where they have nothing in common, what any of them names.
  LayerMask decided_by() const {
    if (verdict() == Verdict::kUnknown) return {};
    const bool has_reason = verdict() == Verdict::kAllow || !common_.decided_by.empty();
    return has_reason ? common_.decided_by : any_.decided_by;
  }

 private:
  bool is_first_ = true;
  bool differ_ = false;
  Combined common_;
  Combined any_;
};

// Over every reading of the accounts that are not known.
void AddReadings(const BoundRequest::State& request, const Answers& answers, Readings& readings) {
  const bool has_account = answers.requester != RequesterClass::kOutsider;
  const auto may_be = [has_account](Ternary known, bool own) {
    if (known == Ternary::kUnknown) return own || has_account;
    return own == (known == Ternary::kYes);
  };
  const Ternary own_access_point =
      request.through_access_point ? request.owns_access_point : Ternary::kYes;
  for (const bool own : {true, false}) {
    if (!may_be(request.same_account, own)) continue;
    for (const bool own_too : {true, false}) {
      if (!may_be(own_access_point, own_too)) continue;
      readings.Add(Settle(request, answers, {own, own_too}));
    }
  }
}

// As whom a requester of whom nothing is known is taken besides (S4.19.1).
constexpr RequesterClass kOtherClasses[] = {RequesterClass::kFederatedUser, RequesterClass::kRoot,
                                            RequesterClass::kOutsider};

}  // namespace

Answers EvaluateLayers(const CompiledPolicySet& policies, BoundRequest::State& request) {
  Answers answers;
  answers.requester = ClassOf(request);
  Evaluation(policies, request, answers).Run();
  return answers;
}

Decision DecideFrom(BoundRequest::State& request, const Answers& answers) {
  Readings readings;
  AddReadings(request, answers, readings);
  const bool account_matters = readings.differ();
  MissingSet missing = answers.missing;
  if (request.requester == RequesterKind::kUnknown) {
    for (const RequesterClass other : kOtherClasses) {
      Answers as_other;
      as_other.requester = other;
      Evaluation(*request.policies, request, as_other).Run();
      AddReadings(request, as_other, readings);
      missing.Merge(as_other.missing);
    }
    if (readings.differ()) missing.AddPrincipal();
  }

  Decision decision;
  decision.verdict = readings.verdict();
  decision.decided_by = readings.decided_by();
  decision.assumed = answers.assumed;
  if (decision.verdict == Verdict::kUnknown) {
    decision.missing = missing;
    if (account_matters && request.same_account == Ternary::kUnknown) {
      decision.missing.AddResourceAccount();
    }
    if (TrustsAccount(request) == Ternary::kUnknown) {
      if (request.resource_unknown) {
        decision.missing.AddResource();
      } else {
        decision.missing.AddLayer(Layer::kEndpoint);
      }
    }
    return decision;
  }
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    if (!decision.decided_by.Has(static_cast<Layer>(i))) continue;
    if (decision.verdict == Verdict::kExplicitDeny) {
      decision.statements[i] = answers.layers[i].denied_by;
    } else if (decision.verdict == Verdict::kAllow) {
      decision.statements[i] = answers.layers[i].allowed_by;
    }
  }
  return decision;
}

}  // namespace postern::authz
