#include "policy/parse.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "policy/json_repair.h"
#include "policy/json_tree.h"
#include "policy/language/fold.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

constexpr std::array<std::string_view, 3> kDocumentElements = {"Version", "Id", "Statement"};
constexpr std::array<std::string_view, 9> kStatementElements = {
    "Sid",       "Effect",   "Principal",   "NotPrincipal", "Action",
    "NotAction", "Resource", "NotResource", "Condition"};
constexpr std::array<std::string_view, 4> kPrincipalTypes = {"AWS", "Service", "Federated",
                                                             "CanonicalUser"};

// User text in a message: in backticks, on one line, not endless.
std::string Quote(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string quoted = "`";
  for (char c : text.substr(0, kLongest)) {
    quoted += static_cast<unsigned char>(c) < 0x20 || c == '`' ? ' ' : c;
  }
  // A cut must not leave half a code point behind.
  if (text.size() > kLongest) {
    while (quoted.size() > 1 && (static_cast<unsigned char>(quoted.back()) & 0xC0) == 0x80) {
      quoted.pop_back();
    }
    if (static_cast<unsigned char>(quoted.back()) >= 0xC0) quoted.pop_back();
    quoted += "…";
  }
  return quoted + "`";
}

std::string Found(const Node& node) { return std::string(NodeKindName(node.kind)); }

class Parser {
 public:
  Parser(std::shared_ptr<const Tree> tree, const Node& root, PolicyKind kind)
      : tree_(std::move(tree)), root_(root), traits_(TraitsOf(kind)) {
    pointer_prefix_ = tree_->PointerTo(root).size();
  }

  ParseResult Run() {
    if (!root_.IsObject()) {
      Refuse("JS116", root_, "a policy is an object with Statement; this is " + Found(root_));
      return std::move(result_);
    }
    ReportDuplicates();
    ReportNulls();
    ReadDocument();
    SortDiagnostics(result_.diagnostics);
    result_.document.emplace(std::move(tree_), &root_, traits_.kind, version_,
                             std::move(statements_));
    return std::move(result_);
  }

 private:
  // ---- reporting

  Diagnostic& Add(std::string_view code, Severity severity, const Node& node, SourceRange range,
                  std::string message, std::string help) {
    Diagnostic& diagnostic = result_.diagnostics.emplace_back();
    diagnostic.code = code;
    diagnostic.severity = severity;
    diagnostic.range = range;
    diagnostic.pointer = tree_->PointerTo(node).substr(pointer_prefix_);
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
    result_.refused = true;
    if (statement_ != nullptr) statement_->refused = true;
  }

  void WrongType(const Node& node, std::string_view element, std::string_view wanted) {
    if (node.kind == NodeKind::kNull) return;  // reported as GR218
    Refuse("GR217", node,
           std::string(element) + " must be " + std::string(wanted) + ", found " + Found(node));
  }

  // ---- the whole subtree

  void ReportDuplicates() {
    for (const DuplicateKey& duplicate : FindDuplicateKeys(root_)) {
      const LineColumn first = tree_->source().Locate(duplicate.first->key_range.begin);
      Diagnostic& diagnostic = RefuseName(
          "JS110", *duplicate.again,
          Quote(duplicate.again->key) + " is given twice (first at " + std::to_string(first.line) +
              ":" + std::to_string(first.column) + "); parsers disagree about which wins",
          "keep one of them");
      diagnostic.related.push_back({duplicate.first->key_range, "first given here"});
    }
  }

  void ReportNulls() {
    for (const Node* node = &root_; node != &root_ + root_.span; ++node) {
      if (node->kind != NodeKind::kNull) continue;
      Refuse("GR218", *node, "null is not a value here",
             "a template may have left it empty: give a value or remove the member");
    }
  }

  // ---- the document

  void ReadDocument() {
    const Node* version = nullptr;
    const Node* statement = nullptr;
    for (const Node& member : root_.children()) {
      if (member.key == "Version") {
        version = &member;
      } else if (member.key == "Statement") {
        statement = &member;
      } else if (member.key == "Id") {
        ReadId(member);
      } else {
        UnknownElement("GR207", member, kDocumentElements, "");
      }
    }
    ReadVersion(version);
    ReadStatements(statement);
  }

  void UnknownElement(std::string_view code, const Node& member,
                      std::span<const std::string_view> elements, std::string_view where) {
    for (std::string_view element : elements) {
      if (!EqualsIgnoreAsciiCase(member.key, element)) continue;
      RefuseName("GR209", member,
                 "unknown element " + Quote(member.key) + ": element names are case-sensitive",
                 "write `" + std::string(element) + "`");
      return;
    }
    RefuseName(code, member, "unknown element " + Quote(member.key) + std::string(where),
               DidYouMean(member.key, elements));
  }

  void ReadId(const Node& node) {
    if (!node.IsString()) return WrongType(node, "Id", "a string");
    if (traits_.id != Requirement::kForbidden) return;
    Add("GR227", Severity::kError, node, node.key_range,
        "Id does not belong in " + WithArticle(traits_.title), "remove it: Id is for resource policies");
  }

