#include "authz/suites/read_request.h"

#include <fmt/format.h>

#include <bitset>
#include <string>
#include <unordered_set>
#include <utility>

#include "authz/access_point.h"
#include "authz/suites/read_principal.h"
#include "policy/api_names.h"
#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"

namespace postern::authz {

using policy::EqualsIgnoreAsciiCase;
using policy::Node;
using policy::NodeKind;

namespace {

using enum RequestMember;

constexpr RequestMember kWhatIsCalled[] = {kAction, kApi, kCalls};
constexpr RequestMember kCalledOn[] = {kResource, kResources};

// The context keys given so far, compared without case. Most are told apart by a few bits; the rest
// by a scan while they are few.
class SeenKeys {
 public:
  explicit SeenKeys(const Request& request) : request_(request) {}

  // Whether the key is there already; it is about to be added.
  bool Has(std::string_view key) {
    const std::size_t bit = Mark(key);
    if (!marks_.test(bit)) {
      marks_.set(bit);
      return false;
    }
    if (request_.context.size() < kFew) {
      return std::ranges::any_of(request_.context, [&](const ContextEntry& entry) {
        return EqualsIgnoreAsciiCase(entry.key, key);
      });
    }
    for (; folded_count_ < request_.context.size(); ++folded_count_) {
      folded_.insert(policy::FoldAscii(request_.context[folded_count_].key));
    }
    return folded_.contains(policy::FoldAscii(key));
  }

 private:
  static constexpr std::size_t kFew = 48;
  static constexpr std::size_t kMarks = 1024;

  // `key` is not empty. The same for both cases of a letter.
  static std::size_t Mark(std::string_view key) {
    const auto letter = [&](std::size_t at) -> std::size_t {
      return static_cast<unsigned char>(key[at]) & 0x1F;
    };
    const std::size_t size = key.size();
    const std::size_t mark =
        letter(size - 1) * 7 + letter(size / 2) * 59 + letter(size * 3 / 4) * 293;
    return (mark + size * 31) % kMarks;
  }

  const Request& request_;
  std::bitset<kMarks> marks_;
  std::size_t folded_count_ = 0;
  std::unordered_set<std::string> folded_;
};

class RequestReader {
 public:
  RequestReader(const RequestParts& parts, Case& into, Reading& read)
      : parts_(parts), into_(into), request_(into.request), read_(read) {}

  void Read(const Node* principals, Completeness completeness);

 private:
  const Node* Of(RequestMember member) const { return parts_.Of(member); }
  void CheckExclusive();
  void ReadContext(const Node& node, SeenKeys& seen);
  void ReadUnknown(const Node& node, SeenKeys& seen);
  bool CheckKey(const Node& place, std::string_view key, bool at_key);
  void ReadWhatIsCalled(Completeness completeness);
  void ReadCalls(const Node& calls);
  void ReadApi(const Node& api);
  bool ReadResources(const Node& api, bool copies, OperationResources& resources);
  void AddCallParts(OperationResources& resources) const;
  void CheckResourceIsUsed();
  std::string_view ReadAction(const Node& node);
  // The text of an ARN or "*"; `what` is unknown if it says so and `unknown` is not null.
  std::string_view ReadResource(const Node& node, bool* unknown);
  void ReadResourceAccount(const Node& node);
  void ReadResourceOrganization();
  void ReadVia(const Node& node);
  void ReadForwardedBy(const Node& node);

