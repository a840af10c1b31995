#include "tests/reference/layers.h"

#include "tests/reference/conditions.h"
#include "tests/reference/facts.h"
#include "tests/reference/public_access.h"
#include "tests/reference/resources.h"

namespace postern::reference {
namespace {

bool IsIam(Caller::Kind kind) {
  return kind == Caller::kUser || kind == Caller::kRole || kind == Caller::kRoleSession ||
         kind == Caller::kFederatedUser;
}

// Everything that the statements of a layer are judged against.
struct Question {
  const Case& the_case;
  const Keys& keys;
  PrincipalQuestion principal;
  ResourceReading reading;
  Resource resource;
};

Outcome Or(const Outcome& a, const Outcome& b) {
  return {Or(a.deny, b.deny), Or(a.allow, b.allow)};
}
// Two judgements that must both let through: the resources behind an access point (S7.12.1).
Outcome Both(const Outcome& a, const Outcome& b) {
  Outcome result;
  result.deny = Or(a.deny, b.deny);
  result.allow.direct = And(a.allow.Any(), b.allow.Any());
  return result;
}

Outcome Anything() {
  const Truth unknown = Truth::kUnknown;
  return {unknown, {unknown, unknown, unknown, unknown}};
}

Outcome LetsThrough() {
  Outcome outcome;
  outcome.allow.direct = Truth::kYes;
  return outcome;
}

// S7.1
Outcome JudgeStatement(const Statement& statement, bool variables, const Question& question) {
  Outcome outcome;
  if (statement.inert) return outcome;
  const Case& the_case = question.the_case;
  if (!MatchAction(statement, the_case.service, the_case.action)) return outcome;
  Truth applies =
      MatchResource(statement, variables, question.reading, question.resource, question.keys);
  for (const ConditionLeg& leg : statement.conditions) {
    applies = And(applies, JudgeLeg(leg, variables, question.keys));
  }
  Strengths strengths;
  strengths.direct = Truth::kYes;
  if (statement.principal) {
    strengths = MatchPrincipal(*statement.principal, statement.deny, question.principal);
  }
  if (statement.deny) {
    outcome.deny = And(strengths.Any(), applies);
  } else {
    outcome.allow = And(strengths, applies);
  }
  return outcome;
}

Outcome JudgeDocuments(const std::vector<Document>& documents, const Question& question) {
  Outcome outcome;
  for (const Document& document : documents) {
    for (const Statement& statement : document.statements) {
      outcome = Or(outcome, JudgeStatement(statement, document.variables, question));
    }
  }
  return outcome;
}

Outcome JudgeLayer(const PolicyLayer& layer, const Question& question) {
  return layer.state == PolicyLayer::kUnknown ? Anything()
                                              : JudgeDocuments(layer.documents, question);
}

// S7.4.1: every level must allow, a deny at any level wins. `implied`: AWS attaches the full-access
// policy to every level (S7.4.3).
Outcome JudgeLevels(const Levels& levels, bool implied, const Question& question) {
  if (levels.state == PolicyLayer::kUnknown) {
    Outcome outcome = Anything();
    if (implied) outcome.allow.direct = Truth::kYes;
    return outcome;
  }
  Outcome outcome = LetsThrough();
  for (const std::vector<Document>& level : levels.levels) {
    const Outcome here = JudgeDocuments(level, question);
    outcome.deny = Or(outcome.deny, here.deny);
    if (!implied) outcome.allow.direct = And(outcome.allow.direct, here.allow.Any());
  }
  return outcome;
}

// The layer may not exist for the request.
Outcome IfAtAll(const Outcome& outcome) {
  Outcome result;
  result.deny = And(outcome.deny, Truth::kUnknown);
  result.allow.direct = Or(outcome.allow.Any(), Truth::kUnknown);
  return result;
}

bool IsSaidToBeUnknown(const Case& the_case, const char* key) {
  return the_case.unknown_keys.count(key) > 0;
}

// S7.2: is the caller's account one that service control policies limit?
Truth ScpsApply(const Case& the_case, const Reading& reading) {
  if (the_case.scps.state == PolicyLayer::kNone) return Truth::kNo;
  if (!IsIam(reading.caller) && reading.caller != Caller::kRoot) return Truth::kNo;
  if (the_case.caller.kind == Caller::kUnknown) return Truth::kUnknown;
  if (the_case.caller.in_no_organization) return Truth::kNo;
  const Truth member = IsLimitedMember(the_case, the_case.caller.account, CallerOrg(the_case),
                                       IsSaidToBeUnknown(the_case, "aws:principalorgid"));
  return And(member, Not(IsServiceLinkedRole(the_case.caller)));
}

// S7.2: is the resource's account one that resource control policies limit?
Truth RcpsApply(const Case& the_case, const Reading& reading) {
  if (the_case.rcps.state == PolicyLayer::kNone) return Truth::kNo;
  if (!IsRcpCapable(the_case.service)) return Truth::kNo;
  Truth applies = Not(IsServiceLinkedRole(the_case.caller));
  if (the_case.caller.kind == Caller::kUnknown && reading.caller == Caller::kUser) {
    applies = Truth::kUnknown;  // it may be a service-linked role
  }
  if (the_case.resource_in_no_organization) return Truth::kNo;
  const Truth member = IsLimitedMember(the_case, reading.owner.value_or(""), ResourceOrg(the_case),
                                       IsSaidToBeUnknown(the_case, "aws:resourceorgid"));
  return And(member, applies);
}

void AddServiceControlPolicies(const Case& the_case, const Reading& reading,
                               const Question& question, Layers& layers) {
  const Truth applies = ScpsApply(the_case, reading);
  if (applies == Truth::kNo) return;
  Question asked = question;
  asked.reading = ResourceReading::kScp;
  const Outcome outcome = JudgeLevels(the_case.scps, false, asked);
  layers["scp"] = applies == Truth::kYes ? outcome : IfAtAll(outcome);
}

void AddResourceControlPolicies(const Case& the_case, const Reading& reading,
                                const Question& question, Layers& layers) {
  const Truth applies = RcpsApply(the_case, reading);
  if (applies == Truth::kNo) return;
  Question asked = question;
  asked.reading = ResourceReading::kRcp;
  Outcome outcome = JudgeLevels(the_case.rcps, true, asked);
  if (the_case.through_access_point) {
    asked.resource = the_case.bucket_resource;
    outcome = Both(outcome, JudgeLevels(the_case.rcps, true, asked));
  }
  layers["rcp"] = applies == Truth::kYes ? outcome : IfAtAll(outcome);
}

// S7.10
void AddEndpoint(const Case& the_case, const Question& question, Layers& layers) {
  const Endpoint& endpoint = the_case.endpoint;
  const Truth used = UsesEndpoint(the_case);
  if (used == Truth::kNo) return;
  if (!TakesEndpointPolicy(endpoint.service, the_case.service)) return;
  if (endpoint.policy == Endpoint::kDefault) {
    layers["endpoint"] = LetsThrough();
    return;
  }
  if (endpoint.policy == Endpoint::kAny) {
    layers["endpoint"] = Anything();
    return;
  }
  Question asked = question;
  asked.reading = ResourceReading::kEndpoint;
  asked.principal.gateway_endpoint = endpoint.gateway;
  Outcome outcome = JudgeDocuments(endpoint.documents, asked);
  if (the_case.through_access_point) {
    asked.resource = the_case.bucket_resource;
    outcome = Both(outcome, JudgeDocuments(endpoint.documents, asked));
  }
  layers["endpoint"] = used == Truth::kYes ? outcome : IfAtAll(outcome);
}

void AddCallerPolicies(const Case& the_case, const Reading& reading, const Question& question,
                       Layers& layers) {
  Question asked = question;
  asked.reading = ResourceReading::kIdentity;
  if (IsIam(reading.caller)) {
    layers["identity"] = JudgeLayer(the_case.identity, asked);
    if (the_case.boundary.state != PolicyLayer::kNone) {
      layers["boundary"] = JudgeLayer(the_case.boundary, asked);
    }
  }
  const bool has_session = IsIam(reading.caller) || reading.caller == Caller::kRoot;
  if (has_session && the_case.session.state != PolicyLayer::kNone) {
    layers["session"] = JudgeLayer(the_case.session, asked);
  }
}

// S7.12.8: what these policies say of the bucket is for the bucket's side; a Deny is one anyway.
Layers AddBucketDenies(const Case& the_case, const Reading& reading, const Question& question,
                       Layers& layers) {
  Question asked = question;
  asked.resource = the_case.bucket_resource;
  Layers on_bucket;
  AddServiceControlPolicies(the_case, reading, asked, on_bucket);
  AddCallerPolicies(the_case, reading, asked, on_bucket);
  for (const auto& [name, outcome] : on_bucket) {
    layers[name].deny = Or(layers[name].deny, outcome.deny);
  }
  return on_bucket;
}

// S7.12.5: an access point in a VPC refuses what does not come from it.
Truth RefusedByOrigin(const AccessPoint& point, const Keys& keys) {
  if (point.unknown) return Truth::kUnknown;
  if (!point.vpc_origin) return Truth::kNo;
  const KeyState vpc = keys.Find("aws:SourceVpc");
  if (vpc.kind == KeyState::kMissing) return Truth::kYes;
  if (vpc.kind == KeyState::kUnknown || point.vpc.empty()) return Truth::kUnknown;
  return Of(vpc.values[0] != point.vpc);
}

void AddResourcePolicies(const Case& the_case, const Reading& reading, const Question& question,
                         Layers& layers) {
  if (NamesNoResource(the_case)) return;  // S7.2
  Question asked = question;
  asked.reading = ResourceReading::kResource;
  if (the_case.through_access_point) {
    const AccessPoint& point = *the_case.access_point;
    Outcome outcome = JudgeLayer(point.policy, asked);
    outcome.deny = Or(outcome.deny, RefusedByOrigin(point, question.keys));
    layers["access-point"] = outcome;
    asked.resource = the_case.bucket_resource;
  }
  layers["resource"] = JudgeLayer(the_case.resource_policy, asked);
  if (the_case.service == "s3") {
    layers["block-public-access"].deny = RefusedAsPublic(the_case, reading);
    layers["block-public-access"].allow.direct = Truth::kYes;
  }
}

}  // namespace

bool IsCallerIdentityCall(const Case& the_case, const Reading& reading) {
  const bool is_signed =
      reading.caller != Caller::kAnonymous && reading.caller != Caller::kWebIdentity;
  return is_signed && the_case.service == "sts" &&
         (the_case.action == "getcalleridentity" || the_case.action == "getsessiontoken");
}

bool IsBucketPolicyCall(const Case& the_case) {
  return the_case.service == "s3" &&
         (the_case.action == "getbucketpolicy" || the_case.action == "putbucketpolicy" ||
          the_case.action == "deletebucketpolicy");
}

bool IsLockOutException(const Case& the_case, const Reading& reading) {
  return reading.caller == Caller::kRoot && reading.same_account && IsBucketPolicyCall(the_case) &&
         !the_case.through_access_point;
}

Judgement JudgeLayers(const Case& the_case, const Reading& reading, const Keys& keys) {
  Question question{
      the_case, keys, {the_case.caller}, ResourceReading::kResource, the_case.resource};
  question.principal.is_s3 = the_case.service == "s3";
  question.principal.has_boundary = the_case.boundary.state == PolicyLayer::kGiven ? Truth::kYes
                                    : the_case.boundary.state == PolicyLayer::kUnknown
                                        ? Truth::kUnknown
                                        : Truth::kNo;
  // S3.5: S3's lists of an account are asked about arn:aws:s3:::*, taken literally.
  if (NamesNoResource(the_case) && IsAccountListCall(the_case.service, the_case.action)) {
    const std::string& own = the_case.caller.partition;
    const std::string partition = own.empty() ? "aws" : own;
    question.resource = {
        Resource::kArn, "arn:" + partition + ":s3:::*", {"arn", partition, "s3", "", "", "*"}};
  }
  Layers layers;
  Layers on_bucket;
  AddEndpoint(the_case, question, layers);
  if (!IsCallerIdentityCall(the_case, reading)) {
    AddServiceControlPolicies(the_case, reading, question, layers);
    AddResourceControlPolicies(the_case, reading, question, layers);
    AddCallerPolicies(the_case, reading, question, layers);
    if (the_case.through_access_point) {
      on_bucket = AddBucketDenies(the_case, reading, question, layers);
    }
    AddResourcePolicies(the_case, reading, question, layers);
    if (IsLockOutException(the_case, reading)) layers.erase("resource");
  }
  const auto is_not_asked = [&](const auto& layer) { return !the_case.Asks(layer.first); };
  std::erase_if(layers, is_not_asked);
  std::erase_if(on_bucket, is_not_asked);
  return {layers, on_bucket};
}

}  // namespace postern::reference
