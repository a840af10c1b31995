#include "policy/parse.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/parse_repairs.h"
#include "policy/parse_shapes.h"
#include "policy/pointer_cursor.h"
#include "policy/quote.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

constexpr std::array<std::string_view, 4> kPrincipalTypes = {"AWS", "Service", "Federated",
                                                             "CanonicalUser"};

std::string Found(const Node& node) { return std::string(NodeKindName(node.kind)); }

class Parser {
 public:
  Parser(std::shared_ptr<const Tree> tree, const Node& root, PolicyKind kind)
      : tree_(std::move(tree)), root_(root), traits_(TraitsOf(kind)), pointers_(root) {}

  ParseResult Run() {
    if (IsListOfPolicies(root_)) {
      Refuse("GR229", root_, "a list of policies where one policy is due",
             "put each policy into a file of its own")
          .range.end = root_.range.begin + 1;
      return std::move(result_);
    }
    if (!root_.IsObject()) {
      Refuse("JS116", root_,
             "a policy is an object with Statement; this is " + WithArticle(Found(root_)));
      return std::move(result_);
    }
    ReadDocument();
    ReportDuplicates();
    ReportNulls();
    if (!left_out_.code.empty()) result_.diagnostics.back().help = kMoreFindings;
    AddRepairs(result_.diagnostics, *tree_, root_);
    SortDiagnostics(result_.diagnostics);
    result_.document.emplace(std::move(tree_), &root_, traits_.kind, version_,
                             std::move(statements_));
    return std::move(result_);
  }

 private:
  // ---- reporting

  Diagnostic& Add(std::string_view code, Severity severity, const Node& node, SourceRange range,
                  std::string message, std::string help) {
    Diagnostic& diagnostic = result_.diagnostics.size() < kMaxFindings || owes_refusal_
                                 ? result_.diagnostics.emplace_back()
                                 : left_out_;
    owes_refusal_ = false;
    diagnostic.code = code;
    diagnostic.severity = severity;
    diagnostic.range = range;
    diagnostic.pointer = pointers_.To(node);
    diagnostic.message = std::move(message);
    diagnostic.help = std::move(help);
    return diagnostic;
  }

  Diagnostic& Report(std::string_view code, Severity severity, const Node& node,
                     std::string message, std::string help = {}) {
    return Add(code, severity, node, node.range, std::move(message), std::move(help));
  }

  // An error that keeps the document from being evaluated (S1.13).
  Diagnostic& Refuse(std::string_view code, const Node& node, std::string message,
                     std::string help = {}) {
    MarkRefused();
    return Report(code, Severity::kError, node, std::move(message), std::move(help));
  }

  Diagnostic& RefuseName(std::string_view code, const Node& member, std::string message,
                         std::string help = {}) {
    MarkRefused();
    return Add(code, Severity::kError, member, member.key_range, std::move(message),
               std::move(help));
  }

  void MarkRefused() {
    owes_refusal_ |= !result_.refused;
    result_.refused = true;
    if (statement_ != nullptr) statement_->refused = true;
  }

  void WrongType(const Node& node, std::string_view element, std::string_view wanted) {
    if (node.kind == NodeKind::kNull) return;  // reported as GR218
    if (IsUnresolved(node)) {
      MarkRefused();
      Report("GR220", Severity::kWarning, node,
             std::string(element) + (node.kind == NodeKind::kUnknown
                                         ? " is known only after apply"
                                         : " is a CloudFormation function that is not resolved"),
             "look at the policy after the template is rendered");
      return;
    }
    Refuse("GR217", node,
           std::string(element) + " must be " + std::string(wanted) + ", found " + Found(node));
  }

  // ---- the whole subtree

