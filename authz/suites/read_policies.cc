#include "authz/suites/read_policies.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "authz/suites/reading.h"
#include "policy/language/arn.h"

namespace postern::authz {

using policy::Node;
using policy::NodeKind;
using policy::PolicyKind;

namespace {

constexpr std::string_view kUnknownWord = "unknown";
constexpr std::string_view kDefaultWord = "default";

bool IsWord(const Node& node, std::string_view word) {
  return node.IsString() && node.text == word;
}

// "eu-west-1", "us-gov-east-1", "cn-north-1".
bool IsRegion(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || text.find('-') == dash) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  return dash + 1 < text.size() && std::ranges::all_of(text.substr(dash + 1), is_digit) &&
         std::ranges::all_of(text.substr(0, dash), is_word) && text.find('-') == 2;
}

struct ServiceName {
  std::string service;
  std::string region;
};

// "s3", "com.amazonaws.eu-west-1.ecr.dkr", "cn.com.amazonaws.cn-north-1.s3",
// "aws.sagemaker.eu-west-1.notebook", "com.amazonaws.s3-global.accesspoint".
ServiceName SplitServiceName(std::string_view text) {
  ServiceName name;
  for (const std::string_view prefix : {"cn.com.amazonaws.", "com.amazonaws.", "aws."}) {
    if (!text.starts_with(prefix)) continue;
    text.remove_prefix(prefix.size());
    break;
  }
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t dot = std::min(text.find('.', begin), text.size());
    const std::string_view part = text.substr(begin, dot - begin);
    if (name.region.empty() && IsRegion(part)) {
      name.region = part;
    } else {
      if (!name.service.empty()) name.service += '.';
      name.service += part;
    }
    begin = dot + 1;
  }
  return name;
}

class PoliciesReader {
 public:
  PoliciesReader(const std::shared_ptr<const policy::Tree>& tree, DocumentCache& documents,
                 std::vector<CaseProblem>& problems)
      : tree_(tree), documents_(documents), read_(tree.get(), problems) {}

  bool Read(const Node& policies, PolicySet& into);

 private:
  DocumentPtr Document(const Node& node, PolicyKind kind);
  void ReadLayer(const Node& node, PolicyKind kind, PolicyLayer& layer);
  void ReadLevels(const Node& node, PolicyKind kind, LeveledLayer& layer);
  void ReadEndpoint(const Node& node, PolicySet& into);
  void ReadEndpointPolicy(const Node& node, Endpoint& endpoint);
  void ReadEndpointObject(const Node& node, Endpoint& endpoint);
  void ReadService(const Node* service, const Node* region, Endpoint& endpoint);
  void ReadAccessPoint(const Node& node, PolicySet& into);
  void ReadAccessPointObject(const Node& node, AccessPoint& access_point);
  void ReadBlockPublicAccess(const Node& node, PolicySet& into);

  const std::shared_ptr<const policy::Tree>& tree_;
  DocumentCache& documents_;
  Reading read_;
};

bool PoliciesReader::Read(const Node& policies, PolicySet& into) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "endpoint", "identity", "boundary",           "session", "resource", "access_point",
      "scps",     "rcps",     "block_public_access"};
  const auto [endpoint, identity, boundary, session, resource, access_point, scps, rcps,
              block_public_access] = read_.Members(policies, kNames);
  if (endpoint) ReadEndpoint(*endpoint, into);
  if (identity) ReadLayer(*identity, PolicyKind::kIdentity, into.identity);
  if (boundary) ReadLayer(*boundary, PolicyKind::kBoundary, into.boundary);
  if (boundary && into.boundary.policies.size() > 1) {
    read_.Report(*boundary, "too-many-policies", "a principal has one permissions boundary");
  }
  if (session) ReadLayer(*session, PolicyKind::kSession, into.session);
  if (resource) ReadLayer(*resource, PolicyKind::kResource, into.resource);
  if (access_point) ReadAccessPoint(*access_point, into);
  if (scps) ReadLevels(*scps, PolicyKind::kScp, into.scps);
  if (rcps) ReadLevels(*rcps, PolicyKind::kRcp, into.rcps);
  if (block_public_access) ReadBlockPublicAccess(*block_public_access, into);
  return read_.clean();
}

