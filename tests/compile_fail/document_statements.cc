// Statements belong to their document: a view of those of a temporary reads freed memory.
#include <span>
#include <utility>

#include "policy/document.h"

using postern::policy::PolicyDocument;
using postern::policy::Statement;

std::span<const Statement> Statements(PolicyDocument&& document) {
#ifdef POSTERN_DANGLING
  return std::move(document).statements();
#else
  static const PolicyDocument kDocument = std::move(document);
  return kDocument.statements();
#endif
}
