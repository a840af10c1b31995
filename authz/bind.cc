#include "authz/bind.h"

#include <algorithm>
#include <cstring>

#include "authz/bound.h"
#include "authz/resource_keys.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"

namespace postern::authz {
namespace {

using policy::PrincipalForm;

InputError Error(std::string code, std::string message, std::string pointer) {
  return {std::move(code), std::move(message), std::move(pointer)};
}

// The keys that only an endpoint sets (S6.4.5).
constexpr KeyId kEndpointKeys[] = {kSourceVpce,  kSourceVpc, kSourceVpcArn, kVpcSourceIp,
                                   kVpceAccount, kVpceOrgId, kVpceOrgPaths};

class Binder {
 public:
  Binder(const CompiledPolicySet& policies, const Request& request, BoundRequest::State& state)
      : policies_(policies), request_(request), state_(state) {}

  std::optional<InputError> Run() {
    Reset();
    BindPrincipal();
    BindAction();
    BindResource();
    BindContext();
    if (error_) return error_;
    BindEndpoint();
    DerivePrincipalKeys();
    DeriveResourceKeys();
    DeriveNetworkKeys();
    DeriveAlwaysSentKeys();
    if (error_) return error_;
    state_.candidates.resize(policies_.actions.words());
    policies_.actions.Select(state_.vendor, state_.name, state_.candidates.data());
    return std::nullopt;
  }

 private:
  void Fail(std::string code, std::string message, std::string pointer) {
    if (!error_) error_ = Error(std::move(code), std::move(message), std::move(pointer));
  }

  void Reset() {
    state_.policies = &policies_;
    state_.request = &request_;
    state_.slots.assign(policies_.keys.size(), Slot{});
    state_.assumed = policies_.assumed;
    state_.text.release();
    state_.derived_count = 0;
    state_.who = {};
    state_.path_known = false;
    state_.role_path = {};
    state_.service_linked = false;
    state_.account = {};
    state_.resource_arn = {};
    state_.all_buckets = false;
    state_.endpoint = EndpointUse::kNone;
    state_.gateway = false;
  }

  // ---- text that binding makes

  char* Allocate(std::size_t size) {
    return static_cast<char*>(state_.text.allocate(std::max<std::size_t>(size, 1), 1));
  }

  std::string_view Join(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (std::string_view part : parts) size += part.size();
    char* const text = Allocate(size);
    char* at = text;
    for (std::string_view part : parts) at = std::copy(part.begin(), part.end(), at);
    return {text, size};
  }

  std::string_view Lower(std::string_view text) {
    char* const lower = Allocate(text.size());
    std::transform(text.begin(), text.end(), lower, [](char c) { return policy::FoldAscii(c); });
    return {lower, text.size()};
  }

  const std::string_view* Hold(std::string_view value) {
    std::string_view& place = state_.derived[state_.derived_count++];
    place = value;
    return &place;
  }

  // ---- the request's parts

  void BindPrincipal() {
    const Principal& principal = request_.principal;
    state_.requester = principal.kind;
    if (principal.kind != RequesterKind::kArn) {
      state_.account = principal.account;
      return;
    }
    state_.who = policy::ParsePrincipal(policy::PrincipalType::kAws, principal.arn);
    switch (state_.who.form) {
      case PrincipalForm::kUser:
      case PrincipalForm::kRole:
        state_.path_known = true;
        state_.role_path = state_.who.path;
        state_.service_linked = state_.who.path.starts_with("/aws-service-role/");
        break;
      case PrincipalForm::kRoleSession:
        state_.path_known = !principal.path.empty();
        state_.role_path = principal.path;
        state_.service_linked = principal.path.starts_with("/aws-service-role/");
        break;
      case PrincipalForm::kFederatedUser:
        break;
      case PrincipalForm::kAccount:
        if (principal.arn.ends_with(":root")) break;
        [[fallthrough]];
      default:
        return Fail("bad-principal",
                    "`" + std::string(principal.arn) +
                        "` is not a principal that makes requests: give the ARN of a user, a role, "
                        "a role session, a federated user or the root user",
                    "/request/principal");
    }
    if (state_.who.partial_wildcard) {
      return Fail("bad-principal", "the principal of a request has no wildcards",
                  "/request/principal");
    }
    state_.service_linked |= principal.service_linked;
    state_.account = state_.who.account;
    if (!principal.account.empty() && principal.account != state_.account) {
      Fail("contradiction",
           "the principal's account is `" + std::string(principal.account) +
               "`, but its ARN says `" + std::string(state_.account) + "`",
           "/request/principal/account");
    }
  }

