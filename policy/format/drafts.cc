#include "policy/format/drafts.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "policy/language/fold.h"

namespace postern::policy {
namespace {

using Named = Draft::Named;

// Whether a request matches the items of two lists together exactly if it matches one of the lists,
// all else equal. So for what is listed, not for what is excepted; for values where one that
// compares is enough. Not for ForAllValues: two values may each be in another of the lists.
bool IsJoinable(const StatementList& list) {
  if (list.negated || list.items.empty()) return false;
  if (list.kind == ListKind::kPrincipals) {
    // How strongly `*` names somebody is not how an entry of its own does (S2.3).
    return std::ranges::none_of(list.items, [](const Node* item) { return item->text == "*"; });
  }
  if (list.kind != ListKind::kValues) return true;
  if (!list.condition->op) return false;
  const ConditionOperator op = *list.condition->op;
  const OperatorTraits& traits = TraitsOf(op.base);
  return !traits.negated && op.qualifier != SetQualifier::kForAllValues &&
         traits.family != OperatorFamily::kNull && traits.family != OperatorFamily::kBool;
}

// Each text with its length before it, so that no two lists read alike.
void AppendText(std::string& into, std::string_view text) {
  into += std::to_string(text.size()) + ":";
  into += text;
}

std::string TextOf(const StatementList& list) {
  std::set<std::string> texts;
  for (const Node* item : list.items) texts.insert(ItemText(list, *item));
  std::string text;
  for (const std::string& each : texts) AppendText(text, each);
  return text;
}

void Reduce(Named& named, LanguageVersion version) {
  named.list.items = WithoutSuperfluous(named.list, version);
  named.text = TextOf(named.list);
  named.joinable = IsJoinable(named.list);
}

void AddList(Draft& draft, std::string name, StatementList list) {
  draft.lists.push_back({std::move(name), std::move(list), {}, false});
}

std::vector<const Node*> ItemsOf(const Node& value) {
  if (!value.IsArray()) return {&value};
  std::vector<const Node*> items;
  for (const Node& item : value.children()) items.push_back(&item);
  return items;
}

void AddPatterns(Draft& draft, const std::optional<PatternSet>& set, ListKind kind) {
  if (!set) return;
  AddList(draft, std::string(set->node->key),
          {kind, set->negated, set->node, nullptr, set->patterns});
}

void AddPrincipals(Draft& draft, const std::optional<PrincipalSet>& set) {
  if (!set) return;
  draft.fixed += set->negated ? " NotPrincipal" : " Principal";
  if (set->everyone || IsStarObject(*set)) {
    draft.fixed += " *";
    return;
  }
  for (const Node& type : set->node->children()) {
    AddList(draft, std::string(set->node->key) + " " + std::string(type.key),
            {ListKind::kPrincipals, set->negated, &type, nullptr, ItemsOf(type)});
  }
}

void AddConditions(Draft& draft) {
  for (const Condition& condition : draft.statement->conditions) {
    const std::string op =
        condition.op ? OperatorName(*condition.op) : std::string(condition.op_node->key);
    AddList(draft, op + " " + FoldAscii(condition.key_node->key),
            {ListKind::kValues, false, condition.key_node, &condition, condition.values});
  }
}

Draft DraftOf(const Statement& statement, bool keep_sids) {
  Draft draft;
  draft.statement = &statement;
  draft.fixed = statement.effect == Effect::kDeny ? "Deny" : "Allow";
  AddPrincipals(draft, statement.principal);
  if (keep_sids && statement.sid != nullptr) {
    draft.fixed += " Sid ";
    draft.fixed += statement.sid->text;
  }
  AddPatterns(draft, statement.actions, ListKind::kActions);
  AddPatterns(draft, statement.resources, ListKind::kResources);
  AddConditions(draft);
  std::ranges::sort(draft.lists, {}, &Named::name);
  return draft;
}

// Of all that counts, the list `but` left out; equal for drafts that are equal but for it.
std::size_t HashBut(const Draft& draft, const Named* but) {
  const std::hash<std::string_view> hash;
  std::size_t sum = hash(draft.fixed);
  for (const Named& named : draft.lists) {
    sum = sum * 31 + hash(named.name);
    if (&named != but) sum += hash(named.text);
  }
  return sum;
}

bool EqualBut(const Draft& a, const Draft& b, std::string_view but) {
  return a.fixed == b.fixed &&
         std::ranges::equal(a.lists, b.lists, [but](const Named& left, const Named& right) {
           return left.name == right.name && (left.name == but || left.text == right.text);
         });
}

Named* FindList(Draft& draft, std::string_view name) {
  const auto found = std::ranges::find(draft.lists, name, &Named::name);
  return found == draft.lists.end() ? nullptr : &*found;
}

// The drafts by the lists that can be joined in them.
std::map<std::string, std::vector<std::size_t>> JoinableLists(const std::vector<Draft>& drafts) {
  std::map<std::string, std::vector<std::size_t>> lists;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    for (const Named& named : drafts[i].lists) {
      if (named.joinable) lists[named.name].push_back(i);
    }
  }
  return lists;
}

// Takes drafts away by their statement; they are erased at the end of a round.
class Joining {
 public:
  Joining(std::vector<Draft>& drafts, LanguageVersion version)
      : drafts_(drafts), version_(version), gone_(drafts.size(), false) {}

