#include "authz/remedy/cause.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "authz/compile.h"
#include "policy/catalogue.h"
#include "policy/kind.h"
#include "policy/language/fold.h"

namespace postern::authz {
namespace {

using policy::Effect;

constexpr std::size_t kLongest = 120;  // bytes of one quoted text
constexpr std::size_t kMostValues = 3;

struct LayerWords {
  std::string_view subject;
  bool plural;
};

constexpr LayerWords kLayerWords[kLayerCount] = {
    {"the service control policies", true},
    {"the resource control policies", true},
    {"the endpoint policy", false},
    {"the session policy", false},
    {"the permissions boundary", false},
    {"the identity policies", true},
    {"the resource policy", false},
    {"the access point policy", false},
    {"the block public access setting", false},
};

const LayerWords& WordsOf(Layer layer) { return kLayerWords[static_cast<std::size_t>(layer)]; }

// "the bucket policy" where the one policy of the layer says what it is.
std::string Subject(const Explanation& explanation, Layer layer) {
  const auto& documents = PoliciesOf(*explanation.policies, layer);
  if (layer == Layer::kResource && documents.size() == 1) {
    return "the " + std::string(policy::TraitsOf(documents.front()->kind()).title);
  }
  return std::string(WordsOf(layer).subject);
}

std::string_view Verb(Layer layer, std::string_view one, std::string_view many) {
  return WordsOf(layer).plural ? many : one;
}

std::string Quoted(std::string_view text) {
  std::string quoted = "`";
  for (char c : text.substr(0, kLongest)) {
    quoted += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
  }
  if (text.size() > kLongest) {
    while ((static_cast<unsigned char>(quoted.back()) & 0xC0) == 0x80) quoted.pop_back();
    if (static_cast<unsigned char>(quoted.back()) >= 0x80) quoted.pop_back();
    quoted += "...";
  }
  return quoted + "`";
}

template <typename Texts>
std::string QuotedList(const Texts& texts, std::string_view last_join) {
  std::string list;
  std::size_t shown = 0;
  for (const auto& text : texts) {
    if (shown == kMostValues) return list + " ...";
    const bool last = shown + 1 == texts.size();
    if (shown > 0)
      list.append(last ? " " : ", ").append(last ? last_join : "").append(last ? " " : "");
    list += Quoted(text);
    ++shown;
  }
  return list;
}

// The scalars that `node` lists: itself, or its members.
std::vector<std::string_view> TextsOf(const policy::Node& node) {
  std::vector<std::string_view> texts;
  if (node.IsScalar()) return {node.text};
  if (!node.IsArray() && !node.IsObject()) return texts;
  for (const policy::Node& child : node.children()) {
    for (std::string_view text : TextsOf(child)) texts.push_back(text);
  }
  return texts;
}

std::string StatementName(const Explanation& explanation, Layer layer,
                          const StatementEvidence& evidence) {
  const auto& documents = PoliciesOf(*explanation.policies, layer);
  const policy::PolicyDocument& document = *documents[evidence.ref.policy];
  std::string name = "statement " + std::to_string(evidence.statement->index + 1);
  if (evidence.statement->sid != nullptr) name += " " + Quoted(evidence.statement->sid->text);
  name += " (" + Quoted(document.PointerTo(*evidence.statement->node));
  if (documents.size() > 1) name += " in " + Quoted(document.source().name());
  return name + ")";
}

const KeyEvidence* FindKey(const Explanation& explanation, std::string_view name) {
  for (const KeyEvidence& key : explanation.keys) {
    if (policy::EqualsIgnoreAsciiCase(key.name, name)) return &key;
  }
  return nullptr;
}

std::string OperatorOf(const LegEvidence& leg) {
  return leg.operator_node == nullptr ? std::string("the operator")
                                      : Quoted(leg.operator_node->key);
}

// "`aws:SourceVpce` is `vpce-1`", "`aws:SourceVpce` is absent"
std::string KeyState(const Explanation& explanation, const LegEvidence& leg) {
  const KeyEvidence* const key = FindKey(explanation, leg.node->key);
  const std::string name = Quoted(leg.node->key);
  if (key == nullptr || key->source == KeySource::kAbsent) {
    return name + " is absent from the request";
  }
  if (key->values.empty()) return name + " has no values";
  return name + " is " + QuotedList(key->values, "and");
}

// Why a condition holds or does not, by reason; `{op}` and `{wanted}` stand for the operator and
// the policy's values. Reasons without a row do not occur in conditions.
struct ReasonRow {
  Reason reason;
  std::string_view text;
};
constexpr ReasonRow kConditionReasons[] = {
    {Reason::kMatched, ", as {op} {wanted} asks"},
    {Reason::kNotMatched, ", and {op} asks for {wanted}"},
    {Reason::kNegatedMatched, ", and {op} holds for all but {wanted}"},
    {Reason::kNegatedNotMatched, ", which {op} excludes"},
    {Reason::kKeyMissing, ", and {op} asks for {wanted}"},
    {Reason::kNegatedMissingTrue, ", and {op} holds then"},
    {Reason::kIfExists, ", and {op} holds then"},
    {Reason::kTypeError, ", and {op} cannot compare it with {wanted}"},
    {Reason::kVariableUnresolved, ", and a variable in {wanted} has no value"},
    {Reason::kMultivaluedWithoutSetOperator,
     ", and {op} needs `ForAnyValue:` or `ForAllValues:` for a key with several values"},
    {Reason::kUnknownOperator, ", and {op} is no operator, so it never holds"},
    {Reason::kEmptyValues, ", and {op} lists no value"},
    {Reason::kVacuous, ", and {op} holds then"},
    {Reason::kUnknown, ", and {op} depends on something unknown"},
};

std::string Filled(std::string_view text, const LegEvidence& leg) {
  const std::pair<std::string_view, std::string> places[] = {
      {"{op}", OperatorOf(leg)}, {"{wanted}", QuotedList(TextsOf(*leg.node), "or")}};
  std::string filled;
  while (!text.empty()) {
    const auto* const place = std::ranges::find_if(
        places, [text](const auto& row) { return text.starts_with(row.first); });
    const bool found = place != std::end(places);
    filled += found ? place->second : std::string(text.substr(0, 1));
    text.remove_prefix(found ? place->first.size() : 1);
  }
  return filled;
}

std::string ConditionText(const Explanation& explanation, const LegEvidence& leg) {
  const auto* const row = std::ranges::find(kConditionReasons, leg.reason, &ReasonRow::reason);
  return KeyState(explanation, leg) +
         (row == std::end(kConditionReasons) ? std::string() : Filled(row->text, leg));
}

bool HasNoResourceTypes(const Explanation& explanation) {
  const std::string_view action = explanation.action;
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) return false;
  const policy::Catalogue& catalogue = policy::Catalogue::InUse();
  const auto found = catalogue.FindAction(action.substr(0, colon), action.substr(colon + 1));
  return found && catalogue.ResourceTypesOf(*found).empty();
}

std::string ActionText(const Explanation& explanation) { return Quoted(explanation.action); }

std::string ResourceText(const Explanation& explanation, Layer layer) {
  const std::string_view resource = explanation.ResourceOf(layer);
  return resource.empty() ? std::string("a resource that is not known") : Quoted(resource);
}

// What a leg that failed says, as the rest of "it allows the action, but ...".
std::string FailedText(const Explanation& explanation, Layer layer, const LegEvidence& leg) {
  switch (leg.element) {
    case Element::kPrincipal:
      return leg.reason == Reason::kNegatedNotMatched
                 ? "its NotPrincipal excludes " + Quoted(explanation.principal)
                 : "only to " + QuotedList(TextsOf(*leg.node), "or") + ", not to " +
                       Quoted(explanation.principal);
    case Element::kAction:
      return "for other actions";
    case Element::kResource:
      if (leg.node == nullptr) return "but names no Resource, and so has no effect in a key policy";
      if (leg.reason == Reason::kVariableUnresolved) {
        return "a variable in " + QuotedList(TextsOf(*leg.node), "or") + " has no value";
      }
      if (leg.reason == Reason::kNegatedNotMatched) {
        return "its NotResource excludes " + ResourceText(explanation, layer);
      }
      return "only on " + QuotedList(TextsOf(*leg.node), "or") + ", not on " +
             ResourceText(explanation, layer);
    case Element::kCondition:
      return ConditionText(explanation, leg);
  }
  return "";
}

bool Fails(const LegEvidence& leg) { return leg.result == Ternary::kNo; }

const LegEvidence* LegOf(const StatementEvidence& statement, Element element) {
  const auto leg = std::ranges::find(statement.legs, element, &LegEvidence::element);
  return leg == statement.legs.end() ? nullptr : &*leg;
}

bool AllowsAction(const StatementEvidence& statement) {
  const LegEvidence* const action = LegOf(statement, Element::kAction);
  return statement.effect == Effect::kAllow && action != nullptr && !Fails(*action);
}

// How far a statement that allows the action is from allowing the request: conditions last, since
// who and where tell statements apart.
std::size_t Distance(const StatementEvidence& statement) {
  std::size_t distance = 0;
  for (const LegEvidence& leg : statement.legs) {
    if (Fails(leg)) distance += leg.element == Element::kCondition ? 1 : 8;
  }
  return distance;
}

const StatementEvidence* Nearest(const LayerEvidence& layer) {
  const StatementEvidence* nearest = nullptr;
  for (const StatementEvidence& statement : layer.statements) {
    if (!AllowsAction(statement) || statement.matched != Ternary::kNo) continue;
    if (nearest == nullptr || Distance(statement) < Distance(*nearest)) nearest = &statement;
  }
  return nearest;
}

bool HasOnlyDenies(const LayerEvidence& layer) {
  return std::ranges::none_of(layer.statements, [](const StatementEvidence& statement) {
    return statement.effect == Effect::kAllow;
  });
}

// What the resources of the statements that would match but for the resource are.
std::string_view NamesWhat(const LayerEvidence& layer) {
  bool all_buckets = true;
  for (const StatementEvidence& statement : layer.statements) {
    const LegEvidence* const leg = LegOf(statement, Element::kResource);
    if (!AllowsAction(statement) || leg == nullptr || leg->node == nullptr) continue;
    for (std::string_view text : TextsOf(*leg->node)) {
      all_buckets = all_buckets && text.starts_with("arn:aws") &&
                    text.find(":s3:::") != std::string_view::npos;
    }
  }
  return all_buckets ? "bucket ARNs" : "other resources";
}

std::string NoStatementText(const Explanation& explanation, Layer layer) {
  return Subject(explanation, layer) + std::string(Verb(layer, " has", " have")) +
         " no statement that allows " + ActionText(explanation);
}

// A statement allows it, and a rule above the statements does not let it count.
bool AllowsAnyway(const LayerEvidence& layer) {
  return std::ranges::any_of(layer.statements, [](const StatementEvidence& statement) {
    return statement.effect == Effect::kAllow && statement.matched == Ternary::kYes;
  });
}

std::string ImplicitDenyText(const Explanation& explanation, Layer layer) {
  const LayerEvidence& evidence = explanation.Of(layer);
  const std::string subject = Subject(explanation, layer);
  const bool has_reason = !evidence.note.empty() && evidence.note != "there is none";
  if (has_reason && (evidence.statements.empty() || AllowsAnyway(evidence))) {
    return subject + std::string(Verb(layer, " refuses", " refuse")) +
           " it: " + std::string(evidence.note);
  }
  if (evidence.statements.empty()) {
    if (!PoliciesOf(*explanation.policies, layer).empty()) {
      return NoStatementText(explanation, layer);
    }
    return "there " + std::string(Verb(layer, "is no ", "are no ")) +
           subject.substr(std::string_view("the ").size()) + ", so nothing there allows " +
           ActionText(explanation);
  }
  if (HasOnlyDenies(evidence)) {
    return subject + std::string(Verb(layer, " has", " have")) +
           " only Deny statements, and without an Allow nothing passes";
  }
  if (layer == Layer::kScp && AllowsAnyway(evidence)) {
    return subject + " allow " + ActionText(explanation) +
           " on one level but not on every level from the root to the account";
  }
  const StatementEvidence* const nearest = Nearest(evidence);
  if (nearest == nullptr) return NoStatementText(explanation, layer);
  const LegEvidence* const resource = LegOf(*nearest, Element::kResource);
  if (resource != nullptr && Fails(*resource) && resource->reason == Reason::kNotMatched &&
      explanation.resource == "*" && HasNoResourceTypes(explanation)) {
    return NoStatementText(explanation, layer) + ": " +
           std::string(WordsOf(layer).plural ? "their" : "its") + " statements name " +
           std::string(NamesWhat(evidence)) + ", and " + ActionText(explanation) +
           " is only matched by Resource `*`";
  }
  std::string failed;
  for (const LegEvidence& leg : nearest->legs) {
    if (!Fails(leg)) continue;
    failed += failed.empty() ? ", but " : "; ";
    failed += FailedText(explanation, layer, leg);
  }
  return subject + std::string(Verb(layer, " does", " do")) +
         " not allow it: " + StatementName(explanation, layer, *nearest) + " allows " +
         ActionText(explanation) + failed;
}

const StatementEvidence* Denying(const LayerEvidence& layer) {
  const auto denies = std::ranges::find_if(layer.statements, [](const auto& statement) {
    return statement.effect == Effect::kDeny && statement.matched == Ternary::kYes;
  });
  return denies == layer.statements.end() ? nullptr : &*denies;
}

std::string ExplicitDenyText(const Explanation& explanation, Layer layer) {
  const LayerEvidence& evidence = explanation.Of(layer);
  const StatementEvidence* const denies = Denying(evidence);
  const bool no_statement = denies == nullptr;
  // What an access point's own settings refuse, its policy does not.
  std::string text = no_statement && layer == Layer::kAccessPoint ? std::string("the access point")
                                                                  : Subject(explanation, layer);
  text += std::string(Verb(layer, " denies", " deny")) + " it explicitly";
  if (no_statement) {
    return evidence.note.empty() ? text : text + ": " + std::string(evidence.note);
  }
  text += ": " + StatementName(explanation, layer, *denies) + " denies " + ActionText(explanation) +
          " on " + ResourceText(explanation, layer);
  bool first = true;
  for (const LegEvidence& leg : denies->legs) {
    if (leg.element != Element::kCondition) continue;
    text += first ? ", since " : "; ";
    text += ConditionText(explanation, leg);
    first = false;
  }
  return text;
}

constexpr std::pair<Layer, Assumption> kNotGiven[] = {
    {Layer::kIdentity, Assumption::kIdentityNotGiven},
    {Layer::kResource, Assumption::kResourceNotGiven},
    {Layer::kAccessPoint, Assumption::kAccessPointNotGiven},
};

// Not given: treated as none, or as unknown.
bool IsNotGiven(const Explanation& explanation, Layer layer) {
  const auto* const row = std::ranges::find(kNotGiven, layer, &std::pair<Layer, Assumption>::first);
  if (row == std::end(kNotGiven)) return false;
  const LayerEvidence& evidence = explanation.Of(layer);
  return explanation.decision.assumed.Has(row->second) ||
         (evidence.outcome == Outcome::kUnknown && evidence.statements.empty());
}

std::vector<Layer> LayersOf(LayerMask mask) {
  std::vector<Layer> layers;
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    if (mask.Has(static_cast<Layer>(i))) layers.push_back(static_cast<Layer>(i));
  }
  return layers;
}