  void BindAction() {
    const std::string_view action = request_.action;
    const std::size_t colon = action.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == action.size() ||
        action.find_first_of("*? \t\r\n", 0) != std::string_view::npos ||
        action.find(':', colon + 1) != std::string_view::npos) {
      return Fail("bad-action",
                  "`" + std::string(action) + "` is not an action: write `service:Action`",
                  "/request/action");
    }
    const std::string_view lower = Lower(action);
    state_.vendor = lower.substr(0, colon);
    state_.name = lower.substr(colon + 1);
  }

  void BindResource() {
    state_.resource = request_.resource;
    state_.resource_unknown = request_.resource_unknown;
    state_.account_level = !state_.resource_unknown && state_.resource == "*";
    if (state_.resource_unknown) return;
    if (state_.account_level) {
      // S3.5: the account-level list calls of S3 are judged as arn:aws:s3:::*, taken literally.
      if (state_.vendor == "s3" && IsS3AccountLevelList()) {
        state_.all_buckets = true;
        state_.resource = Join({"arn:", Partition(), ":s3:::*"});
        state_.resource_arn = policy::SplitArn(state_.resource);
      }
      return;
    }
    if (!policy::IsArn(state_.resource)) {
      return Fail("bad-resource",
                  "`" + std::string(state_.resource) +
                      "` is not a resource: give an ARN, or `*` for a call that names none",
                  "/request/resource");
    }
    state_.resource_arn = SplitConcrete(state_.resource);
  }

  // A concrete ARN has no variables, so `${` is ordinary text.
  static policy::Arn SplitConcrete(std::string_view text) {
    policy::Arn arn;
    for (; arn.count < 5; ++arn.count) {
      const std::size_t colon = text.find(':');
      arn.fields[arn.count] = text.substr(0, colon);
      text.remove_prefix(colon + 1);
    }
    arn.fields[arn.count++] = text;
    return arn;
  }

  bool IsS3AccountLevelList() const {
    const auto action = policies_.catalogue.FindAction(state_.vendor, state_.name);
    return action && action->level == policy::AccessLevel::kList &&
           policies_.catalogue.ResourceTypesOf(*action).empty();
  }

  void BindContext() {
    for (const ContextEntry& entry : request_.context) {
      if (entry.count > 1) CheckMayHaveSeveralValues(entry);
      const auto key = policies_.keys.Find(entry.key);
      if (!key) continue;
      Slot& slot = state_.slots[*key];
      if (slot.source != KeySource::kAbsent) {
        Fail("duplicate-key", "`" + std::string(entry.key) + "` is given twice",
             "/request/context/" + std::string(entry.key));
      }
      slot.source = entry.unknown ? KeySource::kUnknown : KeySource::kSupplied;
      slot.state = entry.unknown      ? SlotState::kUnknown
                   : entry.count == 0 ? SlotState::kAbsent
                                      : SlotState::kPresent;
      slot.count = entry.count;
      slot.values = request_.values.data() + entry.first;
    }
    if (!request_.principal.tags.empty()) BindPrincipalTags();
  }

  // S4.15: whether a key is multivalued is a property of the key.
  void CheckMayHaveSeveralValues(const ContextEntry& entry) {
    const auto known = policies_.catalogue.FindConditionKey(entry.key);
    if (!known || known->multivalued) return;
    Fail("several-values",
         "`" + std::string(entry.key) + "` has one value in a request, and " +
             std::to_string(entry.count) + " are given",
         "/request/context/" + std::string(entry.key));
  }

