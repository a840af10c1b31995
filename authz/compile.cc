#include "authz/compile.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "authz/compiled.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/variables.h"
#include "policy/language/wildcard.h"

namespace postern::authz {
namespace {

using policy::Arn;
using policy::ArnField;
using policy::LanguageVersion;
using policy::Node;
using policy::OperatorFamily;

// The text of a short ARN's missing fields, by layer (S3.3.5).
enum class ShortArn : std::uint8_t { kPad, kPadIfWildcard, kPadIfTrailingWildcard, kNever };

ShortArn ShortArnRule(Layer layer) {
  switch (layer) {
    case Layer::kIdentity:
    case Layer::kSession:
    case Layer::kBoundary:
      return ShortArn::kPad;
    case Layer::kScp:
      return ShortArn::kPadIfTrailingWildcard;
    case Layer::kRcp:
      return ShortArn::kNever;
    default:
      return ShortArn::kPadIfWildcard;
  }
}

bool HasWildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

class Compiler {
 public:
  explicit Compiler(CompiledPolicySet& out) : out_(out) {}

  void AddLayer(Layer layer, const PolicyLayer& policies, bool not_given_is_unknown,
                Assumption when_not_given) {
    Knowledge& knowledge = out_.knowledge[static_cast<std::size_t>(layer)];
    knowledge = policies.knowledge;
    if (knowledge == Knowledge::kNotGiven) {
      knowledge = not_given_is_unknown ? Knowledge::kUnknown : Knowledge::kNone;
      if (!not_given_is_unknown) out_.assumed.Add(when_not_given);
    }
    AddGroup(layer, 0, policies.policies);
  }

  void AddLevels(Layer layer, const LeveledLayer& levels) {
    out_.knowledge[static_cast<std::size_t>(layer)] = levels.knowledge;
    for (std::size_t i = 0; i < levels.levels.size(); ++i) {
      AddGroup(layer, static_cast<std::uint16_t>(i), levels.levels[i]);
    }
  }

  void AddGroup(Layer layer, std::uint16_t level, const std::vector<DocumentPtr>& documents) {
    auto& all = out_.documents[static_cast<std::size_t>(layer)];
    const std::size_t first = all.size();
    all.insert(all.end(), documents.begin(), documents.end());

    Group group{layer, level, Size(out_.statements), 0, 0};
    for (policy::Effect effect : {policy::Effect::kDeny, policy::Effect::kAllow}) {
      for (std::size_t i = first; i < all.size(); ++i) {
        for (const policy::Statement& statement : all[i]->statements()) {
          if (statement.effect == effect) {
            AddStatement(layer, static_cast<std::uint16_t>(i), *all[i], statement);
          }
        }
      }
      if (effect == policy::Effect::kDeny) group.deny_end = Size(out_.statements);
    }
    group.end = Size(out_.statements);
    Slice& groups = out_.groups_of[static_cast<std::size_t>(layer)];
    if (groups.count == 0) groups.first = Size(out_.groups);
    ++groups.count;
    out_.groups.push_back(group);
  }

 private:
  template <typename T>
  static std::uint32_t Size(const std::vector<T>& v) {
    return static_cast<std::uint32_t>(v.size());
  }

