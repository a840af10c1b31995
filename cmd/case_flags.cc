#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <map>

#include "cmd/case_input.h"
#include "cmd/lint/facts.h"
#include "cmd/render/json_writer.h"

namespace postern::cmd {
namespace {

// Writes a case member by member and notes which flag each came from.
class FlagWriter {
 public:
  explicit FlagWriter(FlagCase& into) : into_(into), json_(into.json, JsonLayout::kCompact) {}

  JsonWriter& json() { return json_; }
  void Open(std::string_view name) {
    json_.Key(name).BeginObject();
    path_.emplace_back(name);
  }
  void Close() {
    json_.EndObject();
    path_.pop_back();
  }
  void Text(std::string_view name, std::string_view flag, const std::string& value) {
    if (value.empty()) return;
    Note(name, flag);
    json_.Member(name, value);
  }
  void Note(std::string_view name, std::string_view flag) {
    into_.origins.push_back({fmt::format("{}/{}", Pointer(), Escaped(name)), std::string(flag)});
  }

 private:
  static std::string Escaped(std::string_view name) {
    std::string escaped;
    for (char c : name) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return escaped;
  }
  std::string Pointer() const {
    std::string pointer;
    for (const std::string& name : path_) pointer += "/" + name;
    return pointer;
  }

  FlagCase& into_;
  JsonWriter json_;
  std::vector<std::string> path_;
};

std::vector<std::string> Split(const std::string& list) {
  std::vector<std::string> items;
  std::size_t begin = 0;
  while (begin <= list.size()) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    if (end > begin) items.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return items;
}

bool IsWord(const std::vector<std::string>& values, std::string_view word) {
  return values.size() == 1 && values.front() == word;
}

void WriteList(FlagWriter& writer, std::string_view name, std::string_view flag,
               const std::vector<std::string>& values) {
  if (values.empty()) return;
  writer.Note(name, flag);
  JsonWriter& json = writer.json().Key(name);
  if (IsWord(values, "unknown")) {
    json.String("unknown");
    return;
  }
  json.BeginArray();
  if (!IsWord(values, "none")) {
    for (const std::string& value : values) json.String(value);
  }
  json.EndArray();
}

// One flag a level, root first; the policies of a level are separated by commas.
void WriteLevels(FlagWriter& writer, std::string_view name, std::string_view flag,
                 const std::vector<std::string>& levels) {
  if (levels.empty()) return;
  writer.Note(name, flag);
  JsonWriter& json = writer.json().Key(name);
  if (IsWord(levels, "unknown")) {
    json.String("unknown");
    return;
  }
  json.BeginArray();
  for (const std::string& level : levels) {
    json.BeginArray();
    for (const std::string& policy : Split(level)) json.String(policy);
    json.EndArray();
  }
  json.EndArray();
}

bool HasEndpointFacts(const CaseOptions& o) {
  return !o.endpoint_type.empty() || !o.endpoint_service.empty() || !o.endpoint_region.empty() ||
         !o.endpoint_id.empty() || !o.endpoint_vpc.empty() || !o.endpoint_account.empty();
}

void WriteEndpoint(FlagWriter& writer, const CaseOptions& o) {
  if (!HasEndpointFacts(o)) {
    if (o.endpoint != "none") writer.Text("endpoint", "--endpoint", o.endpoint);
    return;
  }
  writer.Open("endpoint");
  writer.Text("policy", "--endpoint", o.endpoint);
  writer.Text("type", "--endpoint-type", o.endpoint_type);
  writer.Text("service", "--endpoint-service", o.endpoint_service);
  writer.Text("region", "--endpoint-region", o.endpoint_region);
  writer.Text("id", "--endpoint-id", o.endpoint_id);
  writer.Text("vpc", "--endpoint-vpc", o.endpoint_vpc);
  writer.Text("account", "--endpoint-account", o.endpoint_account);
  writer.Close();
}

void WriteResourcePolicy(FlagWriter& writer, const std::string& policy) {
  if (policy != "none") {
    writer.Text("resource", "--resource-policy", policy);
    return;
  }
  writer.Note("resource", "--resource-policy");
  writer.json().Key("resource").Null();
}

struct FlagKey {
  std::string_view flag;
  std::vector<std::string> values;
};

std::map<std::string, FlagKey> KeysOfFlags(const CaseOptions& o) {
  std::map<std::string, FlagKey> keys;
  for (const std::string& entry : o.context) {
    const std::size_t equals = entry.find('=');
    FlagKey& key = keys[entry.substr(0, equals)];
    key.flag = "--context";
    key.values.push_back(entry.substr(equals + 1));
  }
  if (o.org_id.empty()) return keys;
  keys.try_emplace("aws:PrincipalOrgID", FlagKey{"--org-id", {o.org_id}});
  // The caller's own account is of the caller's organization.
  if (o.resource_account == "own") {
    keys.try_emplace("aws:ResourceOrgID", FlagKey{"--org-id", {o.org_id}});
  }
  return keys;
}

void WriteContext(FlagWriter& writer, const CaseOptions& o) {
  const std::map<std::string, FlagKey> keys = KeysOfFlags(o);
  if (keys.empty()) return;
  writer.Open("context");
  for (const auto& [name, key] : keys) {
    writer.Note(name, key.flag);
    JsonWriter& json = writer.json().Key(name);
    if (key.values.size() == 1) {
      json.String(key.values.front());
      continue;
    }
    json.BeginArray();
    for (const std::string& value : key.values) json.String(value);
    json.EndArray();
  }
  writer.Close();
}

std::string CheckContext(const std::string& entry) {
  const std::size_t equals = entry.find('=');
  if (equals != entry.npos && equals > 0) return {};
  return fmt::format("`{}` is not of the form KEY=VALUE", entry);
}

std::string CheckOrganization(const std::string& id) {
  const OwnFact& fact = OwnFactOf("--org-id");
  return fact.valid(id) ? std::string() : fmt::format("`{}` is not {}", id, fact.form);
}

}  // namespace

void AddCaseOptions(CLI::App& app, CaseOptions& o) {
  app.add_option("CASE", o.file, "a case file, or - for standard input; instead of the flags");
  app.add_option("--stdin-filename", o.stdin_name, "what standard input is called")
      ->type_name("NAME");
  const auto one = [&app](const char* name, std::string& value, const char* what,
                          const char* type) {
    app.add_option(name, value, what)->type_name(type)->group("The case");
  };
  const auto many = [&app](const char* name, std::vector<std::string>& values, const char* what,
                           const char* type) {
    return app.add_option(name, values, what)
        ->type_name(type)
        ->allow_extra_args(false)
        ->group("The case");
  };
  one("--endpoint", o.endpoint, "the endpoint's policy, or default", "FILE");
  one("--endpoint-type", o.endpoint_type, "gateway or interface", "TYPE");
  one("--endpoint-service", o.endpoint_service, "s3, or com.amazonaws.REGION.s3", "SERVICE");
  one("--endpoint-region", o.endpoint_region, "the endpoint's Region", "REGION");
  one("--endpoint-id", o.endpoint_id, "vpce-...", "ID");
  one("--endpoint-vpc", o.endpoint_vpc, "vpc-...", "ID");
  one("--endpoint-account", o.endpoint_account, "the endpoint's owner", "ACCOUNT");
  many("--identity", o.identity, "an identity policy, none, or unknown; may be repeated", "FILE");
  one("--boundary", o.boundary, "the permissions boundary, or unknown", "FILE");
  many("--session", o.session, "a session policy; may be repeated", "FILE");
  one("--resource-policy", o.resource_policy, "the resource's policy, none, or unknown", "FILE");
  many("--scp", o.scps, "the service control policies of one level, root first; may be repeated",
       "FILE[,FILE]");
  many("--rcp", o.rcps, "the resource control policies of one level, root first; may be repeated",
       "FILE[,FILE]");
  one("--principal", o.principal, "who asks: an ARN, *, or NAME.amazonaws.com", "ARN");
  app.add_option("--org-id", o.org_id,
                 "the caller's organization; with --resource-account own also the resource's")
      ->type_name("ID")
      ->check(CLI::Validator(CheckOrganization, ""))
      ->group("The case");
  one("--action", o.action, "the IAM action, s3:ListAllMyBuckets", "ACTION");
  one("--api", o.api, "the API operation instead, s3.ListBuckets", "OPERATION");
  one("--resource", o.resource, "the resource of the request; * when left out", "ARN");
  one("--resource-account", o.resource_account, "whose it is: an account id, or own", "ACCOUNT");
  many("--context", o.context, "a condition key; repeated for several values", "KEY=VALUE")
      ->check(CLI::Validator(CheckContext, ""));
  many("--unknown", o.unknown, "a condition key whose value is not known; may be repeated", "KEY");
  one("--layers", o.layers, "limit the question to these layers, separated by commas", "LAYERS");
}

bool HasCaseFlags(const CaseOptions& o) {
  const std::array texts{
      &o.endpoint, &o.boundary, &o.resource_policy, &o.principal,        &o.org_id,
      &o.action,   &o.api,      &o.resource,        &o.resource_account, &o.layers};
  const std::array lists{&o.identity, &o.session, &o.scps, &o.rcps, &o.context, &o.unknown};
  return HasEndpointFacts(o) ||
         std::any_of(texts.begin(), texts.end(), [](auto* text) { return !text->empty(); }) ||
         std::any_of(lists.begin(), lists.end(), [](auto* list) { return !list->empty(); });
}

FlagCase CaseOfFlags(const CaseOptions& o) {
  FlagCase made;
  FlagWriter writer(made);
  writer.json().BeginObject();
  writer.Open("policies");
  WriteEndpoint(writer, o);
  WriteList(writer, "identity", "--identity", o.identity);
  writer.Text("boundary", "--boundary", o.boundary == "none" ? std::string() : o.boundary);
  WriteList(writer, "session", "--session", o.session);
  WriteResourcePolicy(writer, o.resource_policy);
  WriteLevels(writer, "scps", "--scp", o.scps);
  WriteLevels(writer, "rcps", "--rcp", o.rcps);
  writer.Close();
  writer.Open("request");
  writer.Text("principal", "--principal", o.principal);
  writer.Text("action", "--action", o.action);
  writer.Text("api", "--api", o.api);
  writer.Text("resource", "--resource", o.resource);
  writer.Text("resource_account", "--resource-account", o.resource_account);
  WriteContext(writer, o);
  WriteList(writer, "unknown", "--unknown", o.unknown);
  writer.Close();
  if (!o.layers.empty()) WriteList(writer, "layers", "--layers", Split(o.layers));
  writer.json().EndObject();
  return made;
}

}  // namespace postern::cmd