bool DeniesExplicitly(const Explanation& explanation, Layer layer) {
  return explanation.Of(layer).outcome == Outcome::kExplicitDeny;
}

// The layer that the sentence begins with. `stopped` is not empty.
Layer FirstOf(const Explanation& explanation, const std::vector<Layer>& stopped) {
  const auto found = std::ranges::find_if(
      stopped, [&](Layer layer) { return DeniesExplicitly(explanation, layer); });
  return found == stopped.end() ? stopped.front() : *found;
}

std::string AllowText(const Explanation& explanation) {
  for (Layer layer : LayersOf(explanation.decision.decided_by)) {
    for (const StatementEvidence& statement : explanation.Of(layer).statements) {
      if (statement.ref != explanation.decision.StatementOf(layer)) continue;
      return StatementName(explanation, layer, statement) + " of " + Subject(explanation, layer) +
             " allows it, and nothing denies it";
    }
  }
  return "nothing denies it, and it needs no statement that allows it";
}

std::string UnknownText(const Explanation& explanation) {
  if (explanation.missing.empty()) return "the answer depends on something that is not known";
  return "the answer depends on " + QuotedList(explanation.missing, "and") + ", not known here";
}

// Statements that could have decided: those of the stopping layers that select the action.
template <typename Function>
void ForEachDecisiveLeg(const Explanation& explanation, Function function) {
  for (Layer layer : LayersOf(StoppedBy(explanation))) {
    const LayerEvidence& evidence = explanation.Of(layer);
    for (const StatementEvidence& statement : evidence.statements) {
      const bool denies = statement.effect == Effect::kDeny && statement.matched == Ternary::kYes;
      const bool lacks = evidence.outcome == Outcome::kImplicitDeny && AllowsAction(statement);
      if (!denies && !lacks) continue;
      for (const LegEvidence& leg : statement.legs) {
        if (leg.node != nullptr && (denies || Fails(leg))) function(layer, leg);
      }
    }
  }
}