  void BindPrincipalTags() {
    constexpr std::string_view kPrefix = "aws:PrincipalTag/";
    for (std::size_t key = kWellKnownKeyCount; key < policies_.keys.size(); ++key) {
      const std::string_view name = policies_.keys.NameOf(static_cast<KeyId>(key));
      if (name.size() <= kPrefix.size() ||
          !policy::EqualsIgnoreAsciiCase(name.substr(0, kPrefix.size()), kPrefix)) {
        continue;
      }
      for (const Tag& tag : request_.principal.tags) {
        if (!policy::EqualsIgnoreAsciiCase(name.substr(kPrefix.size()), tag.key)) continue;
        Slot& slot = state_.slots[key];
        if (slot.source != KeySource::kAbsent) continue;
        slot.source = KeySource::kDerived;
        slot.state = SlotState::kPresent;
        slot.count = 1;
        slot.values = &tag.value;
      }
    }
  }

  // ---- the endpoint

  bool Supplied(KeyId key) const { return state_.slots[key].state != SlotState::kAbsent; }

  std::string_view ValueOf(KeyId key) const {
    const Slot& slot = state_.slots[key];
    return slot.state == SlotState::kPresent ? slot.values[0] : std::string_view{};
  }

  void BindEndpoint() {
    for (KeyId key : kEndpointKeys) supplied_endpoint_key_ |= Supplied(key);
    const Knowledge knowledge = policies_.knowledge[static_cast<std::size_t>(Layer::kEndpoint)];
    if (!request_.forwarded_by.empty()) {
      // A call that a service forwards does not pass the caller's endpoint (S6.4.6).
      state_.assumed.Add(Assumption::kA20);
      if (supplied_endpoint_key_) ContradictsEndpoint("a call that an AWS service forwards");
      return;
    }
    if (request_.route == Route::kInternet) {
      if (supplied_endpoint_key_) ContradictsEndpoint("a request past the endpoint");
      return;
    }
    if (request_.route == Route::kOtherEndpoint) {
      state_.endpoint = EndpointUse::kDefaultPolicy;
    } else if (policies_.endpoint) {
      const Endpoint& endpoint = *policies_.endpoint;
      if (IsForAnotherRegion(endpoint)) {
        state_.assumed.Add(Assumption::kEndpointNotUsed);
        return;
      }
      state_.gateway = endpoint.type == policy::EndpointType::kGateway;
      if (endpoint.type == policy::EndpointType::kUnknown) {
        state_.assumed.Add(Assumption::kEndpointTypeNotGiven);
      }
      state_.endpoint = endpoint.policy == Knowledge::kGiven     ? EndpointUse::kPolicy
                        : endpoint.policy == Knowledge::kUnknown ? EndpointUse::kUnknown
                                                                 : EndpointUse::kDefaultPolicy;
      endpoint_ = &endpoint;
    } else if (knowledge == Knowledge::kUnknown) {
      state_.endpoint = EndpointUse::kUnknown;
    } else if (supplied_endpoint_key_) {
      state_.endpoint = EndpointUse::kDefaultPolicy;
      state_.assumed.Add(Assumption::kEndpointNotGiven);
    }
  }

  void ContradictsEndpoint(std::string_view what) {
    for (KeyId key : kEndpointKeys) {
      if (!Supplied(key)) continue;
      const std::string name(policies_.keys.NameOf(key));
      Fail("contradiction",
           "`" + name + "` is given, but " + std::string(what) + " has no such key",
           "/request/context/" + name);
    }
  }

  // S7.10.4: a gateway endpoint serves its own Region; a request to another does not use it.
  bool IsForAnotherRegion(const Endpoint& endpoint) const {
    if (endpoint.type != policy::EndpointType::kGateway || endpoint.region.empty()) return false;
    std::string_view region = ValueOf(kRequestedRegion);
    if (region.empty()) region = state_.resource_arn.region();
    return !region.empty() && region != endpoint.region;
  }

  // ---- derived keys (S6.4)

  void Set(KeyId key, std::string_view value, KeySource source) {
    Slot& slot = state_.slots[key];
    slot.source = source;
    slot.state = SlotState::kPresent;
    slot.count = 1;
    slot.values = Hold(value);
  }

  void SetUnknown(KeyId key) {
    Slot& slot = state_.slots[key];
    if (slot.source != KeySource::kAbsent) return;
    slot.source = KeySource::kDerived;
    slot.state = SlotState::kUnknown;
  }

