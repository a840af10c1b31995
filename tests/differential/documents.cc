#include "tests/differential/documents.h"

#include <utility>

namespace postern::differential {
namespace {

using authz::Layer;

class Collector {
 public:
  explicit Collector(std::vector<DocumentPlace>& into) : into_(into) {}

  // A document, or lists of them.
  void Add(Layer layer, Json* node) {
    if (node == nullptr) return;
    if (node->IsObject()) into_.push_back({layer, CountOf(layer), node});
    if (!node->IsArray()) return;
    for (Json& each : node->GetArray()) Add(layer, &each);
  }

  // A document, or an object that has one as its `policy`.
  void AddAround(Layer layer, Json* node) {
    if (node == nullptr || !node->IsObject()) return;
    Add(layer, Find(*node, "Statement") != nullptr ? node : Find(*node, "policy"));
  }

 private:
  std::size_t CountOf(Layer layer) const {
    std::size_t count = 0;
    for (const DocumentPlace& place : into_) count += place.layer == layer ? 1 : 0;
    return count;
  }

  std::vector<DocumentPlace>& into_;
};

}  // namespace

std::vector<DocumentPlace> DocumentsOf(Json& policies) {
  std::vector<DocumentPlace> documents;
  Collector collector(documents);
  collector.Add(Layer::kScp, Find(policies, "scps"));
  collector.Add(Layer::kRcp, Find(policies, "rcps"));
  collector.AddAround(Layer::kEndpoint, Find(policies, "endpoint"));
  collector.Add(Layer::kSession, Find(policies, "session"));
  collector.Add(Layer::kBoundary, Find(policies, "boundary"));
  collector.Add(Layer::kIdentity, Find(policies, "identity"));
  collector.Add(Layer::kResource, Find(policies, "resource"));
  collector.AddAround(Layer::kAccessPoint, Find(policies, "access_point"));
  return documents;
}

std::vector<StatementPlace> StatementsOf(Json& policies) {
  std::vector<StatementPlace> statements;
  for (const DocumentPlace& place : DocumentsOf(policies)) {
    Json* list = Find(*place.document, "Statement");
    if (list == nullptr) continue;
    if (list->IsObject()) {
      statements.push_back({place.layer, place.policy, 0, place.document, list});
    }
    if (!list->IsArray()) continue;
    std::size_t index = 0;
    for (Json& statement : list->GetArray()) {
      if (statement.IsObject()) {
        statements.push_back({place.layer, place.policy, index, place.document, &statement});
      }
      ++index;
    }
  }
  return statements;
}

void AddStatement(Json& document, Json statement, JsonAllocator& allocator) {
  Json& list = document["Statement"];
  if (list.IsObject()) {
    Json only(std::move(list));
    list.SetArray();
    list.PushBack(only, allocator);
  }
  list.PushBack(statement, allocator);
}

}  // namespace postern::differential
