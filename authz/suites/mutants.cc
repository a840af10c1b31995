#include "authz/suites/mutants.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "policy/language/operators.h"
#include "policy/language/values.h"

namespace postern::authz {
namespace {

using policy::BaseOperator;
using policy::Condition;
using policy::Node;
using policy::OperatorFamily;
using policy::PatternSet;
using policy::PrincipalSet;
using policy::Statement;

// An operator and the one that says the opposite.
struct Opposites {
  BaseOperator one, other;
};
constexpr std::array kOpposites{
    Opposites{BaseOperator::kStringEquals, BaseOperator::kStringNotEquals},
    Opposites{BaseOperator::kStringEqualsIgnoreCase, BaseOperator::kStringNotEqualsIgnoreCase},
    Opposites{BaseOperator::kStringLike, BaseOperator::kStringNotLike},
    Opposites{BaseOperator::kNumericEquals, BaseOperator::kNumericNotEquals},
    Opposites{BaseOperator::kNumericLessThan, BaseOperator::kNumericGreaterThanEquals},
    Opposites{BaseOperator::kNumericLessThanEquals, BaseOperator::kNumericGreaterThan},
    Opposites{BaseOperator::kDateEquals, BaseOperator::kDateNotEquals},
    Opposites{BaseOperator::kDateLessThan, BaseOperator::kDateGreaterThanEquals},
    Opposites{BaseOperator::kDateLessThanEquals, BaseOperator::kDateGreaterThan},
    Opposites{BaseOperator::kIpAddress, BaseOperator::kNotIpAddress},
    Opposites{BaseOperator::kArnEquals, BaseOperator::kArnNotEquals},
    Opposites{BaseOperator::kArnLike, BaseOperator::kArnNotLike},
};

std::optional<BaseOperator> OppositeOf(BaseOperator base) {
  for (const Opposites& pair : kOpposites) {
    if (pair.one == base) return pair.other;
    if (pair.other == base) return pair.one;
  }
  return std::nullopt;
}

// "arn:aws:s3:::bucket/a/b" -> "arn:aws:s3:::bucket/a/*", "s3:GetObject" -> "s3:*"; "" if that is
// no other pattern.
std::string Prefix(std::string_view pattern) {
  const std::size_t end = pattern.find_last_of("/:");
  if (end == std::string_view::npos || end + 1 == pattern.size()) return {};
  std::string prefix(pattern.substr(0, end + 1));
  prefix += '*';
  return prefix == pattern ? std::string() : prefix;
}

class Collector {
 public:
  explicit Collector(const policy::PolicyDocument& document)
      : document_(document), words_(std::make_shared<MutantWords>()) {}

  std::vector<Mutant> Run() {
    for (const Statement& statement : document_.statements()) {
      statement_ = &statement;
      AddStatement();
    }
    return std::move(mutants_);
  }

 private:
  void Add(MutationKind kind, const Node& at, std::string change,
           std::optional<Statement> replacement) {
    AddAt(kind, at.range, std::move(change), std::move(replacement));
  }

  void AddAt(MutationKind kind, policy::SourceRange at, std::string change,
             std::optional<Statement> replacement) {
    const auto position = static_cast<std::uint32_t>(statement_ - document_.statements().data());
    mutants_.push_back({kind, position, at, std::move(change), std::move(replacement), words_});
  }

  // A node that says something else in the place of another one.
  const Node* Word(const Node& instead_of, std::string text) {
    words_->texts.push_back(std::move(text));
    Node& node = words_->nodes.emplace_back();
    node.kind = policy::NodeKind::kString;
    node.range = instead_of.range;
    node.text = words_->texts.back();
    return &node;
  }