  static std::string WithArticle(std::string_view title) {
    const bool vowel = std::string_view("aeiou").find(title.front()) != std::string_view::npos;
    return (vowel ? "an " : "a ") + std::string(title);
  }

  void ReadVersion(const Node* node) {
    version_ = LanguageVersion::k2008;
    if (node == nullptr) {
      Add("GR201", Severity::kWarning, root_, {root_.range.begin, root_.range.begin + 1},
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
    if (node->text == "2012-10-17") {
      version_ = LanguageVersion::k2012;
    } else if (node->text == "2008-10-17") {
      Report("GR203", Severity::kWarning, *node,
             "2008-10-17 is the old policy language: policy variables are off in it",
             "write 2012-10-17, after looking at every `${` in the policy");
    } else {
      Refuse("GR202", *node, Quote(node->text) + " is not a version of the policy language",
             "write 2012-10-17: it names the language and is not the date of your policy");
    }
  }

  void ReadStatements(const Node* node) {
    if (node == nullptr) {
      Refuse("GR205", root_, "the policy has no Statement",
             "add Statement, a list of statements").range.end = root_.range.begin + 1;
      return;
    }
    if (node->IsObject()) return ReadStatement(*node);
    if (!node->IsArray()) return WrongType(*node, "Statement", "an object or a list of objects");
    if (node->count == 0) {
      const PolicyKind kind = traits_.kind;
      const bool starts_from_deny = kind == PolicyKind::kEndpoint || kind == PolicyKind::kBoundary ||
                                    kind == PolicyKind::kScp || kind == PolicyKind::kRcp;
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
    const Node** const places[] = {&members.sid,       &members.effect,   &members.principal,
                                   &members.not_principal, &members.action, &members.not_action,
                                   &members.resource,  &members.not_resource, &members.condition};
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
    for (const Node& member : node.children()) {
      if (const Node** place = MemberOf(members, member.key)) {
        *place = &member;
      } else {
        UnknownElement("GR208", member, kStatementElements, " in a statement");
      }
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
    Diagnostic& diagnostic =
        RefuseName("GR216", *negative,
                   std::string(positive->key) + " and " + std::string(negative->key) +
                       " exclude each other",
                   "keep one of them");
    diagnostic.related.push_back({positive->key_range, "the other one"});
    return true;
  }

  // ---- principals

  void ReadPrincipal(const Node& statement, const Node* positive, const Node* negative) {
    const Node* node = positive != nullptr ? positive : negative;
    if (traits_.principal == Requirement::kForbidden) {
      if (node != nullptr) {
        RefuseName("PR402", *node,
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
    if (set.negated && traits_.kind == PolicyKind::kEndpoint) ReportEndpointNotPrincipal(*node);
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

  void ReportEndpointNotPrincipal(const Node& node) {
    const bool denies = statement_->effect == Effect::kDeny;
    Add("EP102", denies ? Severity::kWarning : Severity::kError, node, node.key_range,
        denies ? "NotPrincipal in a Deny hits every session that is not listed with its role and its "
                 "account"
               : "NotPrincipal works in an endpoint policy with Deny only",
        "use `\"Principal\": \"*\"` with ArnNotLike on aws:PrincipalArn");
  }

  void ReadPrincipalValue(const Node& node, PrincipalSet& set) {
    if (node.IsString()) {
      if (node.text == "*") {
        set.everyone = true;
        return;
      }
      Refuse("PR404", node, "a principal stands in an object, only `*` stands alone",
             "write `{\"AWS\": \"" + std::string(node.text.substr(0, 60)) + "\"}`");
      return;
    }
    if (!node.IsObject()) return WrongType(node, node.key, "`*` or an object");
    if (node.count == 0) return EmptyList(node, node.key, set.negated);
    for (const Node& member : node.children()) {
      const auto type = std::ranges::find(kPrincipalTypes, member.key);
      if (type == kPrincipalTypes.end()) {
        RefuseName("PR403", member, "unknown principal type " + Quote(member.key),
                   DidYouMean(member.key, kPrincipalTypes));
        continue;
      }
      const auto index = static_cast<std::size_t>(type - kPrincipalTypes.begin());
      ReadStrings(member, member.key, set.negated, [&](const Node& value) {
        set.entries.push_back({static_cast<PrincipalType>(index), &value});
      });
    }
  }

  // ---- lists of strings

  // A list that is empty in a plain element matches nothing; in a Not element it would match everything
  // (S1.8).
  void EmptyList(const Node& node, std::string_view element, bool negated) {
    const std::string name(element);
    if (negated) {
      Refuse("GR221", node, "empty " + name + ": it would match everything",
             "list what it excludes");
      return;
    }
    const bool allows = statement_->effect == Effect::kAllow;
    Report("GR221", allows ? Severity::kWarning : Severity::kSuggestion, node,
           "empty " + name + ": the statement matches nothing");
  }

  // A string, or a list of strings (S1.7).
  template <typename Take>
  void ReadStrings(const Node& node, std::string_view element, bool negated, Take take) {
    if (node.IsString()) return take(node);
    if (!node.IsArray()) return WrongType(node, element, "a string or a list of strings");
    if (node.count == 0) return EmptyList(node, element, negated);
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
    ReadStrings(node, node.key, negated, [&](const Node& value) { set.patterns.push_back(&value); });
    return set;
  }

  void ReadActions(const Node& statement, const Node* positive, const Node* negative) {
    if (positive == nullptr && negative == nullptr) {
      // A key policy's statement without Action is accepted and has no effect (S1.9).
      const bool inert = traits_.kind == PolicyKind::kKey;
      return Missing("GR214", inert ? Severity::kWarning : Severity::kError, !inert, statement,
                     "the statement has no Action" +
                         std::string(inert ? ": it has no effect" : ""),
                     "add Action");
    }
    BothGiven(positive, negative);
    statement_->actions = ReadPatterns(positive != nullptr ? *positive : *negative,
                                       positive == nullptr);
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
    statement_->resources = ReadPatterns(positive != nullptr ? *positive : *negative,
                                         positive == nullptr);
  }

  // ---- conditions

  void ReadConditions(const Node& node) {
    if (!node.IsObject()) return WrongType(node, "Condition", "an object");
    ReportSameNameInOtherCase(node, "operator");
    for (const Node& op : node.children()) {
      if (!op.IsObject()) {
        WrongType(op, "a condition operator", "an object of condition keys");
        continue;
      }
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

  bool ReadConditionValues(const Node& key, Condition& condition) {
    if (key.IsScalar()) {
      condition.values.push_back(&key);
      return true;
    }
    if (!key.IsArray()) {
      WrongType(key, "the value of a condition key", "a string or a list of strings");
      return false;
    }
    for (const Node& value : key.children()) {
      if (value.IsScalar()) {
        condition.values.push_back(&value);
      } else if (value.IsArray()) {
        Refuse("GR219", value, "a list inside the list of condition values",
               "put its members into the outer list");
      } else {
        WrongType(value, "a condition value", "a string");
      }
    }
    return true;
  }

  // S1.2.3, S1.2.4. The same spelling twice is JS110.
  void ReportSameNameInOtherCase(const Node& object, std::string_view what) {
    for (auto a = object.children().begin(); a != object.children().end(); ++a) {
      for (auto b = object.children().begin(); b != a; ++b) {
        if (a->key == b->key || !EqualsIgnoreAsciiCase(a->key, b->key)) continue;
        Diagnostic& diagnostic =
            RefuseName("CO707", *a,
                       std::string(what) + " " + Quote(a->key) + " is given twice, as " +
                           Quote(b->key) + " too: case makes no difference",
                       "merge their values into one");
        diagnostic.related.push_back({b->key_range, "first given here"});
        break;
      }
    }
  }

  std::shared_ptr<const Tree> tree_;
  const Node& root_;
  const KindTraits& traits_;
  std::size_t pointer_prefix_ = 0;
  ParseResult result_;
  LanguageVersion version_ = LanguageVersion::k2008;
  std::vector<Statement> statements_;
  Statement* statement_ = nullptr;  // the one being read
};

// The strict reader's word for what the tolerant one had nothing to say about.
Diagnostic OfJsonError(const JsonError& error) {
  Diagnostic diagnostic;
  diagnostic.code = error.kind == JsonError::Kind::kEncoding  ? "JS111"
                    : error.kind == JsonError::Kind::kTooDeep ? "JS119"
                                                              : "JS101";
  diagnostic.severity = Severity::kError;
  diagnostic.range = {error.offset, error.offset};
  diagnostic.message = error.message;
  return diagnostic;
}

}  // namespace

ParseResult Parse(std::shared_ptr<const Tree> tree, const Node& node, PolicyKind kind) {
  return Parser(std::move(tree), node, kind).Run();
}

ParseResult ParseText(std::shared_ptr<const Source> source, PolicyKind kind) {
  JsonResult strict = ReadJson(source);
  if (strict.tree) {
    auto tree = std::make_shared<const Tree>(std::move(*strict.tree));
    if (tree->root().IsString()) {
      JsonResult inner = ReadJsonInString(*tree, tree->root());
      if (inner.tree) tree = std::make_shared<const Tree>(std::move(*inner.tree));
    }
    const Node& root = tree->root();
    return Parse(std::move(tree), root, kind);
  }

  RepairResult repaired = RepairJson(std::move(source));
  if (repaired.diagnostics.empty() && !repaired.tree) {
    repaired.diagnostics.push_back(OfJsonError(*strict.error));
  }
  const bool refused = !repaired.diagnostics.empty();
  ParseResult result;
  if (repaired.tree) {
    auto tree = std::make_shared<const Tree>(std::move(*repaired.tree));
    const Node& root = tree->root();
    if (root.IsObject() || !refused) result = Parse(std::move(tree), root, kind);
  }
  result.refused |= refused;
  result.diagnostics.insert(result.diagnostics.end(),
                            std::make_move_iterator(repaired.diagnostics.begin()),
                            std::make_move_iterator(repaired.diagnostics.end()));
  SortDiagnostics(result.diagnostics);
  return result;
}

}  // namespace postern::policy