DocumentPtr PoliciesReader::Document(const Node& node, PolicyKind kind) {
  if (node.IsObject()) return ReadDocument(tree_, node, kind, read_.problems());
  if (!node.IsString()) {
    read_.ReportType(node, "a path or a policy document");
    return nullptr;
  }
  const auto path = read_.Text(node);
  if (!path) return nullptr;
  std::vector<CaseProblem>& problems = read_.problems();
  const std::size_t before = problems.size();
  DocumentPtr document = documents_.Load(*path, tree_->source().name(), kind, problems);
  for (std::size_t i = before; i < problems.size(); ++i) {
    if (problems[i].source != nullptr) continue;
    problems[i].source = tree_->shared_source();
    problems[i].range = node.range;
    problems[i].pointer = tree_->PointerTo(node);
  }
  return document;
}

void PoliciesReader::ReadLayer(const Node& node, PolicyKind kind, PolicyLayer& layer) {
  layer = {Knowledge::kNone, {}};
  if (node.kind == NodeKind::kNull) return;
  if (IsWord(node, kUnknownWord)) {
    layer.knowledge = Knowledge::kUnknown;
    return;
  }
  const auto add = [&](const Node& entry) {
    layer.knowledge = Knowledge::kGiven;
    if (DocumentPtr document = Document(entry, kind)) layer.policies.push_back(std::move(document));
  };
  if (!node.IsArray()) {
    add(node);
    return;
  }
  for (const Node& entry : node.children()) {
    if (IsWord(entry, kUnknownWord)) {
      read_.Report(entry, "bad-unknown", "`unknown` stands for a whole layer, not for one policy",
                   fmt::format("write {}: unknown", node.key));
      continue;
    }
    add(entry);
  }
}

void PoliciesReader::ReadLevels(const Node& node, PolicyKind kind, LeveledLayer& layer) {
  layer = {Knowledge::kNone, {}};
  if (node.kind == NodeKind::kNull) return;
  if (IsWord(node, kUnknownWord)) {
    layer.knowledge = Knowledge::kUnknown;
    return;
  }
  if (!node.IsArray()) {
    read_.ReportType(node, "a list of levels, root first");
    return;
  }
  for (const Node& level : node.children()) {
    layer.knowledge = Knowledge::kGiven;
    if (!level.IsArray()) {
      read_.Report(level, "wrong-type",
                   fmt::format("a level of `{}` must be a list of policies", node.key),
                   "one list per level, root first: [[root.json], [unit.json], [account.json]]");
      continue;
    }
    std::vector<DocumentPtr>& documents = layer.levels.emplace_back();
    for (const Node& entry : level.children()) {
      if (DocumentPtr document = Document(entry, kind)) documents.push_back(std::move(document));
    }
  }
}

void PoliciesReader::ReadEndpoint(const Node& node, PolicySet& into) {
  into.endpoint.reset();
  if (IsWord(node, kUnknownWord)) {
    into.endpoint_knowledge = Knowledge::kUnknown;
    return;
  }
  into.endpoint_knowledge = Knowledge::kGiven;
  Endpoint& endpoint = into.endpoint.emplace();
  if (node.IsObject() && node.Find("Statement") == nullptr) {
    ReadEndpointObject(node, endpoint);
  } else {
    ReadEndpointPolicy(node, endpoint);
  }
}

void PoliciesReader::ReadEndpointPolicy(const Node& node, Endpoint& endpoint) {
  if (node.kind == NodeKind::kNull || IsWord(node, kDefaultWord)) return;
  if (IsWord(node, kUnknownWord)) {
    endpoint.policy = Knowledge::kUnknown;
    return;
  }
  endpoint.policy = Knowledge::kGiven;
  endpoint.document = Document(node, PolicyKind::kEndpoint);
}

