#include "tests/reference/documents.h"

#include <map>
#include <set>

#include "tests/reference/patterns.h"
#include "tests/reference/refusal.h"

namespace postern::reference {
namespace {

using Json = rapidjson::Value;

std::string Text(const Json& json) { return {json.GetString(), json.GetStringLength()}; }

// S1.9, by kind: what must be there and what must not.
struct Requirements {
  bool principal;
  bool not_principal;
  bool needs_action;
  bool needs_resource;
};

Requirements RequirementsOf(Kind kind) {
  switch (kind) {
    case Kind::kEndpoint:
    case Kind::kBucket:
      return {true, true, true, true};
    case Kind::kIdentity:
    case Kind::kScp:
      return {false, false, true, true};
    case Kind::kTrust:
      return {true, false, true, false};
    case Kind::kKey:  // a case's resource policy must have Action whosever it is
      return {true, true, true, false};
    case Kind::kResource:
      return {true, true, true, false};
    case Kind::kRcp:
      return {true, false, true, true};
  }
  return {};
}

// S1.2.2, S1.2.5: no member twice, none null.
void CheckMembers(const Json& object, const char* what) {
  std::set<std::string> names;
  for (const auto& member : object.GetObject()) {
    const std::string name = Text(member.name);
    RefuseIf(!names.insert(name).second, std::string("`") + name + "` twice in " + what);
    RefuseIf(member.value.IsNull(), "`" + name + "` is null");
  }
}

// S1.2.3, S1.2.4
void CheckCaseOnlyTwins(const Json& object, const char* what) {
  std::set<std::u32string> names;
  for (const auto& member : object.GetObject()) {
    const bool first = names.insert(Lower(Decode(Text(member.name)))).second;
    RefuseIf(!first,
             "two " + std::string(what) + " that differ only in case: `" + Text(member.name) + "`");
  }
}

// S1.2.6: what IAM stores is Latin-1 without control characters.
void CheckCharacters(const Json& json) {
  if (json.IsString()) {
    for (const char32_t c : Decode(Text(json))) {
      const bool allowed = c == 0x09 || c == 0x0A || c == 0x0D || (c >= 0x20 && c <= 0xFF);
      RefuseIf(!allowed, "a character that IAM does not accept");
    }
  } else if (json.IsArray()) {
    for (const Json& item : json.GetArray()) CheckCharacters(item);
  } else if (json.IsObject()) {
    for (const auto& member : json.GetObject()) {
      CheckCharacters(member.name);
      CheckCharacters(member.value);
    }
  }
}

std::vector<std::string> ReadStrings(const Json& json, const char* what) {
  RefuseIf(!json.IsString() && !json.IsArray(), std::string(what) + " is no string or list");
  if (json.IsString()) return {Text(json)};
  std::vector<std::string> texts;
  for (const Json& item : json.GetArray()) {
    RefuseIf(!item.IsString(), std::string(what) + " holds something other than strings");
    texts.push_back(Text(item));
  }
  return texts;
}

PrincipalElement ReadPrincipal(const Json& json, bool negated) {
  static const std::map<std::string, PrincipalEntry::Type> kTypes = {
      {"AWS", PrincipalEntry::kAws},
      {"Service", PrincipalEntry::kService},
      {"Federated", PrincipalEntry::kFederated},
      {"CanonicalUser", PrincipalEntry::kCanonicalUser}};
  PrincipalElement element;
  element.negated = negated;
  if (json.IsString()) {  // S1.7
    RefuseIf(Text(json) != "*", "the principal is a string other than `*`");
    element.everybody = true;
    return element;
  }
  RefuseIf(!json.IsObject(), "the principal is neither `*` nor a map");
  CheckMembers(json, "the principal");
  for (const auto& member : json.GetObject()) {
    const auto type = kTypes.find(Text(member.name));
    RefuseIf(type == kTypes.end(), "unknown principal type `" + Text(member.name) + "`");
    for (const std::string& value : ReadStrings(member.value, "a principal")) {
      if (type->second == PrincipalEntry::kAws && value == "*") {
        element.everybody = true;
      } else {
        element.entries.push_back({type->second, value});
      }
    }
  }
  const bool empty = !element.everybody && element.entries.empty();
  RefuseIf(negated && empty, "NotPrincipal is empty");  // S1.8
  return element;
}

std::vector<ConditionLeg> ReadConditions(const Json& json) {
  RefuseIf(!json.IsObject(), "Condition is no object");
  CheckMembers(json, "Condition");
  CheckCaseOnlyTwins(json, "operators");
  std::vector<ConditionLeg> legs;
  for (const auto& op : json.GetObject()) {
    RefuseIf(!op.value.IsObject(), "`" + Text(op.name) + "` holds no object");
    CheckMembers(op.value, "an operator");
    CheckCaseOnlyTwins(op.value, "condition keys");
    for (const auto& key : op.value.GetObject()) {
      legs.push_back({Text(op.name), Text(key.name), ReadScalars(key.value, "a condition")});
    }
  }
  return legs;
}

const Json* Find(const Json& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

// One of the pair `name` and `Not` + name; nothing where neither is there.
struct Element {
  const Json* value = nullptr;
  bool negated = false;
};
Element FindPair(const Json& statement, const std::string& name) {
  const Json* plain = Find(statement, name.c_str());
  const Json* negated = Find(statement, ("Not" + name).c_str());
  RefuseIf(plain != nullptr && negated != nullptr, name + " and Not" + name + " in a statement");
  return {plain != nullptr ? plain : negated, negated != nullptr};
}

std::vector<std::string> ReadPatterns(const Element& element, const std::string& name) {
  std::vector<std::string> patterns = ReadStrings(*element.value, name.c_str());
  RefuseIf(element.negated && patterns.empty(), "Not" + name + " is empty");  // S1.8
  return patterns;
}

Statement ReadStatement(const Json& json, Kind kind) {
  static const std::set<std::string> kElements = {"Sid",      "Principal",   "NotPrincipal",
                                                  "Effect",   "Action",      "NotAction",
                                                  "Resource", "NotResource", "Condition"};
  RefuseIf(!json.IsObject(), "a statement is no object");
  CheckMembers(json, "a statement");
  for (const auto& member : json.GetObject()) {
    RefuseIf(kElements.count(Text(member.name)) == 0,
             "unknown element `" + Text(member.name) + "`");
  }
  const Requirements requirements = RequirementsOf(kind);
  Statement statement;

  const Json* sid = Find(json, "Sid");
  RefuseIf(sid != nullptr && !sid->IsString(), "Sid is no string");
  const Json* effect = Find(json, "Effect");
  const bool valid = effect != nullptr && effect->IsString() &&
                     (Text(*effect) == "Allow" || Text(*effect) == "Deny");
  RefuseIf(!valid, "Effect is neither Allow nor Deny");
  statement.deny = Text(*effect) == "Deny";

  const Element principal = FindPair(json, "Principal");
  RefuseIf(principal.value != nullptr && !requirements.principal, "has a principal");
  if (requirements.principal) {
    const bool missing =
        principal.value == nullptr || (principal.negated && !requirements.not_principal);
    RefuseIf(missing, "a statement without Principal");
    statement.principal = ReadPrincipal(*principal.value, principal.negated);
  }

  const Element action = FindPair(json, "Action");
  RefuseIf(action.value == nullptr && requirements.needs_action, "a statement without Action");
  if (action.value != nullptr) {
    statement.not_action = action.negated;
    statement.actions = ReadPatterns(action, "Action");
  }

  const Element resource = FindPair(json, "Resource");
  RefuseIf(resource.value == nullptr && requirements.needs_resource,
           "a statement without Resource");
  if (resource.value != nullptr) {
    statement.has_resource = kind != Kind::kTrust;  // S7.1: a trust policy has no resource leg
    statement.not_resource = resource.negated;
    statement.resources = ReadPatterns(resource, "Resource");
  }
  statement.inert = kind == Kind::kKey && (action.value == nullptr || resource.value == nullptr);

  if (const Json* condition = Find(json, "Condition")) {
    statement.conditions = ReadConditions(*condition);
  }
  return statement;
}

}  // namespace

std::string ReadScalar(const Json& json, const char* what) {
  if (json.IsString()) return Text(json);
  if (json.IsBool()) return json.GetBool() ? "true" : "false";
  if (json.IsInt64()) return std::to_string(json.GetInt64());
  throw Refusal(std::string(what) + " holds something other than texts, numbers and booleans");
}

std::vector<std::string> ReadScalars(const Json& json, const char* what) {
  if (!json.IsArray()) return {ReadScalar(json, what)};
  std::vector<std::string> values;
  for (const Json& item : json.GetArray()) values.push_back(ReadScalar(item, what));
  return values;
}

bool LooksLikeTrustPolicy(const Document& document) {
  if (document.statements.empty()) return false;
  for (const Statement& statement : document.statements) {
    if (statement.has_resource || statement.not_action || statement.actions.empty()) return false;
    for (const std::string& action : statement.actions) {
      if (LowerText(action.substr(0, 4)) != "sts:") return false;
    }
  }
  return true;
}

Document ReadDocument(const Json& json, Kind kind) {
  static const std::set<std::string> kElements = {"Version", "Id", "Statement"};
  RefuseIf(!json.IsObject(), "a policy is no object");
  CheckMembers(json, "a policy");
  for (const auto& member : json.GetObject()) {
    RefuseIf(kElements.count(Text(member.name)) == 0,
             "unknown element `" + Text(member.name) + "`");
  }
  if (kind == Kind::kIdentity || kind == Kind::kTrust) CheckCharacters(json);

  const Json* id = Find(json, "Id");
  RefuseIf(id != nullptr && !id->IsString(), "Id is no string");
  Document document;
  if (const Json* version = Find(json, "Version")) {  // S1.5
    const std::string text = version->IsString() ? Text(*version) : "";
    RefuseIf(text != "2012-10-17" && text != "2008-10-17", "Version `" + text + "`");
    document.variables = text == "2012-10-17";
  }
  RefuseIf(kind == Kind::kRcp && !document.variables, "an RCP without Version 2012-10-17");

  const Json* statements = Find(json, "Statement");
  RefuseIf(statements == nullptr, "a policy without Statement");
  if (!statements->IsArray()) {
    document.statements.push_back(ReadStatement(*statements, kind));
    return document;
  }
  for (const Json& statement : statements->GetArray()) {
    document.statements.push_back(ReadStatement(statement, kind));
  }
  return document;
}

}  // namespace postern::reference
