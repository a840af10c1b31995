#include "authz/remedy/narrow_statement.h"

#include <algorithm>
#include <utility>

#include "policy/kind.h"
#include "policy/language/arn.h"

namespace postern::authz {
namespace {

using policy::PolicyDocument;

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string UniqueSid(const PolicyDocument& document, std::string_view action) {
  std::string base = "Allow";
  for (char c : action.substr(action.find(':') + 1)) {
    const bool alphanumeric =
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (alphanumeric) base += c;
  }
  const auto taken = [&document](std::string_view sid) {
    return std::ranges::any_of(document.statements(), [sid](const policy::Statement& statement) {
      return statement.sid != nullptr && statement.sid->text == sid;
    });
  };
  std::string sid = base;
  for (int number = 2; taken(sid); ++number) sid = base + std::to_string(number);
  return sid;
}

std::string_view CallerAccount(const Request& request) {
  const Principal& principal = request.principal;
  if (!principal.account.empty()) return principal.account;
  return principal.kind == RequesterKind::kArn ? policy::SplitArn(principal.arn).account()
                                               : std::string_view{};
}

// How a new statement names the caller, and who else is meant by that.
struct CallerWords {
  JsonMember principal;
  std::optional<JsonMember> condition;
  std::string others;
};

JsonValue Text(std::string_view text) { return {std::string(text), {}, {}}; }

JsonValue Object(std::string name, JsonValue value) {
  return {"", {{std::move(name), std::move(value)}}, {}};
}

JsonMember StringEquals(std::string_view key, std::string_view value) {
  return {"Condition", Object("StringEquals", Object(std::string(key), Text(value)))};
}

// Endpoint policies: everybody, narrowed by a condition, which holds for gateways too (S2.9).
CallerWords ForEndpoint(const Request& request) {
  CallerWords words{{"Principal", Text("*")}, std::nullopt, "every caller"};
  const std::string_view account = CallerAccount(request);
  if (request.principal.kind == RequesterKind::kService) {
    words.condition = StringEquals("aws:PrincipalServiceName", request.principal.service);
    words.others = "";
  } else if (policy::IsAccountId(account)) {
    words.condition = StringEquals("aws:PrincipalAccount", account);
    words.others = "every principal of account " + Quoted(account);
  }
  return words;
}

// Resource policies: the caller by name, never everybody.
std::optional<CallerWords> ForResource(const Request& request) {
  const Principal& principal = request.principal;
  const auto named = [](std::string_view type, std::string_view name, std::string others) {
    return CallerWords{
        {"Principal", Object(std::string(type), Text(name))}, std::nullopt, std::move(others)};
  };
  switch (principal.kind) {
    case RequesterKind::kService:
      return named("Service", principal.service, "");
    case RequesterKind::kFederated:
      return named("Federated", principal.provider, "everyone whom the provider vouches for");
    case RequesterKind::kArn:
      break;
    case RequesterKind::kAnonymous:
    case RequesterKind::kUnknown:
      return std::nullopt;
  }
  const policy::Arn arn = policy::SplitArn(principal.arn);
  const std::string_view resource = arn.resource();
  constexpr std::string_view kSession = "assumed-role/";
  if (!resource.starts_with(kSession)) return named("AWS", principal.arn, "");
  // A session's ARN does not show its role's path.
  if (!principal.path.empty() && principal.path != "/") {
    return named("AWS", principal.arn, "");
  }
  std::string_view role = resource.substr(kSession.size());
  role = role.substr(0, role.find('/'));
  const std::string role_arn = "arn:" + std::string(arn.partition()) +
                               ":iam::" + std::string(arn.account()) + ":role/" + std::string(role);
  return named("AWS", role_arn, "every session of the role " + Quoted(role));
}

std::string OthersUnder(Layer layer) {
  return layer == Layer::kScp ? "every principal of the accounts under the policy" : "";
}

}  // namespace

std::optional<std::string> AsPattern(std::string_view resource, policy::LanguageVersion version) {
  if (resource == "*") return "*";
  std::string pattern;
  for (char c : resource) {
    if (c != '*' && c != '?' && c != '$') {
      pattern += c;
    } else if (version == policy::LanguageVersion::k2008) {
      return std::nullopt;
    } else {
      pattern.append("${").append(1, c).append("}");
    }
  }
  return pattern;
}

std::optional<NarrowStatement> MakeNarrowAllow(const PolicyDocument& document, Layer layer,
                                               const Request& request, std::string_view action,
                                               std::span<const std::string> resources) {
  const policy::KindTraits& traits = policy::TraitsOf(document.kind());
  JsonValue patterns;
  for (const std::string& resource : resources) {
    const auto pattern = AsPattern(resource, document.version());
    if (!pattern) return std::nullopt;
    patterns.texts.push_back(*pattern);
  }
  if (patterns.texts.size() == 1) patterns = Text(patterns.texts.front());
  std::optional<CallerWords> caller;
  if (traits.principal == policy::Requirement::kRequired) {
    caller = layer == Layer::kEndpoint ? ForEndpoint(request) : ForResource(request);
    if (!caller) return std::nullopt;
  }
  NarrowStatement narrow;
  auto& members = narrow.statement.members;
  members = {{"Sid", Text(UniqueSid(document, action))}, {"Effect", Text("Allow")}};
  if (caller) members.push_back(caller->principal);
  members.push_back({"Action", Text(action)});
  if (traits.resource != policy::Requirement::kForbidden) {
    const bool is_key = document.kind() == policy::PolicyKind::kKey;
    members.push_back({"Resource", is_key ? Text("*") : std::move(patterns)});
  }
  if (caller && caller->condition) members.push_back(*caller->condition);
  narrow.others = caller ? caller->others : OthersUnder(layer);
  return narrow;
}

}  // namespace postern::authz