  // A value that follows from the request; a supplied one must not contradict it.
  void Derive(KeyId key, std::string_view value) {
    if (value.empty()) return;
    const Slot& slot = state_.slots[key];
    if (slot.source == KeySource::kAbsent) return Set(key, value, KeySource::kDerived);
    if (slot.state != SlotState::kPresent || slot.values[0] == value) return;
    const std::string name(policies_.keys.NameOf(key));
    Fail("contradiction",
         "`" + name + "` is given as `" + std::string(slot.values[0]) +
             "`, but the request makes it `" + std::string(value) + "`",
         "/request/context/" + name);
  }

  void DeriveList(KeyId key, const std::vector<std::string_view>& values) {
    Slot& slot = state_.slots[key];
    if (values.empty() || slot.source != KeySource::kAbsent) return;
    slot.source = KeySource::kDerived;
    slot.state = SlotState::kPresent;
    slot.count = static_cast<std::uint32_t>(values.size());
    slot.values = values.data();
  }

  // A key that requests of this sort never carry.
  void MustBeAbsent(KeyId key, std::string_view why) {
    if (!Supplied(key)) return;
    const std::string name(policies_.keys.NameOf(key));
    Fail("contradiction", "`" + name + "` is given, but " + std::string(why),
         "/request/context/" + name);
  }

  void DerivePrincipalKeys() {
    switch (request_.principal.kind) {
      case RequesterKind::kUnknown:
        for (KeyId key :
             {kPrincipalArn, kPrincipalAccount, kPrincipalOrgId, kPrincipalOrgPaths, kPrincipalType,
              kPrincipalIsAwsService, kPrincipalServiceName, kUserId, kUsername}) {
          SetUnknown(key);
        }
        return;
      case RequesterKind::kAnonymous:
        for (KeyId key : {kPrincipalArn, kPrincipalOrgId, kPrincipalOrgPaths, kUsername}) {
          MustBeAbsent(key, "an anonymous request has no such key");
        }
        Derive(kPrincipalAccount, "anonymous");
        Derive(kPrincipalType, "Anonymous");
        Derive(kUserId, "anonymous");
        return;
      case RequesterKind::kFederated:
        // AssumeRoleWithSAML and AssumeRoleWithWebIdentity are unsigned (S7.9.4).
        for (KeyId key : {kPrincipalArn, kPrincipalOrgId, kPrincipalOrgPaths}) {
          MustBeAbsent(key, "a federated sign-in is not signed and has no such key");
        }
        return;
      case RequesterKind::kService:
        Derive(kPrincipalIsAwsService, "true");
        Derive(kPrincipalServiceName, request_.principal.service);
        if (policies_.keys.IsTested(kPrincipalArn) || policies_.keys.IsTested(kPrincipalAccount)) {
          state_.assumed.Add(Assumption::kA22);
        }
        return;
      case RequesterKind::kArn:
        DeriveArnPrincipalKeys();
    }
  }

  void DeriveArnPrincipalKeys() {
    const Principal& principal = request_.principal;
    const policy::PrincipalPattern& who = state_.who;
    Derive(kPrincipalAccount, state_.account);
    Derive(kPrincipalIsAwsService, "false");
    switch (who.form) {
      case PrincipalForm::kUser:
        Derive(kPrincipalArn, principal.arn);
        Derive(kPrincipalType, "User");
        Derive(kUsername, who.name);
        Derive(kUserId, principal.unique_id);
        break;
      case PrincipalForm::kAccount:
        Derive(kPrincipalArn, principal.arn);
        Derive(kPrincipalType, "Account");
        Derive(kUserId, state_.account);
        break;
      case PrincipalForm::kFederatedUser:
        Derive(kPrincipalArn, principal.arn);
        Derive(kPrincipalType, "FederatedUser");
        break;
      case PrincipalForm::kRole:
        Derive(kPrincipalArn, principal.arn);
        Derive(kPrincipalType, "AssumedRole");
        break;
      case PrincipalForm::kRoleSession:
        DeriveSessionArn();
        Derive(kPrincipalType, "AssumedRole");
        if (!principal.unique_id.empty()) {
          Derive(kUserId, Join({principal.unique_id, ":", who.session}));
        }
        break;
      default:
        break;
    }
    if (who.form != PrincipalForm::kUser)
      MustBeAbsent(kUsername, "only IAM users have a user name");
    DeriveOrganization(kPrincipalOrgId, kPrincipalOrgPaths, state_.account, principal.org_id,
                       principal.org_paths);
  }

