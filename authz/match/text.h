// Policy text against request text: variables substituted, ARNs field by field (semantics S3.3,
// S4.14, S5).
#pragma once

#include <optional>
#include <string_view>

#include "authz/bound.h"
#include "authz/compiled.h"
#include "authz/explain.h"

namespace postern::authz {

struct TextMatch {
  Ternary matched = Ternary::kNo;
  bool unresolved = false;  // a variable had no value, so the text matches nothing (S5.5)
  bool malformed = false;   // it is no ARN, maybe only with variables in place
  AssumptionSet reached;    // A16, A18, A19
};

TextMatch MatchText(const CompiledPolicySet& policies, const CompiledText& text,
                    std::string_view value, BoundRequest::State& request, bool ignore_case = false);

// The text of a value whose type needs parsing after substitution (Bool). Absent: unresolved or
// unknown, told apart in `match`. The view is good until the next call.
std::optional<std::string_view> ExpandText(const CompiledPolicySet& policies,
                                           const CompiledText& text, BoundRequest::State& request,
                                           TextMatch& match);

// `value` must be a whole ARN, already split.
TextMatch MatchArn(const CompiledPolicySet& policies, const CompiledArn& arn,
                   std::string_view value, const policy::Arn& value_fields,
                   BoundRequest::State& request);

}  // namespace postern::authz
