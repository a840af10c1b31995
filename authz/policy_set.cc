#include "authz/policy_set.h"

#include <algorithm>

namespace postern::authz {

namespace {

// `visit(DocumentPtr&)` for every place where a document stands or could stand.
template <typename Set, typename Visit>
void EachPlace(Set& policies, const Visit& visit) {
  if (policies.endpoint) visit(policies.endpoint->document);
  for (auto* layer :
       {&policies.identity, &policies.boundary, &policies.session, &policies.resource}) {
    for (auto& document : layer->policies) visit(document);
  }
  if (policies.access_point) visit(policies.access_point->document);
  for (auto* layer : {&policies.scps, &policies.rcps}) {
    for (auto& level : layer->levels) {
      for (auto& document : level) visit(document);
    }
  }
}

}  // namespace

const OrganizationAccount* Organization::Find(std::string_view account) const {
  const auto found = std::ranges::find(accounts, account, &OrganizationAccount::account);
  return found == accounts.end() ? nullptr : &*found;
}

std::vector<DocumentPtr> DocumentsOf(const PolicySet& policies) {
  std::vector<DocumentPtr> documents;
  EachPlace(policies, [&](const DocumentPtr& document) {
    if (document == nullptr) return;
    if (std::ranges::find(documents, document) == documents.end()) documents.push_back(document);
  });
  return documents;
}

PolicySet WithDocument(PolicySet policies, const DocumentPtr& from, const DocumentPtr& to) {
  EachPlace(policies, [&](DocumentPtr& document) {
    if (document == from) document = to;
  });
  return policies;
}

}  // namespace postern::authz
