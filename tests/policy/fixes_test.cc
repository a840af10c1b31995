#include "policy/fixes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "policy/parse.h"

namespace postern::policy {
namespace {

Edit At(std::uint32_t begin, std::uint32_t end, std::string text) {
  return {{begin, end}, std::move(text)};
}

Diagnostic Finding(std::string_view code, bool safe, std::vector<Edit> edits) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.range = edits.front().range;
  diagnostic.severity = Severity::kError;
  diagnostic.fixes.push_back({safe, "repair " + std::string(code), std::move(edits)});
  return diagnostic;
}

template <typename Fixes>
std::string Codes(const Fixes& fixes) {
  std::string codes;
  for (const auto& fix : fixes) codes += std::string(fix.code) + " ";
  return codes;
}

// Every letter of `wrong` in a text is a warning whose repair is the letter in upper case.
std::vector<Diagnostic> LettersOf(std::string_view text, std::string_view wrong) {
  std::vector<Diagnostic> found;
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if (wrong.find(text[i]) == wrong.npos) continue;
    found.push_back(Finding(
        "X1", true, {At(i, i + 1, std::string(1, static_cast<char>(text[i] - 'a' + 'A')))}));
    found.back().severity = Severity::kWarning;
  }
  return found;
}

std::shared_ptr<const Source> Text(std::string text) {
  return std::make_shared<const Source>("p.json", std::move(text));
}

TEST_CASE("edits are made at their places, in whatever order they are given") {
  const std::vector<Edit> edits{At(4, 4, "!"), At(0, 1, ""), At(2, 3, "long")};
  CHECK(ApplyEdits("abcd", edits) == "blongd!");
  CHECK(ApplyEdits("abcd", {}) == "abcd");
}

TEST_CASE("a safe fix is always permitted, another one only on request, the safe one first") {
  Diagnostic diagnostic = Finding("X1", false, {At(0, 1, "u")});
  CHECK(PermittedFix(diagnostic, FixLevel::kSafe) == nullptr);
  CHECK(PermittedFix(diagnostic, FixLevel::kUnsafe) == &diagnostic.fixes[0]);
  diagnostic.fixes.push_back({true, "safe", {At(0, 1, "s")}});
  CHECK(PermittedFix(diagnostic, FixLevel::kSafe) == &diagnostic.fixes[1]);
  CHECK(PermittedFix(diagnostic, FixLevel::kUnsafe) == &diagnostic.fixes[1]);
  CHECK(PermittedFix(Diagnostic(), FixLevel::kUnsafe) == nullptr);
}

TEST_CASE("of fixes that overlap or touch, the first in document order wins and the rest wait") {
  struct Row {
    Edit first, second;
    std::string_view text, codes;
  };
  const std::vector<Row> rows{{At(0, 2, "X"), At(1, 3, "Y"), "Xcdef", "A "},
                              {At(1, 3, "Y"), At(0, 2, "X"), "Xcdef", "B "},
                              {At(0, 2, "X"), At(2, 4, "Y"), "Xcdef", "A "},
                              {At(2, 2, "X"), At(2, 2, "Y"), "abXcdef", "A "},
                              {At(0, 6, "X"), At(2, 3, "Y"), "X", "A "},
                              {At(2, 3, "Y"), At(5, 6, "Z"), "abYdeZ", "A B "}};
  for (const Row& row : rows) {
    const std::vector<Diagnostic> found{Finding("A", true, {row.first}),
                                        Finding("B", true, {row.second})};
    const FixRound round = RunFixRound("abcdef", found, FixLevel::kSafe);
    CHECK(round.text == row.text);
    CHECK(Codes(round.applied) == row.codes);
  }
}

TEST_CASE("a fix of several edits is made whole or not at all") {
  const std::vector<Diagnostic> found{Finding("A", true, {At(3, 4, "X")}),
                                      Finding("B", true, {At(3, 4, "Y"), At(0, 1, "Y")})};
  const FixRound round = RunFixRound("abcdef", found, FixLevel::kSafe);
  CHECK(round.text == "YbcYef");
  CHECK(Codes(round.applied) == "B ");
}

