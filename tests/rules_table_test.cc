// Every rule of authz/semantics.md is somewhere in the sources and held by a case of the corpus,
// and authz/README.md shows where. POSTERN_UPDATE writes the table anew (`./dev rules-table`).
#include <doctest/doctest.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "authz/suites/suite.h"
#include "tests/corpus.h"
#include "tests/files.h"
#include "tests/semantics.h"

namespace postern {
namespace {

namespace fs = std::filesystem;

// ---- what need not have both

enum class Lacks { kSource, kCase, kBoth };

// A rule that no source or no case of the corpus can hold. `held_by` is the test, or the folder of
// the corpus, that holds it instead: a test has to name the number.
struct Exception {
  std::string_view number;
  Lacks lacks;
  std::string_view reason;
  std::string_view held_by;
};

constexpr Exception kExceptions[] = {
    {"S3.3.8", Lacks::kCase, "how fast, not what", "tests/policy/language/pattern_test.cc"},
    {"S3.7", Lacks::kBoth, "a set of resources is another question, which is not asked yet", ""},
    {"S6.4.7", Lacks::kSource, "a remark on whose credentials a request carries", ""},
    {"S7.10.5", Lacks::kBoth, "such traffic is no request of a caller", ""},
    {"S7.13.3", Lacks::kSource, "follows from S7.6 and S7.8", ""},
    {"S7.13.4", Lacks::kSource, "follows from S7.9.2", ""},
    {"S7.13.5", Lacks::kBoth, "an authoriser is no part of a case", ""},
    {"S7.14.4", Lacks::kCase, "listed, not judged", "tests/cmd/eval_test.cc"},
    {"S8.1", Lacks::kCase, "the shape of the output", "tests/cmd/schemas_test.cc"},
    {"S8.4", Lacks::kCase, "read, not decided", "tests/authz/diagnose/denied_message_test.cc"},
    {"S8.5", Lacks::kCase, "read, not decided", "tests/authz/diagnose/denied_message_test.cc"},
    {"S8.6", Lacks::kCase, "read, not decided", "tests/authz/diagnose/denied_message_test.cc"},
    {"T14", Lacks::kCase, "an input error", "tests/authz/suites/case_file_test.cc"},
    {"T18", Lacks::kCase, "refused while reading", "corpus/lint/JS110-duplicate-key"},
    {"S11.31", Lacks::kCase, "a finding", "tests/scenarios_lint_test.cc"},
    {"S11.32", Lacks::kCase, "a finding", "tests/scenarios_lint_test.cc"},
};

const Exception* ExceptionFor(std::string_view number) {
  const auto* const found = std::ranges::find(kExceptions, number, &Exception::number);
  return found == std::end(kExceptions) ? nullptr : found;
}

// ---- where the numbers stand

using Places = std::map<std::string, std::set<std::string>, std::less<>>;  // number -> where

bool Stands(const Places& places, std::string_view number) { return places.contains(number); }

// Sources without their ending: a header and its source are one place.
Places CitedInSources() {
  static const RE2 kNumber(R"(\b(S\d+\.\d+(?:\.\d+)?)\b)");
  Places places;
  for (const char* folder : {"authz", "policy"}) {
    for (const auto& file : testing::FilesBelow(testing::SourceDir() / folder, {".h", ".cc"})) {
      const fs::path name = file.lexically_relative(testing::SourceDir() / "authz");
      const std::string text = testing::ReadAll(file);
      re2::StringPiece rest(text);
      for (std::string number; RE2::FindAndConsume(&rest, kNumber, &number);) {
        places[number].insert(fs::path(name).replace_extension().generic_string());
      }
    }
  }
  return places;
}

// The folders of the suites whose cases name the number. A case that is yet to pass holds nothing.
Places HeldByCorpus() {
  Places places;
  for (const auto& file : testing::CorpusSuites()) {
    CAPTURE(file.string());
    const auto tree = testing::ReadSuiteTree(file);
    REQUIRE(tree != nullptr);
    authz::DocumentCache documents(testing::ReadBeside);
    std::vector<authz::CaseProblem> problems;
    const auto suite = authz::ReadSuite(tree, documents, problems);
    REQUIRE(suite);
    const std::string folder =
        file.parent_path().lexically_relative(testing::SourceDir() / "corpus").generic_string();
    for (const authz::SuiteCase& test : suite->cases) {
      if (!test.todo.empty() || !test.skip.empty()) continue;
      for (const auto* rules : {&suite->rules, &test.rules}) {
        for (const std::string& number : *rules) places[number].insert(folder);
      }
    }
  }
  return places;
}

// ---- the table

bool IsDecision(std::string_view number) {  // S2 to S8: how a request is decided and said
  return number.size() > 2 && number[1] >= '2' && number[1] <= '8' && number[2] == '.';
}

std::vector<std::string> ItemsOf(const testing::Semantics& semantics, const std::string& number) {
  std::vector<std::string> items;
  for (const auto& rule : semantics.rules) {
    if (rule.number.starts_with(number + ".")) items.push_back(rule.number);
  }
  return items;
}

std::string Join(const std::set<std::string>& parts, std::string_view before,
                 std::string_view after) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += ", ";
    joined.append(before).append(part).append(after);
  }
  return joined;
}