  void ReportDuplicates() {
    for (const DuplicateKey& duplicate : FindDuplicateKeys(root_)) {
      statement_ = StatementAround(*duplicate.again);
      Diagnostic& diagnostic = RefuseName(
          "JS110", *duplicate.again,
          Quote(duplicate.again->key) + " is given twice; parsers disagree about which wins",
          "keep one of them");
      diagnostic.related.push_back({duplicate.first->key_range, "first given here"});
    }
    statement_ = nullptr;
  }

  void ReportNulls() {
    for (const Node* node = &root_; node != &root_ + root_.span; ++node) {
      if (node->kind != NodeKind::kNull) continue;
      statement_ = StatementAround(*node);
      Refuse("GR218", *node, "null is not a value here",
             "a template may have left it empty: give a value or remove the member");
    }
    statement_ = nullptr;
  }

  Statement* StatementAround(const Node& node) {
    const auto next = std::ranges::upper_bound(statements_, &node, std::less<>(),
                                               [](const Statement& each) { return each.node; });
    if (next == statements_.begin()) return nullptr;
    Statement& before = *std::prev(next);
    return &node < before.node + before.node->span ? &before : nullptr;
  }

  // ---- the document

  void ReadDocument() {
    const Node* version = nullptr;
    const Node* statement = nullptr;
    const Node* meant_version = nullptr;  // under another name: read all the same
    const Node* meant_statement = nullptr;
    for (const Node& member : root_.children()) {
      if (member.key == "Version") {
        version = &member;
      } else if (member.key == "Statement") {
        statement = &member;
      } else if (member.key == "Id") {
        ReadId(member);
      } else {
        const std::string_view meant =
            UnknownElement("GR207", member, kDocumentElements, kStatementElements, "");
        if (meant == "Version") meant_version = &member;
        if (meant == "Statement") meant_statement = &member;
      }
    }
    ReadVersion(version != nullptr ? version : meant_version);
    ReadStatements(statement != nullptr ? statement : meant_statement);
  }

  // Returns the element that was meant, if that can be told.
  std::string_view UnknownElement(std::string_view code, const Node& member,
                                  std::span<const std::string_view> elements,
                                  std::span<const std::string_view> elsewhere,
                                  std::string_view where) {
    for (std::string_view element : elements) {
      if (!EqualsIgnoreAsciiCase(member.key, element)) continue;
      RefuseName("GR209", member,
                 "unknown element " + Quote(member.key) + ": element names are case-sensitive",
                 "write `" + std::string(element) + "`");
      return element;
    }
    if (std::ranges::find(elsewhere, member.key) != elsewhere.end()) {
      const bool in_statement = code == "GR208";
      RefuseName("GR210", member,
                 Quote(member.key) +
                     (in_statement ? " does not belong in a statement" : " belongs in a statement"),
                 in_statement ? "move it up, beside Statement" : "move it into Statement");
      return {};
    }
    RefuseName(code, member, "unknown element " + Quote(member.key) + std::string(where),
               DidYouMean(member.key, elements));
    return ClosestName(member.key, elements);
  }

  void ReadId(const Node& node) {
    if (!node.IsString()) return WrongType(node, "Id", "a string");
    if (traits_.id != Requirement::kForbidden) return;
    Add("GR227", Severity::kError, node, node.key_range,
        "Id does not belong in " + WithArticle(traits_.title),
        "remove it: Id is for resource policies");
  }