bool HasValueWithWildcard(const LegEvidence& leg) {
  return std::ranges::any_of(TextsOf(*leg.node), [](std::string_view text) {
    return text.find_first_of("*?") != std::string_view::npos;
  });
}

// The value of the policy that differs from the request's only in the case of letters.
std::optional<std::string_view> SameButForCase(const Explanation& explanation,
                                               const LegEvidence& leg) {
  const KeyEvidence* const key = FindKey(explanation, leg.node->key);
  if (key == nullptr) return std::nullopt;
  for (std::string_view text : TextsOf(*leg.node)) {
    for (const std::string_view value : key->values) {
      if (text != value && policy::EqualsIgnoreCase(text, value)) return text;
    }
  }
  return std::nullopt;
}

std::string NoteOnCondition(const Explanation& explanation, const LegEvidence& leg) {
  const std::string_view key = leg.node->key;
  const bool absent =
      leg.reason == Reason::kKeyMissing || leg.reason == Reason::kNegatedMissingTrue;
  const bool through_endpoint = explanation.Of(Layer::kEndpoint).outcome != Outcome::kNotApplicable;
  if (absent && through_endpoint && policy::EqualsIgnoreAsciiCase(key, "aws:SourceIp")) {
    return "a request through an endpoint carries aws:VpcSourceIp and no aws:SourceIp";
  }
  if (absent && !through_endpoint &&
      (policy::EqualsIgnoreAsciiCase(key, "aws:SourceVpce") ||
       policy::EqualsIgnoreAsciiCase(key, "aws:SourceVpc"))) {
    return "only a request through a VPC endpoint carries " + Quoted(key) +
           ": the console and AWS services that act for you do not come through one";
  }
  if (leg.reason != Reason::kNotMatched && leg.reason != Reason::kNegatedMatched) return "";
  const std::string_view op = leg.operator_node == nullptr ? "" : leg.operator_node->key;
  const std::size_t colon = op.find(':');
  const std::string plain =
      policy::FoldAscii(colon == std::string_view::npos ? op : op.substr(colon + 1));
  if (plain.starts_with("string") && plain.find("like") == std::string::npos) {
    if (HasValueWithWildcard(leg)) {
      return Quoted(op) + " takes `*` and `?` literally: wildcards need a `StringLike` operator";
    }
    if (plain.find("ignorecase") == std::string::npos) {
      if (const auto text = SameButForCase(explanation, leg)) {
        return "the value of " + Quoted(key) + " differs from " + Quoted(*text) +
               " only in the case of letters, which " + Quoted(op) + " tells apart";
      }
    }
  }
  return "";
}