  // For a role session the key holds the role's ARN. A supplied one may add the path (S2.4).
  void DeriveSessionArn() {
    const policy::PrincipalPattern& who = state_.who;
    const Slot& slot = state_.slots[kPrincipalArn];
    if (slot.state == SlotState::kPresent && request_.principal.path.empty()) {
      const auto supplied = policy::ParsePrincipal(policy::PrincipalType::kAws, slot.values[0]);
      if (supplied.form == PrincipalForm::kRole && supplied.account == who.account &&
          supplied.name == who.name) {
        state_.path_known = true;
        state_.role_path = supplied.path;
        state_.service_linked |= supplied.path.starts_with("/aws-service-role/");
        return;
      }
    }
    const std::string_view path =
        request_.principal.path.empty() ? std::string_view("/") : request_.principal.path;
    Derive(kPrincipalArn,
           Join({"arn:", who.partition, ":iam::", who.account, ":role", path, who.name}));
    if (!state_.path_known && policies_.keys.IsTested(kPrincipalArn)) {
      state_.assumed.Add(Assumption::kRolePathUnknown);
    }
  }

  void DeriveOrganization(KeyId id, KeyId paths, std::string_view account,
                          const std::optional<std::string_view>& given_id,
                          const std::vector<std::string_view>& given_paths) {
    if (given_id) {
      Derive(id, *given_id);
      DeriveList(paths, given_paths);
      return;
    }
    DeriveList(paths, given_paths);
    const OrganizationAccount* member = policies_.organization.Find(account);
    if (member == nullptr) return;
    Derive(id, policies_.organization.id);
    DeriveIfAbsent(paths, member->path);
  }

  void DeriveResourceKeys() {
    BindResourceAccount();
    const bool exempt = CarriesNoResourceAccount(state_.vendor, state_.name);  // S6.1
    if (exempt) return;
    if (state_.resource_account.empty()) {
      for (KeyId key : {kResourceAccount, kResourceOrgId, kResourceOrgPaths}) SetUnknown(key);
      if (state_.vendor == "s3") SetUnknown(kS3ResourceAccount);
      return;
    }
    Derive(kResourceAccount, state_.resource_account);
    if (state_.vendor == "s3") Derive(kS3ResourceAccount, state_.resource_account);
    DeriveOrganization(kResourceOrgId, kResourceOrgPaths, state_.resource_account,
                       request_.resource_org_id, request_.resource_org_paths);
  }

  void BindResourceAccount() {
    const std::string_view in_arn =
        state_.all_buckets ? std::string_view{} : state_.resource_arn.account();
    std::string_view& account = state_.resource_account;
    switch (request_.resource_account_state) {
      case ResourceAccountState::kUnknown:
        account = {};
        break;
      case ResourceAccountState::kOwn:
        account = state_.account;
        break;
      case ResourceAccountState::kGiven:
        account = request_.resource_account;
        break;
      case ResourceAccountState::kDerive:
        account = !in_arn.empty()        ? in_arn
                  : state_.account_level ? state_.account
                                         : ValueOf(kResourceAccount);
        break;
    }
    if (request_.resource_account_state != ResourceAccountState::kUnknown && !in_arn.empty() &&
        account != in_arn) {
      Fail("contradiction",
           "the resource's account is given as `" + std::string(account) + "`, but its ARN says `" +
               std::string(in_arn) + "`",
           "/request/resource_account");
    }
    state_.same_account = account.empty() || state_.account.empty() ? Ternary::kUnknown
                          : account == state_.account               ? Ternary::kYes
                                                                    : Ternary::kNo;
  }