  void ReadVersion(const Node* node) {
    if (node == nullptr) {
      version_ = LanguageVersion::k2008;
      const bool required = traits_.kind == PolicyKind::kRcp;  // S1.5.2
      if (required) MarkRefused();
      Add(required ? "OR112" : "GR201", required ? Severity::kError : Severity::kWarning, root_,
          {root_.range.begin, root_.range.begin + 1},
          "no Version: the old 2008-10-17 language is used, in which `${…}` is plain text",
          "add `\"Version\": \"2012-10-17\"`");
      return;
    }
    if (!node->IsString()) {
      if (node->kind == NodeKind::kNull) return;
      Refuse("GR204", *node, "Version must be a string, found " + Found(*node),
             "write `\"2012-10-17\"` in quotes");
      return;
    }
    if (node->text == "2012-10-17") return;
    if (node->text == "2008-10-17" && traits_.kind == PolicyKind::kRcp) {
      version_ = LanguageVersion::k2008;
      Report("OR112", Severity::kError, *node,
             "a resource control policy is in version 2012-10-17 only", "write 2012-10-17");
    } else if (node->text == "2008-10-17") {
      version_ = LanguageVersion::k2008;
      Report("GR203", Severity::kWarning, *node,
             "2008-10-17 is the old policy language: policy variables are off in it",
             tree_->source().text().find("${") == std::string_view::npos
                 ? "write 2012-10-17"
                 : "write 2012-10-17, after looking at every `${` in the policy");
    } else {
      Refuse("GR202", *node, Quote(node->text) + " is not a version of the policy language",
             "write 2012-10-17: it names the language and is not the date of your policy");
    }
  }

  void ReadStatements(const Node* node) {
    if (node == nullptr) {
      Refuse("GR205", root_, "the policy has no Statement", "add Statement, a list of statements")
          .range.end = root_.range.begin + 1;
      return;
    }
    if (node->IsObject()) return ReadStatement(*node);
    if (!node->IsArray()) return WrongType(*node, "Statement", "an object or a list of objects");
    if (node->count == 0) {
      const PolicyKind kind = traits_.kind;
      const bool starts_from_deny = kind == PolicyKind::kEndpoint ||
                                    kind == PolicyKind::kBoundary || kind == PolicyKind::kScp ||
                                    kind == PolicyKind::kRcp;
      Report("GR206", starts_from_deny ? Severity::kError : Severity::kWarning, *node,
             "no statements: nothing is allowed");
      return;
    }
    statements_.reserve(node->count);
    for (const Node& each : node->children()) {
      if (each.IsObject()) {
        ReadStatement(each);
      } else if (each.kind != NodeKind::kNull) {
        Refuse("GR211", each, "a statement is an object; found " + Found(each));
      }
    }
  }

  // ---- one statement

  struct Members {
    const Node* sid = nullptr;
    const Node* effect = nullptr;
    const Node* principal = nullptr;
    const Node* not_principal = nullptr;
    const Node* action = nullptr;
    const Node* not_action = nullptr;
    const Node* resource = nullptr;
    const Node* not_resource = nullptr;
    const Node* condition = nullptr;
  };

  static const Node** MemberOf(Members& members, std::string_view name) {
    const Node** const places[] = {
        &members.sid,           &members.effect,       &members.principal,
        &members.not_principal, &members.action,       &members.not_action,
        &members.resource,      &members.not_resource, &members.condition};
    for (std::size_t i = 0; i < kStatementElements.size(); ++i) {
      if (kStatementElements[i] == name) return places[i];
    }
    return nullptr;
  }

  void ReadStatement(const Node& node) {
    Statement& statement = statements_.emplace_back();
    statement_ = &statement;
    statement.node = &node;
    statement.index = static_cast<std::uint32_t>(statements_.size() - 1);
    Members members;
    Members meant;  // under another name: read all the same
    for (const Node& member : node.children()) {
      if (const Node** place = MemberOf(members, member.key)) {
        *place = &member;
      } else {
        const std::string_view element = UnknownElement("GR208", member, kStatementElements,
                                                        kDocumentElements, " in a statement");
        if (!element.empty()) *MemberOf(meant, element) = &member;
      }
    }
    for (std::string_view element : kStatementElements) {
      const Node*& member = *MemberOf(members, element);
      if (member == nullptr) member = *MemberOf(meant, element);
    }
    ReadSid(members.sid);
    ReadEffect(node, members.effect);
    ReadPrincipal(node, members.principal, members.not_principal);
    ReadActions(node, members.action, members.not_action);
    ReadResources(node, members.resource, members.not_resource);
    if (members.condition != nullptr) ReadConditions(*members.condition);
    statement_ = nullptr;
  }