  const RequestParts& parts_;
  Case& into_;
  Request& request_;
  Reading& read_;
};

void RequestReader::Read(const Node* principals, Completeness completeness) {
  CheckExclusive();
  if (const Node* principal = Of(kPrincipal)) {
    ReadPrincipal(*principal, principals, into_, read_);
  } else if (completeness == Completeness::kWhole) {
    read_.Report(*parts_.place, "missing-member", "the request has no `principal`",
                 "`{unknown: true}` says that it is not known");
  }
  SeenKeys seen(request_);
  if (const Node* context = Of(kContext)) ReadContext(*context, seen);
  if (const Node* unknown = Of(kUnknown)) ReadUnknown(*unknown, seen);
  if (const Node* resource = Of(kResource)) {
    request_.resource = ReadResource(*resource, &request_.resource_unknown);
  }
  if (const Node* behind = Of(kBucketResource)) {
    request_.bucket_resource = ReadResource(*behind, &request_.bucket_resource_unknown);
    if (request_.bucket_resource_unknown) request_.bucket_resource = {};
  }
  if (const Node* account = Of(kResourceAccount)) ReadResourceAccount(*account);
  ReadResourceOrganization();
  if (const Node* shared = Of(kShared)) {
    request_.resource_shared = read_.Bool(*shared).value_or(false);
  }
  if (const Node* service = Of(kForwardedBy)) ReadForwardedBy(*service);
  if (const Node* via = Of(kVia)) ReadVia(*via);
  ReadWhatIsCalled(completeness);
}

void RequestReader::CheckExclusive() {
  const Node* first = nullptr;
  for (const RequestMember member : kWhatIsCalled) {
    const Node* node = Of(member);
    if (node == nullptr) continue;
    if (first == nullptr) {
      first = node;
    } else {
      read_.ReportKey(*node, "contradiction",
                      fmt::format("`{}` and `{}` exclude each other", first->key, node->key));
    }
  }
  const Node* resource = Of(kResource);
  const Node* resources = Of(kResources);
  if (resource && Of(kCalls)) {
    read_.ReportKey(*resource, "contradiction", "`calls` name their resources themselves");
  }
  if (resources && resource) {
    read_.ReportKey(*resources, "contradiction", "`resource` and `resources` exclude each other");
  } else if (resources && !Of(kApi)) {
    read_.ReportKey(*resources, "contradiction", "`resources` belong to an `api` that copies");
  }
}

bool RequestReader::CheckKey(const Node& place, std::string_view key, bool at_key) {
  std::size_t colon = 0;
  while (colon < key.size() && key[colon] != ':') ++colon;  // it stands near: sooner than a call
  if (colon > 0 && colon + 1 < key.size()) return true;
  std::string message = fmt::format("`{}` is not a condition key, which has a service prefix", key);
  std::string help = key.empty() || colon < key.size() ? std::string()
                                                       : fmt::format("did you mean `aws:{}`?", key);
  if (at_key) {
    read_.ReportKey(place, "bad-key", std::move(message), std::move(help));
  } else {
    read_.Report(place, "bad-key", std::move(message), std::move(help));
  }
  return false;
}

void RequestReader::ReadContext(const Node& node, SeenKeys& seen) {
  if (!node.IsObject()) {
    read_.ReportType(node, "an object of condition keys");
    return;
  }
  for (const Node& member : node.children()) {
    if (!CheckKey(member, member.key, true)) continue;
    if (seen.Has(member.key)) {
      read_.ReportKey(
          member, "duplicate-key",
          fmt::format("the key `{}` is given twice: keys compare without case", member.key));
      continue;
    }
    if (read_.IsUnknown(member)) {
      request_.AddUnknown(member.key);
      continue;
    }
    request_.OpenContext(member.key);
    ReadContextValues(member, request_, read_);
  }
}

void RequestReader::ReadUnknown(const Node& node, SeenKeys& seen) {
  const auto read_one = [&](const Node& entry) {
    const auto key = read_.Text(entry);
    if (!key || !CheckKey(entry, *key, false)) return;
    if (seen.Has(*key)) {
      read_.Report(
          entry, "duplicate-key",
          fmt::format("the key `{}` is given already: it cannot be unknown as well", *key));
      return;
    }
    request_.AddUnknown(*key);
  };
  if (!node.IsArray()) {
    read_one(node);
    return;
  }
  for (const Node& entry : node.children()) read_one(entry);
}

std::string_view RequestReader::ReadAction(const Node& node) {
  const auto action = read_.Text(node);
  if (!action) return {};
  if (into_.checked_actions.Has(*action)) return *action;
  const std::string permission = policy::PermissionInPlaceOf(policy::Catalogue::InUse(), *action);
  if (permission.empty()) {
    into_.checked_actions.Add(*action);
    return *action;
  }
  read_.Report(
      node, "api-not-action",
      fmt::format("`{}` is an API operation; the permission for it is {}", *action, permission),
      fmt::format("write {}, or `api` for the operation", permission));
  return *action;
}

std::string_view RequestReader::ReadResource(const Node& node, bool* unknown) {
  if (unknown != nullptr && read_.IsUnknown(node)) {
    *unknown = true;
    return "*";
  }
  if (!node.IsString()) {
    read_.ReportType(node, unknown ? "an ARN, `*` or `{unknown: true}`" : "an ARN");
    return "*";
  }
  if (node.text == "*" || policy::IsArn(node.text)) return node.text;
  read_.Report(node, "bad-resource", fmt::format("`{}` is not an ARN", node.text),
               "arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE, or `*` where the call names none");
  return "*";
}

void RequestReader::ReadResourceAccount(const Node& node) {
  if (read_.IsUnknown(node)) {
    request_.resource_account_state = ResourceAccountState::kUnknown;
  } else if (node.IsString() && node.text == "own") {
    request_.resource_account_state = ResourceAccountState::kOwn;
  } else if (const auto account = read_.AccountId(node)) {
    request_.resource_account_state = ResourceAccountState::kGiven;
    request_.resource_account = *account;
  }
}

void RequestReader::ReadResourceOrganization() {
  if (const Node* id = Of(kResourceOrgId)) {
    if (id->kind == NodeKind::kNull) {
      request_.resource_org_id = "";
    } else {
      request_.resource_org_id = read_.Prefixed(*id, "o-");
    }
  }
  if (const Node* paths = Of(kResourceOrgPaths)) read_.Texts(*paths, request_.resource_org_paths);
}

void RequestReader::ReadForwardedBy(const Node& node) {
  const auto service = read_.Text(node);
  if (!service) return;
  request_.forwarded_by = *service;
  if (!IsServicePrincipal(*service)) {
    read_.Report(node, "bad-service", fmt::format("`{}` is not an AWS service", *service),
                 "such as athena.amazonaws.com");
  }
}

void RequestReader::ReadVia(const Node& node) {
  const auto via = read_.Text(node);
  if (!via) return;
  if (*via == "internet") {
    request_.route = Route::kInternet;
  } else if (via->starts_with("vpce-") && *via != "vpce-") {
    request_.route = Route::kOtherEndpoint;
    request_.other_endpoint = *via;
  } else if (*via == "endpoint") {
    request_.route = Route::kEndpoint;
  } else {
    read_.Report(node, "bad-route", fmt::format("a request does not travel via `{}`", *via),
                 "endpoint, internet, or the id of another endpoint");
  }
}

void RequestReader::ReadWhatIsCalled(Completeness completeness) {
  if (const Node* calls = Of(kCalls)) {
    ReadCalls(*calls);
  } else if (const Node* api = Of(kApi)) {
    ReadApi(*api);
  } else if (const Node* action = Of(kAction)) {
    request_.action = ReadAction(*action);
  } else if (completeness == Completeness::kWhole) {
    read_.Report(*parts_.place, "missing-member", "the request has no `action`, `api` or `calls`");
  }
  if (into_.calls.empty()) return;
  request_.action = into_.calls.front().action;
  request_.resource = into_.calls.front().resource;
  request_.resource_unknown = request_.resource.empty();
  if (request_.resource_unknown) request_.resource = "*";
}

void RequestReader::ReadCalls(const Node& calls) {
  if (!calls.IsArray()) {
    read_.ReportType(calls, "a list of calls");
    return;
  }
  if (calls.count == 0) read_.Report(calls, "empty-list", "`calls` is empty");
  static constexpr std::array<std::string_view, 2> kNames = {"action", "resource"};
  for (const Node& entry : calls.children()) {
    const auto [action, resource] = read_.Members(entry, kNames);
    Call& call = into_.calls.emplace_back();
    call.resource = "*";
    if (action) {
      call.action = ReadAction(*action);
    } else if (entry.IsObject()) {
      read_.Report(entry, "missing-member", "the call has no `action`");
    }
    if (resource) {
      bool unknown = false;
      call.resource = ReadResource(*resource, &unknown);
      if (unknown) call.resource.clear();
    }
  }
}

// The condition keys that say which parts a call has: AWS sets them when the part is there.
void RequestReader::AddCallParts(OperationResources& resources) const {
  static constexpr struct {
    std::string_view key;  // with a slash or dash at the end: a prefix
    bool OperationResources::*part;
  } kParts[] = {
      {"s3:VersionId", &OperationResources::version},
      {"s3:x-amz-acl", &OperationResources::acl},
      {"s3:x-amz-grant-", &OperationResources::acl},
      {"s3:RequestObjectTagKeys", &OperationResources::tags},
      {"s3:RequestObjectTag/", &OperationResources::tags},
      {"aws:TagKeys", &OperationResources::tags},
      {"aws:RequestTag/", &OperationResources::tags},
      {"s3:object-lock-mode", &OperationResources::retention},
      {"s3:object-lock-retain-until-date", &OperationResources::retention},
      {"s3:object-lock-legal-hold", &OperationResources::legal_hold},
      {"s3:x-amz-object-ownership", &OperationResources::object_ownership},
      {"sts:SourceIdentity", &OperationResources::source_identity},
  };
  for (const ContextEntry& entry : request_.context) {
    if (entry.count == 0) continue;
    for (const auto& [key, part] : kParts) {
      const bool is_prefix = key.ends_with('/') || key.ends_with('-');
      const std::string_view compared = is_prefix ? entry.key.substr(0, key.size()) : entry.key;
      if (EqualsIgnoreAsciiCase(compared, key)) resources.*part = true;
    }
  }
}

void RequestReader::ReadApi(const Node& api) {
  const auto name = read_.Text(api);
  if (!name) return;
  const policy::Catalogue& catalogue = policy::Catalogue::InUse();
  const auto operation = FindOperation(catalogue, *name);
  if (!operation) {
    read_.Report(api, operation.error().code, operation.error().message, operation.error().help);
    return;
  }
  OperationResources resources;
  resources.resource = request_.resource_unknown ? "" : request_.resource;
  AddCallParts(resources);
  if (!ReadResources(api, operation->TakesSourceAndDestination(), resources)) return;
  OperationCalls found = CallsOf(catalogue, *operation, resources);
  into_.calls = std::move(found.calls);
  into_.unjudged = std::move(found.unjudged);
  into_.assumed_same_name = operation->assumed_same_name;
  CheckResourceIsUsed();
}

// `resources`, where the operation `api` copies and only there.
bool RequestReader::ReadResources(const Node& api, bool copies, OperationResources& resources) {
  const Node* both = Of(kResources);
  if (both == nullptr) {
    if (!copies) return true;
    read_.Report(api, "missing-member",
                 fmt::format("`{}` reads one resource and writes another", api.text),
                 "write `resources: {source: ARN, destination: ARN}`");
    return false;
  }
  static constexpr std::array<std::string_view, 2> kNames = {"source", "destination"};
  const auto [source, destination] = read_.Members(*both, kNames);
  if (source) resources.source = ReadResource(*source, nullptr);
  if (destination) resources.destination = ReadResource(*destination, nullptr);
  if (both->IsObject() && (!source || !destination)) {
    read_.Report(*both, "missing-member", "`resources` has a `source` and a `destination`");
  }
  if (!copies) {
    read_.ReportKey(*both, "contradiction", fmt::format("`{}` has one resource", api.text),
                    "write `resource`");
  }
  return true;
}

// `api: s3.ListBuckets` with a bucket: the call names none, so the case cannot mean what it says.
void RequestReader::CheckResourceIsUsed() {
  const Node* resource = Of(kResource);
  if (!resource || parts_.defaulted[static_cast<std::size_t>(kResource)]) return;
  if (request_.resource == "*" || request_.resource == "arn:aws:s3:::*") return;
  for (const Call& call : into_.calls) {
    if (call.resource == request_.resource) return;
  }
  read_.Report(*resource, "unused-resource",
               fmt::format("`{}` names no resource: it is judged on `*`", Of(kApi)->text));
}

}  // namespace

void RequestParts::Default(const MemberArray<kRequestMemberCount>& defaults) {
  const auto given = [&](RequestMember member) { return Of(member) != nullptr; };
  const bool what = std::ranges::any_of(kWhatIsCalled, given);
  const bool on = std::ranges::any_of(kCalledOn, given);
  const bool calls = given(kCalls);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i] != nullptr || defaults[i] == nullptr) continue;
    const auto member = static_cast<RequestMember>(i);
    if (what && std::ranges::find(kWhatIsCalled, member) != std::end(kWhatIsCalled)) continue;
    if ((on || calls) && std::ranges::find(kCalledOn, member) != std::end(kCalledOn)) continue;
    members[i] = defaults[i];
    defaulted.set(i);
  }
}

