// Draws the answer to one case.
#pragma once

#include <string>
#include <vector>

#include "cmd/render/json_writer.h"
#include "cmd/render/snippet.h"
#include "cmd/verdict_report.h"

namespace postern::cmd {

std::string VerdictAsText(const VerdictReport& report, bool color);
std::string VerdictAsJson(const VerdictReport& report);

// Parts that `explain` draws too.
std::string VerdictHeadline(const VerdictReport& report, const Palette& palette);
std::string MissingAndAssumed(const VerdictReport& report);
// What it says, line by line: what the verdict rests on.
struct VerdictRemark {
  std::string_view label;  // "missing", "assumed", "hangs on"
  std::string name;        // of the assumption: "A9"; "" = none
  std::string text;
};
std::vector<VerdictRemark> VerdictRemarks(const VerdictReport& report);
std::string LayerNames(const authz::LayerMask& mask);  // "endpoint, identity"
// The members "verdict", "decided_by", "statements", "missing", "assumed".
void WriteDecision(JsonWriter& json, const authz::CompiledPolicySet& policies,
                   const authz::Decision& decision,
                   const std::vector<std::string>& assumed_of_api = {});
// The members "stable" and "unstable".
void WriteStability(JsonWriter& json, const authz::Stability& stability);
// The members "layers" and "absent_keys".
void WriteEvidence(JsonWriter& json, const authz::Explanation& why);
// The member "bucket_resource", where there is an access point.
void WriteBucketResource(JsonWriter& json, const authz::Explanation& why);
// The member "calls", where there are several.
void WriteCalls(JsonWriter& json, const VerdictReport& report);

}  // namespace postern::cmd
