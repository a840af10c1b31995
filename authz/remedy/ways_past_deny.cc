// Past a Deny: one exception more, or less that it denies.
#include <algorithm>
#include <iterator>
#include <utility>

#include "authz/remedy/candidate.h"
#include "authz/remedy/narrow_statement.h"
#include "policy/language/fold.h"
#include "policy/removal.h"

namespace postern::authz {
namespace {

using policy::PolicyDocument;

// Keys whose value may be added to the exceptions of a Deny, and what that exempts.
constexpr std::pair<std::string_view, std::string_view> kExceptionKeys[] = {
    {"aws:PrincipalArn", "requests of the principal"},
    {"aws:SourceVpc", "requests from the VPC"},
    {"aws:SourceVpce", "requests through the endpoint"},
};

// Operators that spare a list of exact values.
constexpr std::string_view kExceptionOperators[] = {
    "StringNotEquals", "StringNotLike", "StringNotEqualsIfExists", "StringNotLikeIfExists",
    "ArnNotEquals",    "ArnNotLike",    "ArnNotEqualsIfExists",    "ArnNotLikeIfExists",
};

std::string_view ValueOf(const Explanation& explanation, std::string_view key) {
  for (const KeyEvidence& evidence : explanation.keys) {
    if (policy::EqualsIgnoreAsciiCase(evidence.name, key) && evidence.values.size() == 1) {
      return evidence.values.front();
    }
  }
  return {};
}

// The request's own value among the exceptions that a Deny makes already.
std::optional<Candidate> OneMoreException(const RefusedRequest& refused, Layer layer,
                                          const StatementEvidence& evidence,
                                          const LegEvidence& leg) {
  if (leg.element != Element::kCondition || leg.reason != Reason::kNegatedMatched) {
    return std::nullopt;
  }
  const auto* const key = std::ranges::find_if(kExceptionKeys, [&leg](const auto& row) {
    return policy::EqualsIgnoreAsciiCase(row.first, leg.node->key);
  });
  const bool spares = std::ranges::any_of(kExceptionOperators, [&leg](std::string_view op) {
    return policy::EqualsIgnoreAsciiCase(op, leg.operator_node->key);
  });
  const std::string_view value = ValueOf(refused.explanation, leg.node->key);
  if (key == std::end(kExceptionKeys) || !spares || value.empty() || HasWildcardOrVariable(value)) {
    return std::nullopt;
  }
  const PolicyDocument& document = *refused.Policies(layer)[evidence.ref.policy];
  auto candidate =
      TryEdit(refused, layer, evidence.ref.policy, AppendValue(document, *leg.node, value));
  if (!candidate) return std::nullopt;
  candidate->change.title = "add " + InBackticks(value) + " to the " + InBackticks(leg.node->key) +
                            " values that " + StatementTitle(document, *evidence.statement) +
                            " spares";
  candidate->change.opens = "everything else that the statement denies, for " +
                            std::string(key->second) + " " + InBackticks(value);
  candidate->breadth = Breadth::kWiderStatement;
  return candidate;
}

// Keys that tell how a request is made. Where a Deny asks for one of these, the request has to
// change, and sparing somebody would undo the protection.
constexpr std::string_view kKeysOfManner[] = {
    "aws:SecureTransport", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge",
    "s3:TlsVersion",       "s3:signatureversion",        "s3:authType",
    "s3:signatureAge"};

bool IsAboutManner(const policy::Condition& condition) {
  constexpr std::string_view kEncryption = "s3:x-amz-server-side-encryption";
  const std::string_view key = condition.key_node->key;
  return policy::EqualsIgnoreAsciiCase(key.substr(0, kEncryption.size()), kEncryption) ||
         std::ranges::any_of(kKeysOfManner, [key](std::string_view each) {
           return policy::EqualsIgnoreAsciiCase(each, key);
         });
}

// Policies of the caller's own: there, sparing the caller is to give up the Deny.
bool IsOfCaller(Layer layer) {
  return layer == Layer::kIdentity || layer == Layer::kBoundary || layer == Layer::kSession;
}

// A Deny that spares nobody yet is made to spare the caller.
std::optional<Candidate> FirstException(const RefusedRequest& refused, Layer layer,
                                        const StatementEvidence& evidence) {
  constexpr std::string_view kKey = "aws:PrincipalArn";
  constexpr std::string_view kOperator = "ArnNotEquals";
  const policy::Statement& statement = *evidence.statement;
  const std::string_view caller = ValueOf(refused.explanation, kKey);
  if (IsOfCaller(layer) || caller.empty() || HasWildcardOrVariable(caller) ||
      std::ranges::any_of(statement.conditions, IsAboutManner)) {
    return std::nullopt;
  }
  const JsonMember key{std::string(kKey), {std::string(caller), {}, {}}};
  const JsonMember op{std::string(kOperator), {"", {key}, {}}};
  const PolicyDocument& document = *refused.Policies(layer)[evidence.ref.policy];
  const policy::Node* const conditions = statement.node->Find("Condition");
  const policy::Node* const spares = conditions ? conditions->Find(kOperator) : nullptr;
  if (spares != nullptr && spares->Find(kKey) != nullptr) return std::nullopt;  // OneMoreException
  const TextEdit edit = spares != nullptr       ? AppendMember(document, *spares, key)
                        : conditions != nullptr ? AppendMember(document, *conditions, op)
                                                : AppendMember(document, *statement.node,
                                                               {"Condition", {"", {op}, {}}});
  auto candidate = TryEdit(refused, layer, evidence.ref.policy, edit);
  if (!candidate) return std::nullopt;
  candidate->change.title =
      "make " + StatementTitle(document, statement) + " spare " + InBackticks(caller);
  candidate->change.opens =
      "everything else that the statement denies, for requests of the principal " +
      InBackticks(caller);
  candidate->breadth = Breadth::kWiderStatement;
  return candidate;
}

const policy::Node* FindLiteral(const policy::PatternSet& patterns, std::string_view text,
                                bool (*equal)(std::string_view, std::string_view)) {
  const auto found = std::ranges::find_if(
      patterns.patterns, [&](const policy::Node* each) { return equal(each->text, text); });
  return found == patterns.patterns.end() ? nullptr : *found;
}

bool IsSame(std::string_view a, std::string_view b) { return a == b; }

// A Deny of all but what it lists lists one more: an edit of its NotResource or NotAction.
std::optional<TextEdit> OneMoreSpared(const PolicyDocument& document,
                                      const policy::PatternSet& patterns, std::string_view value) {
  const auto pattern = AsPattern(value, document.version());
  if (!patterns.negated || !pattern || *pattern == "*") return std::nullopt;
  return AppendValue(document, *patterns.node, *pattern);
}

// An edit that takes `item` out of a list with more in it.
std::optional<TextEdit> Without(const PolicyDocument& document, const policy::Node* list,
                                const policy::Node* item) {
  if (list == nullptr || item == nullptr) return std::nullopt;
  const auto range = policy::RangeWithComma(document.source(), *list, *item);
  if (!range) return std::nullopt;
  return TextEdit{*range, ""};
}

// A Deny without conditions, made to deny less: the action or the resource more among what it does
// not deny, or less among what it does, or no such statement if it is about nothing else.
std::optional<Candidate> LessDenied(const RefusedRequest& refused, Layer layer,
                                    const StatementEvidence& evidence) {
  const policy::Statement& statement = *evidence.statement;
  if (!statement.conditions.empty() || !statement.actions || !statement.resources) {
    return std::nullopt;
  }
  const policy::PatternSet& actions = *statement.actions;
  const policy::PatternSet& resources = *statement.resources;
  const PolicyDocument& document = *refused.Policies(layer)[evidence.ref.policy];
  const std::string action(refused.explanation.action);
  const std::string resource(refused.explanation.ResourceOf(layer));
  const policy::Node* const listed_action =
      actions.negated ? nullptr : FindLiteral(actions, action, policy::EqualsIgnoreAsciiCase);
  const policy::Node* const listed_resource =
      resources.negated ? nullptr : FindLiteral(resources, resource, IsSame);
  const std::string action_elsewhere =
      IsOneResource(resources) ? "" : InBackticks(action) + " on " + Listed(resources);
  const std::string other_actions =
      IsOneLiteral(actions) ? "" : Listed(actions) + " on " + InBackticks(resource);
  struct Way {
    std::optional<TextEdit> edit;
    std::string title;
    std::string opens;
  };
  const Way ways[] = {
      {OneMoreSpared(document, resources, resource),
       "add " + InBackticks(resource) + " to the resources spared by ", other_actions},
      {OneMoreSpared(document, actions, action),
       "add " + InBackticks(action) + " to the actions spared by ", action_elsewhere},
      {Without(document, resources.node, listed_resource),
       "take " + InBackticks(resource) + " out of the resources of ", other_actions},
      {Without(document, actions.node, listed_action),
       "take " + InBackticks(action) + " out of the actions of ", action_elsewhere},
      {IsOneLiteral(actions) ? Without(document, document.root().Find("Statement"), statement.node)
                             : std::nullopt,
       "remove ", action_elsewhere}};
  const Way* const way =
      std::ranges::find_if(ways, [](const Way& each) { return each.edit.has_value(); });
  if (way == std::end(ways)) return std::nullopt;
  auto candidate = TryEdit(refused, layer, evidence.ref.policy, *way->edit);
  if (!candidate) return std::nullopt;
  candidate->change.title = way->title + StatementTitle(document, statement);
  std::string opens = way->opens;
  const std::string others = OthersOf(statement, refused.request.principal);
  if (!others.empty()) opens += (opens.empty() ? "the same for " : ", for ") + others;
  candidate->breadth = opens.empty() ? Breadth::kNothingElse : Breadth::kWiderStatement;
  candidate->change.opens = std::move(opens);
  return candidate;
}

}  // namespace

std::vector<Candidate> WaysPastDeny(const RefusedRequest& refused, const Gap& gap) {
  std::vector<Candidate> candidates;
  const StatementEvidence& deny = *gap.denied_by;
  if (!CanEdit(*refused.Policies(gap.layer)[gap.first])) return candidates;
  const auto add = [&candidates](std::optional<Candidate> candidate) {
    if (candidate) candidates.push_back(*std::move(candidate));
  };
  for (const LegEvidence& leg : deny.legs) add(OneMoreException(refused, gap.layer, deny, leg));
  if (candidates.empty()) add(FirstException(refused, gap.layer, deny));
  if (candidates.empty()) add(LessDenied(refused, gap.layer, deny));
  return candidates;
}

}  // namespace postern::authz
