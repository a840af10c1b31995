// A safe fix changes no decision: policies that AWS takes, with what people leave in them, before
// and after `postern lint --fix`. $POSTERN_POLICIES sets how many.
#include <doctest/doctest.h>

#include <cctype>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authz/compare/compare.h"
#include "cmd/rule_table.h"
#include "policy/catalogue.h"
#include "policy/fixes.h"
#include "policy/format/part.h"
#include "policy/lint.h"
#include "policy/parse.h"
#include "tests/differential/generate/random.h"
#include "tests/files.h"
#include "tests/generated_policies.h"

namespace postern {
namespace {

using differential::Random;
using policy::Layout;
using policy::Part;

constexpr std::size_t kRequests = 100;

std::size_t CountOfPolicies() {
  const char* const given = std::getenv("POSTERN_POLICIES");
  return given == nullptr ? 300 : std::strtoul(given, nullptr, 10);
}

authz::DocumentPtr Parsed(const std::shared_ptr<const policy::Source>& source,
                          policy::PolicyKind kind) {
  policy::ParseResult parsed = policy::ParseText(source, kind);
  if (!parsed.document || parsed.refused) return nullptr;
  return std::make_shared<const policy::PolicyDocument>(std::move(*parsed.document));
}

// Items and statements that are there twice, and members in another order.
void Clutter(Part& part, Random& random) {
  if (part.IsArray() && !part.children.empty() && random.Below(3) == 0) {
    Part again = part.children[random.Below(part.children.size())];
    part.children.insert(
        part.children.begin() + static_cast<std::ptrdiff_t>(random.Below(part.children.size() + 1)),
        std::move(again));
  }
  if (part.IsObject() && part.children.size() > 1 && random.Below(3) == 0) {
    std::swap(part.children.front(), part.children.back());
  }
  for (Part& child : part.children) Clutter(child, random);
}

// Names of condition keys in another case.
std::string InOtherCase(std::string text, Random& random) {
  for (const std::string_view key : {"\"aws:", "\"s3:"}) {
    for (std::size_t at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
      const std::size_t end = text.find('"', at + 1);
      if (end == text.npos || text.compare(end, 2, "\":") != 0 || random.Below(3) != 0) continue;
      for (std::size_t i = at; i < end && text[i] != '/'; ++i) {
        text[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[i])));
      }
    }
  }
  return text;
}

std::string Cluttered(const policy::PolicyDocument& document, Random& random) {
  Part root = policy::PartOf(document.root());
  Clutter(root, random);
  return InOtherCase(policy::Write(root, &document.source(), Layout::kOneLine), random);
}

struct Totals {
  std::size_t policies = 0;
  std::size_t requests = 0;
  std::map<std::string_view, std::size_t> applied;  // by rule
};

void MustDecideAlikeWhenFixed(const std::string& text, policy::PolicyKind kind, Totals& totals) {
  const auto source = std::make_shared<const policy::Source>("p.json", text);
  const authz::DocumentPtr before = Parsed(source, kind);
  if (before == nullptr) return;
  policy::LintOptions options;
  options.kind = kind;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  const auto find = [&options](const std::shared_ptr<const policy::Source>& each) {
    return policy::LintText(each, options, cmd::AllRules()).diagnostics;
  };
  // Where AWS refuses the whole document, its repair is safe because nothing was decided before.
  for (const policy::Diagnostic& found : find(source)) {
    if (found.severity == policy::Severity::kError) return;
  }
  const policy::FixResult fixed = policy::RunFixes(source, find, policy::FixLevel::kSafe);
  ++totals.policies;
  if (fixed.applied.empty()) return;
  for (const policy::AppliedFix& fix : fixed.applied) ++totals.applied[fix.code];
  CAPTURE(text);
  CAPTURE(fixed.source->text());
  const authz::DocumentPtr after = Parsed(fixed.source, kind);
  REQUIRE(after != nullptr);
  const authz::Comparison compared =
      authz::CompareDecisions(before, after, policy::Catalogue::Embedded(), {kRequests});
  totals.requests += compared.requests;
  if (compared.difference) FAIL_CHECK(compared.difference->request);
}

}  // namespace

TEST_CASE("a safe fix never changes a decision") {
  Totals totals;
  Random random(7);
  for (std::uint64_t number = 0; totals.policies < CountOfPolicies(); ++number) {
    for (const authz::DocumentPtr& document : testing::GeneratedPolicies(number)) {
      MustDecideAlikeWhenFixed(Cluttered(*document, random), document->kind(), totals);
    }
  }
  std::string rules;
  std::size_t fixes = 0;
  for (const auto& [code, count] : totals.applied) {
    rules.append(" ").append(code).append(":").append(std::to_string(count));
    fixes += count;
  }
  MESSAGE(totals.policies << " policies, " << fixes << " fixes, " << totals.requests << " requests;"
                          << rules);
  CHECK(fixes > totals.policies);
  CHECK(totals.requests > 50 * totals.policies);
}

TEST_CASE("a safe fix of a bad case that AWS takes changes no decision") {
  Totals totals;
  for (const auto& file : testing::FilesBelow(testing::SourceDir() / "corpus", {".json"})) {
    CAPTURE(file.string());
    const std::string text = testing::ReadAll(file);
    for (const policy::PolicyKind kind :
         {policy::PolicyKind::kEndpoint, policy::PolicyKind::kIdentity, policy::PolicyKind::kBucket,
          policy::PolicyKind::kScp}) {
      MustDecideAlikeWhenFixed(text, kind, totals);
    }
  }
  CHECK(totals.applied.size() > 10);
}

}  // namespace postern