bool ReadRequestParts(const RequestParts& parts, const Node* principals, Case& into, Reading& read,
                      Completeness completeness) {
  into.request.Clear();
  into.calls.clear();
  into.texts.clear();
  into.unjudged.clear();
  into.assumed_same_name = false;
  RequestReader(parts, into, read).Read(principals, completeness);
  return read.clean();
}

void CheckPrincipals(const Node& principals, Case& scratch, Reading& read) {
  if (!principals.IsObject()) {
    read.ReportType(principals, "an object of named principals");
    return;
  }
  for (const Node& member : principals.children()) {
    scratch.request.Clear();
    ReadPrincipal(member, nullptr, scratch, read);
  }
}

void CheckRoute(const PolicySet& policies, const RequestParts& parts, Case& into, Reading& read) {
  SettleRoute(policies, into.request);
  const bool is_there = policies.endpoint || policies.endpoint_knowledge == Knowledge::kUnknown;
  if (into.request.route != Route::kEndpoint || is_there) return;
  read.Report(*parts.Of(kVia), "no-endpoint",
              "the request goes via an endpoint, and `policies` has none",
              "`endpoint: default` is one with the full-access policy");
}

void SettleRoute(const PolicySet& policies, Request& request) {
  if (request.route != Route::kOtherEndpoint || !policies.endpoint) return;
  if (policies.endpoint->id == request.other_endpoint) request.route = Route::kEndpoint;
}

