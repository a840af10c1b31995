// Region and account of an ARN, by what the resource is.
#include <algorithm>
#include <array>
#include <string>

#include "policy/catalogue.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/parts.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/resources/checks.h"

namespace postern::policy {
namespace {

// Owners that are written by name where an account id is due.
constexpr std::array<std::string_view, 6> kNamedOwners = {
    "aws", "cloudfront", "aws-marketplace", "amazon", "third-party", "aws-managed"};

// Services whose ARNs never have a Region, beside those that the catalogue holds.
constexpr std::array<std::string_view, 3> kWithoutRegion = {"cloudfront", "organizations",
                                                            "route53"};

// Services with resources of AWS's own, which have no account: documents and parameters of SSM.
constexpr std::array<std::string_view, 1> kWithoutAccount = {"ssm"};

template <std::size_t N>
bool Has(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// `*` matches the empty field too.
bool IsStars(std::string_view field) { return field.find_first_not_of('*') == field.npos; }

// The account of an ARN whose resource type has none: nothing of that name exists.
bool AccountNotAllowed(const Catalogue& catalogue, const Arn& arn) {
  return !IsStars(arn.account()) &&
         UseOfField(catalogue, arn, ArnField::kAccount) == FieldUse::kNever;
}

bool RegionNotAllowed(const Catalogue& catalogue, const Arn& arn) {
  if (IsStars(arn.region())) return false;
  return Has(kWithoutRegion, arn.service()) ||
         UseOfField(catalogue, arn, ArnField::kRegion) == FieldUse::kNever;
}

// The finding on a field that has to be empty.
void ReportFilled(LintContext& context, std::string_view code, const Node& value,
                  std::string_view field, std::string message) {
  const std::size_t begin = OffsetIn(value.text, field);
  const std::size_t end = begin + field.size();
  const std::string fixed =
      std::string(value.text.substr(0, begin)) + std::string(value.text.substr(end));
  Diagnostic& finding =
      context.ReportWithin(code, value, begin, end, std::move(message), "write " + Quote(fixed));
  AddRewrite(finding, context.document(), value, begin, end, "", FixSafety::kUnsafe);
}

std::string SortOf(const Arn& arn) { return "this sort of " + Quote(arn.service()) + " ARN"; }

}  // namespace

void CheckAccountNotAllowed(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    if (!AccountNotAllowed(context.catalogue(), arn)) return;
    ReportFilled(context, "RS606", value, arn.account(),
                 arn.service() == "s3" ? "ARNs of S3 buckets and objects have no account"
                                       : SortOf(arn) + " has no account");
  });
}

void CheckRegionNotAllowed(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    if (!RegionNotAllowed(context.catalogue(), arn)) return;
    ReportFilled(context, "RS607", value, arn.region(),
                 arn.service() == "s3" ? "ARNs of S3 buckets and objects have no Region"
                                       : SortOf(arn) + " has no Region");
  });
}

void CheckAccountMissing(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    if (!arn.account().empty() || Has(kWithoutAccount, arn.service())) return;
    if (!HasWholeReference(arn.service())) return;
    if (UseOfField(context.catalogue(), arn, ArnField::kAccount) != FieldUse::kAlways) return;
    context.Report("RS608", value, SortOf(arn) + " has an account, and here it is empty",
                   "write the account id, or `*` for every account");
  });
}

void CheckRegionMissing(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    if (!arn.region().empty() || !HasWholeReference(arn.service())) return;
    if (UseOfField(context.catalogue(), arn, ArnField::kRegion) != FieldUse::kAlways) return;
    context.Report("RS609", value, SortOf(arn) + " has a Region, and here it is empty",
                   "write the Region, or `*` for every Region");
  });
}

void CheckAccountFormat(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    const std::string_view account = arn.account();
    if (account.empty() || FindOpen(account) < account.size() || IsAccountId(account)) return;
    if (Has(kNamedOwners, account)) return;
    const std::size_t begin = OffsetIn(value.text, account);
    // Each of the two says more.
    if (AccountNotAllowed(context.catalogue(), arn)) return;
    if (LooksUnfinished(account)) return;
    context.ReportWithin("RS610", value, begin, begin + account.size(),
                         Quote(account) + " is not an account id: they have 12 digits",
                         "write the id of the account that owns the resource");
  });
}

}  // namespace postern::policy