// A pattern for the objects where the bucket is asked for, or the other way round.
std::string NoteOnResource(const Explanation& explanation, Layer layer, const LegEvidence& leg) {
  const std::string_view resource = explanation.ResourceOf(layer);
  const std::size_t bucket_at = resource.find(":s3:::");
  if (bucket_at == std::string_view::npos || leg.reason != Reason::kNotMatched) return "";
  const std::size_t slash = resource.find('/');
  for (std::string_view text : TextsOf(*leg.node)) {
    if (slash == std::string_view::npos && text == std::string(resource) + "/*") {
      return Quoted(text) + " names the objects: " + ActionText(explanation) +
             " is asked on the bucket itself, " + Quoted(resource);
    }
    if (slash != std::string_view::npos && text == resource.substr(0, slash)) {
      return Quoted(text) + " names the bucket: " + ActionText(explanation) +
             " is asked on its objects, " + Quoted(std::string(text) + "/*");
    }
  }
  return "";
}

std::string NoteOn(const Explanation& explanation, Layer layer, const LegEvidence& leg) {
  switch (leg.element) {
    case Element::kCondition:
      return NoteOnCondition(explanation, leg);
    case Element::kResource:
      return NoteOnResource(explanation, layer, leg);
    case Element::kPrincipal:
      return layer == Layer::kEndpoint && explanation.decision.assumed.Has(Assumption::kA6)
                 ? "the endpoint is a gateway: use Principal `*` and narrow it with "
                   "aws:PrincipalArn or aws:PrincipalAccount: a role or account named there "
                   "matches nobody"
                 : "";
    case Element::kAction:
      return "";
  }
  return "";
}

}  // namespace

