// How a piece of evidence reads, in any format: what was wanted and what was there.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "authz/explain.h"

namespace postern::cmd {

// The document that a statement stands in.
const policy::PolicyDocument& DocumentOf(const authz::Explanation& why,
                                         const authz::StatementEvidence& statement,
                                         authz::Layer layer);

// What the request has where the leg looks: one value, several, or none (absent). The values are
// the explanation's.
struct RequestValue {
  bool absent = false;
  bool unknown = false;
  std::span<const std::string_view> values;
};
RequestValue RequestValueOf(const authz::Explanation& why, authz::Layer layer,
                            const authz::LegEvidence& leg);

// Keys that conditions or variables ask for and the request lacks, sorted.
std::vector<std::string_view> AbsentKeys(const authz::Explanation& why);

// The node as the policy writes it, on one line, cut after some 80 bytes.
std::string PolicyText(const policy::PolicyDocument& document, const policy::Node& node);

// "statement 2 `Sid` (`/Statement/1`)"
std::string StatementTitle(const policy::PolicyDocument& document,
                           const policy::Statement& statement);

// "Resource: [...]", "StringEquals aws:SourceVpc: [...]"; "nothing" where the element is absent.
std::string WantedText(const policy::PolicyDocument& document, const authz::LegEvidence& leg);
// "`a`, `b`", "absent", "unknown"
std::string ActualText(const RequestValue& value);
// The values in backticks, with commas between them.
std::string QuotedValues(std::span<const std::string_view> values);
// "matches", "does not match", "may match"
std::string_view MatchText(authz::Ternary matched);
// "holds", "does not hold", "not known"
std::string_view HoldsText(authz::Ternary result);
// ", judged on the bucket"; "" where there is one resource.
std::string_view JudgedOnText(authz::JudgedOn judged_on);

std::string_view TernaryName(authz::Ternary value);  // "yes", "no", "unknown"
std::string_view EffectName(policy::Effect effect);  // "Allow", "Deny"

}  // namespace postern::cmd