  void AddStatement() {
    const Statement& statement = *statement_;
    Add(MutationKind::kDropStatement, *statement.node, "the statement dropped", std::nullopt);
    if (statement.effect) {
      const bool allows = *statement.effect == policy::Effect::kAllow;
      Statement changed = statement;
      changed.effect = allows ? policy::Effect::kDeny : policy::Effect::kAllow;
      const Node* effect = statement.node->Find("Effect");
      Add(MutationKind::kFlipEffect, effect == nullptr ? *statement.node : *effect,
          allows ? "Effect: `Allow` -> `Deny`" : "Effect: `Deny` -> `Allow`", std::move(changed));
    }
    if (statement.principal) AddPrincipal(*statement.principal);
    if (statement.actions) {
      AddPatterns(*statement.actions, &Statement::actions,
                  statement.actions->negated ? "NotAction" : "Action");
    }
    if (statement.resources) {
      AddPatterns(*statement.resources, &Statement::resources,
                  statement.resources->negated ? "NotResource" : "Resource");
    }
    for (std::size_t i = 0; i < statement.conditions.size(); ++i) AddCondition(i);
  }

  void AddPrincipal(const PrincipalSet& principal) {
    const std::string_view name = principal.negated ? "NotPrincipal" : "Principal";
    const MutationKind dropping =
        principal.negated ? MutationKind::kDropException : MutationKind::kDropValue;
    for (std::size_t i = 0; i < principal.entries.size() && principal.entries.size() > 1; ++i) {
      Statement changed = *statement_;
      auto& entries = changed.principal->entries;
      entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(i));
      const Node& value = *principal.entries[i].value;
      Add(dropping, value, fmt::format("{}: `{}` dropped", name, value.text), std::move(changed));
    }
    if (principal.everyone) return;
    Statement changed = *statement_;
    changed.principal->everyone = true;
    changed.principal->negated = false;
    changed.principal->entries.clear();
    Add(principal.negated ? MutationKind::kDropException : MutationKind::kWiden, *principal.node,
        fmt::format("{} -> Principal: `*`", name), std::move(changed));
  }

  void AddPatterns(const PatternSet& set, std::optional<PatternSet> Statement::*element,
                   std::string_view name) {
    const MutationKind dropping =
        set.negated ? MutationKind::kDropException : MutationKind::kDropValue;
    for (std::size_t i = 0; i < set.patterns.size(); ++i) {
      const Node& pattern = *set.patterns[i];
      if (set.patterns.size() > 1) {
        Statement changed = *statement_;
        auto& patterns = (changed.*element)->patterns;
        patterns.erase(patterns.begin() + static_cast<std::ptrdiff_t>(i));
        Add(dropping, pattern, fmt::format("{}: `{}` dropped", name, pattern.text),
            std::move(changed));
      } else if (set.negated) {
        Statement changed = *statement_;
        (changed.*element)->negated = false;
        (changed.*element)->patterns = {Word(pattern, "*")};
        Add(dropping, pattern, fmt::format("{} -> {}: `*`", name, name.substr(3)),
            std::move(changed));
      }
      const std::string prefix = Prefix(pattern.text);
      if (!prefix.empty()) Replace(set, element, name, i, prefix);
      // An exception of everything leaves a statement that matches nothing: that is dropped above.
      if (!set.negated && pattern.text != "*" && prefix != "*") Replace(set, element, name, i, "*");
    }
  }

  void Replace(const PatternSet& set, std::optional<PatternSet> Statement::*element,
               std::string_view name, std::size_t index, const std::string& text) {
    const Node& pattern = *set.patterns[index];
    Statement changed = *statement_;
    (changed.*element)->patterns[index] = Word(pattern, text);
    Add(MutationKind::kWiden, pattern, fmt::format("{}: `{}` -> `{}`", name, pattern.text, text),
        std::move(changed));
  }

  void AddCondition(std::size_t index) {
    const Condition& condition = statement_->conditions[index];
    const std::string name = fmt::format("{} {}", condition.op_node->key, condition.key_node->key);
    Statement dropped = *statement_;
    dropped.conditions.erase(dropped.conditions.begin() + static_cast<std::ptrdiff_t>(index));
    AddAt(MutationKind::kDropCondition, condition.key_node->key_range,
          fmt::format("{}: dropped", name), std::move(dropped));
    for (std::size_t i = 0; i < condition.values.size() && condition.values.size() > 1; ++i) {
      Statement changed = *statement_;
      auto& values = changed.conditions[index].values;
      values.erase(values.begin() + static_cast<std::ptrdiff_t>(i));
      const Node& value = *condition.values[i];
      Add(MutationKind::kDropValue, value, fmt::format("{}: `{}` dropped", name, value.text),
          std::move(changed));
    }
    if (condition.op) AddOperators(index, name);
  }

