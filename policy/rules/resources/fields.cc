// Fields of an ARN that hold what no ARN has in their place.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/parts.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/resources/checks.h"
#include "policy/rules/texts.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

constexpr std::array<std::string_view, 8> kPartitions = {
    "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"};

// How Regions are named: an area, a direction, a number. New ones come in this form.
constexpr std::array<std::string_view, 17> kAreas = {
    "us", "eu", "ap", "sa",     "ca",     "me",      "af",      "il",     "mx",
    "cn", "nz", "in", "us-gov", "us-iso", "us-isob", "us-isof", "eu-isoe"};
constexpr std::array<std::string_view, 9> kDirections = {"north",     "south",     "east",
                                                         "west",      "central",   "northeast",
                                                         "northwest", "southeast", "southwest"};

template <std::size_t N>
bool Has(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool IsRegion(std::string_view text) {
  if (text.starts_with("eusc-")) return true;
  const std::size_t number = text.rfind('-');
  if (number == text.npos || number + 2 != text.size()) return false;
  if (text[number + 1] < '1' || text[number + 1] > '9') return false;
  const std::string_view name = text.substr(0, number);
  const std::size_t direction = name.rfind('-');
  return direction != name.npos && Has(kAreas, name.substr(0, direction)) &&
         Has(kDirections, name.substr(direction + 1));
}

// us-east-1a and its like: a zone of a Region.
std::string_view RegionOfZone(std::string_view text) {
  if (text.size() < 2 || text.back() < 'a' || text.back() > 'z') return {};
  const std::string_view region = text.substr(0, text.size() - 1);
  return IsRegion(region) ? region : std::string_view();
}

// Nothing but literal text: what a wildcard or a placeholder stands for may be right.
bool IsFinal(std::string_view field) {
  return !field.empty() && FindOpen(field) == field.size() && !LooksUnfinished(field) &&
         !FindPlaceholder(field);
}

struct Place {
  std::size_t begin;
  std::size_t end;
};

Place PlaceOf(const Node& value, std::string_view field) {
  const std::size_t begin = OffsetIn(value.text, field);
  return {begin, begin + field.size()};
}

Diagnostic& ReportField(LintContext& context, std::string_view code, const Node& value,
                        std::string_view field, std::string message, std::string_view instead) {
  const Place place = PlaceOf(value, field);
  std::string help;
  if (!instead.empty()) help = "did you mean " + Quote(instead) + "?";
  Diagnostic& finding = context.ReportWithin(code, value, place.begin, place.end,
                                             std::move(message), std::move(help));
  if (!instead.empty()) {
    AddRewrite(finding, context.document(), value, place.begin, place.end, instead,
               FixSafety::kUnsafe);
  }
  return finding;
}

}  // namespace

void CheckPartition(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    const std::string_view partition = arn.partition();
    if (partition.empty()) {
      context.Report("RS603", value, Quote(value.text) + " has no partition",
                     "write the partition, `aws` in most Regions");
      return;
    }
    if (!IsFinal(partition) || Has(kPartitions, partition)) return;
    ReportField(context, "RS603", value, partition, Quote(partition) + " is not a partition",
                ClosestName(partition, kPartitions));
  });
}

void CheckServiceCase(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    if (!IsFinal(arn.service()) || !HasUpperAscii(arn.service())) return;
    const std::string lower = FoldAscii(arn.service());
    ReportField(
        context, "RS604", value, arn.service(),
        "the service of an ARN is in lower case, and " + Quote(arn.service()) + " matches nothing",
        lower)
        .help = "write " + Quote(lower);
  });
}

void CheckUnknownArnService(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    const std::string_view service = arn.service();
    // What is in the wrong case is RS604's.
    if (!IsFinal(service) || HasUpperAscii(service)) return;
    if (context.catalogue().HasService(service)) return;
    // Some services have another name in ARNs than before their actions, and no list of those is
    // complete: only a slip of the pen is told.
    const std::string_view closest = ClosestName(service, context.catalogue().Services());
    if (closest.empty()) return;
    ReportField(context, "RS605", value, service,
                Quote(service) + " is not a service that has ARNs", closest);
  });
}

void CheckRegionUnknown(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    const std::string_view region = arn.region();
    if (!IsFinal(region) || IsRegion(region)) return;
    if (UseOfField(context.catalogue(), arn, ArnField::kRegion) == FieldUse::kNever) return;
    const std::string_view zone_of = RegionOfZone(region);
    Diagnostic& finding =
        ReportField(context, "RS611", value, region,
                    Quote(region) + (zone_of.empty() ? " is not the name of a Region"
                                                     : " is an Availability Zone, not a Region"),
                    zone_of);
    if (finding.help.empty()) finding.help = "write a Region such as eu-west-1, or `*` for all";
  });
}

void CheckWildcardInService(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    if (!HasWildcard(arn.service()) || IsUnfinished(arn.service())) return;
    // RS621
    const std::string_view rest = value.text.substr(OffsetIn(value.text, arn.service()));
    if (rest.find_first_not_of("*:") == rest.npos) return;
    const Place place = PlaceOf(value, arn.service());
    context.ReportWithin("RS623", value, place.begin, place.end,
                         "a wildcard in the service of an ARN: IAM takes none there",
                         "write one ARN for each service");
  });
}

}  // namespace postern::policy