  // Findings about something that is not there point at the statement's brace.
  void Missing(std::string_view code, Severity severity, bool refuses, const Node& statement,
               std::string message, std::string help) {
    if (refuses) MarkRefused();
    Add(code, severity, statement, {statement.range.begin, statement.range.begin + 1},
        std::move(message), std::move(help));
  }

  void ReadSid(const Node* node) {
    if (node == nullptr) return;
    if (!node->IsString()) return WrongType(*node, "Sid", "a string");
    statement_->sid = node;
  }

  void ReadEffect(const Node& statement, const Node* node) {
    if (node == nullptr) {
      return Missing("GR212", Severity::kError, true, statement, "the statement has no Effect",
                     "add `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`");
    }
    if (!node->IsString()) return WrongType(*node, "Effect", "a string");
    if (node->text == "Allow") {
      statement_->effect = Effect::kAllow;
    } else if (node->text == "Deny") {
      statement_->effect = Effect::kDeny;
    } else {
      Refuse("GR213", *node, Quote(node->text) + ": Effect is Allow or Deny, spelled so");
    }
  }

  bool BothGiven(const Node* positive, const Node* negative) {
    if (positive == nullptr || negative == nullptr) return false;
    Diagnostic& diagnostic = RefuseName(
        "GR216", *negative,
        std::string(positive->key) + " and " + std::string(negative->key) + " exclude each other",
        "keep one of them");
    diagnostic.related.push_back({positive->key_range, "the other one"});
    return true;
  }

  // ---- principals

  void ReadPrincipal(const Node& statement, const Node* positive, const Node* negative) {
    const Node* node = positive != nullptr ? positive : negative;
    if (traits_.principal == Requirement::kForbidden) {
      if (node != nullptr) {
        RefuseName(
            "PR402", *node,
            WithArticle(traits_.title) + " has no " + std::string(node->key) +
                ": it is attached to the principals that it is for",
            "remove it; to narrow a policy to some principals use aws:PrincipalArn in Condition");
      }
      return;
    }
    if (node == nullptr) return MissingPrincipal(statement);
    BothGiven(positive, negative);
    if (node == negative && !traits_.not_principal) {
      RefuseName("PR402", *node, WithArticle(traits_.title) + " has no NotPrincipal");
      return;
    }
    PrincipalSet set;
    set.node = node;
    set.negated = node == negative;
    ReadPrincipalValue(*node, set);
    statement_->principal = std::move(set);
  }

  void MissingPrincipal(const Node& statement) {
    if (traits_.principal != Requirement::kRequired) return;
    if (traits_.kind == PolicyKind::kEndpoint) {
      return Missing("EP101", Severity::kError, true, statement,
                     "an endpoint policy needs a Principal in every statement",
                     "add `\"Principal\": \"*\"` and narrow it with a condition such as "
                     "aws:PrincipalOrgID");
    }
    Missing("PR401", Severity::kError, true, statement,
            "a statement of " + WithArticle(traits_.title) + " needs a Principal", "add Principal");
  }

  void ReadPrincipalValue(const Node& node, PrincipalSet& set) {
    if (node.IsString()) {
      if (node.text == "*") {
        set.everyone = true;
        return;
      }
      const bool is_one = node.text.starts_with("arn:") || IsAccountId(node.text);
      Refuse("PR404", node,
             "Principal is `*` or an object such as `{\"AWS\": …}`, and no other text",
             "write `{\"AWS\": \"" + (is_one ? std::string(node.text) : "ARN") + "\"}`");
      return;
    }
    if (!node.IsObject()) return WrongType(node, node.key, "`*` or an object");
    const std::size_t before = result_.diagnostics.size();
    for (const Node& member : node.children()) {
      const auto type = std::ranges::find(kPrincipalTypes, member.key);
      if (type == kPrincipalTypes.end()) {
        RefuseName("PR403", member, "unknown principal type " + Quote(member.key),
                   DidYouMean(member.key, kPrincipalTypes));
        continue;
      }
      const auto index = static_cast<std::size_t>(type - kPrincipalTypes.begin());
      ReadStrings(member, member.key, [&](const Node& value) {
        set.entries.push_back({static_cast<PrincipalType>(index), &value});
      });
    }
    // Unless something else was already said about it.
    if (set.entries.empty() && result_.diagnostics.size() == before) {
      Empty(node, node.key, set.negated);
    }
  }

