// How wide a Resource is, and what the items of one list mean together.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/globs.h"
#include "policy/rules/parts.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/resources/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// "arn:*", "arn:aws:*", "arn:aws:*:*:*:*": every ARN there is.
bool IsEveryArn(std::string_view text) {
  if (!text.starts_with("arn:")) return false;
  std::string_view rest = text.substr(4);
  if (rest.starts_with("aws:")) rest.remove_prefix(4);
  if (rest.empty() || rest.find_first_not_of("*:") != rest.npos) return false;
  // An empty field would match empty ones only.
  const Arn arn = SplitArn(text);
  return std::ranges::none_of(arn.fields.begin(), arn.fields.begin() + arn.count,
                              [](std::string_view field) { return field.empty(); });
}

// No list that somebody wrote has more items; the rest of one that a machine made is left out.
constexpr std::size_t kMostCovers = 200;

// Another item that matches all that this one does. Of two that match the same, the first stays.
const Node* FindCover(const PatternSet& resources, std::size_t item) {
  const std::string_view text = resources.patterns[item]->text;
  const std::size_t end = std::min(resources.patterns.size(), kMostCovers);
  for (std::size_t i = 0; i < end; ++i) {
    if (i == item || !CoversResource(resources.patterns[i]->text, text)) continue;
    if (i > item && CoversResource(text, resources.patterns[i]->text)) continue;
    return resources.patterns[i];
  }
  return nullptr;
}

bool IsLiteralPartition(std::string_view text) {
  return text.starts_with("aws") && FindOpen(text) == text.size();
}

struct Seen {
  const Node* value;
  std::string_view partition;
  std::string_view rest;  // of the ARN
};

}  // namespace

void CheckEffectivelyStar(LintContext& context) {
  ForEachResource(context.document(), [&context](const Statement& statement, const Node& value) {
    if (!IsEveryArn(value.text)) return;
    Diagnostic& finding = context.Report(
        "RS621", value, Quote(value.text) + " matches every ARN: it restricts no more than `*`",
        "write `*`, or what is meant");
    if (statement.effect == Effect::kAllow) finding.severity = Severity::kSecurity;
    AddRewrite(finding, context.document(), value, "*", FixSafety::kUnsafe);
  });
}

void CheckRedundantResource(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!statement.resources) continue;
    const PatternSet& resources = *statement.resources;
    for (std::size_t i = 0; i < resources.patterns.size(); ++i) {
      const Node& item = *resources.patterns[i];
      const Node* cover = FindCover(resources, i);
      if (cover == nullptr) continue;
      Diagnostic& finding = context.Report(
          "RS622", item,
          Quote(item.text) + (cover->text == item.text
                                  ? std::string(" is listed twice")
                                  : " is covered by " + Quote(cover->text) + " already"),
          "remove it");
      finding.related.push_back({cover->range, "covers it"});
      AddRemoval(finding, context.document(), *resources.node, item, FixSafety::kSafe);
    }
  }
}

void CheckPartitionMix(LintContext& context) {
  std::vector<Seen> seen;
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    if (!IsLiteralPartition(arn.partition())) return;
    seen.push_back(
        {&value, arn.partition(), value.text.substr(OffsetIn(value.text, arn.service()))});
  });
  if (seen.size() > kMostCovers) seen.resize(kMostCovers);
  for (const Seen& each : seen) {
    if (each.partition == seen.front().partition) continue;
    // The same ARN once for each partition: written for several on purpose.
    if (std::ranges::any_of(seen, [&each](const Seen& other) {
          return other.rest == each.rest && other.partition != each.partition;
        })) {
      return;
    }
  }
  for (const Seen& each : seen) {
    if (each.partition == seen.front().partition) continue;
    const std::size_t begin = OffsetIn(each.value->text, each.partition);
    Diagnostic& finding =
        context.ReportWithin("RS624", *each.value, begin, begin + each.partition.size(),
                             "resources in " + Quote(seen.front().partition) + " and in " +
                                 Quote(each.partition) + ": no account has both",
                             "write one policy for each partition, or `arn:*:` for all of them");
    finding.related.push_back({seen.front().value->range, "the other partition"});
    return;
  }
}

void CheckAllowNotResource(LintContext& context) {
  const PolicyKind kind = context.kind();
  if (!IsIdentity(kind) && !IsS3Resource(kind) && kind != PolicyKind::kEndpoint &&
      kind != PolicyKind::kResource) {
    return;
  }
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || statement.effect != Effect::kAllow || !statement.resources ||
        !statement.resources->negated) {
      continue;
    }
    context.ReportKey("RS629", *statement.resources->node,
                      "NotResource with Allow allows the actions on every resource that is not "
                      "listed, those of others too",
                      "list what is allowed in Resource, or deny what is not in a statement of "
                      "its own");
  }
}

}  // namespace postern::policy
