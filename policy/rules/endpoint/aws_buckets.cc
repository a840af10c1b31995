// Resources and grants that name buckets of AWS.
#include "policy/rules/endpoint/aws_buckets.h"

#include <algorithm>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/wildcard.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"
#include "policy/rules/parts.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

constexpr std::string_view kRegionMark = "{R}";
constexpr std::string_view kPlainRegionMark = "{r}";

std::size_t FindMark(std::string_view name) {
  return std::min(name.find(kRegionMark), name.find(kPlainRegionMark));
}

// `*`, `us-*`: a wildcard where a Region, or its beginning, may stand.
bool IsOpenRegion(std::string_view text) {
  const std::size_t open = text.find_first_of("*?");
  return open != text.npos && open < 8 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-*?0123456789") == text.npos &&
         (open == 0 || (open >= 2 && text[open - 1] == '-' && open == 3));
}

bool IsPlainRegion(std::string_view text) {
  return text.size() >= 7 && text.back() >= '1' && text.back() <= '9' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == text.size() - 1;
}

bool MayBeRegion(std::string_view text, bool plain) {
  // AWS's guides write `MyRegion` and `region`.
  if (FoldAscii(text).ends_with("region")) return true;
  return IsOpenRegion(text) || IsUnfinished(text) || (plain ? IsPlainRegion(text) : IsRegion(text));
}

// The statement limits neither who may use it nor whose the bucket is.
bool HasNoPerimeter(const Statement& statement) {
  return std::ranges::none_of(statement.conditions, [](const Condition& condition) {
    const std::string key = FoldAscii(condition.key_node->key);
    return PerimeterSideOf(key) != PerimeterSide::kNone || key.starts_with("aws:principal");
  });
}

template <typename Visit>
void ForEachAllowedAwsBucket(const LintContext& context, Visit visit) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  ForEachAllowedResource(context.document(), [&](const Statement& statement, const Node& resource) {
    if (const auto named = FindAwsBucket(resource.text)) visit(statement, resource, *named);
  });
}

// The first action of the statement that puts objects, or null.
const Node* FindWrite(const Statement& statement) {
  if (!statement.actions || statement.actions->negated) return nullptr;
  for (const Node* action : statement.actions->patterns) {
    if (ReferenceMatch(WildcardTokens(FoldAscii(action->text)), "s3:putobject")) return action;
  }
  return nullptr;
}

}  // namespace

std::optional<NamedAwsBucket> FindAwsBucket(std::string_view pattern) {
  const Arn arn = SplitArn(pattern);
  if (!arn.valid() || arn.service() != "s3") return std::nullopt;
  std::string_view name = arn.resource();
  NamedAwsBucket named;
  if (const std::size_t slash = name.find('/'); slash != name.npos) {
    named.objects = name.substr(slash + 1);
    name = name.substr(0, slash);
  }
  for (const AwsBucket& row : AwsBuckets()) {
    named.bucket = &row;
    const std::size_t mark = FindMark(row.name);
    if (mark == row.name.npos) {
      if (name == row.name) return named;
      continue;
    }
    const std::string_view before = row.name.substr(0, mark);
    const std::string_view behind = row.name.substr(mark + kRegionMark.size());
    if (name.size() <= before.size() + behind.size() || !name.starts_with(before) ||
        !name.ends_with(behind)) {
      continue;
    }
    named.region = name.substr(before.size(), name.size() - before.size() - behind.size());
    if (MayBeRegion(named.region, row.name.substr(mark).starts_with(kPlainRegionMark))) {
      return named;
    }
  }
  return std::nullopt;
}

std::string BucketIn(const AwsBucket& bucket, std::string_view region) {
  const std::size_t mark = FindMark(bucket.name);
  if (mark == bucket.name.npos) return std::string(bucket.name);
  std::string name(bucket.name.substr(0, mark));
  const bool plain = bucket.name.substr(mark).starts_with(kPlainRegionMark);
  for (char c : region) {
    if (c != '-' || !plain) name += c;
  }
  return name + std::string(bucket.name.substr(mark + kRegionMark.size()));
}

void CheckAwsBucketRegion(LintContext& context) {
  const std::string& region = context.facts().endpoint.region;
  if (region.empty() || context.facts().endpoint.service != "s3") return;
  ForEachAllowedAwsBucket(context, [&](const Statement&, const Node& resource,
                                       const NamedAwsBucket& named) {
    if (!IsRegion(named.region) || named.region == region) return;
    const std::size_t begin = OffsetIn(resource.text, named.region);
    Diagnostic& finding = context.ReportWithin(
        "EP604", resource, begin, begin + named.region.size(),
        "this bucket of AWS is in " + Quote(named.region) + ", and this endpoint serves " + region,
        "write " + BucketIn(*named.bucket, region));
    finding.fixes.push_back({false, "write " + region, {{finding.range, region}}});
  });
}

void CheckAwsBucketPatternTooWide(LintContext& context) {
  ForEachAllowedAwsBucket(
      context, [&](const Statement& statement, const Node& resource, const NamedAwsBucket& named) {
        if (!HasWildcard(named.region) || !HasNoPerimeter(statement)) return;
        context.Report("EP605", resource,
                       "anybody can register a bucket that matches " + Quote(resource.text) +
                           ", and this statement lets every identity reach it",
                       "write the Regions out: " + BucketIn(*named.bucket, "eu-west-1"));
      });
}

void CheckAwsBucketWrite(LintContext& context) {
  const Node* last = nullptr;  // once for each action
  ForEachAllowedAwsBucket(
      context, [&](const Statement& statement, const Node& resource, const NamedAwsBucket& named) {
        if (named.bucket->written || !HasNoPerimeter(statement)) return;
        const Node* const action = FindWrite(statement);
        if (action == nullptr || action == last) return;
        last = action;
        Diagnostic& finding =
            context.Report("EP606", *action,
                           Quote(action->text) + " lets any identity write to " +
                               Quote(resource.text) + ", which is only read from",
                           "allow s3:GetObject, for package repositories s3:ListBucket as well");
        finding.related.push_back({resource.range, "a bucket of AWS"});
      });
}

}  // namespace postern::policy