std::vector<std::string> AssumedOfApi(const Case& question) {
  std::vector<std::string> names;
  for (const std::string& action : question.unjudged) names.push_back("permission:" + action);
  if (question.assumed_same_name) names.emplace_back(kAssumedSameName);
  return names;
}

Request RequestOfCall(const Case& question, std::size_t call) {
  Request request = question.request;
  if (question.calls.empty()) return request;
  const Call& chosen = question.calls[call];
  request.action = chosen.action;
  request.resource_unknown = chosen.resource.empty();
  request.resource = request.resource_unknown ? std::string_view("*") : chosen.resource;
  // What lies behind an access point belongs to the calls that go through one.
  const bool goes_through = IsAccessPoint(chosen.resource);
  if (!goes_through && std::ranges::any_of(question.calls, [](const Call& each) {
        return IsAccessPoint(each.resource);
      })) {
    request.bucket_resource = {};
    request.bucket_resource_unknown = false;
  }
  return request;
}

bool ReadRequest(const Node& node, const Node* principals, Case& into,
                 std::vector<CaseProblem>& problems, Completeness completeness) {
  Reading read(into.tree.get(), problems);
  RequestParts parts{&node, read.Members(node, kRequestMembers), {}};
  if (!node.IsObject()) return false;
  return ReadRequestParts(parts, principals, into, read, completeness);
}

}  // namespace postern::authz