  // ---- lists of strings

  // Empty in a plain element, it matches nothing; in a Not element, it would match everything
  // (S1.8).
  void Empty(const Node& node, std::string_view element, bool negated) {
    const std::string_view code = node.IsArray() || node.count > 0 ? "GR221" : "GR222";
    const std::string name(element);
    if (negated) {
      Refuse(code, node, "empty " + name + ": it would match everything", "list what it excludes");
      return;
    }
    const bool refused_by_iam = TraitsOf(traits_.kind).principal == Requirement::kForbidden;
    const bool allows = statement_->effect == Effect::kAllow;
    Report(code,
           refused_by_iam ? Severity::kError
           : allows       ? Severity::kWarning
                          : Severity::kSuggestion,
           node, "empty " + name + ": the statement matches nothing",
           "list what the statement is about, or remove the statement");
  }

  // A string, or a list of strings (S1.7).
  template <typename Take>
  void ReadStrings(const Node& node, std::string_view element, Take take) {
    if (node.IsString()) return take(node);
    if (!node.IsArray()) return WrongType(node, element, "a string or a list of strings");
    for (const Node& value : node.children()) {
      if (value.IsString()) {
        take(value);
      } else if (value.IsArray()) {
        Refuse("GR219", value, "a list inside the list of " + std::string(element),
               "put its members into the outer list");
      } else {
        WrongType(value, "a member of " + std::string(element), "a string");
      }
    }
  }

  PatternSet ReadPatterns(const Node& node, bool negated) {
    PatternSet set;
    set.node = &node;
    set.negated = negated;
    ReadStrings(node, node.key, [&](const Node& value) { set.patterns.push_back(&value); });
    if (node.IsArray() && node.count == 0) Empty(node, node.key, negated);
    return set;
  }

  void ReadActions(const Node& statement, const Node* positive, const Node* negative) {
    if (positive == nullptr && negative == nullptr) {
      // A key policy's statement without Action is accepted and has no effect (S1.9).
      const bool inert = traits_.kind == PolicyKind::kKey;
      return Missing("GR214", inert ? Severity::kWarning : Severity::kError, !inert, statement,
                     "the statement has no Action" + std::string(inert ? ": it has no effect" : ""),
                     "add Action");
    }
    BothGiven(positive, negative);
    statement_->actions =
        ReadPatterns(positive != nullptr ? *positive : *negative, positive == nullptr);
  }

  void ReadResources(const Node& statement, const Node* positive, const Node* negative) {
    if (positive == nullptr && negative == nullptr) {
      if (traits_.resource != Requirement::kRequired) return;
      return Missing("GR215", Severity::kError, true, statement, "the statement has no Resource",
                     traits_.kind == PolicyKind::kEndpoint
                         ? "add Resource; in an endpoint policy `\"*\"` is usual"
                         : "add Resource");
    }
    BothGiven(positive, negative);
    statement_->resources =
        ReadPatterns(positive != nullptr ? *positive : *negative, positive == nullptr);
  }

  // ---- conditions