  std::string_view Keep(std::string_view text) {
    if (text.empty()) return {};
    auto* copy = static_cast<char*>(out_.arena.allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  // Plain text is its own token text and needs no copy: the document pins it.
  std::string_view KeepTokens(const std::string& tokens, std::string_view original) {
    return tokens == original ? original : Keep(tokens);
  }

  KeyId Tested(std::string_view name) {
    const KeyId key = out_.keys.Intern(name);
    out_.keys.MarkTested(key);
    return key;
  }

  CompiledText Text(std::string_view text, policy::TokenOptions options) {
    // Most values have nothing to translate.
    if (text.find_first_of("*?$") == std::string_view::npos) {
      return {policy::Pattern(text), {}};
    }
    const policy::Tokens tokens = policy::Tokenize(text, options);
    CompiledText compiled;
    compiled.pattern = policy::Pattern(KeepTokens(tokens.text, text));
    compiled.variables = {Size(out_.variables),
                          static_cast<std::uint32_t>(tokens.variables.size())};
    for (const policy::VariableRef& variable : tokens.variables) {
      const auto known = out_.catalogue.FindConditionKey(variable.key);
      out_.variables.push_back({Tested(variable.key), known && known->multivalued,
                                variable.default_text.has_value(), options.wildcards,
                                variable.default_text.value_or(std::string_view{})});
    }
    return compiled;
  }

  // Fields of a pattern that is an ARN; `variables_everywhere` for Arn operators, else only the
  // resource field may hold variables (S5.2).
  CompiledArn Fields(std::string_view text, const Arn& arn, LanguageVersion version,
                     bool variables_everywhere) {
    CompiledArn compiled;
    // The resource field of a short ARN made whole is no part of the text.
    bool literal = !arn.resource().empty()
                       ? arn.resource().data() + arn.resource().size() == text.data() + text.size()
                       : true;
    for (std::size_t i = 0; i < 5; ++i) {
      const std::string_view field = arn.fields[i];
      literal &= !HasWildcard(field) && field.find('$') == std::string_view::npos;
      compiled.head_has_upper |= policy::HasUpperAscii(field);
    }
    if (literal) {
      // The head holds five colons and no wildcard, so texts that begin with it split at the same
      // places.
      compiled.shape = CompiledArn::Shape::kText;
      compiled.text = Text(text, {version, true, true});
      return compiled;
    }
    compiled.shape = CompiledArn::Shape::kFields;
    compiled.text = Text(arn.resource(), {version, true, true});
    compiled.fields = Size(out_.texts);
    for (std::size_t i = 1; i < 5; ++i) {
      out_.texts.push_back(Text(arn.fields[i], {version, true, variables_everywhere}));
    }
    return compiled;
  }

  // A `*` is the last character of a component before the sixth. Variables stand in none of them.
  static bool EndsOpen(const Arn& arn) {
    const auto head = std::span(arn.fields).first<5>();
    return std::ranges::any_of(head, [](std::string_view field) { return field.ends_with('*'); }) &&
           std::ranges::none_of(
               head, [](std::string_view field) { return field.find('$') != field.npos; });
  }

  static RequiredPrefix Prefix(const CompiledArn& arn, std::string_view text) {
    const bool whole =
        arn.shape == CompiledArn::Shape::kText || arn.shape == CompiledArn::Shape::kFields;
    if (!whole || arn.head_has_upper) return {};
    return RequiredPrefix(text.substr(0, text.find_first_of("*?$")));
  }

  CompiledArn Resource(Layer layer, std::string_view text, LanguageVersion version) {
    CompiledArn compiled;
    if (text == "*") {
      compiled.shape = CompiledArn::Shape::kEverything;
      return compiled;
    }
    constexpr std::string_view kExecuteApi = "execute-api:/";
    if (layer == Layer::kResource && text.starts_with(kExecuteApi)) {
      compiled.shape = CompiledArn::Shape::kExecuteApi;
      compiled.text = Text(text.substr(kExecuteApi.size()), {version, true, true});
      return compiled;
    }
    Arn arn = policy::SplitArn(text);
    if (arn[ArnField::kArn] != "arn" || arn.count < 2) return compiled;
    const bool ends_open = EndsOpen(arn);
    if (!arn.whole()) {
      const std::string_view last = arn.fields[arn.count - 1];
      const ShortArn rule = ShortArnRule(layer);
      const bool pad = text == "arn:*" || rule == ShortArn::kPad ||
                       (rule == ShortArn::kPadIfWildcard && text.find('*') != text.npos) ||
                       (rule == ShortArn::kPadIfTrailingWildcard && last.ends_with('*'));
      if (!pad) return compiled;
      for (std::size_t i = arn.count; i < 6; ++i) arn.fields[i] = "*";
      arn.count = 6;
    }
    compiled = Fields(text, arn, version, /*variables_everywhere=*/false);
    if (ends_open) {
      compiled.head_ends_open = true;
      out_.texts.push_back(Text(text, {version, true, true}));
    }
    return compiled;
  }

  void AddStatement(Layer layer, std::uint16_t policy_index, const policy::PolicyDocument& document,
                    const policy::Statement& source) {
    // Without an action (a key policy may lack it) a statement has no effect (S1.9).
    if (!source.actions) return;
    const bool absent_resource_is_inert = document.kind() == policy::PolicyKind::kKey;
    if (!source.resources && absent_resource_is_inert) return;

    CompiledStatement statement;
    statement.source = &source;
    statement.ref = {policy_index, static_cast<std::uint16_t>(source.index)};
    statement.effect = *source.effect;
    AddPrincipals(layer, source, statement);
    AddResources(layer, document.version(), source, statement);
    statement.conditions = {Size(out_.conditions),
                            static_cast<std::uint32_t>(source.conditions.size())};
    for (const policy::Condition& condition : source.conditions) {
      AddCondition(document.version(), condition);
    }
    out_.actions.Add(Size(out_.statements), *source.actions);
    out_.statements.push_back(statement);
  }

  void AddPrincipals(Layer layer, const policy::Statement& source, CompiledStatement& statement) {
    // S7.4.3: RCPs are for every caller, whatever the element says (it can only say `*`).
    if (!source.principal || layer == Layer::kRcp) return;
    statement.has_principal = true;
    statement.principal_negated = source.principal->negated;
    statement.principals.first = Size(out_.principals);
    if (source.principal->everyone) {
      AddPrincipal(policy::ParsePrincipal(policy::PrincipalType::kAws, "*"), source.principal->node,
                   statement);
    }
    for (const policy::PrincipalEntry& entry : source.principal->entries) {
      AddPrincipal(policy::ParsePrincipal(entry.type, entry.value->text), entry.value, statement);
    }
    statement.principals.count = Size(out_.principals) - statement.principals.first;
  }

  void AddPrincipal(policy::PrincipalPattern pattern, const Node* node,
                    CompiledStatement& statement) {
    if (pattern.form == policy::PrincipalForm::kEveryone && statement.everyone == kNoEntry) {
      statement.everyone = Size(out_.principals);
    }
    out_.principals.push_back(pattern);
    out_.principal_nodes.push_back(node);
  }

  void AddResources(Layer layer, LanguageVersion version, const policy::Statement& source,
                    CompiledStatement& statement) {
    if (!source.resources) {
      out_.some_lack_resource |= layer == Layer::kResource;
      return;
    }
    statement.has_resource = true;
    statement.resource_negated = source.resources->negated;
    statement.resources.first = Size(out_.resources);
    for (const Node* node : source.resources->patterns) {
      const CompiledArn arn = Resource(layer, node->text, version);
      if (arn.shape == CompiledArn::Shape::kEverything && statement.every_resource == kNoEntry) {
        statement.every_resource = Size(out_.resources);
      }
      statement.may_exclude_nothing |=
          statement.resource_negated &&
          (arn.shape == CompiledArn::Shape::kNever || arn.text.variables.count > 0);
      out_.resources.push_back(arn);
      out_.resource_prefixes.push_back(Prefix(arn, node->text));
      out_.resource_nodes.push_back(node);
    }
    statement.resources.count = Size(out_.resources) - statement.resources.first;
  }

  void AddCondition(LanguageVersion version, const policy::Condition& source) {
    CompiledCondition condition;
    condition.source = &source;
    condition.key = Tested(source.key_node->key);
    if (const auto known = out_.catalogue.FindConditionKey(source.key_node->key)) {
      condition.multivalued = known->multivalued;
    }
    if (source.op) {
      const policy::OperatorTraits& traits = policy::TraitsOf(source.op->base);
      condition.op = *source.op;
      condition.family = traits.family;
      condition.negated = traits.negated;
      condition.ignore_case = source.op->base == policy::BaseOperator::kStringEqualsIgnoreCase ||
                              source.op->base == policy::BaseOperator::kStringNotEqualsIgnoreCase;
      condition.no_values = source.values.empty();
      AddValues(version, traits.wildcards, source, condition);
    } else {
      condition.known_operator = false;
    }
    out_.conditions.push_back(condition);
  }

  void AddValues(LanguageVersion version, bool wildcards, const policy::Condition& source,
                 CompiledCondition& condition) {
    condition.values.first = FirstOf(condition.family);
    condition.value_nodes = Size(out_.value_nodes);
    bool malformed = false;
    bool readable = false;
    bool lone_wildcard = false;
    for (const Node* node : source.values) {
      if (condition.family == OperatorFamily::kArn && node->text == "*") {
        lone_wildcard = true;
        out_.arns.emplace_back().shape = CompiledArn::Shape::kLoneWildcard;
        out_.value_nodes.push_back(node);
        ++condition.values.count;
        continue;
      }
      const std::uint32_t before = FirstOf(condition.family);
      if (AddValue(version, wildcards, node->text, condition)) {
        readable = true;
        if (FirstOf(condition.family) != before) {
          out_.value_nodes.push_back(node);
          ++condition.values.count;
        }
      } else {
        malformed = true;
      }
    }
    // S4.9, S12.3: decided before the key is looked at. `ForAllValues:Null` and `ForAnyValue:Null`
    // are constant whatever the values.
    condition.type_error = (malformed || lone_wildcard) && (condition.negated || !readable);
    AssumptionSet& turned_by = condition.type_error_turned_by;
    if (condition.type_error && condition.negated) turned_by.Add(Assumption::kA14);
    if (lone_wildcard && condition.type_error != (malformed && condition.negated)) {
      turned_by.Add(Assumption::kA16);
    }
    const bool only_variables = condition.family == OperatorFamily::kBool &&
                                condition.values.count > 0 && !condition.wants_true &&
                                !condition.wants_false;
    if (only_variables) turned_by.Add(Assumption::kA10);
    condition.plain = condition.family == OperatorFamily::kString && readable &&
                      condition.op.qualifier == policy::SetQualifier::kNone &&
                      !condition.multivalued && !condition.ignore_case &&
                      NoVariables(condition.values);
  }

  bool NoVariables(Slice texts) const {
    const auto first = out_.texts.begin() + texts.first;
    return std::all_of(first, first + texts.count,
                       [](const CompiledText& text) { return text.variables.count == 0; });
  }

  std::uint32_t FirstOf(OperatorFamily family) const {
    switch (family) {
      case OperatorFamily::kNumeric:
        return Size(out_.numbers);
      case OperatorFamily::kDate:
        return Size(out_.instants);
      case OperatorFamily::kIpAddress:
        return Size(out_.blocks);
      case OperatorFamily::kArn:
        return Size(out_.arns);
      default:
        return Size(out_.texts);
    }
  }

  // False: the value cannot be read as the operator's type.
  bool AddValue(LanguageVersion version, bool wildcards, std::string_view text,
                CompiledCondition& condition) {
    switch (condition.family) {
      case OperatorFamily::kString:
        out_.texts.push_back(Text(text, {version, wildcards, true}));
        return true;
      case OperatorFamily::kNumeric:
        return Push(out_.numbers, policy::Decimal::Parse(text));
      case OperatorFamily::kDate:
        return Push(out_.instants, policy::Instant::Parse(text));
      case OperatorFamily::kIpAddress:
        return Push(out_.blocks, policy::CidrBlock::Parse(text));
      case OperatorFamily::kBinary:
        if (!policy::IsBase64(text)) return false;
        out_.texts.push_back(Text(text, {version, false, false}));
        return true;
      case OperatorFamily::kArn:
        return AddArnValue(version, text);
      case OperatorFamily::kBool:
        if (version == LanguageVersion::k2012 && policy::HasVariable(text)) {
          out_.texts.push_back(Text(text, {version, false, true}));
          return true;
        }
        [[fallthrough]];
      case OperatorFamily::kNull: {
        const auto wanted = policy::ParseBool(text);
        if (!wanted) return false;
        (*wanted ? condition.wants_true : condition.wants_false) = true;
        return true;
      }
    }
    return false;
  }

  template <typename T>
  static bool Push(std::vector<T>& values, const std::optional<T>& value) {
    if (value) values.push_back(*value);
    return value.has_value();
  }

  bool AddArnValue(LanguageVersion version, std::string_view text) {
    if (version == LanguageVersion::k2012 && text.starts_with("${")) {
      const policy::Tokens tokens = policy::Tokenize(text, {version, true, true});
      if (tokens.variables.size() == 1 && tokens.text.size() == 1) {
        CompiledArn arn;
        arn.shape = CompiledArn::Shape::kWholeVariable;
        arn.text = Text(text, {version, true, true});
        out_.arns.push_back(arn);
        return true;
      }
    }
    const Arn arn = policy::SplitArn(text);
    if (!arn.whole() || arn[ArnField::kArn] != "arn") return false;
    out_.arns.push_back(Fields(text, arn, version, /*variables_everywhere=*/true));
    return true;
  }

  CompiledPolicySet& out_;
};

// S7.10.3: a policy for an endpoint whose service takes none is not there.
void CheckPolicySupport(CompiledPolicySet& compiled) {
  Endpoint& endpoint = *compiled.endpoint;
  if (endpoint.policy == Knowledge::kNone || endpoint.service.empty()) return;
  const auto service = compiled.catalogue.FindEndpointService(endpoint.service);
  if (!service || !service->policy_supported) {
    compiled.assumed.Add(Assumption::kEndpointPolicyTaken);
  } else if (!*service->policy_supported) {
    compiled.assumed.Add(Assumption::kEndpointTakesNoPolicy);
    endpoint.policy = Knowledge::kNone;
    endpoint.document.reset();
  }
}

std::string PublicNote(const CompiledPolicySet& policies) {
  const PublicStatements& found = policies.public_statements;
  const Layer layer = found.bucket ? Layer::kResource : Layer::kAccessPoint;
  const auto& ref = found.bucket ? found.bucket : found.access_point;
  if (!ref) return {};
  const policy::Statement* const statement = StatementAt(policies, layer, *ref);
  const policy::PolicyDocument& document = *PoliciesOf(policies, layer)[ref->policy];
  return "statement " + std::to_string(ref->statement + 1) + " (`" +
         document.PointerTo(*statement->node) + "`) of the " +
         (found.bucket ? "bucket" : "access point") +
         " policy is public, and then only the bucket owner's account and AWS services pass";
}

}  // namespace

std::shared_ptr<const CompiledPolicySet> Compile(const PolicySet& policies,
                                                 const policy::Catalogue& catalogue,
                                                 CompileOptions options) {
  auto compiled = std::make_shared<CompiledPolicySet>(catalogue, policies);
  Compiler compiler(*compiled);
  const bool unknown = options.not_given_is_unknown;

  PolicyLayer endpoint;
  if (policies.endpoint_knowledge == Knowledge::kUnknown) {
    endpoint.knowledge = Knowledge::kUnknown;
  } else if (policies.endpoint) {
    CheckPolicySupport(*compiled);
    endpoint.knowledge = compiled->endpoint->policy;
    if (compiled->endpoint->document) endpoint.policies.push_back(compiled->endpoint->document);
  }
  compiler.AddLayer(Layer::kEndpoint, endpoint, unknown, Assumption::kEndpointNotGiven);
  compiler.AddLayer(Layer::kIdentity, policies.identity, unknown, Assumption::kIdentityNotGiven);
  compiler.AddLayer(Layer::kBoundary, policies.boundary, unknown, Assumption::kIdentityNotGiven);
  compiler.AddLayer(Layer::kSession, policies.session, unknown, Assumption::kIdentityNotGiven);
  compiler.AddLayer(Layer::kResource, policies.resource, unknown, Assumption::kResourceNotGiven);
  compiler.AddLevels(Layer::kScp, policies.scps);
  compiler.AddLevels(Layer::kRcp, policies.rcps);
  PolicyLayer access_point{policies.access_point_knowledge, {}};
  if (policies.access_point) {
    access_point.knowledge = Knowledge::kGiven;
    if (policies.access_point->document) {
      access_point.policies.push_back(policies.access_point->document);
    }
  }
  if (policies.access_point && policies.access_point->vpc_origin) {
    compiled->origin_note = "its network origin is the VPC `" + policies.access_point->vpc +
                            "`, and the request does not come from there";
  }
  compiler.AddLayer(Layer::kAccessPoint, access_point, unknown, Assumption::kAccessPointNotGiven);
  Knowledge& block_public_access =
      compiled->knowledge[static_cast<std::size_t>(Layer::kBlockPublicAccess)];
  block_public_access =
      policies.restrict_public_buckets ? Knowledge::kGiven : policies.block_public_access_knowledge;
  compiled->keys.SortNames();
  if (block_public_access != Knowledge::kNone) {
    compiled->public_statements = FindPublicStatements(policies);
    compiled->public_note = PublicNote(*compiled);
  }
  compiled->not_given_is_unknown = unknown;
  compiled->actions.Finish(static_cast<std::uint32_t>(compiled->statements.size()));
  return compiled;
}

std::string_view KeyName(const CompiledPolicySet& policies, std::size_t key) {
  return policies.keys.NameOf(static_cast<KeyId>(key));
}

const std::vector<DocumentPtr>& PoliciesOf(const CompiledPolicySet& policies, Layer layer) {
  return policies.documents[static_cast<std::size_t>(layer)];
}

const policy::Statement* StatementAt(const CompiledPolicySet& policies, Layer layer,
                                     StatementRef ref) {
  const auto& documents = PoliciesOf(policies, layer);
  if (ref.policy >= documents.size()) return nullptr;
  for (const policy::Statement& statement : documents[ref.policy]->statements()) {
    if (statement.index == ref.statement) return &statement;
  }
  return nullptr;
}

std::vector<std::string> MissingNames(const CompiledPolicySet& policies,
                                      const MissingSet& missing) {
  std::vector<std::string> names;
  for (std::size_t key = 0; key < policies.keys.size(); ++key) {
    if (missing.HasKey(key)) names.emplace_back(KeyName(policies, key));
  }
  if (missing.HasPrincipal()) names.emplace_back("principal");
  if (missing.HasResource()) names.emplace_back("resource");
  if (missing.HasResourceAccount()) names.emplace_back("resource_account");
  if (missing.HasOperation()) names.emplace_back("operation");
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    const auto layer = static_cast<Layer>(i);
    if (missing.HasLayer(layer)) names.push_back("layer:" + std::string(LayerName(layer)));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace postern::authz
