#include "authz/match/principal.h"

namespace postern::authz {
namespace {

using policy::PrincipalForm;
using policy::PrincipalPattern;

struct EntryMatch {
  std::uint8_t certain = kNotNamed;
  std::uint8_t possible = kNotNamed;
};

constexpr EntryMatch Certain(Strength strength) { return {strength, strength}; }
constexpr EntryMatch Possible(Strength strength) { return {kNotNamed, strength}; }

bool HasAccountPrincipal(PrincipalForm form) {
  switch (form) {
    case PrincipalForm::kAccount:
    case PrincipalForm::kUser:
    case PrincipalForm::kRole:
    case PrincipalForm::kRoleSession:
    case PrincipalForm::kFederatedUser:
      return true;
    default:
      return false;
  }
}

bool SameAccount(const PrincipalPattern& a, const PrincipalPattern& b) {
  // A bare account id names the account in whatever partition the requester is.
  return a.account == b.account &&
         (a.partition.empty() || b.partition.empty() || a.partition == b.partition);
}

// The provider without the account's part of its ARN: what OIDC calls the issuer.
std::string_view Issuer(std::string_view provider) {
  constexpr std::string_view kMark = ":oidc-provider/";
  const std::size_t at = provider.find(kMark);
  if (at != std::string_view::npos) return provider.substr(at + kMark.size());
  constexpr std::string_view kScheme = "https://";
  if (provider.starts_with(kScheme)) return provider.substr(kScheme.size());
  return provider;
}

// S2.1, S2.4. Gateway endpoints: S2.9.2.
EntryMatch MatchEntry(const PrincipalPattern& entry, const BoundRequest::State& request,
                      bool gateway, PrincipalMatch& match) {
  if (entry.form == PrincipalForm::kEveryone) return Certain(kDirectlyNamed);
  if (entry.form == PrincipalForm::kInvalid || entry.partial_wildcard) return {};
  switch (request.requester) {
    case RequesterKind::kUnknown:
      return {kNotNamed, kAccountNamed | kFederatingUserNamed | kRoleNamed | kDirectlyNamed};
    case RequesterKind::kAnonymous:
      return {};
    case RequesterKind::kService:
      return entry.form == PrincipalForm::kService &&
                     entry.text == request.request->principal.service
                 ? Certain(kDirectlyNamed)
                 : EntryMatch{};
    case RequesterKind::kFederated:
      return entry.form == PrincipalForm::kFederated &&
                     Issuer(entry.text) == Issuer(request.request->principal.provider)
                 ? Certain(kDirectlyNamed)
                 : EntryMatch{};
    case RequesterKind::kArn:
      break;
  }

  const PrincipalPattern& who = request.who;
  const Principal& principal = request.request->principal;
  switch (entry.form) {
    case PrincipalForm::kAccount: {
      if (!HasAccountPrincipal(who.form) || !SameAccount(entry, who)) return {};
      if (who.form == PrincipalForm::kAccount) {
        return {kAccountNamed | kDirectlyNamed, kAccountNamed | kDirectlyNamed};
      }
      if (gateway) {
        match.gateway_assumed = true;
        return {};
      }
      return Certain(kAccountNamed);
    }
    case PrincipalForm::kUser: {
      if (who.form == PrincipalForm::kUser) {
        if (!SameAccount(entry, who) || entry.name != who.name) return {};
        if (entry.path != who.path) return {};
        if (gateway) match.gateway_assumed = true;
        return Certain(kDirectlyNamed);
      }
      if (gateway || who.form != PrincipalForm::kFederatedUser || !SameAccount(entry, who)) {
        return {};
      }
      if (principal.federating_user.empty()) return Possible(kFederatingUserNamed);
      return entry.text == principal.federating_user ? Certain(kFederatingUserNamed) : EntryMatch{};
    }
    case PrincipalForm::kRole: {
      if (who.form != PrincipalForm::kRole && who.form != PrincipalForm::kRoleSession) return {};
      if (!SameAccount(entry, who) || entry.name != who.name) return {};
      if (request.path_known && entry.path != request.role_path) return {};
      if (gateway) {
        match.gateway_assumed = true;
        return {};
      }
      if (!request.path_known && entry.path != "/") match.path_assumed = true;
      return Certain(kRoleNamed);
    }
    case PrincipalForm::kRoleSession: {
      if (!SameAccount(entry, who) || entry.name != who.name) return {};
      if (who.form == PrincipalForm::kRoleSession) {
        return entry.session == who.session ? Certain(kDirectlyNamed) : EntryMatch{};
      }
      if (who.form != PrincipalForm::kRole) return {};
      match.session_assumed = true;
      return Possible(kDirectlyNamed);
    }
    case PrincipalForm::kFederatedUser:
      return who.form == PrincipalForm::kFederatedUser && SameAccount(entry, who) &&
                     entry.name == who.name
                 ? Certain(kDirectlyNamed)
                 : EntryMatch{};
    case PrincipalForm::kCanonicalUser:
      if (principal.canonical_id.empty()) return Possible(kAccountNamed);
      return entry.text == principal.canonical_id ? Certain(kAccountNamed) : EntryMatch{};
    case PrincipalForm::kUniqueId:
      if (principal.unique_id.empty() || entry.text != principal.unique_id) return {};
      // The id of a role goes as far as its ARN does, not as far as a session's.
      return Certain(who.form == PrincipalForm::kUser ? kDirectlyNamed : kRoleNamed);
    default:
      return {};
  }
}

Ternary FromMasks(std::uint8_t certain, std::uint8_t possible) {
  if (certain != kNotNamed) return Ternary::kYes;
  return possible != kNotNamed ? Ternary::kUnknown : Ternary::kNo;
}

// S2.6.4: account, role and session (or user) must all be listed for a Deny to spare the requester.
Ternary Spared(const CompiledPolicySet& policies, const CompiledStatement& statement,
               const BoundRequest::State& request, PrincipalMatch& match) {
  Ternary account = Ternary::kNo;
  Ternary role = Ternary::kNo;
  Ternary self = Ternary::kNo;
  const bool is_session =
      request.who.form == PrincipalForm::kRoleSession || request.who.form == PrincipalForm::kRole;
  for (std::uint32_t i = 0; i < statement.principals.count; ++i) {
    const PrincipalPattern& entry = policies.principals[statement.principals.first + i];
    if (entry.form == PrincipalForm::kEveryone) return Ternary::kYes;
    const EntryMatch found = MatchEntry(entry, request, /*gateway=*/false, match);
    const Ternary matched = FromMasks(found.certain, found.possible);
    switch (entry.form) {
      case PrincipalForm::kAccount:
      case PrincipalForm::kCanonicalUser:
        account = Or(account, matched);
        break;
      case PrincipalForm::kRole:
        role = Or(role, matched);
        break;
      default:
        self = Or(self, matched);
    }
  }
  const Ternary listed = Or(Or(account, role), self);
  const Ternary spared = And(And(account, self), is_session ? role : Ternary::kYes);
  if (listed != spared) match.not_principal_assumed = true;  // A5
  return spared;
}

}  // namespace

PrincipalMatch MatchPrincipal(const CompiledPolicySet& policies, const CompiledStatement& statement,
                              Layer layer, const BoundRequest::State& request) {
  PrincipalMatch match;
  if (statement.NamesEveryone()) {
    match.matched = Ternary::kYes;
    match.strengths = match.possible_strengths = kDirectlyNamed;
    match.entry = statement.everyone;
    return match;
  }
  const bool denies = statement.effect == policy::Effect::kDeny;
  if (statement.principal_negated && denies && request.requester == RequesterKind::kArn &&
      request.who.form != PrincipalForm::kAccount) {
    // S2.6.3: a boundary makes the Deny apply whatever is listed.
    const Knowledge boundary = policies.knowledge[static_cast<std::size_t>(Layer::kBoundary)];
    const Ternary bounded = boundary == Knowledge::kGiven     ? Ternary::kYes
                            : boundary == Knowledge::kUnknown ? Ternary::kUnknown
                                                              : Ternary::kNo;
    match.matched = Or(bounded, Not(Spared(policies, statement, request, match)));
    return match;
  }

  const bool gateway = layer == Layer::kEndpoint && request.gateway && !statement.principal_negated;
  for (std::uint32_t i = 0; i < statement.principals.count; ++i) {
    const std::uint32_t index = statement.principals.first + i;
    const EntryMatch found = MatchEntry(policies.principals[index], request, gateway, match);
    if (found.certain > match.strengths || (match.entry == kNoEntry && found.possible != 0)) {
      match.entry = index;
    }
    match.strengths |= found.certain;
    match.possible_strengths |= found.possible;
  }
  match.matched = FromMasks(match.strengths, match.possible_strengths);
  if (statement.principal_negated) {
    match.matched = Not(match.matched);
    // Everyone who is not listed, whoever that is: as strong as `*`.
    match.strengths = match.matched == Ternary::kYes ? kDirectlyNamed : kNotNamed;
    match.possible_strengths = match.matched == Ternary::kNo ? kNotNamed : kDirectlyNamed;
  }
  return match;
}

}  // namespace postern::authz
