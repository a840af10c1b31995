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
  if (request.requester == RequesterKind::kService) return RequesterClass::kService;
  if (request.requester == RequesterKind::kAnonymous ||
      request.requester == RequesterKind::kFederated) {
    return RequesterClass::kUnsigned;
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
    if (NeedsNoPermission(request_, requester_)) return;
    CallersOwn();
    if (request_.through_access_point) OnTheBucketToo();
    Rcp();
    Resource();
    AccessPointLayer();
    BlockPublicAccess();
  }

  // The control policies of the caller's account, and the policies of the caller.
  void CallersOwn() {
    Scp();
    if (!HasAccount(requester_)) {
      return Note(Layer::kIdentity, "the requester has no identity policies");
    }
    Identity();
    Bound(Layer::kBoundary);
    Bound(Layer::kSession);
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

  // S7.12.8: a Deny counts on either resource; what else they say of the bucket is for its side.
  void OnTheBucketToo() {
    const bool apart = !request_.alternatives.Has(Assumption::kA26);
    const Answers bucket = apart ? EvaluateOnBucket(policies_, request_, requester_) : answers_;
    const bool may_be_own = request_.same_account != Ternary::kNo;
    bool matters = false;
    for (std::size_t i = 0; i < kLayerCount; ++i) {
      LayerAnswer& answer = answers_.layers[i];
      const LayerAnswer& other = bucket.layers[i];
      const Bounds before = {answer.worst, answer.best};
      const Bounds on_bucket = {other.worst, other.best};
      if (other.best == Outcome::kExplicitDeny && answer.best != Outcome::kExplicitDeny) {
        answer = other;
        answer.judged_on = JudgedOn::kBucket;
      } else if (other.worst == Outcome::kExplicitDeny) {
        answer.worst = Outcome::kExplicitDeny;
      }
      matters |= Bounds{answer.worst, answer.best} != before;
      if (i < kFirstOfCaller || i >= kFirstOfCaller + kCallersOwnCount) continue;
      answers_.on_bucket[i - kFirstOfCaller] = on_bucket;
      matters |= may_be_own && on_bucket != before;
    }
    if (matters) answers_.assumed.Add(Assumption::kA26);
    if (matters || may_be_own) answers_.missing.Merge(bucket.missing);
    answers_.assumed.Merge(bucket.assumed);
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
    if (!HasAccount(requester_)) {
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
    const bool may_be_service_linked = request_.MayBeServiceLinked();
    if (member == Ternary::kYes && !may_be_service_linked) return;
    if (!MayNotApply(Layer::kScp)) return;
    if (!is_known) return answers_.missing.AddPrincipal();
    if (may_be_service_linked) answers_.missing.AddKey(kPrincipalArn);
    if (member == Ternary::kUnknown) answers_.missing.AddKey(kPrincipalOrgId);
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
    const bool may_be_any =
        request_.requester == RequesterKind::kUnknown && requester_ == RequesterClass::kPrincipal;
    const bool may_be_service_linked = request_.MayBeServiceLinked();
    if (member == Ternary::kYes && !may_be_any && !may_be_service_linked) return;
    if (!MayNotApply(Layer::kRcp)) return;
    if (may_be_any) answers_.missing.AddPrincipal();
    if (may_be_service_linked) answers_.missing.AddKey(kPrincipalArn);
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
    return HasAccount(requester_) && request_.same_account != Ternary::kNo;
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

  // S7.11.5: of S3's resources only buckets, and objects in them, are named without an account.
  Ternary ConcernsBucket() const {
    if (request_.vendor != "s3" || request_.account_level) return Ternary::kNo;
    if (request_.through_access_point) return Ternary::kYes;
    if (request_.resource_unknown) return Ternary::kUnknown;
    return request_.resource_arn.account().empty() ? Ternary::kYes : Ternary::kNo;
  }

  // Whether Block Public Access spares the caller: an AWS service, or the bucket owner's own.
  Ternary IsSpared() const {
    if (requester_ == RequesterClass::kService) return Ternary::kYes;
    return HasAccount(requester_) ? request_.same_account : Ternary::kNo;
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
    const Ternary concerned = ConcernsBucket();
    if (concerned == Ternary::kNo) return Note(kLayer, "the call is about no bucket");
    MissingSet missing;
    const Ternary spared = IsSpared();
    if (spared == Ternary::kYes) {
      return Fix(kLayer, Outcome::kAllow, "it spares the bucket owner's account and AWS services");
    }
    const Ternary is_public = HasPublicPolicy(missing);
    if (is_public == Ternary::kNo) return Fix(kLayer, Outcome::kAllow, "no policy is public");
    const bool certain =
        concerned == Ternary::kYes && is_public == Ternary::kYes && knowledge == Knowledge::kGiven;
    answers_.stops_others = {Outcome::kExplicitDeny,
                             certain ? Outcome::kExplicitDeny : Outcome::kAllow};
    if (certain && spared == Ternary::kNo) {
      return Fix(kLayer, Outcome::kExplicitDeny, policies_.public_note);
    }
    if (request_.requester == RequesterKind::kUnknown) {
      missing.AddPrincipal();
    } else if (spared == Ternary::kUnknown) {
      missing.AddResourceAccount();
    }
    if (concerned == Ternary::kUnknown) missing.AddResource();
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

}  // namespace

Answers EvaluateLayers(const CompiledPolicySet& policies, BoundRequest::State& request) {
  return EvaluateLayersAs(ClassOf(request), policies, request);
}

Answers EvaluateLayersAs(RequesterClass requester, const CompiledPolicySet& policies,
                         BoundRequest::State& request) {
  Answers answers;
  answers.requester = requester;
  Evaluation(policies, request, answers).Run();
  return answers;
}

Answers EvaluateOnBucket(const CompiledPolicySet& policies, BoundRequest::State& request,
                         RequesterClass requester) {
  Answers answers;
  answers.requester = requester;
  const OnBucket on_bucket(request);
  Evaluation(policies, request, answers).CallersOwn();
  return answers;
}

}  // namespace postern::authz