LayerMask StoppedBy(const Explanation& explanation) {
  constexpr Layer kRestricting[] = {Layer::kScp, Layer::kRcp, Layer::kEndpoint};
  LayerMask stopped;
  if (explanation.decision.verdict == Verdict::kUnknown) {
    for (const LayerEvidence& layer : explanation.layers) {
      if (layer.outcome == Outcome::kExplicitDeny) stopped.Add(layer.layer);
    }
    for (Layer layer : kRestricting) {
      if (explanation.Of(layer).outcome == Outcome::kImplicitDeny) stopped.Add(layer);
    }
  } else if (explanation.decision.verdict != Verdict::kAllow) {
    stopped = explanation.decision.decided_by;
  }
  for (Layer layer : LayersOf(stopped)) {
    if (IsNotGiven(explanation, layer)) stopped.Remove(layer);
  }
  return stopped;
}

std::string CauseSentence(const Explanation& explanation) {
  if (explanation.decision.verdict == Verdict::kAllow) return AllowText(explanation);
  const std::vector<Layer> stopped = LayersOf(StoppedBy(explanation));
  if (stopped.empty()) {
    return explanation.decision.verdict == Verdict::kUnknown
               ? UnknownText(explanation)
               : "no policy that was given stops it, and none that was given allows it";
  }
  const Layer first = FirstOf(explanation, stopped);
  std::string sentence = DeniesExplicitly(explanation, first)
                             ? ExplicitDenyText(explanation, first)
                             : ImplicitDenyText(explanation, first);
  for (Layer layer : stopped) {
    if (layer == first) continue;
    sentence += "; " + Subject(explanation, layer);
    sentence += DeniesExplicitly(explanation, layer)
                    ? Verb(layer, " denies it too", " deny it too")
                    : Verb(layer, " does not allow it either", " do not allow it either");
  }
  return sentence;
}

