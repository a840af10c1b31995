#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <vector>

// Policy documents as S1 reads them.
namespace postern::reference {

enum class Kind {
  kEndpoint,
  kIdentity,  // boundary and session policies too: the same grammar
  kTrust,
  kBucket,  // and an access point's
  kKey,     // KMS
  kResource,
  kScp,
  kRcp,
};

struct PrincipalEntry {
  enum Type { kAws, kService, kFederated, kCanonicalUser } type;
  std::string value;
};

struct PrincipalElement {
  bool negated = false;
  bool everybody = false;  // `*` or {"AWS": "*"}
  std::vector<PrincipalEntry> entries;
};

struct ConditionLeg {
  std::string op;
  std::string key;
  std::vector<std::string> values;
};

struct Statement {
  bool deny = false;
  std::optional<PrincipalElement> principal;
  bool not_action = false;
  std::vector<std::string> actions;
  bool has_resource = false;
  bool not_resource = false;
  std::vector<std::string> resources;
  std::vector<ConditionLeg> conditions;
  bool inert = false;  // S1.9, KMS: a statement without Action or Resource
};

struct Document {
  bool variables = false;  // Version 2012-10-17 (S1.5.3)
  std::vector<Statement> statements;
};

// Only a role's trust policy has actions of sts alone and no Resource (S1.9).
bool LooksLikeTrustPolicy(const Document& document);

// Throws Refusal for what S1.13 lists.
Document ReadDocument(const rapidjson::Value& json, Kind kind);

// The text of a string, number or boolean; throws Refusal for anything else.
std::string ReadScalar(const rapidjson::Value& json, const char* what);
// One or a list of them (S1.7).
std::vector<std::string> ReadScalars(const rapidjson::Value& json, const char* what);

}  // namespace postern::reference