  void DeriveNetworkKeys() {
    if (state_.endpoint != EndpointUse::kNone && state_.endpoint != EndpointUse::kUnknown) {
      MustBeAbsent(kSourceIp, "a request through a VPC endpoint has no such key");
    }
    if (state_.endpoint == EndpointUse::kUnknown && endpoint_ == nullptr) {
      // Not even known whether there is an endpoint.
      for (KeyId key : kEndpointKeys) SetUnknown(key);
      if (!supplied_endpoint_key_) SetUnknown(kSourceIp);
    }
    if (request_.route == Route::kOtherEndpoint) Derive(kSourceVpce, request_.other_endpoint);
    if (endpoint_ == nullptr) return;
    const Endpoint& endpoint = *endpoint_;
    Derive(kSourceVpce, endpoint.id);
    Derive(kSourceVpc, endpoint.vpc);
    DeriveIfAbsent(kRequestedRegion, endpoint.region);
    if (endpoint.account.empty()) return;
    if (Sends(kSourceVpcArn) && !endpoint.vpc.empty() && !endpoint.region.empty()) {
      Derive(kSourceVpcArn, Join({"arn:", Partition(), ":ec2:", endpoint.region, ":",
                                  endpoint.account, ":vpc/", endpoint.vpc}));
    }
    if (Sends(kVpceAccount)) Derive(kVpceAccount, endpoint.account);
    const OrganizationAccount* owner = policies_.organization.Find(endpoint.account);
    if (owner == nullptr) return;
    if (Sends(kVpceOrgId)) Derive(kVpceOrgId, policies_.organization.id);
    if (Sends(kVpceOrgPaths)) DeriveIfAbsent(kVpceOrgPaths, owner->path);
  }

  // Not every service sends every one of these (S6.1).
  bool Sends(KeyId key) const {
    return policies_.catalogue.SendsEndpointKey(state_.vendor, policies_.keys.NameOf(key));
  }

  std::string_view Partition() const {
    return state_.who.partition.empty() ? std::string_view("aws") : state_.who.partition;
  }

  void DeriveIfAbsent(KeyId key, std::string_view value) {
    if (!value.empty() && state_.slots[key].source == KeySource::kAbsent) {
      Set(key, value, KeySource::kDerived);
    }
  }

  void DeriveAlwaysSentKeys() {
    DeriveIfAbsent(kRequestedRegion, state_.resource_arn.region());
    if (!request_.forwarded_by.empty()) {
      Derive(kViaAwsService, "true");
      DeriveIfAbsent(kCalledVia, request_.forwarded_by);
      DeriveIfAbsent(kCalledViaFirst, request_.forwarded_by);
      DeriveIfAbsent(kCalledViaLast, request_.forwarded_by);
    }
    Default(kViaAwsService, "false", Assumption::kViaAwsServiceFalse);
    Default(kSecureTransport, "true", Assumption::kSecureTransportTrue);
    // Two spellings of one instant (S4.11).
    DeriveIfAbsent(kEpochTime, ValueOf(kCurrentTime));
    DeriveIfAbsent(kCurrentTime, ValueOf(kEpochTime));
    if (state_.slots[kCurrentTime].source == KeySource::kAbsent &&
        (policies_.keys.IsTested(kCurrentTime) || policies_.keys.IsTested(kEpochTime))) {
      state_.assumed.Add(Assumption::kCurrentTimeMissing);
    }
  }

  void Default(KeyId key, std::string_view value, Assumption assumption) {
    if (state_.slots[key].source != KeySource::kAbsent) return;
    Set(key, value, KeySource::kDefaulted);
    if (policies_.keys.IsTested(key)) state_.assumed.Add(assumption);
  }

  const CompiledPolicySet& policies_;
  const Request& request_;
  BoundRequest::State& state_;
  std::optional<InputError> error_;
  const Endpoint* endpoint_ = nullptr;
  bool supplied_endpoint_key_ = false;
};

}  // namespace

BoundRequest::BoundRequest() : state_(std::make_unique<State>()) {}
BoundRequest::~BoundRequest() = default;
BoundRequest::BoundRequest(BoundRequest&&) noexcept = default;
BoundRequest& BoundRequest::operator=(BoundRequest&&) noexcept = default;

std::optional<InputError> Bind(const CompiledPolicySet& policies, const Request& request,
                               BoundRequest& bound) {
  return Binder(policies, request, bound.state()).Run();
}

}  // namespace postern::authz