// A case is written by its slug; Definitions() says where each slug leads.
std::string Slug(const std::string& folder) { return fs::path(folder).filename().string(); }

std::string Cell(const Places& places, const std::string& number, std::string_view before,
                 std::string_view after) {
  const auto found = places.find(number);
  if (found == places.end()) return "";
  std::set<std::string> names;
  for (const std::string& place : found->second) names.insert(before == "[" ? Slug(place) : place);
  return Join(names, before, after);
}

std::string Row(const std::string& head, std::vector<std::string> cells) {
  std::string row = "| " + head + " |";
  for (const std::string& cell : cells) row += (cell.empty() ? "" : " " + cell) + " |";
  return row + "\n";
}

std::string Because(const Exception& exception) {
  std::string text = "*" + std::string(exception.reason) + "*";
  if (!exception.held_by.empty()) {
    text += " ([" + fs::path(exception.held_by).filename().string() + "](../" +
            std::string(exception.held_by) + "))";
  }
  return text;
}

// Without the tags of its evidence.
std::string Title(const testing::SemanticsRule& rule) {
  static const RE2 kTag(R"( `\[[^\]`]*\]`)");
  std::string title = rule.title;
  RE2::GlobalReplace(&title, kTag, "");
  return title;
}

std::string RulesTable(const testing::Semantics& semantics, const Places& cited,
                       const Places& held) {
  std::string table = "| rule | in | cases |\n|---|---|---|\n";
  for (const auto& rule : semantics.rules) {
    if (!IsDecision(rule.number)) continue;
    std::string sources = Cell(cited, rule.number, "`", "`");
    std::string cases = Cell(held, rule.number, "[", "]");
    if (const Exception* exception = ExceptionFor(rule.number)) {
      (cases.empty() ? cases : sources) = Because(*exception);
    }
    const std::string head = rule.title.empty() ? rule.number : rule.number + " " + Title(rule);
    table += Row(head, {sources, cases});
  }
  return table;
}

std::string NumbersTable(std::string_view title, const std::vector<std::string>& numbers,
                         const Places& held) {
  std::string table = "| " + std::string(title) + " | cases |\n|---|---|\n";
  for (const std::string& number : numbers) {
    const Exception* exception = ExceptionFor(number);
    table +=
        Row(number, {exception != nullptr ? Because(*exception) : Cell(held, number, "[", "]")});
  }
  return table;
}

std::string Definitions(const testing::Semantics& semantics, const Places& held) {
  std::set<std::string> folders;
  for (const auto& [number, places] : held) {
    const bool shown = IsDecision(number) ? semantics.HasRule(number)
                                          : number.starts_with("T") || number.starts_with("S11.");
    if (shown) folders.insert(places.begin(), places.end());
  }
  std::map<std::string, std::string> by_slug;
  for (const std::string& folder : folders) {
    CHECK_MESSAGE(by_slug.emplace(Slug(folder), folder).second, "two suites of one name: ", folder);
  }
  std::string text;
  for (const auto& [slug, folder] : by_slug) text += "[" + slug + "]: ../corpus/" + folder + "\n";
  return text;
}

