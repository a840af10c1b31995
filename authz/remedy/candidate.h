// One change of one policy that may let a refused request through, not tried yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authz/compile.h"
#include "authz/explain.h"
#include "authz/policy_set.h"
#include "authz/remedy/policy_edit.h"
#include "authz/remedy/remedy.h"
#include "authz/request.h"
#include "policy/catalogue.h"

namespace postern::authz {

// What SmallestChanges was asked. Refers to all of it.
struct RefusedRequest {
  const PolicySet& policies;
  const policy::Catalogue& catalogue;
  const CompileOptions& options;
  const Request& request;
  const Explanation& explanation;

  const std::vector<DocumentPtr>& Policies(Layer layer) const {
    return PoliciesOf(*explanation.policies, layer);
  }
};

// A place where something has to change: the policies of a layer (of a level of SCPs) of which one
// must allow more, or the one whose statement denies.
struct Gap {
  Layer layer;
  std::size_t first;  // policies [first, end) of the layer
  std::size_t end;
  const StatementEvidence* denied_by = nullptr;

  bool Holds(const StatementEvidence& statement) const {
    return statement.ref.policy >= first && statement.ref.policy < end;
  }
};

// Smaller comes first.
enum class Breadth : std::uint8_t { kNothingElse, kOneStatement, kWiderStatement };

struct Candidate {
  Change change;
  Breadth breadth = Breadth::kOneStatement;
  DocumentPtr document;  // after the change
};

// With a title still to be written; absent if the edited text is no policy any more.
std::optional<Candidate> TryEdit(const RefusedRequest& refused, Layer layer, std::size_t policy,
                                 const TextEdit& edit);

// What lets more through the policies of a gap that no Deny makes.
std::vector<Candidate> WaysToAllow(const RefusedRequest& refused, const Gap& gap);
// What keeps the Deny that makes the gap from matching.
std::vector<Candidate> WaysPastDeny(const RefusedRequest& refused, const Gap& gap);

// ---- words and small questions that both sorts share

std::string InBackticks(std::string_view text);
// "statement 2 `OnlyApp` of the bucket policy"
std::string StatementTitle(const policy::PolicyDocument& document,
                           const policy::Statement& statement);
// "`s3:GetObject`, `s3:PutObject`"; "all but ..." where they are excepted
std::string Listed(const policy::PatternSet& patterns);
// Whom beside the caller the statement is for; "" if for nobody.
std::string OthersOf(const policy::Statement& statement, const Principal& caller);
bool HasWildcardOrVariable(std::string_view text);
bool IsOneLiteral(const policy::PatternSet& patterns);
// One whole ARN: a short one stands for more than it says (S3.3).
bool IsOneResource(const policy::PatternSet& patterns);

}  // namespace postern::authz
