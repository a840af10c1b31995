// The node that a document was read from goes with the document.
#include <utility>

#include "policy/document.h"

using postern::policy::Node;
using postern::policy::PolicyDocument;

const Node* Root(PolicyDocument&& document) {
#ifdef POSTERN_DANGLING
  return &std::move(document).root();
#else
  static const PolicyDocument kDocument = std::move(document);
  return &kDocument.root();
#endif
}
