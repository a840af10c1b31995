#include "tests/reference/callers.h"

#include "tests/reference/patterns.h"
#include "tests/reference/refusal.h"

namespace postern::reference {
namespace {

using Json = rapidjson::Value;

const Json* Find(const Json& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

std::optional<std::string> FindText(const Json& object, const char* name) {
  const Json* value = Find(object, name);
  if (value == nullptr) return std::nullopt;
  RefuseIf(!value->IsString(), "`" + std::string(name) + "` is no string");
  return value->GetString();
}

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool IsServiceName(const std::string& text) {
  for (const char* end : {".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".amazon.com"}) {
    if (EndsWith(text, end)) return true;
  }
  return false;
}

// `user/path/name` -> name, path `/path/`.
void ReadNameAndPath(const std::string& text, Caller& caller) {
  const size_t first = text.find('/');
  const size_t last = text.rfind('/');
  caller.name = text.substr(last + 1);
  caller.path = text.substr(first, last + 1 - first);
}

Caller ReadArn(const std::string& arn) {
  Caller caller;
  caller.arn = arn;
  const Texts parts = SplitArn(arn, false);
  RefuseIf(parts.size() != 6 || parts[0] != "arn" || !parts[3].empty() || !IsAccount(parts[4]),
           "`" + arn + "` is no caller");
  caller.partition = parts[1];
  caller.account = parts[4];
  const std::string& who = parts[5];
  const std::string type = who.substr(0, who.find('/'));
  const std::string rest = type == who ? "" : who.substr(type.size() + 1);
  if (parts[2] == "iam" && who == "root") {
    caller.kind = Caller::kRoot;
  } else if (parts[2] == "iam" && type == "user" && !rest.empty()) {
    caller.kind = Caller::kUser;
    ReadNameAndPath(who, caller);
  } else if (parts[2] == "iam" && type == "role" && !rest.empty()) {
    caller.kind = Caller::kRole;
    ReadNameAndPath(who, caller);
  } else if (parts[2] == "sts" && type == "assumed-role" && rest.find('/') != std::string::npos) {
    caller.kind = Caller::kRoleSession;
    caller.name = rest.substr(0, rest.find('/'));
    caller.session = rest.substr(rest.find('/') + 1);
  } else if (parts[2] == "sts" && type == "federated-user" && !rest.empty()) {
    caller.kind = Caller::kFederatedUser;
    caller.name = rest;
  } else {
    throw Refusal("`" + arn + "` is no caller");
  }
  return caller;
}

Caller ReadName(const std::string& text) {
  Caller caller;
  if (text == "*") {
    caller.kind = Caller::kAnonymous;
    return caller;
  }
  if (text.compare(0, 4, "arn:") == 0) return ReadArn(text);
  RefuseIf(!IsServiceName(text), "`" + text + "` is no caller");
  caller.kind = Caller::kService;
  caller.arn = text;
  return caller;
}

// cli.md 4: `sub` is HOST:sub.
std::string ClaimPrefix(const std::string& provider) {
  static const std::string kOidc = ":oidc-provider/";
  const size_t host = provider.find(kOidc);
  if (host != std::string::npos) return provider.substr(host + kOidc.size());
  if (provider.find(":saml-provider/") != std::string::npos) return "saml";
  return provider;
}

Caller ReadWebIdentity(const Json& json, std::map<std::string, Texts>& claims) {
  Caller caller;
  caller.kind = Caller::kWebIdentity;
  caller.arn = FindText(json, "federated").value();
  if (const Json* given = Find(json, "claims")) {
    RefuseIf(!given->IsObject(), "`claims` is no object");
    for (const auto& claim : given->GetObject()) {
      std::string name = claim.name.GetString();
      if (name.find(':') == std::string::npos) name.insert(0, ClaimPrefix(caller.arn) + ":");
      claims[LowerText(name)] = ReadScalars(claim.value, "a claim");
    }
  }
  return caller;
}

void ReadDetails(const Json& json, Caller& caller) {
  const auto account = FindText(json, "account");
  RefuseIf(account && *account != caller.account, "`account` contradicts the caller's ARN");
  caller.unique_id = FindText(json, "unique_id");
  caller.canonical_id = FindText(json, "canonical_id");
  caller.federating_user = FindText(json, "federating_user");
  if (const auto path = FindText(json, "path")) {
    RefuseIf(caller.path && *caller.path != *path, "`path` contradicts the caller's ARN");
    caller.path = path;
  }
  if (const Json* linked = Find(json, "service_linked")) {
    caller.service_linked = linked->IsBool() && linked->GetBool();
  }
  if (const Json* org = Find(json, "org_id"); org != nullptr && org->IsNull()) {
    caller.in_no_organization = true;
  } else {
    caller.org_id = FindText(json, "org_id");
  }
  if (const Json* paths = Find(json, "org_paths")) {
    caller.org_paths = ReadScalars(*paths, "`org_paths`");
  }
  if (const Json* tags = Find(json, "tags")) {
    RefuseIf(!tags->IsObject(), "`tags` is no object");
    for (const auto& tag : tags->GetObject()) {
      const std::string key = LowerText(tag.name.GetString());
      const bool first = caller.tags.emplace(key, ReadScalar(tag.value, "a tag")).second;
      RefuseIf(!first, "two tags that differ only in case");  // S4.16
    }
  }
}

}  // namespace

Caller ReadCaller(const Json& json, std::map<std::string, Texts>& claims) {
  if (json.IsString()) return ReadName(json.GetString());
  RefuseIf(!json.IsObject(), "`principal` is neither a string nor an object");
  if (Find(json, "unknown") != nullptr) return Caller{};
  if (Find(json, "federated") != nullptr) return ReadWebIdentity(json, claims);
  const auto arn = FindText(json, "arn");
  RefuseIf(!arn, "`principal` has no `arn`");
  Caller caller = ReadName(*arn);
  ReadDetails(json, caller);
  return caller;
}

}  // namespace postern::reference
