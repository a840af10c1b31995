#include "authz/match/principal.h"

#include "authz/match/alternatives.h"
#include "policy/language/fold.h"

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

// The name or the path of a user or role. The alternative ignores case in both (A2).
bool SameName(std::string_view entry, std::string_view name, const BoundRequest::State& request,
              AssumptionSet& assumed) {
  if (entry == name) return true;
  if (entry.size() != name.size() || !policy::EqualsIgnoreAsciiCase(entry, name)) return false;
  assumed.Add(Assumption::kA2);
  return request.alternatives.Has(Assumption::kA2);
}

// A requester with an ARN, on an interface endpoint or none (S2.1, S2.4).
EntryMatch MatchArnEntry(const PrincipalPattern& entry, const BoundRequest::State& request,
                         AssumptionSet& assumed) {
  const PrincipalPattern& who = request.who;
  const Principal& principal = request.request->principal;
  switch (entry.form) {
    case PrincipalForm::kAccount: {
      if (!HasAccountPrincipal(who.form) || !SameAccount(entry, who)) return {};
      if (who.form == PrincipalForm::kAccount) {
        return {kAccountNamed | kDirectlyNamed, kAccountNamed | kDirectlyNamed};
      }
      return Certain(kAccountNamed);
    }
    case PrincipalForm::kUser: {
      if (who.form == PrincipalForm::kUser) {
        if (!SameAccount(entry, who) || !SameName(entry.name, who.name, request, assumed) ||
            !SameName(entry.path, who.path, request, assumed)) {
          return {};
        }
        return Certain(kDirectlyNamed);
      }
      if (who.form != PrincipalForm::kFederatedUser || !SameAccount(entry, who)) return {};
      if (principal.federating_user.empty()) return Possible(kFederatingUserNamed);
      return SameName(entry.text, principal.federating_user, request, assumed)
                 ? Certain(kFederatingUserNamed)
                 : EntryMatch{};
    }
    case PrincipalForm::kRole: {
      if (who.form != PrincipalForm::kRole && who.form != PrincipalForm::kRoleSession) return {};
      if (!SameAccount(entry, who) || !SameName(entry.name, who.name, request, assumed)) return {};
      if (request.path_known && !SameName(entry.path, request.role_path, request, assumed)) {
        return {};
      }
      return Certain(kRoleNamed);
    }
    case PrincipalForm::kRoleSession: {
      if (!SameAccount(entry, who) || !SameName(entry.name, who.name, request, assumed)) return {};
      if (who.form == PrincipalForm::kRoleSession) {
        return entry.session == who.session ? Certain(kDirectlyNamed) : EntryMatch{};
      }
      if (who.form != PrincipalForm::kRole) return {};
      assumed.Add(Assumption::kSessionNameUnknown);
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

// S2.9.2: a gateway endpoint knows users, sessions and the root user, but no accounts and no roles.
// The alternative is the other way round, so that it shows both what may be closed and what may be
// open: accounts and roles are known as on an interface endpoint, nobody is known by himself (A6).
EntryMatch OnGateway(const EntryMatch& found, const BoundRequest::State& request,
                     AssumptionSet& assumed) {
  if (found.possible == kNotNamed) return {};
  assumed.Add(Assumption::kA6);
  const bool by_itself = (found.possible & kDirectlyNamed) != 0;
  return by_itself != request.alternatives.Has(Assumption::kA6) ? found : EntryMatch{};
}

EntryMatch MatchEntry(const PrincipalPattern& entry, const BoundRequest::State& request,
                      bool gateway, AssumptionSet& assumed) {
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
  EntryMatch found = MatchArnEntry(entry, request, assumed);
  if (gateway && entry.form != PrincipalForm::kCanonicalUser) {
    found = OnGateway(found, request, assumed);
  }
  // A session does not show the path of its role (S2.4).
  if (found.certain == kRoleNamed && !request.path_known && entry.path != "/") {
    assumed.Add(Assumption::kRolePathUnknown);
  }
  return found;
}

Ternary FromMasks(std::uint8_t certain, std::uint8_t possible) {
  if (certain != kNotNamed) return Ternary::kYes;
  return possible != kNotNamed ? Ternary::kUnknown : Ternary::kNo;
}

// S2.6.4: account, role and session (or user) must all be listed for a Deny to spare the requester.
// The alternative: one of them is enough (A5).
Ternary Spared(const CompiledPolicySet& policies, const CompiledStatement& statement,
               const BoundRequest::State& request, AssumptionSet& assumed) {
  Ternary account = Ternary::kNo;
  Ternary role = Ternary::kNo;
  Ternary self = Ternary::kNo;
  const bool is_session =
      request.who.form == PrincipalForm::kRoleSession || request.who.form == PrincipalForm::kRole;
  for (std::uint32_t i = 0; i < statement.principals.count; ++i) {
    const PrincipalPattern& entry = policies.principals[statement.principals.first + i];
    if (entry.form == PrincipalForm::kEveryone) return Ternary::kYes;
    const EntryMatch found = MatchEntry(entry, request, /*gateway=*/false, assumed);
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
  if (listed == spared) return spared;
  assumed.Add(Assumption::kA5);
  return request.alternatives.Has(Assumption::kA5) ? listed : spared;
}

PrincipalMatch Match(const CompiledPolicySet& policies, const CompiledStatement& statement,
                     Layer layer, const BoundRequest::State& request, AssumptionSet& assumed) {
  PrincipalMatch match;
  const bool denies = statement.effect == policy::Effect::kDeny;
  if (statement.principal_negated && denies && request.requester == RequesterKind::kArn &&
      request.who.form != PrincipalForm::kAccount) {
    // S2.6.3: a boundary makes the Deny apply whatever is listed.
    const Knowledge boundary = policies.knowledge[static_cast<std::size_t>(Layer::kBoundary)];
    const Ternary bounded = boundary == Knowledge::kGiven     ? Ternary::kYes
                            : boundary == Knowledge::kUnknown ? Ternary::kUnknown
                                                              : Ternary::kNo;
    match.matched = Or(bounded, Not(Spared(policies, statement, request, assumed)));
    return match;
  }

  const bool gateway = layer == Layer::kEndpoint && request.gateway && !statement.principal_negated;
  for (std::uint32_t i = 0; i < statement.principals.count; ++i) {
    const std::uint32_t index = statement.principals.first + i;
    const EntryMatch found = MatchEntry(policies.principals[index], request, gateway, assumed);
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

}  // namespace

PrincipalMatch MatchPrincipal(const CompiledPolicySet& policies, const CompiledStatement& statement,
                              Layer layer, BoundRequest::State& request, AssumptionSet& assumed) {
  PrincipalMatch match;
  if (statement.NamesEveryone()) {
    match.matched = Ternary::kYes;
    match.strengths = match.possible_strengths = kDirectlyNamed;
    match.entry = statement.everyone;
    return match;
  }
  AssumptionSet reached;
  match = Match(policies, statement, layer, request, reached);
  if (!reached.empty()) {
    NoteDecisive(reached, request, assumed, [&] {
      const PrincipalMatch again = MatchPrincipal(policies, statement, layer, request, assumed);
      // An endpoint policy grants nothing, so how strongly it names does not matter (S7.10.7).
      return again.matched == match.matched &&
             (layer == Layer::kEndpoint || (again.strengths == match.strengths &&
                                            again.possible_strengths == match.possible_strengths));
    });
  }
  return match;
}

}  // namespace postern::authz
