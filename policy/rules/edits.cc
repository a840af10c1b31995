#include "policy/rules/edits.h"

#include <string>

#include "policy/quote.h"

namespace postern::policy {
namespace {

void AddFix(Diagnostic& finding, SourceRange range, std::string_view text, FixSort sort) {
  Fix& fix = finding.fixes.emplace_back();
  fix.safe = sort == FixSort::kSafe;
  fix.title = text.empty() ? "remove it" : "write " + Quote(text);
  fix.edits.push_back({range, std::string(text)});
}

}  // namespace

void RenameKey(const LintContext& context, Diagnostic& finding, const Node& member,
               std::string_view text, FixSort sort) {
  // Where the name is spelled as it is, in quotes of whatever sort or without.
  const std::string_view spelled = context.document().source().Slice(member.key_range);
  const std::size_t at = spelled.find(member.key);
  if (member.key.empty() || at == spelled.npos) return;
  const auto begin = member.key_range.begin + static_cast<std::uint32_t>(at);
  AddFix(finding, {begin, begin + static_cast<std::uint32_t>(member.key.size())}, text, sort);
}

void ReplaceWithin(const LintContext& context, Diagnostic& finding, const Node& node,
                   std::size_t begin, std::size_t end, std::string_view text, FixSort sort) {
  if (!node.IsString() || !context.document().tree().Spelling(node)) return;
  AddFix(finding, context.document().tree().Within(node, begin, end), text, sort);
}

}  // namespace postern::policy