TEST_CASE("rounds go on until nothing is left to do") {
  const FixResult result = RunFixes(
      Text("aab"), [](const auto& source) { return LettersOf(source->text(), "ab"); },
      FixLevel::kSafe);
  CHECK(result.source->text() == "AAB");
  CHECK(result.applied.size() == 3);
  CHECK(result.dropped.empty());
}

TEST_CASE("a fix that never helps ends after the last round") {
  const FixResult result = RunFixes(
      Text(""), [](const auto&) { return std::vector{Finding("A", true, {At(0, 0, "x")})}; },
      FixLevel::kSafe);
  CHECK(result.source->text().size() == kMaxFixRounds);
}

// The letters of `wrong` are to be written in upper case, and each `B` is an error.
FindProblems WhereBIsAnError(std::string_view wrong, std::size_t& asked) {
  return [wrong, &asked](const auto& source) {
    ++asked;
    std::vector<Diagnostic> found = LettersOf(source->text(), wrong);
    for (std::uint32_t i = 0; i < source->text().size(); ++i) {
      if (source->text()[i] == 'B') found.push_back(Finding("NEW", false, {At(i, i + 1, "")}));
    }
    return found;
  };
}

TEST_CASE("of a round that brings new errors, the repairs that bring them are dropped and named") {
  std::size_t asked = 0;
  const FixResult result =
      RunFixes(Text("a b a a b"), WhereBIsAnError("ab", asked), FixLevel::kSafe);
  CHECK(result.source->text() == "A b A A b");
  CHECK(Codes(result.applied) == "X1 X1 X1 ");
  REQUIRE(Codes(result.dropped) == "X1 X1 ");
  CHECK(result.dropped[0].range.begin == 2);
  CHECK(result.dropped[1].range.begin == 8);
  CHECK(result.dropped[1].error == "NEW");
}

TEST_CASE("two repairs that bring an error only together: the first is made") {
  const FindProblems find = [](const auto& source) {
    std::vector<Diagnostic> found = LettersOf(source->text(), "abc");
    if (source->text().starts_with("A B")) found.push_back(Finding("NEW", false, {At(0, 1, "")}));
    return found;
  };
  const FixResult result = RunFixes(Text("a b c"), find, FixLevel::kSafe);
  CHECK(result.source->text() == "A b C");
  CHECK(Codes(result.dropped) == "X1 ");
}

TEST_CASE("a repair that brings an error does not keep back one that overlaps it") {
  const FindProblems find = [](const auto& source) {
    std::vector<Diagnostic> found;
    if (source->text() == "abc") {
      found = {Finding("A", true, {At(0, 2, "!")}), Finding("B", true, {At(1, 3, "?")})};
    } else if (source->text().starts_with('!')) {
      found = {Finding("NEW", false, {At(0, 1, "")})};
    }
    return found;
  };
  const FixResult result = RunFixes(Text("abc"), find, FixLevel::kSafe);
  CHECK(result.source->text() == "a?");
  CHECK(Codes(result.applied) == "B ");
  CHECK(result.dropped.empty());  // what A was about is gone
}

TEST_CASE("which repairs bring errors is tried a bounded number of times") {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "b ";
  std::size_t asked = 0;
  const FixResult result = RunFixes(Text(text), WhereBIsAnError("b", asked), FixLevel::kSafe);
  CHECK(result.source->text() == text);
  CHECK(result.dropped.size() == 500);
  CHECK(result.dropped.back().error.empty());
  CHECK(asked <= 2 + kMaxFixTries);
}

TEST_CASE("repairs of syntax that bring new errors are dropped together") {
  const FindProblems find = [](const auto& source) {
    std::vector<Diagnostic> found;
    for (std::uint32_t i = 0; i < source->text().size(); ++i) {
      if (source->text()[i] == '?') found.push_back(Finding("JS102", true, {At(i, i + 1, "!")}));
    }
    if (source->text().starts_with('!')) found.push_back(Finding("JS103", false, {At(0, 1, "")}));
    return found;
  };
  const FixResult result = RunFixes(Text("? ?"), find, FixLevel::kSafe);
  CHECK(result.source->text() == "? ?");
  CHECK(Codes(result.dropped) == "JS102 JS102 ");
}

