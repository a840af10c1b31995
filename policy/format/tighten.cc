#include "policy/format/tighten.h"

#include <algorithm>

#include "policy/element_order.h"
#include "policy/format/canonical.h"
#include "policy/format/drafts.h"
#include "policy/language/fold.h"
#include "policy/rules/statements.h"

namespace postern::policy {
namespace {

// AWS's APIs add and take away single statements of these by their Sid: AddPermission of SQS, SNS
// and Lambda.
bool IsManagedBySid(PolicyKind kind) {
  return kind == PolicyKind::kQueue || kind == PolicyKind::kTopic || kind == PolicyKind::kResource;
}

bool IsOfQueueOrTopic(const Statement& statement) {
  return !statement.actions ||
         std::ranges::any_of(statement.actions->patterns, [](const Node* action) {
           const std::string service = FoldAscii(ServiceOf(action->text));
           return service.empty() || service == "sqs" || service == "sns";
         });
}

bool MayJoin(const PolicyDocument& document) {
  if (document.kind() == PolicyKind::kResource) {
    return std::ranges::none_of(document.statements(), IsOfQueueOrTopic);
  }
  return document.kind() != PolicyKind::kQueue && document.kind() != PolicyKind::kTopic;
}

Part ListPart(const StatementList& list) {
  Part part{NodeKind::kArray, list.member, nullptr, {}};
  for (const Node* item : list.items) part.children.push_back(PartOf(*item));
  if (part.children.size() != 1) return part;
  Part alone = std::move(part.children.front());
  alone.member = list.member;
  return alone;
}

// A subtree with the lists of the draft in their places.
Part Rebuilt(const Node& node, const Draft& draft) {
  if (const StatementList* list = draft.Find(node)) return ListPart(*list);
  if (!node.IsObject()) return PartOf(node);
  Part part{node.kind, &node, &node, {}};
  for (const Node& child : node.children()) part.children.push_back(Rebuilt(child, draft));
  return part;
}

Part StatementPart(const Draft& draft, bool keep_sids) {
  const Statement& statement = *draft.statement;
  Part part{NodeKind::kObject, statement.node, nullptr, {}};
  for (const Node& member : statement.node->children()) {
    if (&member == statement.sid && !keep_sids) continue;
    part.children.push_back(Rebuilt(member, draft));
    if (statement.principal && &member == statement.principal->node &&
        IsStarObject(*statement.principal)) {
      const Node* star = statement.principal->entries.front().value;
      part.children.back() = {star->kind, &member, star, {}};
    }
  }
  OrderMembers(part, kStatementOrder);
  return part;
}

}  // namespace

Tightened Tighten(const PolicyDocument& document, TightenOptions options) {
  const bool keep_sids = options.keep_sids || IsManagedBySid(document.kind());
  std::vector<Draft> drafts = DraftsOf(document, keep_sids);
  if (MayJoin(document)) {
    JoinDrafts(drafts, document.version());
  } else {
    ReduceDrafts(drafts, document.version());
  }

  Tightened result;
  Part& root = result.root;
  root = {NodeKind::kObject, &document.root(), nullptr, {}};
  for (const Node& member : document.root().children()) {
    if (member.key != "Statement" || drafts.empty()) {
      root.children.push_back(PartOf(member));
      continue;
    }
    Part& statements = root.children.emplace_back();
    statements = {NodeKind::kArray, &member, nullptr, {}};
    for (const Draft& draft : drafts) {
      statements.children.push_back(StatementPart(draft, keep_sids));
      result.origins.push_back(draft.statement->index);
    }
    if (member.IsObject()) {
      Part alone = std::move(statements.children.front());
      alone.member = &member;
      statements = std::move(alone);
    }
  }
  OrderMembers(root, kDocumentOrder);
  return result;
}

}  // namespace postern::policy