constexpr std::string_view kBegin = "<!-- written by ./dev rules-table -->\n";
constexpr std::string_view kEnd = "<!-- end -->\n";

TEST_CASE("every rule is in the sources and held by the corpus, or says why it is not") {
  const testing::Semantics semantics = testing::ReadSemantics();
  const Places cited = CitedInSources();
  const Places held = HeldByCorpus();
  CHECK(semantics.rules.size() > 150);
  const auto check = [&](const std::string& number, bool needs_source) {
    const Exception* exception = ExceptionFor(number);
    const bool in_source = !needs_source || Stands(cited, number) ||
                           (exception != nullptr && exception->lacks != Lacks::kCase);
    const bool in_case =
        Stands(held, number) || (exception != nullptr && exception->lacks != Lacks::kSource);
    CHECK_MESSAGE(in_source, number, " is cited by no source below policy and authz");
    CHECK_MESSAGE(in_case, number, " is held by no case of the corpus");
  };
  for (const auto& rule : semantics.rules) {
    // A rule with a list is held when all its items are.
    if (IsDecision(rule.number) && ItemsOf(semantics, rule.number).empty()) {
      check(rule.number, true);
    }
  }
  for (const std::string& number : semantics.traps) check(number, false);
  for (const std::string& number : semantics.scenarios) check(number, false);
}

TEST_CASE("rules that are excepted need it, and what holds them instead names them") {
  const testing::Semantics semantics = testing::ReadSemantics();
  const Places cited = CitedInSources();
  const Places held = HeldByCorpus();
  for (const Exception& exception : kExceptions) {
    const std::string number(exception.number);
    CAPTURE(number);
    CHECK(semantics.Has(number));
    if (exception.lacks != Lacks::kCase) CHECK_FALSE(Stands(cited, number));
    if (exception.lacks != Lacks::kSource) CHECK_FALSE(Stands(held, number));
    if (exception.held_by.empty()) continue;
    const fs::path path = testing::SourceDir() / exception.held_by;
    REQUIRE(fs::exists(path));
    if (fs::is_directory(path)) continue;
    CHECK(RE2::PartialMatch(testing::ReadAll(path), "\\b" + RE2::QuoteMeta(number) + "\\b"));
  }
}

TEST_CASE("what cases say they hold exists") {
  const testing::Semantics semantics = testing::ReadSemantics();
  for (const auto& held : HeldByCorpus()) {
    CAPTURE(held.first);
    CAPTURE(*held.second.begin());
    CHECK(semantics.Has(held.first));
  }
}

TEST_CASE("the README shows where each rule is held") {
  const testing::Semantics semantics = testing::ReadSemantics();
  const Places held = HeldByCorpus();
  const std::string block = std::string(kBegin) + "\n" +
                            RulesTable(semantics, CitedInSources(), held) + "\n" +
                            NumbersTable("trap", semantics.traps, held) + "\n" +
                            NumbersTable("scenario", semantics.scenarios, held) + "\n" +
                            Definitions(semantics, held) + "\n" + std::string(kEnd);
  const fs::path path = testing::SourceDir() / "authz/README.md";
  const std::string text = testing::ReadAll(path);
  const std::size_t begin = text.find(kBegin);
  REQUIRE(begin != std::string::npos);
  const std::size_t end = text.find(kEnd, begin);
  REQUIRE(end != std::string::npos);
  const std::string expected = text.substr(0, begin) + block + text.substr(end + kEnd.size());
  if (std::getenv("POSTERN_UPDATE") != nullptr) {
    std::ofstream(path, std::ios::binary) << expected;
    return;
  }
  const bool up_to_date = text == expected;
  CHECK_MESSAGE(up_to_date, "run ./dev rules-table");
}

}  // namespace
}  // namespace postern
