#include "tests/reference/principals.h"

#include "tests/reference/patterns.h"

namespace postern::reference {
namespace {

bool IsRoleCaller(const Caller& caller) {
  return caller.kind == Caller::kRole || caller.kind == Caller::kRoleSession;
}

// Has an account of its own: S2.6.4 decides its NotPrincipal.
bool IsIamCaller(const Caller& caller) {
  return caller.kind == Caller::kUser || IsRoleCaller(caller) ||
         caller.kind == Caller::kFederatedUser;
}

// The whole account: every principal of it, root as itself (S2.1, S2.8).
Strengths MatchAccount(const Caller& caller) {
  Strengths result;
  if (caller.kind == Caller::kRoot) {
    result.direct = Truth::kYes;
  } else {
    result.account = Truth::kYes;
  }
  return result;
}

// S2.1: a user, and the federated users that it started.
Strengths MatchUser(const std::string& arn, const std::string& account, const Caller& caller) {
  Strengths result;
  if (caller.kind == Caller::kUser) result.direct = Of(caller.arn == arn);
  if (caller.kind == Caller::kFederatedUser) {
    if (caller.federating_user) {
      result.federating = Of(*caller.federating_user == arn);
    } else if (account == caller.account) {
      result.federating = Truth::kUnknown;
    }
  }
  return result;
}

// S2.4: `who` is role/[path/]NAME.
Strengths MatchRole(const Texts& parts, const Caller& caller) {
  Strengths result;
  const std::string& who = parts[5];
  const size_t last = who.rfind('/');
  const std::string path = who.substr(4, last + 1 - 4);
  const bool same_role = IsRoleCaller(caller) && parts[1] == caller.partition &&
                         parts[4] == caller.account && who.substr(last + 1) == caller.name;
  result.role = Of(same_role && (!caller.path || *caller.path == path));
  if (caller.path_unknown) result.role = And(result.role, Truth::kUnknown);
  return result;
}

// A role without a session may be any session of it (S2.5).
Strengths MatchSession(const std::string& arn, const Texts& parts, const Caller& caller) {
  Strengths result;
  if (caller.kind == Caller::kRoleSession) result.direct = Of(caller.arn == arn);
  if (caller.kind == Caller::kRole) {
    const std::string start = "assumed-role/" + caller.name + "/";
    const bool of_the_role = parts[1] == caller.partition && parts[4] == caller.account &&
                             parts[5].compare(0, start.size(), start) == 0;
    if (of_the_role) result.direct = Truth::kUnknown;
  }
  return result;
}

Strengths MatchArn(const std::string& arn, const Caller& caller) {
  const Texts parts = SplitArn(arn, false);
  // IAM and STS have no Region in their ARNs.
  if (parts.size() != 6 || parts[0] != "arn" || !parts[3].empty()) return {};
  const std::string type = parts[5].substr(0, parts[5].find('/'));
  if (parts[2] == "iam" && parts[5] == "root") {
    const bool same = parts[1] == caller.partition && parts[4] == caller.account;
    return same ? MatchAccount(caller) : Strengths{};
  }
  if (parts[2] == "iam" && type == "user") return MatchUser(arn, parts[4], caller);
  if (parts[2] == "iam" && type == "role" && type != parts[5]) return MatchRole(parts, caller);
  if (parts[2] == "sts" && type == "assumed-role") return MatchSession(arn, parts, caller);
  if (parts[2] == "sts" && type == "federated-user") {
    Strengths result;
    result.direct = Of(caller.kind == Caller::kFederatedUser && caller.arn == arn);
    return result;
  }
  return {};
}

// S2.1: what is left of a deleted user or role.
Strengths MatchUniqueId(const std::string& id, const Caller& caller) {
  Strengths result;
  const bool same = caller.unique_id && *caller.unique_id == id;
  if (IsRoleCaller(caller)) {
    result.role = Of(same);
  } else if (caller.kind == Caller::kUser) {
    result.direct = Of(same);
  }
  return result;
}

Strengths MatchCanonicalUser(const std::string& id, const PrincipalQuestion& question) {
  const Caller& caller = question.caller;
  if (!caller.HasAccount()) return {};
  if (caller.canonical_id) return *caller.canonical_id == id ? MatchAccount(caller) : Strengths{};
  return And(MatchAccount(caller), Truth::kUnknown);
}

// S4.19: anybody whom the entry can mean at all.
Strengths MatchUnknownCaller(const PrincipalEntry& entry) {
  const Truth maybe = Truth::kUnknown;
  const Truth no = Truth::kNo;
  const Strengths account = {maybe, no, no, maybe};
  const Strengths user = {maybe, no, maybe, no};
  const Strengths role = {no, maybe, no, no};
  const Strengths exact = {maybe, no, no, no};
  const std::string& value = entry.value;
  if (entry.type == PrincipalEntry::kCanonicalUser) return account;
  if (entry.type != PrincipalEntry::kAws) return exact;
  if (IsAccount(value)) return account;
  if (value.compare(0, 4, "AIDA") == 0) return exact;
  if (value.compare(0, 4, "AROA") == 0) return role;
  const Texts parts = SplitArn(value, false);
  const bool is_arn = parts.size() == 6 && parts[0] == "arn" && parts[3].empty() &&
                      IsAccount(parts[4]) && value.find_first_of("*?") == std::string::npos;
  if (!is_arn) return {};
  const std::string form = parts[2] + ":" + parts[5].substr(0, parts[5].find('/'));
  if (form == "iam:root") return account;
  if (form == "iam:user") return user;
  if (form == "iam:role") return role;
  return form == "sts:assumed-role" || form == "sts:federated-user" ? exact : Strengths{};
}

bool IsCanonicalId(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

// S2.1: a URL names the provider of any account, an ARN that of one.
bool IsSameProvider(const std::string& a, const std::string& b) {
  const auto host = [](const std::string& text) {
    static const std::string oidc = ":oidc-provider/";
    static const std::string scheme = "https://";
    const size_t found = text.find(oidc);
    if (found != std::string::npos) return text.substr(found + oidc.size());
    return text.compare(0, scheme.size(), scheme) == 0 ? text.substr(scheme.size()) : text;
  };
  const bool both_arns = a.compare(0, 4, "arn:") == 0 && b.compare(0, 4, "arn:") == 0;
  return both_arns ? a == b : host(a) == host(b);
}

Strengths MatchEntry(const PrincipalEntry& entry, const PrincipalQuestion& question) {
  const Caller& caller = question.caller;
  Strengths result;
  if (entry.type == PrincipalEntry::kFederated && entry.value == "*") {  // S2.1
    result.direct = Of(caller.kind == Caller::kWebIdentity);
    return caller.kind == Caller::kUnknown ? MatchUnknownCaller(entry) : result;
  }
  if (entry.value.find_first_of("*?") != std::string::npos) return {};  // S2.2
  const bool canonical = entry.type == PrincipalEntry::kCanonicalUser;
  if (canonical && (!question.is_s3 || !IsCanonicalId(entry.value))) return {};
  if (caller.kind == Caller::kUnknown) return MatchUnknownCaller(entry);
  switch (entry.type) {
    case PrincipalEntry::kService:
      result.direct = Of(caller.kind == Caller::kService && caller.arn == entry.value);
      return result;
    case PrincipalEntry::kFederated:
      result.direct =
          Of(caller.kind == Caller::kWebIdentity && IsSameProvider(caller.arn, entry.value));
      return result;
    case PrincipalEntry::kCanonicalUser:
      return MatchCanonicalUser(entry.value, question);
    case PrincipalEntry::kAws:
      break;
  }
  if (!caller.HasAccount()) return {};
  if (IsAccount(entry.value)) {
    return entry.value == caller.account ? MatchAccount(caller) : Strengths{};
  }
  if (entry.value.compare(0, 4, "arn:") == 0) return MatchArn(entry.value, caller);
  return MatchUniqueId(entry.value, caller);
}

// S2.9.2: a gateway endpoint knows only the exact root user, user or session.
Strengths AtGateway(Strengths strengths) {
  Strengths result;
  result.direct = strengths.direct;
  return result;
}

// S2.6.4: is everything listed that a service may test, one after the other?
Truth IsListed(const Strengths& listed, const Caller& caller) {
  const Truth role = IsRoleCaller(caller) ? listed.role : Truth::kYes;
  return And(listed.account, And(role, listed.direct));
}

Strengths Direct(Truth truth) {
  Strengths result;
  result.direct = truth;
  return result;
}

// S2.6: on a gateway endpoint as anywhere else.
Strengths MatchNotPrincipal(const PrincipalElement& element, bool deny,
                            const PrincipalQuestion& question) {
  const Caller& caller = question.caller;
  Truth bounded = Truth::kNo;  // S2.6.3
  if (deny && IsIamCaller(caller)) {
    bounded = question.has_boundary;
  } else if (deny && caller.kind == Caller::kUnknown) {
    bounded = And(question.has_boundary, Truth::kUnknown);
  }
  if (element.everybody) return Direct(bounded);

  Strengths listed;
  for (const PrincipalEntry& entry : element.entries) {
    listed = Or(listed, MatchEntry(entry, question));
  }
  const Truth exempt = deny && IsIamCaller(caller) ? IsListed(listed, caller) : listed.Any();
  return Direct(Or(Not(exempt), bounded));
}

// S2.3: of several entries that match the strongest counts.
Strengths Strongest(Strengths strengths) {
  if (strengths.direct == Truth::kYes) return Direct(Truth::kYes);
  const bool named = strengths.role == Truth::kYes || strengths.federating == Truth::kYes;
  if (named) strengths.account = Truth::kNo;
  return strengths;
}

}  // namespace

Truth Strengths::Any() const {
  return reference::Or(reference::Or(direct, role), reference::Or(federating, account));
}

Strengths And(const Strengths& s, Truth condition) {
  return {And(s.direct, condition), And(s.role, condition), And(s.federating, condition),
          And(s.account, condition)};
}

Strengths Or(const Strengths& a, const Strengths& b) {
  return {Or(a.direct, b.direct), Or(a.role, b.role), Or(a.federating, b.federating),
          Or(a.account, b.account)};
}

Strengths MatchPrincipal(const PrincipalElement& element, bool deny,
                         const PrincipalQuestion& question) {
  if (element.negated) return MatchNotPrincipal(element, deny, question);
  if (element.everybody) return Direct(Truth::kYes);
  Strengths result;
  for (const PrincipalEntry& entry : element.entries) {
    const Strengths strengths = MatchEntry(entry, question);
    result = Or(result, question.gateway_endpoint ? AtGateway(strengths) : strengths);
  }
  return Strongest(result);
}

}  // namespace postern::reference
