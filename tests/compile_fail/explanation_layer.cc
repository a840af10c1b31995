// The evidence of a layer is a part of its explanation.
#include "authz/explain.h"

using postern::authz::Explanation;
using postern::authz::Layer;
using postern::authz::LayerEvidence;

Explanation ExplainOne();

std::size_t CountStatements() {
#ifdef POSTERN_DANGLING
  const LayerEvidence& evidence = ExplainOne().Of(Layer::kEndpoint);
#else
  const Explanation explanation = ExplainOne();
  const LayerEvidence& evidence = explanation.Of(Layer::kEndpoint);
#endif
  return evidence.statements.size();
}
