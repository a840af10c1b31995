#include "tests/fuzz/decide.h"

#include "cmd/verdict_report.h"
#include "policy/catalogue.h"
#include "tests/fuzz/lie_in.h"
#include "tests/fuzz/target.h"

namespace postern::fuzz {
namespace {

constexpr std::string_view kEndpointPolicy = R"({"Statement": [
  {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
   "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}},
  {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::secret*"}]})";
constexpr std::string_view kBucketPolicy = R"({"Statement": [
  {"Sid": "Vpce", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
   "Resource": ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"],
   "Condition": {"StringNotEqualsIfExists": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}},
  {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:Get*",
   "Resource": "arn:aws:s3:::reports/*"}]})";
constexpr std::string_view kRolePolicy = R"({"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": ["s3:*", "sts:*"], "Resource": "*"},
  {"Effect": "Deny", "Action": "s3:Put*", "Resource": "arn:aws:s3:::${aws:PrincipalTag/team}/*"}]})";

std::string_view PolicyFor(std::string_view path) {
  const auto says = [path](std::string_view word) { return path.find(word) != path.npos; };
  if (says("endpoint")) return kEndpointPolicy;
  return says("bucket") || says("resource") ? kBucketPolicy : kRolePolicy;
}

}  // namespace

authz::ReadPolicyFile AnyPolicyFile() {
  return [](std::string_view path,
            std::string_view) -> tl::expected<std::shared_ptr<const policy::Source>, std::string> {
    if (path.find("missing") != path.npos) return tl::make_unexpected(std::string("no such file"));
    return std::make_shared<const policy::Source>(std::string(path), std::string(PolicyFor(path)));
  };
}

void CheckProblems(const std::vector<authz::CaseProblem>& problems) {
  for (const authz::CaseProblem& problem : problems) {
    Require(!problem.code.empty() && !problem.message.empty(), "a problem that says nothing");
    Require(problem.source == nullptr || LiesIn(*problem.source, problem.range),
            "a problem outside its text: " + problem.message);
  }
}

std::optional<authz::Decision> DecideAlike(const authz::PolicySet& policies,
                                           const authz::Case& question,
                                           authz::CompileOptions options) {
  const auto compiled = authz::Compile(policies, policy::Catalogue::Embedded(), options);
  auto report = cmd::MakeVerdictReport(compiled, question);
  if (!report) {
    Require(!report.error().message.empty(), "an input error that says nothing");
    return std::nullopt;
  }
  const authz::Decision& decision = report->decision;
  Require(report->deciding_call < report->calls.size(), "no call decides");
  const authz::Decision& explained = report->calls[report->deciding_call].decision;
  if (report->calls.size() == 1 && question.calls.size() < 2) {
    Require(decision.verdict == explained.verdict && decision.decided_by == explained.decided_by &&
                decision.statements == explained.statements &&
                decision.assumed == explained.assumed && decision.missing == explained.missing,
            "Decide and Explain do not decide alike");
  }
  Require((decision.verdict == authz::Verdict::kUnknown) == !decision.missing.empty(),
          "unknown, and nothing is missing; or the other way round");
  return decision;
}

}  // namespace postern::fuzz
