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

// The provider's URL: what stands in its ARN behind the account, or without its scheme.
std::string_view Issuer(std::string_view provider) {
  constexpr std::string_view kMark = ":oidc-provider/";
  const std::size_t at = provider.find(kMark);
  if (at != std::string_view::npos) return provider.substr(at + kMark.size());
  constexpr std::string_view kScheme = "https://";
  if (provider.starts_with(kScheme)) return provider.substr(kScheme.size());
  return provider;
}

// An ARN names the provider of one account, a URL that of any (S2.1).
bool SameProvider(std::string_view a, std::string_view b) {
  const bool both_arns = a.starts_with("arn:") && b.starts_with("arn:");
  return both_arns ? a == b : Issuer(a) == Issuer(b);
}

// `*` is whoever signs in, as in AWS's own sample of an endpoint policy for STS (S2.1).
bool NamesProvider(std::string_view entry, std::string_view provider) {
  return entry == "*" || SameProvider(entry, provider);
}

// The account as a whole: its root user besides as itself (S2.8).
EntryMatch MatchAccount(const PrincipalPattern& who) {
  if (who.form != PrincipalForm::kAccount) return Certain(kAccountNamed);
  return {kAccountNamed | kDirectlyNamed, kAccountNamed | kDirectlyNamed};
}

// How an entry can name somebody of whom nothing is known (S4.19.2).
std::uint8_t PossibleStrengths(const PrincipalPattern& entry) {
  switch (entry.form) {
    case PrincipalForm::kAccount:
    case PrincipalForm::kCanonicalUser:
      return kAccountNamed | kDirectlyNamed;  // directly: its root user
    case PrincipalForm::kUser:
      return kFederatingUserNamed | kDirectlyNamed;
    case PrincipalForm::kRole:
      return kRoleNamed;
    case PrincipalForm::kUniqueId:
      return entry.text.starts_with("AROA") ? kRoleNamed : kDirectlyNamed;
    default:
      return kDirectlyNamed;
  }
}

// Of several entries that match the strongest counts (S2.3).
std::uint8_t Strongest(std::uint8_t strengths) {
  constexpr std::uint8_t kBounded = kRoleNamed | kFederatingUserNamed;
  if ((strengths & kDirectlyNamed) != 0) return kDirectlyNamed;
  if ((strengths & kBounded) != 0) return strengths & kBounded;
  return strengths;
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
    case PrincipalForm::kAccount:
      if (!HasAccountPrincipal(who.form) || !SameAccount(entry, who)) return {};
      return MatchAccount(who);
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
      return request.PathIsUnknown() ? Possible(kRoleNamed) : Certain(kRoleNamed);
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
    case PrincipalForm::kCanonicalUser: {
      if (!principal.canonical_id.empty() && entry.text != principal.canonical_id) return {};
      EntryMatch found = MatchAccount(who);
      if (principal.canonical_id.empty()) found.certain = kNotNamed;
      return found;
    }
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
  if (entry.form == PrincipalForm::kCanonicalUser && request.vendor != "s3") return {};
  switch (request.requester) {
    case RequesterKind::kUnknown: {
      const EntryMatch found = {kNotNamed, PossibleStrengths(entry)};
      return gateway ? OnGateway(found, request, assumed) : found;
    }
    case RequesterKind::kAnonymous:
      return {};
    case RequesterKind::kService:
      return entry.form == PrincipalForm::kService &&
                     entry.text == request.request->principal.service
                 ? Certain(kDirectlyNamed)
                 : EntryMatch{};
    case RequesterKind::kFederated:
      return entry.form == PrincipalForm::kFederated &&
                     NamesProvider(entry.text, request.request->principal.provider)
                 ? Certain(kDirectlyNamed)
                 : EntryMatch{};
    case RequesterKind::kArn:
      break;
  }
  EntryMatch found = MatchArnEntry(entry, request, assumed);
  if (gateway) found = OnGateway(found, request, assumed);
  // A session does not show the path of its role (S2.4).
  if (entry.form == PrincipalForm::kRole && found.certain != kNotNamed && !request.path_known &&
      entry.path != "/") {
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
  Ternary listed = Ternary::kNo;
  const bool is_session =
      request.who.form == PrincipalForm::kRoleSession || request.who.form == PrincipalForm::kRole;
  for (std::uint32_t i = 0; i < statement.principals.count; ++i) {
    const PrincipalPattern& entry = policies.principals[statement.principals.first + i];
    if (entry.form == PrincipalForm::kEveryone) return Ternary::kYes;
    const EntryMatch found = MatchEntry(entry, request, /*gateway=*/false, assumed);
    const auto named = [&found](Strength strength) {
      return FromMasks(found.certain & strength, found.possible & strength);
    };
    account = Or(account, named(kAccountNamed));
    role = Or(role, named(kRoleNamed));
    self = Or(self, named(kDirectlyNamed));
    listed = Or(listed, FromMasks(found.certain, found.possible));
  }
  const Ternary spared = And(And(account, self), is_session ? role : Ternary::kYes);
  if (listed == spared) return spared;
  assumed.Add(Assumption::kA5);
  return request.alternatives.Has(Assumption::kA5) ? listed : spared;
}

// A user, a role, a session: not root, nor one that has no ARN.
bool HasIdentityOfItsOwn(const BoundRequest::State& request) {
  return request.requester == RequesterKind::kArn && request.who.form != PrincipalForm::kAccount;
}

// S2.6.3: a boundary makes a Deny with NotPrincipal apply whatever is listed.
Ternary IsBounded(const CompiledPolicySet& policies, const BoundRequest::State& request) {
  const Knowledge boundary = policies.KnowledgeOf(Layer::kBoundary);
  const bool may_be = boundary == Knowledge::kGiven || boundary == Knowledge::kUnknown;
  if (may_be && request.requester == RequesterKind::kUnknown) return Ternary::kUnknown;
  if (!may_be || !HasIdentityOfItsOwn(request)) return Ternary::kNo;
  return boundary == Knowledge::kGiven ? Ternary::kYes : Ternary::kUnknown;
}

PrincipalMatch Match(const CompiledPolicySet& policies, const CompiledStatement& statement,
                     Layer layer, const BoundRequest::State& request, AssumptionSet& assumed) {
  PrincipalMatch match;
  const bool not_principal_denies =
      statement.principal_negated && statement.effect == policy::Effect::kDeny;
  const Ternary bounded = not_principal_denies ? IsBounded(policies, request) : Ternary::kNo;
  if (not_principal_denies && HasIdentityOfItsOwn(request)) {
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
  match.strengths = Strongest(match.strengths);
  match.matched = FromMasks(match.strengths, match.possible_strengths);
  if (statement.principal_negated) {
    match.matched = Or(bounded, Not(match.matched));
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
