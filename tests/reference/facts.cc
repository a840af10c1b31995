#include "tests/reference/facts.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "tests/reference/patterns.h"

namespace postern::reference {
namespace {

using Row = std::vector<std::string>;

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// The rows of one table, in lower case; each has at least `columns` columns.
std::vector<Row> ReadTable(const std::string& name, size_t columns) {
  std::ifstream file(POSTERN_CATALOGUE_DIR "/" + name);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    rows.push_back(Split(LowerText(line), '\t'));
    rows.back().resize(std::max(rows.back().size(), columns));
  }
  return rows;
}

// Which keys are multivalued. `${...}` in a key stands for one character or more.
class KeyTable {
 public:
  void Add(const std::string& key, bool multivalued) {
    const size_t open = key.find("${");
    if (open == std::string::npos) {
      exact_.emplace(key, multivalued);
      return;
    }
    std::string pattern = key.substr(0, open) + "?*";
    const size_t close = key.find('}', open);
    if (close != std::string::npos) pattern += key.substr(close + 1);
    patterns_.emplace_back(Tokenise(pattern, true), multivalued);
  }

  std::optional<bool> Find(const std::string& key) const {
    const auto found = exact_.find(key);
    if (found != exact_.end()) return found->second;
    const std::u32string text = Decode(key);
    for (const auto& [pattern, multivalued] : patterns_) {
      if (Glob(pattern, text)) return multivalued;
    }
    return std::nullopt;
  }

 private:
  std::map<std::string, bool> exact_;
  std::vector<std::pair<Tokens, bool>> patterns_;
};

struct EndpointService {
  bool takes_policy = true;
  std::vector<std::string> prefixes;
};

struct Tables {
  KeyTable global_keys;
  std::map<std::string, KeyTable> service_keys;
  KeyTable all_keys;
  std::set<std::string> rcp_services;
  std::set<std::pair<std::string, std::string>> endpoint_keys;
  std::set<std::string> account_list_calls;
  std::set<std::string> key_calls;
  std::map<std::string, EndpointService> endpoint_services;
};

Tables ReadTables() {
  Tables tables;
  for (const Row& row : ReadTable("global_keys.tsv", 3)) {
    tables.global_keys.Add(row[0], row[2] == "multivalued");
  }
  for (const Row& row : ReadTable("condition_keys.tsv", 4)) {
    tables.service_keys[row[0]].Add(row[1], row[3] == "multivalued");
    tables.all_keys.Add(row[1], row[3] == "multivalued");
  }
  for (const Row& row : ReadTable("rcp_services.tsv", 1)) tables.rcp_services.insert(row[0]);
  for (const Row& row : ReadTable("vpce_key_services.tsv", 2)) {
    tables.endpoint_keys.emplace(row[0], row[1]);
  }
  for (const Row& row : ReadTable("actions.tsv", 5)) {
    const bool list_without_resource = row[2] == "list" && row[3].empty();
    if (row[0] == "s3" && list_without_resource) tables.account_list_calls.insert(row[1]);
    const std::vector<std::string> types = Split(row[3], ',');
    const bool on_keys = std::find(types.begin(), types.end(), "key") != types.end();
    if (row[0] == "kms" && on_keys) tables.key_calls.insert(row[1]);
  }
  for (const Row& row : ReadTable("endpoint_services.tsv", 4)) {
    tables.endpoint_services[row[0]] = {row[2] != "no", Split(row[3], ',')};
  }
  return tables;
}

const Tables& Facts() {
  static const Tables kTables = ReadTables();
  return kTables;
}

// S6.1, aws:ResourceAccount; `*` is every action of the service.
const std::map<std::string, std::set<std::string>>& ActionsWithoutResourceAccount() {
  static const std::map<std::string, std::set<std::string>> kActions = {
      {"ebs", {"*"}},
      {"events", {"*"}},
      {"ec2",
       {"accepttransitgatewaypeeringattachment", "acceptvpcendpointconnections",
        "acceptvpcpeeringconnection", "copyfpgaimage", "copyimage", "copysnapshot",
        "createtransitgatewaypeeringattachment", "createvolume", "createvpcendpoint",
        "createvpcpeeringconnection", "deletetransitgatewaypeeringattachment",
        "deletevpcpeeringconnection", "rejecttransitgatewaypeeringattachment",
        "rejectvpcendpointconnections", "rejectvpcpeeringconnection"}},
      {"route53",
       {"associatevpcwithhostedzone", "createvpcassociationauthorization",
        "deletevpcassociationauthorization", "disassociatevpcfromhostedzone",
        "listhostedzonesbyvpc"}},
      {"workspaces", {"describeworkspaceimages"}},
      {"cloudwatch", {"putmetricdata"}},
  };
  return kActions;
}

}  // namespace

std::optional<bool> IsMultivalued(const std::string& service, const std::string& key) {
  const Tables& tables = Facts();
  if (const auto global = tables.global_keys.Find(key)) return global;
  const auto own = tables.service_keys.find(service);
  if (own != tables.service_keys.end()) {
    if (const auto found = own->second.Find(key)) return found;
  }
  return tables.all_keys.Find(key);
}

bool IsRcpCapable(const std::string& service) { return Facts().rcp_services.count(service) > 0; }

bool SendsEndpointKey(const std::string& service, const std::string& key) {
  return Facts().endpoint_keys.count({service, key}) > 0;
}

bool IsAccountListCall(const std::string& service, const std::string& action) {
  return service == "s3" && Facts().account_list_calls.count(action) > 0;
}

bool ActsOnKeys(const std::string& action) { return Facts().key_calls.count(action) > 0; }

bool TakesEndpointPolicy(const std::string& name, const std::string& service) {
  const auto& services = Facts().endpoint_services;
  if (name.find("vpce-svc-") != std::string::npos) return false;  // a third party's
  const auto named = services.find(name);
  if (named != services.end()) return named->second.takes_policy;
  if (!name.empty()) return true;
  bool refuses = false;
  for (const auto& [unused, candidate] : services) {
    for (const std::string& prefix : candidate.prefixes) {
      if (prefix != service) continue;
      if (candidate.takes_policy) return true;
      refuses = true;
    }
  }
  return !refuses;
}

bool CarriesResourceAccount(const std::string& service, const std::string& action) {
  const auto found = ActionsWithoutResourceAccount().find(service);
  if (found == ActionsWithoutResourceAccount().end()) return true;
  return found->second.count("*") == 0 && found->second.count(action) == 0;
}

bool IsOperationOnly(const std::string& service, const std::string& action) {
  static const std::set<std::string> kOperations = {
      "listbuckets",        "headbucket",         "listobjects",   "listobjectsv2",
      "headobject",         "uploadpart",         "listparts",     "createmultipartupload",
      "copyobject",         "uploadpartcopy",     "deleteobjects", "completemultipartupload",
      "listobjectversions", "selectobjectcontent"};
  return service == "s3" && kOperations.count(action) > 0;
}

}  // namespace postern::reference