void PoliciesReader::ReadEndpointObject(const Node& node, Endpoint& endpoint) {
  static constexpr std::array<std::string_view, 7> kNames = {"policy", "type", "service", "region",
                                                             "id",     "vpc",  "account"};
  const auto [policy, type, service, region, id, vpc, account] = read_.Members(node, kNames);
  if (policy) ReadEndpointPolicy(*policy, endpoint);
  if (type) {
    if (IsWord(*type, "gateway")) {
      endpoint.type = policy::EndpointType::kGateway;
    } else if (IsWord(*type, "interface")) {
      endpoint.type = policy::EndpointType::kInterface;
    } else if (const auto text = read_.Text(*type)) {
      read_.Report(*type, "bad-endpoint-type",
                   fmt::format("`{}` is no type of endpoint that has a policy", *text),
                   "gateway or interface");
    }
  }
  ReadService(service, region, endpoint);
  if (id) endpoint.id = read_.Prefixed(*id, "vpce-").value_or("");
  if (vpc) endpoint.vpc = read_.Prefixed(*vpc, "vpc-").value_or("");
  if (account) endpoint.account = read_.AccountId(*account).value_or("");
}

void PoliciesReader::ReadService(const Node* service, const Node* region, Endpoint& endpoint) {
  if (service) {
    if (const auto text = read_.Text(*service)) {
      ServiceName name = SplitServiceName(*text);
      endpoint.service = std::move(name.service);
      endpoint.region = std::move(name.region);
    }
  }
  if (!region) return;
  const auto text = read_.Text(*region);
  if (!text) return;
  if (!endpoint.region.empty() && endpoint.region != *text) {
    read_.Report(
        *region, "contradiction",
        fmt::format("the region is `{}`, and `service` says `{}`", *text, endpoint.region));
  }
  endpoint.region = *text;
}

void PoliciesReader::ReadAccessPoint(const Node& node, PolicySet& into) {
  into.access_point.reset();
  into.access_point_knowledge = Knowledge::kNone;
  if (node.kind == NodeKind::kNull) return;
  if (IsWord(node, kUnknownWord)) {
    into.access_point_knowledge = Knowledge::kUnknown;
    return;
  }
  into.access_point_knowledge = Knowledge::kGiven;
  AccessPoint& access_point = into.access_point.emplace();
  if (node.IsObject() && node.Find("Statement") == nullptr) {
    ReadAccessPointObject(node, access_point);
  } else {
    access_point.document = Document(node, PolicyKind::kAccessPoint);
  }
}

void PoliciesReader::ReadAccessPointObject(const Node& node, AccessPoint& access_point) {
  static constexpr std::array<std::string_view, 4> kNames = {"policy", "arn", "network_origin",
                                                             "vpc"};
  const auto [policy, arn, origin, vpc] = read_.Members(node, kNames);
  if (policy && policy->kind != NodeKind::kNull) {
    access_point.document = Document(*policy, PolicyKind::kAccessPoint);
  }
  if (arn) {
    if (const auto text = read_.Prefixed(*arn, "arn:")) {
      access_point.arn = *text;
      if (!policy::SplitArn(*text).resource().starts_with("accesspoint/")) {
        read_.Report(*arn, "bad-arn", fmt::format("`{}` is not an access point's ARN", *text),
                     "arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME");
      }
    }
  }
  if (origin) {
    if (IsWord(*origin, "VPC")) {
      access_point.vpc_origin = true;
    } else if (!IsWord(*origin, "Internet")) {
      read_.Report(*origin, "bad-network-origin", "`network_origin` is `VPC` or `Internet`");
    }
  }
  if (vpc) access_point.vpc = read_.Prefixed(*vpc, "vpc-").value_or("");
  if (access_point.vpc_origin && !vpc) {
    read_.Report(*origin, "missing-member", "an access point limited to a VPC has a `vpc`");
  }
  if (vpc && origin && !access_point.vpc_origin) {
    read_.Report(*vpc, "contradiction", "only an access point of network origin `VPC` has a `vpc`");
  }
}

