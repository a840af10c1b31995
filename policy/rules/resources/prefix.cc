// Resources that do not begin as an ARN does, or end too early.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/action_patterns.h"
#include "policy/rules/fixes.h"
#include "policy/rules/parts.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/resources/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

constexpr std::string_view kArn = "arn:";
constexpr std::string_view kS3Arn = "arn:aws:s3:::";

bool BeginsAsArn(std::string_view text) {
  // `*`, `ar?:aws...`, `${Arn}`, `{{ arn }}`: may be one.
  return FindOpen(text) < kArn.size() || text.starts_with(kArn);
}

// API Gateway's short form of its own ARN (S3.3.9).
bool IsOfApiGateway(PolicyKind kind, std::string_view text) {
  return kind == PolicyKind::kResource && text.starts_with("execute-api:");
}

// What follows the name of a bucket in an address: "b" of "b.s3.eu-west-1.amazonaws.com".
std::string_view HostedBucket(std::string_view host) {
  const std::size_t at = host.find(".s3.");
  const std::size_t old = host.find(".s3-");
  return host.substr(0, std::min(at, old));
}

// The ARN for "s3://b/key", "https://b.s3.amazonaws.com/key" and "https://s3.amazonaws.com/b/key",
// or "".
std::string ArnOfAddress(std::string_view text) {
  constexpr std::array<std::string_view, 3> kSchemes = {"s3://", "https://", "http://"};
  for (const std::string_view scheme : kSchemes) {
    if (!text.starts_with(scheme)) continue;
    const std::string_view rest = text.substr(scheme.size());
    if (scheme == kSchemes[0]) return std::string(kS3Arn) + std::string(rest);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view host = rest.substr(0, slash);
    if (host.find(".amazonaws.com") == host.npos) return {};
    const std::string_view bucket = HostedBucket(host);
    if (bucket.size() < host.size()) {
      return std::string(kS3Arn) + std::string(bucket) + std::string(rest.substr(slash));
    }
    const bool is_path = host.starts_with("s3.") || host.starts_with("s3-");
    return is_path && slash + 1 < rest.size()
               ? std::string(kS3Arn) + std::string(rest.substr(slash + 1))
               : std::string();
  }
  return {};
}

bool IsBucketName(std::string_view text) {
  const std::string_view name = text.substr(0, text.find('/'));
  return name.size() >= 3 && name.size() <= 63 && std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                  c == '*';
         });
}

bool IsAboutS3(const Statement& statement) {
  return statement.actions && !statement.actions->negated && !statement.actions->patterns.empty() &&
         std::ranges::all_of(statement.actions->patterns, [](const Node* each) {
           const auto action = SplitAction(each->text);
           return action && (action->service == "s3" || action->service == "S3");
         });
}

// The ARN that was meant, where only S3 can have been: an address, or a bare name of a bucket in a
// statement about S3.
std::string S3ArnFor(const Statement& statement, std::string_view text) {
  std::string arn = ArnOfAddress(text);
  if (arn.empty() && IsAboutS3(statement) && IsBucketName(text)) {
    arn = std::string(kS3Arn) + std::string(text);
  }
  return arn;
}

// Text that has to be an ARN and does not begin as one.
template <typename Visit>
void ForEachOther(LintContext& context, Visit visit) {
  ForEachResource(context.document(), [&](const Statement& statement, const Node& value) {
    const std::string_view text = value.text;
    if (text.empty() || BeginsAsArn(text) || IsOfApiGateway(context.kind(), text)) return;
    const auto placeholder = FindPlaceholder(text);
    if (placeholder && placeholder->begin < kArn.size()) return;
    visit(statement, value, S3ArnFor(statement, text));
  });
}

}  // namespace

void CheckArnPrefix(LintContext& context) {
  ForEachOther(context, [&](const Statement&, const Node& value, const std::string& s3) {
    if (!s3.empty()) return;  // RS618
    context.Report("RS601", value, Quote(value.text) + " is not an ARN: it does not begin `arn:`",
                   "write `*` or an ARN: arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE");
  });
}

void CheckNotAnArnButS3(LintContext& context) {
  ForEachOther(context, [&](const Statement&, const Node& value, const std::string& s3) {
    if (s3.empty()) return;
    Diagnostic& finding = context.Report(
        "RS618", value, Quote(value.text) + " is not an ARN: buckets and objects are named by one",
        "write " + Quote(s3));
    AddRewrite(finding, context.document(), value, s3, FixSafety::kUnsafe);
  });
}

void CheckTooFewFields(LintContext& context) {
  ForEachResource(context.document(), [&](const Statement&, const Node& value) {
    const std::string_view text = value.text;
    const Arn arn = SplitArn(text);
    if (!text.starts_with(kArn) || arn.whole()) return;
    // A variable or placeholder may bring the colons with it.
    if (IsUnfinished(text)) return;
    // RS621
    if (text.find_first_not_of(":*", 3) == text.npos || text.starts_with("arn:aws:*")) return;
    Diagnostic& finding = context.Report(
        "RS602", value,
        Quote(text) + " has " + std::to_string(arn.count) + " of the six fields of an ARN",
        "write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE; Region and account may be empty");
    // IAM takes the rest for `*` (S3.3.5); with a star at the end that can have been meant.
    if (text.ends_with('*')) finding.severity = Severity::kWarning;
  });
}

}  // namespace postern::policy