CauseStatement StatementOfCause(const Explanation& explanation) {
  const std::vector<Layer> stopped = LayersOf(StoppedBy(explanation));
  if (stopped.empty()) return {};
  const Layer first = FirstOf(explanation, stopped);
  const LayerEvidence& evidence = explanation.Of(first);
  return {first, DeniesExplicitly(explanation, first) ? Denying(evidence) : Nearest(evidence)};
}

std::vector<std::string> Notes(const Explanation& explanation) {
  std::vector<std::string> notes;
  const auto add = [&notes](std::string note) {
    if (!note.empty() && std::ranges::find(notes, note) == notes.end()) {
      notes.push_back(std::move(note));
    }
  };
  if (explanation.decision.verdict == Verdict::kAllow) return notes;
  if (policy::EqualsIgnoreAsciiCase(explanation.action, "s3:ListAllMyBuckets")) {
    add("`aws s3 ls` lists all buckets of the account; listing one, as `aws s3 ls s3://BUCKET` "
        "does, "
        "needs s3:ListBucket on that bucket instead");
  }
  ForEachDecisiveLeg(explanation, [&](Layer layer, const LegEvidence& leg) {
    add(NoteOn(explanation, layer, leg));
  });
  for (const auto& [layer, assumption] : kNotGiven) {
    if (IsNotGiven(explanation, layer) &&
        explanation.Of(layer).outcome != Outcome::kNotApplicable) {
      add(std::string(WordsOf(layer).subject) + std::string(Verb(layer, " was", " were")) +
          " not given");
    }
  }
  return notes;
}

}  // namespace postern::authz
