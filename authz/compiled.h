// The compiled form: for the engine's own files (compile, bind, match_*, conditions, engine,
// explain). Flat arrays and indices; one statement's parts stand side by side.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "authz/compile.h"
#include "authz/key_table.h"
#include "authz/match/action_index.h"
#include "authz/policy_set.h"
#include "authz/public_access.h"
#include "authz/verdict.h"
#include "policy/catalogue.h"
#include "policy/language/operators.h"
#include "policy/language/pattern.h"
#include "policy/language/principals.h"
#include "policy/language/values.h"

namespace postern::authz {

// A slice of one of the arrays of CompiledPolicySet.
struct Slice {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

// `${key, 'default'}`.
struct CompiledVariable {
  KeyId key = 0;
  bool multivalued = false;  // by the catalogue: never resolvable (S5.3)
  bool has_default = false;
  bool in_pattern = false;  // of text in which `*` and `?` are wildcards (A18)
  std::string_view default_text;
};

// A policy value to compare text with: a pattern, or token text with variables to substitute.
struct CompiledText {
  policy::Pattern pattern;  // its tokens() hold kVariable bytes if there are variables
  Slice variables;
};

// An ARN pattern (S3.3), or a value of an Arn operator (S4.14). Each field has wildcards of its
// own, the service and the type of the resource too (S3.3.4); an empty one matches an empty one
// (S3.3.6).
struct CompiledArn {
  enum class Shape : std::uint8_t {
    kNever,
    kEverything,     // `*`
    kText,           // five literal fields: `text` is the whole ARN, the common case
    kFields,         // `fields`, then `text`, which is the sixth
    kWholeVariable,  // the value is one variable: expanded first, then split
    kLoneWildcard,   // `*` under an Arn operator: no ARN (A16)
    kExecuteApi,     // `execute-api:/STAGE/...`: what follows the API id (S3.3.9)
  };
  Shape shape = Shape::kNever;
  bool head_has_upper = false;  // an upper-case letter before the resource field (A1)
  bool head_ends_open = false;  // a field before the resource field ends in `*` (A27)
  // Index into texts: four of them, partition to account; then, if head_ends_open, the whole.
  std::uint32_t fields = 0;
  CompiledText text;
};

// The literal text that a resource must begin with to match an entry at all: most entries of a
// large policy are passed by with one comparison. Empty where case may not count (A1).
class RequiredPrefix {
 public:
  RequiredPrefix() = default;
  explicit RequiredPrefix(std::string_view text) : text_(text) {
    if (text.size() >= sizeof tail_) tail_ = Tail(text.data(), text.size());
  }
  bool Holds(std::string_view value) const {
    if (value.size() < text_.size()) return false;
    // ARNs differ late: the last bytes first.
    if (text_.size() >= sizeof tail_ && Tail(value.data(), text_.size()) != tail_) return false;
    return value.starts_with(text_);
  }

 private:
  static std::uint64_t Tail(const char* text, std::size_t size) {
    std::uint64_t tail;
    std::memcpy(&tail, text + size - sizeof tail, sizeof tail);
    return tail;
  }
  std::string_view text_;
  std::uint64_t tail_ = 0;
};

struct CompiledCondition {
  const policy::Condition* source = nullptr;
  policy::ConditionOperator op;
  policy::OperatorFamily family = policy::OperatorFamily::kString;
  bool known_operator = true;
  bool negated = false;
  bool ignore_case = false;
  bool multivalued = false;  // the key, by the catalogue
  // A value that cannot be read as the operator's type decides the leg before the key is looked at.
  bool type_error = false;
  // The assumptions whose alternative would turn `type_error` round (A10, A14, A16).
  AssumptionSet type_error_turned_by;
  // Bool and Null without variables: which of the two values are listed.
  bool wants_true = false;
  bool wants_false = false;
  KeyId key = 0;
  // Readable values, in the array of the family; `value_nodes` in step with them.
  Slice values;
  std::uint32_t value_nodes = 0;
  bool no_values = false;  // the list was written empty (S4.8)
  // A String operator without set qualifier, variables and other peculiarities: patterns against
  // one value.
  bool plain = false;
};

inline constexpr std::uint32_t kNoEntry = UINT32_MAX;

struct CompiledStatement {
  const policy::Statement* source = nullptr;
  StatementRef ref;
  policy::Effect effect = policy::Effect::kDeny;
  bool has_principal = false;
  bool principal_negated = false;
  bool has_resource = false;
  bool resource_negated = false;
  bool may_exclude_nothing = false;   // NotResource with a variable, or with what is no ARN (A8)
  std::uint32_t everyone = kNoEntry;  // the entry that names everybody, into principals
  std::uint32_t every_resource = kNoEntry;  // the entry that is `*`, into resources
  Slice principals;
  Slice resources;
  Slice conditions;

  bool NamesEveryone() const { return everyone != kNoEntry && !principal_negated; }
};

// The statements of one layer, or of one level of SCPs or RCPs: Deny first, each in document order.
struct Group {
  Layer layer = Layer::kIdentity;
  std::uint16_t level = 0;
  std::uint32_t begin = 0;
  std::uint32_t deny_end = 0;
  std::uint32_t end = 0;
};

class CompiledPolicySet {
 public:
  CompiledPolicySet(const policy::Catalogue& the_catalogue, const PolicySet& set)
      : catalogue(the_catalogue),
        endpoint(set.endpoint),
        access_point(set.access_point),
        organization(set.organization) {}

  Knowledge KnowledgeOf(Layer layer) const { return knowledge[static_cast<std::size_t>(layer)]; }

  const policy::Catalogue& catalogue;
  std::pmr::monotonic_buffer_resource arena;  // token text

  std::array<std::vector<DocumentPtr>, kLayerCount> documents;
  std::array<Knowledge, kLayerCount> knowledge{};
  bool not_given_is_unknown = false;
  std::optional<Endpoint> endpoint;
  std::optional<AccessPoint> access_point;
  Organization organization;
  AssumptionSet assumed;               // layers that were not given
  PublicStatements public_statements;  // looked for where Block Public Access may be on
  std::string public_note;             // which one it is, in words
  std::string origin_note;             // an access point's VPC, in words; "" = open to the internet

  KeyTable keys;
  ActionIndex actions;
  std::vector<Group> groups;
  std::array<Slice, kLayerCount> groups_of;  // groups of a layer stand together
  std::vector<CompiledStatement> statements;
  bool some_lack_resource = false;  // which a bucket policy must not (S1.9)
  std::vector<policy::PrincipalPattern> principals;
  std::vector<const policy::Node*> principal_nodes;
  std::vector<CompiledArn> resources;
  std::vector<RequiredPrefix> resource_prefixes;  // in step with resources
  std::vector<const policy::Node*> resource_nodes;
  std::vector<CompiledCondition> conditions;
  std::vector<const policy::Node*> value_nodes;
  std::vector<CompiledText> texts;  // string values, Bool values with variables, ARN fields
  std::vector<CompiledArn> arns;    // values of Arn operators
  std::vector<policy::Decimal> numbers;
  std::vector<policy::Instant> instants;
  std::vector<policy::CidrBlock> blocks;
  std::vector<CompiledVariable> variables;
};

}  // namespace postern::authz
