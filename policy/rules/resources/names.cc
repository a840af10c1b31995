// Names that AWS completes: what is written is less than what there is.
#include <algorithm>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/parts.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/resources/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

constexpr std::string_view kSecret = "secret:";
constexpr std::string_view kTable = "table/";
constexpr std::size_t kSuffix = 6;

bool IsAlnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Six letters and digits behind a dash: what Secrets Manager appends, or what looks like it.
bool HasSuffix(std::string_view name) {
  if (name.size() < kSuffix + 2 || name[name.size() - kSuffix - 1] != '-') return false;
  return std::ranges::all_of(name.substr(name.size() - kSuffix), IsAlnum);
}

bool IsTable(std::string_view text) {
  const Arn arn = SplitArn(text);
  return arn.valid() && arn.service() == "dynamodb" && arn.resource().starts_with(kTable) &&
         arn.resource().find('/', kTable.size()) == std::string_view::npos &&
         !arn.resource().ends_with('*') && !IsUnfinished(text);
}

const Node* FindQuery(const PatternSet& actions) {
  const auto found = std::ranges::find_if(actions.patterns, [](const Node* each) {
    return EqualsIgnoreAsciiCase(each->text, "dynamodb:Query") ||
           EqualsIgnoreAsciiCase(each->text, "dynamodb:Scan");
  });
  return found == actions.patterns.end() ? nullptr : *found;
}

}  // namespace

void CheckSecretSuffix(LintContext& context) {
  ForEachResourceArn(context.document(), [&](const Statement&, const Node& value, const Arn& arn) {
    if (arn.service() != "secretsmanager" || !arn.resource().starts_with(kSecret)) return;
    const std::string_view name = arn.resource().substr(kSecret.size());
    // A wildcard or a variable at the end may stand for it.
    if (name.empty() || IsUnfinished(name) || HasSuffix(name)) return;
    if (name.find_first_of("*?", name.size() < 2 ? 0 : name.size() - 1) != name.npos) return;
    const std::size_t begin = OffsetIn(value.text, name);
    Diagnostic& finding =
        context.ReportWithin("RS625", value, begin, value.text.size(),
                             "no secret has the ARN " + Quote(value.text) +
                                 ": Secrets Manager appends `-` and six characters",
                             "write " + Quote(std::string(name) + "-??????"));
    AddRewrite(finding, context.document(), value, value.text.size(), value.text.size(), "-??????",
               FixSafety::kUnsafe);
  });
}

void CheckTableWithoutIndex(LintContext& context) {
  if (!IsIdentity(context.kind()) && context.kind() != PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || statement.effect != Effect::kAllow) continue;
    if (!statement.actions || statement.actions->negated) continue;
    if (!statement.resources || statement.resources->negated) continue;
    const std::vector<const Node*>& resources = statement.resources->patterns;
    const Node* query = FindQuery(*statement.actions);
    if (query == nullptr || resources.empty()) continue;
    if (!std::ranges::all_of(resources, [](const Node* each) { return IsTable(each->text); })) {
      continue;
    }
    Diagnostic& finding =
        context.Report("RS627", *resources.front(),
                       Quote(query->text) + " on an index of the table needs the ARN of the index",
                       "add " + Quote(std::string(resources.front()->text) + "/index/*") +
                           " if indexes are queried");
    finding.related.push_back({query->range, "allowed on the table only"});
    AddItem(finding, context.document(), *statement.resources->node,
            std::string(resources.front()->text) + "/index/*", FixSafety::kUnsafe);
  }
}

}  // namespace postern::policy