  void ReadConditions(const Node& node) {
    if (!node.IsObject()) return WrongType(node, "Condition", "an object");
    if (node.count == 0) return NoRestriction(node, "Condition");
    if (IsHclCondition(node)) return ReportHcl(node);
    ReportSameNameInOtherCase(node, "operator");
    for (const Node& op : node.children()) {
      if (!op.IsObject()) {
        if ((op.IsScalar() || op.IsArray()) && !ParseOperator(op.key) &&
            op.key.find(':') != op.key.npos) {
          Refuse("CO757", op, Quote(op.key) + " stands in Condition without an operator",
                 "write operator, then key, then value: `{\"StringEquals\": {…}}`");
        } else {
          WrongType(op, "condition operator " + Quote(op.key), "an object of condition keys");
        }
        continue;
      }
      if (op.count == 0) NoRestriction(op, op.key);
      ReportSameNameInOtherCase(op, "condition key");
      const auto parsed = ParseOperator(op.key);
      for (const Node& key : op.children()) {
        Condition condition;
        condition.op_node = &op;
        condition.key_node = &key;
        condition.op = parsed;
        if (ReadConditionValues(key, condition)) {
          statement_->conditions.push_back(std::move(condition));
        }
      }
    }
  }

  void ReportHcl(const Node& node) {
    const std::string meant = ConditionOfHcl(node, tree_->source().text());
    Diagnostic& diagnostic =
        Refuse("GR230", node, "test, variable and values are Terraform's block, not a condition",
               "write operator, then key, then values: " + Quote(meant));
    const bool is_json = tree_->layers() == 0 && tree_->source().Slice(node.range).starts_with('{');
    if (is_json) {
      diagnostic.fixes.push_back({true, "write it as a condition", {{node.range, meant}}});
    }
  }

  void NoRestriction(const Node& node, std::string_view element) {
    Report("GR222", Severity::kSuggestion, node,
           "empty " + Quote(element) + ": it restricts nothing",
           "remove it, or say what it was meant to restrict");
  }

  bool ReadConditionValues(const Node& key, Condition& condition) {
    if (key.IsScalar()) {
      condition.values.push_back(&key);
      return true;
    }
    if (!key.IsArray()) {
      WrongType(key, "the value of " + Quote(key.key), "a string or a list of strings");
      return false;
    }
    if (key.count == 0) {
      Report("GR221", Severity::kWarning, key, "no values for " + Quote(key.key),
             "list the values, or remove the condition key");
    }
    for (const Node& value : key.children()) {
      if (value.IsScalar()) {
        condition.values.push_back(&value);
      } else if (value.IsArray()) {
        Refuse("GR219", value, "a list inside the list of condition values",
               "put its members into the outer list");
      } else {
        WrongType(value, "a value of " + Quote(key.key), "a string");
      }
    }
    return true;
  }

  // S1.2.3, S1.2.4. The same spelling twice is JS110.
  void ReportSameNameInOtherCase(const Node& object, std::string_view what) {
    if (object.count < 2) return;
    std::unordered_map<std::string, const Node*> first_of;
    for (const Node& member : object.children()) {
      const auto [entry, is_new] = first_of.emplace(FoldAscii(member.key), &member);
      if (is_new || entry->second->key == member.key) continue;
      Diagnostic& diagnostic =
          RefuseName("CO707", member,
                     std::string(what) + " " + Quote(member.key) + " is given twice, as " +
                         Quote(entry->second->key) + " too: case makes no difference",
                     "merge their values into one");
      diagnostic.related.push_back({entry->second->key_range, "first given here"});
    }
  }

  std::shared_ptr<const Tree> tree_;
  const Node& root_;
  const KindTraits& traits_;
  PointerCursor pointers_;
  ParseResult result_;
  bool owes_refusal_ = false;  // the finding that refuses the document must not be left out
  Diagnostic left_out_;        // beyond kMaxFindings
  LanguageVersion version_ = LanguageVersion::k2012;  // also where it cannot be told
  std::vector<Statement> statements_;
  Statement* statement_ = nullptr;  // the one being read
};

}  // namespace

ParseResult Parse(std::shared_ptr<const Tree> tree, const Node& node, PolicyKind kind) {
  return Parser(std::move(tree), node, kind).Run();
}

}  // namespace postern::policy