void PoliciesReader::ReadBlockPublicAccess(const Node& node, PolicySet& into) {
  into.block_public_access_knowledge = Knowledge::kNone;
  into.restrict_public_buckets = false;
  if (node.kind == NodeKind::kNull) return;
  if (IsWord(node, kUnknownWord)) {
    into.block_public_access_knowledge = Knowledge::kUnknown;
    return;
  }
  if (node.IsObject()) {
    static constexpr std::array<std::string_view, 1> kNames = {"restrict_public_buckets"};
    const auto [restrict] = read_.Members(node, kNames);
    if (restrict) into.restrict_public_buckets = read_.Bool(*restrict).value_or(false);
  } else if (node.kind == NodeKind::kBool) {
    into.restrict_public_buckets = node.text == "true";
  } else {
    read_.ReportType(node, "true, false or an object with `restrict_public_buckets`");
  }
  if (into.restrict_public_buckets) into.block_public_access_knowledge = Knowledge::kGiven;
}

}  // namespace

bool ReadPoliciesOver(const std::shared_ptr<const policy::Tree>& tree, const Node& policies,
                      DocumentCache& documents, PolicySet& base,
                      std::vector<CaseProblem>& problems) {
  return PoliciesReader(tree, documents, problems).Read(policies, base);
}

bool ReadOrganizationOver(const policy::Tree& tree, const Node& organization, PolicySet& base,
                          std::vector<CaseProblem>& problems) {
  base.organization = {};
  if (organization.kind == NodeKind::kNull) return true;
  static constexpr std::array<std::string_view, 3> kNames = {"id", "management_account",
                                                             "accounts"};
  Reading read(&tree, problems);
  const auto [id, management_account, accounts] = read.Members(organization, kNames);
  Organization& into = base.organization;
  if (id) {
    into.id = read.Prefixed(*id, "o-").value_or("");
  } else if (organization.IsObject()) {
    read.Report(organization, "missing-member", "an organization has an `id`");
  }
  if (management_account) {
    into.management_account = read.AccountId(*management_account).value_or("");
  }
  if (!accounts) return read.clean();
  if (!accounts->IsObject()) {
    read.ReportType(*accounts, "an object of account ids and paths");
    return false;
  }
  for (const Node& member : accounts->children()) {
    if (!read.CheckAccountKey(member)) continue;
    const auto path = read.Text(member);
    if (!path) continue;
    if (!path->starts_with("o-") || !path->ends_with("/")) {
      read.Report(member, "bad-path",
                  fmt::format("`{}` is not the path of an account in an organization", *path),
                  "o-ID/r-ID/ou-ID/, with a slash at the end");
    } else if (!into.id.empty() && path->substr(0, path->find('/')) != into.id) {
      read.Report(member, "contradiction",
                  fmt::format("the path `{}` is not in the organization `{}`", *path, into.id));
    }
    into.accounts.push_back({std::string(member.key), std::string(*path)});
  }
  return read.clean();
}

std::optional<PolicySet> ReadPolicySet(const std::shared_ptr<const policy::Tree>& tree,
                                       const Node* policies, const Node* organization,
                                       DocumentCache& documents,
                                       std::vector<CaseProblem>& problems) {
  const std::size_t before = problems.size();
  PolicySet result;
  if (policies) ReadPoliciesOver(tree, *policies, documents, result, problems);
  if (organization) ReadOrganizationOver(*tree, *organization, result, problems);
  if (problems.size() != before) return std::nullopt;
  return result;
}

}  // namespace postern::authz
