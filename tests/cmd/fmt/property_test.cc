// What `postern fmt` promises, held against every policy of the corpus and generated ones.
#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "authz/compare/compare.h"
#include "cmd/fmt/formatter.h"
#include "policy/catalogue.h"
#include "policy/format/part.h"
#include "policy/format/tighten.h"
#include "policy/json_tree.h"
#include "policy/parse.h"
#include "tests/cmd/fmt/forms.h"
#include "tests/differential/generate/random.h"
#include "tests/files.h"
#include "tests/generated_policies.h"

namespace postern {
namespace {

using cmd::FormatPolicy;
using cmd::FormatRequest;
using policy::Layout;
using policy::NodeKind;
using policy::Part;

authz::DocumentPtr Parsed(const std::string& text, policy::PolicyKind kind) {
  policy::ParseResult parsed = policy::ParseText(testing::SourceOf(text), kind);
  REQUIRE(parsed.document.has_value());
  CHECK_FALSE(parsed.refused);
  return std::make_shared<const policy::PolicyDocument>(std::move(*parsed.document));
}

std::string Tight(const policy::PolicyDocument& document) {
  return policy::Write(policy::Tighten(document).root, &document.source(), Layout::kOneLine);
}

void MustDecideAlike(const authz::DocumentPtr& before, const authz::DocumentPtr& after) {
  const authz::Comparison compared =
      authz::CompareDecisions(before, after, policy::Catalogue::Embedded(), {1'000});
  if (compared.difference) FAIL_CHECK(compared.difference->request);
}

// The list number `left` of at least two items in a statement, elements and conditions alike; null
// if there are fewer.
Part* FindList(Part& part, std::size_t& left) {
  if (part.IsArray() && part.children.size() > 1 && left-- == 0) return &part;
  for (Part& child : part.children) {
    if (Part* found = FindList(child, left)) return found;
  }
  return nullptr;
}

// A statement for each half of each list. Where the list is of exceptions that means something
// else, and the halves must stay apart.
std::string Split(const policy::PolicyDocument& document) {
  Part root = policy::PartOf(document.root());
  for (Part& member : root.children) {
    if (member.member->key != "Statement" || !member.IsArray()) continue;
    std::vector<Part> halves;
    for (Part& statement : member.children) {
      for (std::size_t number = 0;; ++number) {
        std::size_t left = number;
        Part* list = FindList(statement, left);
        if (list == nullptr) break;
        Part half = statement;
        left = number;
        std::vector<Part>& rest = FindList(half, left)->children;
        const auto middle = static_cast<std::ptrdiff_t>(rest.size() / 2);
        list->children.erase(list->children.begin() + middle, list->children.end());
        rest.erase(rest.begin(), rest.begin() + middle);
        halves.push_back(std::move(half));
      }
    }
    std::ranges::move(halves, std::back_inserter(member.children));
  }
  return policy::Write(root, &document.source(), Layout::kIndented);
}

// JSON that a policy might be mistaken for, with what escapes and numbers there can be.
void AppendRandom(std::string& text, differential::Random& random, unsigned depth) {
  constexpr std::string_view kScalars[] = {
      "\"\\u0041\\/\"", "\"\\ud83d\\ude00 \\n\"", "\"*\"", "\"s3:Get*\"", "1e400",
      "-0.50",          "123456789012345678901",  "true",  "null",        "\"\""};
  constexpr std::string_view kNames[] = {"Statement", "Sid",       "Effect", "Action",
                                         "Resource",  "Principal", "AWS",    "Version",
                                         "Condition", "Id",        "x",      "\\u0053id"};
  const std::size_t shape = depth == 0 ? 0 : random.Below(4);
  if (shape < 2) {
    text += random.Pick(kScalars);
    return;
  }
  text += shape == 2 ? "[ " : "{\t";
  const std::size_t count = random.Below(5);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ",\n";
    if (shape == 3) text.append("\"").append(random.Pick(kNames)) += "\" : ";
    AppendRandom(text, random, depth - 1);
  }
  text += shape == 2 ? "]" : "}";
}

}  // namespace

TEST_CASE("every policy of the corpus keeps its meaning in every form") {
  testing::Totals totals;
  for (const auto& file : testing::FilesBelow(testing::SourceDir() / "corpus", {".json"})) {
    CAPTURE(file.string());
    testing::CheckText(testing::ReadAll(file), file.string(), totals);
  }
  CHECK(totals.formatted > 2'000);
  CHECK(totals.tight > 300);
}

TEST_CASE("generated policies decide the same when they are tight, and when they were split") {
  std::size_t joined = 0;
  for (std::uint64_t number = 0; number < 150; ++number) {
    for (const authz::DocumentPtr& document : testing::GeneratedPolicies(number)) {
      const std::string tight = Tight(*document);
      CAPTURE(tight);
      const authz::DocumentPtr after = Parsed(tight, document->kind());
      MustDecideAlike(document, after);
      CHECK(Tight(*after) == tight);

      const std::string split = Split(*document);
      CAPTURE(split);
      const authz::DocumentPtr halves = Parsed(split, document->kind());
      const authz::DocumentPtr whole = Parsed(Tight(*halves), document->kind());
      MustDecideAlike(halves, whole);
      joined += whole->statements().size() < halves->statements().size() ? 1 : 0;
    }
  }
  CHECK(joined > 100);
}

TEST_CASE("random JSON is formatted so that it says the same, or refused") {
  differential::Random random(1);
  testing::Totals totals;
  for (int i = 0; i < 3'000; ++i) {
    std::string text = "{\"Statement\": ";
    AppendRandom(text, random, 5);
    text += ", \"Version\": \"2012-10-17\"}";
    CAPTURE(text);
    FormatRequest request;
    request.sort_lists = random.Chance(30);
    const auto once = FormatPolicy(testing::SourceOf(text), "/p.json", request);
    if (!once) continue;
    ++totals.formatted;
    const auto twice = FormatPolicy(testing::SourceOf(once->text), "/p.json", request);
    REQUIRE(twice.has_value());
    CHECK(twice->text == once->text);
  }
  CHECK(totals.formatted > 1'000);
}

}  // namespace postern