TEST_CASE("an error that was hidden by one of reading is not new") {
  const FindProblems find = [](const auto& source) {
    const bool unread = source->text().starts_with("?");
    return std::vector{unread ? Finding("JS102", true, {At(0, 1, "")})
                              : Finding("AC501", false, {At(0, 1, "")})};
  };
  const FixResult result = RunFixes(Text("?abc"), find, FixLevel::kSafe);
  CHECK(result.source->text() == "abc");
  CHECK(result.dropped.empty());
}

FixResult Repair(std::string text) {
  const FindProblems find = [](const std::shared_ptr<const Source>& source) {
    return ParseText(source, PolicyKind::kIdentity).diagnostics;
  };
  return RunFixes(Text(std::move(text)), find, FixLevel::kSafe);
}

TEST_CASE("slips of the text and of element names are repaired, all of them") {
  struct Row {
    std::string_view before, after;
  };
  const std::vector<Row> rows{
      {R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a:b" "a:c",],"Resource":"*",},]})",
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a:b", "a:c"],"Resource":"*"}]})"},
      {R"({"version":"2012-10-17","statement":[{"effect":"Allow","action":"a:b","resource":"*"}]})",
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*"}]})"},
      {R"({"Version":"2012-10-17","Statment":[{"Effect":"Allow" "Actoin":"a:b","Resources":"*"}]})",
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow", "Action":"a:b","Resource":"*"}]})"}};
  for (const Row& row : rows) {
    const FixResult result = Repair(std::string(row.before));
    CHECK(result.source->text() == row.after);
    CHECK(result.dropped.empty());
    CHECK(ParseText(result.source, PolicyKind::kIdentity).diagnostics.empty());
  }
}

TEST_CASE("more slips than are listed at once are repaired round by round") {
  std::string text = R"({"Version":"2012-10-17","Statement":[)";
  std::string first, second;
  for (int i = 0; i < 60; ++i) {
    first += R"({"Effect":"Allow" "Action":"a:b","Resource":"*"},)";
    second +=
        std::string(i == 0 ? "" : ",") + R"({"Effect":"Allow","Action":"a:b","Resource":"*",})";
  }
  const FixResult result = Repair(text + first + second + "]}");
  CHECK(result.applied.size() == 120);
  CHECK(ParseText(result.source, PolicyKind::kIdentity).diagnostics.empty());
}

TEST_CASE("a name that could be several, or stands there already, is not repaired") {
  for (std::string_view statement :
       {R"("Effect":"Allow","Action":"a:b","Resource":"*","Resources":"*")",
        R"("Effect":"Allow","Action":"a:b","Resource":"*","Comment":"x")"}) {
    CAPTURE(statement);
    const std::string text =
        R"({"Version":"2012-10-17","Statement":[{)" + std::string(statement) + "}]}";
    CHECK(Repair(text).source->text() == text);
  }
}

TEST_CASE("a name in a string in a string is spelled as the quotes around it are") {
  const auto source = Text(R"("{\"Version\":\"2012-10-17\",\"statement\":[]}")");
  const ParseResult parsed = ParseText(source, PolicyKind::kIdentity);
  REQUIRE(parsed.diagnostics.size() >= 1);
  const auto found = std::ranges::find(parsed.diagnostics, "GR209", &Diagnostic::code);
  REQUIRE(found != parsed.diagnostics.end());
  CHECK(ApplyEdits(source->text(), found->fixes.front().edits) ==
        R"("{\"Version\":\"2012-10-17\",\"Statement\":[]}")");
}

TEST_CASE("where nothing is applied the source is the one that was given") {
  const auto source = Text("abc");
  const FixResult result = RunFixes(
      source, [](const auto&) { return std::vector<Diagnostic>(); }, FixLevel::kUnsafe);
  CHECK(result.source == source);
}

}  // namespace
}  // namespace postern::policy