  void AddOperators(std::size_t index, const std::string& name) {
    const Condition& condition = statement_->conditions[index];
    const policy::ConditionOperator op = *condition.op;
    const policy::OperatorTraits& traits = policy::TraitsOf(op.base);
    const bool of_text =
        traits.family == OperatorFamily::kString || traits.family == OperatorFamily::kArn;
    const bool any_already = op.base == BaseOperator::kStringLike && condition.values.size() == 1 &&
                             condition.values.front()->text == "*";
    if (of_text && !traits.negated && !any_already && !condition.values.empty()) {
      Condition any = condition;
      any.op->base = BaseOperator::kStringLike;
      any.values = {Word(*condition.values.front(), "*")};
      AddOperator(index, name, std::move(any), " `*`");
    }
    if (!op.if_exists && op.base != BaseOperator::kNull) {
      Condition if_exists = condition;
      if_exists.op->if_exists = true;
      AddOperator(index, name, std::move(if_exists), "");
    }
    if (const auto opposite = OppositeOf(op.base)) {
      Condition negated = condition;
      negated.op->base = *opposite;
      AddOperator(index, name, std::move(negated), "");
    }
    const bool of_truth =
        traits.family == OperatorFamily::kBool || traits.family == OperatorFamily::kNull;
    if (of_truth && condition.values.size() == 1) {
      const auto value = policy::ParseBool(condition.values.front()->text);
      if (!value) return;
      Condition turned = condition;
      turned.values = {Word(*condition.values.front(), *value ? "false" : "true")};
      AddOperator(index, name, std::move(turned), *value ? " `false`" : " `true`");
    }
  }

  void AddOperator(std::size_t index, const std::string& name, Condition changed,
                   std::string_view values) {
    std::string change = fmt::format("{} -> {}{}", name, policy::OperatorName(*changed.op), values);
    Statement statement = *statement_;
    const policy::SourceRange at = changed.key_node->key_range;
    statement.conditions[index] = std::move(changed);
    AddAt(MutationKind::kWeakenOperator, at, std::move(change), std::move(statement));
  }

  const policy::PolicyDocument& document_;
  const Statement* statement_ = nullptr;
  std::shared_ptr<MutantWords> words_;
  std::vector<Mutant> mutants_;
};

struct Holder {
  DocumentPtr original;
  std::shared_ptr<const MutantWords> words;
  policy::PolicyDocument document;
};

}  // namespace

std::string_view MutationName(MutationKind kind) {
  constexpr std::array<std::string_view, 7> kNames{
      "drop-statement", "flip-effect", "drop-condition", "drop-value",
      "drop-exception", "widen",       "weaken-operator"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Mutant> MutantsOf(const policy::PolicyDocument& document) {
  return Collector(document).Run();
}

DocumentPtr MutatedDocument(const DocumentPtr& original, const Mutant& mutant) {
  std::vector<Statement> statements(original->statements().begin(), original->statements().end());
  if (mutant.replacement) {
    statements[mutant.statement] = *mutant.replacement;
  } else {
    statements.erase(statements.begin() + static_cast<std::ptrdiff_t>(mutant.statement));
  }
  auto holder = std::make_shared<Holder>(Holder{
      original, mutant.words,
      policy::PolicyDocument(std::shared_ptr<const policy::Tree>(original, &original->tree()),
                             &original->root(), original->kind(), original->version(),
                             std::move(statements))});
  const policy::PolicyDocument* document = &holder->document;
  return DocumentPtr(std::move(holder), document);
}

}  // namespace postern::authz
