// The policy documents and statements inside a case's `policies`, in the engine's order.
#pragma once

#include <cstddef>
#include <vector>

#include "authz/verdict.h"
#include "tests/differential/json.h"

namespace postern::differential {

struct DocumentPlace {
  authz::Layer layer;
  std::size_t policy;  // its index in its layer, levels counted through
  Json* document;      // an object
};

std::vector<DocumentPlace> DocumentsOf(Json& policies);

struct StatementPlace {
  authz::Layer layer;
  std::size_t policy;
  std::size_t index;
  Json* document;
  Json* statement;
};

std::vector<StatementPlace> StatementsOf(Json& policies);

// Adds a statement behind those of the document.
void AddStatement(Json& document, Json statement, JsonAllocator& allocator);

}  // namespace postern::differential
