#include <algorithm>
#include <array>
#include <string>

#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/parts.h"
#include "policy/rules/resources/checks.h"

namespace postern::policy {
namespace {

// Owners that are written by name where an account id is due.
constexpr std::array<std::string_view, 6> kNamedOwners = {
    "aws", "cloudfront", "aws-marketplace", "amazon", "third-party", "aws-managed"};

// The text before the first wildcard or variable.
std::string_view LiteralPrefix(std::string_view text) { return text.substr(0, FindOpen(text)); }

// A text with these is to be filled in: VA811 says so.
bool LooksUnfinished(std::string_view account) {
  return account.find_first_of("{<[%_") != account.npos || account.find("xxxx") != account.npos ||
         account.find("XXXX") != account.npos;
}

// Whether a resource of the type may be meant by the last part of an ARN.
bool MayBe(std::string_view type, std::string_view resource) {
  const std::string_view type_prefix = LiteralPrefix(type);
  const std::string_view prefix = LiteralPrefix(resource);
  return prefix.starts_with(type_prefix) ||
         (prefix.size() < resource.size() && type_prefix.starts_with(prefix));
}

// The account of an ARN whose resource type has none: nothing of that name exists.
bool AccountNotAllowed(const Catalogue& catalogue, const Arn& arn) {
  // `*` matches the empty account too.
  if (arn.account().find_first_not_of('*') == std::string_view::npos) return false;
  bool without_account = false;
  for (const ResourceType& type : catalogue.ResourceTypesOf(arn.service())) {
    const Arn form = SplitArn(type.arn_template);
    if (!form.whole() || form.service() != arn.service() ||
        !MayBe(form.resource(), arn.resource())) {
      continue;
    }
    if (!form.account().empty()) return false;
    without_account = true;
  }
  return without_account;
}

template <typename Visit>
void ForEachResourceArn(const PolicyDocument& document, Visit visit) {
  for (const Statement& statement : document.statements()) {
    if (!statement.resources) continue;
    for (const Node* pattern : statement.resources->patterns) {
      const Arn arn = SplitArn(pattern->text);
      if (arn.whole() && arn[ArnField::kArn] == "arn") visit(*pattern, arn);
    }
  }
}

}  // namespace

void CheckAccountNotAllowed(LintContext& context) {
  ForEachResourceArn(context.document(), [&context](const Node& value, const Arn& arn) {
    if (!AccountNotAllowed(context.catalogue(), arn)) return;
    const std::size_t begin = OffsetIn(value.text, arn.account());
    const std::size_t end = begin + arn.account().size();
    const std::string service(arn.service());
    context.ReportWithin("RS606", value, begin, end,
                         service == "s3" ? "ARNs of S3 buckets and objects have no account"
                                         : "this sort of " + Quote(service) + " ARN has no account",
                         "write " + Quote(std::string(value.text.substr(0, begin)) +
                                          std::string(value.text.substr(end))));
  });
}

void CheckAccountFormat(LintContext& context) {
  ForEachResourceArn(context.document(), [&context](const Node& value, const Arn& arn) {
    const std::string_view account = arn.account();
    if (account.empty() || FindOpen(account) < account.size() || IsAccountId(account)) return;
    if (std::ranges::find(kNamedOwners, account) != kNamedOwners.end()) return;
    const std::size_t begin = OffsetIn(value.text, account);
    const std::size_t end = begin + account.size();
    // Each of the two says more.
    if (AccountNotAllowed(context.catalogue(), arn)) return;
    if (LooksUnfinished(account)) return;
    context.ReportWithin("RS610", value, begin, end,
                         Quote(account) + " is not an account id: they have 12 digits",
                         "write the account id, or `*` for every account");
  });
}

}  // namespace postern::policy