  // Those among `of` that are equal but for the list of that name ("": equal).
  void Along(std::string_view name, const std::vector<std::size_t>& of) {
    std::unordered_multimap<std::size_t, std::size_t> firsts;
    std::set<std::size_t> grown;
    for (const std::size_t at : of) {
      if (gone_[at]) continue;
      const std::size_t hash = HashBut(drafts_[at], FindList(drafts_[at], name));
      const auto [begin, end] = firsts.equal_range(hash);
      const auto first = std::find_if(begin, end, [&](const auto& entry) {
        return EqualBut(drafts_[entry.second], drafts_[at], name);
      });
      if (first == end) {
        firsts.emplace(hash, at);
        continue;
      }
      gone_[at] = true;
      if (name.empty()) continue;
      const std::vector<const Node*>& more = FindList(drafts_[at], name)->list.items;
      std::vector<const Node*>& items = FindList(drafts_[first->second], name)->list.items;
      items.insert(items.end(), more.begin(), more.end());
      grown.insert(first->second);
    }
    for (const std::size_t at : grown) Reduce(*FindList(drafts_[at], name), version_);
  }

  bool Finish() {
    std::vector<Draft> left;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      if (!gone_[i]) left.push_back(std::move(drafts_[i]));
    }
    const bool joined = left.size() < drafts_.size();
    drafts_ = std::move(left);
    return joined;
  }

 private:
  std::vector<Draft>& drafts_;
  LanguageVersion version_;
  std::vector<bool> gone_;
};

}  // namespace

const StatementList* Draft::Find(const Node& member) const {
  const auto found = std::ranges::find_if(
      lists, [&member](const Named& named) { return named.list.member == &member; });
  return found == lists.end() ? nullptr : &found->list;
}

bool IsStarObject(const PrincipalSet& principal) {
  return !principal.everyone && !principal.negated && principal.entries.size() == 1 &&
         principal.node->count == 1 && principal.entries.front().type == PrincipalType::kAws &&
         principal.entries.front().value->text == "*";
}

std::vector<Draft> DraftsOf(const PolicyDocument& document, bool keep_sids) {
  std::vector<Draft> drafts;
  drafts.reserve(document.statements().size());
  for (const Statement& statement : document.statements()) {
    drafts.push_back(DraftOf(statement, keep_sids));
  }
  return drafts;
}

void ReduceDrafts(std::vector<Draft>& drafts, LanguageVersion version) {
  for (Draft& draft : drafts) {
    for (Named& named : draft.lists) Reduce(named, version);
  }
}

void JoinDrafts(std::vector<Draft>& drafts, LanguageVersion version) {
  ReduceDrafts(drafts, version);
  for (bool joined = true; joined;) {
    Joining joining(drafts, version);
    std::vector<std::size_t> all(drafts.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    joining.Along("", all);
    for (const auto& [name, of] : JoinableLists(drafts)) joining.Along(name, of);
    joined = joining.Finish();
  }
}

}  // namespace postern::policy
