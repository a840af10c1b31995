// The numbers of authz/semantics.md, for tests: what may be cited, and what has to be held.
#pragma once

#include <re2/re2.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/files.h"

namespace postern::testing {

struct SemanticsRule {
  std::string number;  // "S2.6", and "S2.6.3" for an item of its list
  std::string title;   // of the heading; items and plain paragraphs have none
};

struct Semantics {
  std::vector<SemanticsRule> rules;      // in the order of the document, items after their rule
  std::vector<std::string> assumptions;  // "A9"
  std::vector<std::string> traps;        // "T19"
  std::vector<std::string> scenarios;    // "S11.13": row 13 of the table in S11

  bool HasRule(std::string_view number) const {
    return std::ranges::find(rules, number, &SemanticsRule::number) != rules.end();
  }
  // Whatever a citation may name.
  bool Has(std::string_view number) const {
    const auto holds = [number](const std::vector<std::string>& numbers) {
      return std::ranges::find(numbers, number) != numbers.end();
    };
    return HasRule(number) || holds(assumptions) || holds(traps) || holds(scenarios);
  }
};

// A rule is a heading `### S2.6 Title`, or a paragraph that begins with its number. Its items are
// the lines `1. ...` below it.
inline Semantics ReadSemantics() {
  static const RE2 kHeading(R"(#+ (S\d+\.\d+) (.*))");
  static const RE2 kParagraph(R"((S\d+\.\d+(?:\.\d+)?) .*)");
  static const RE2 kSection(R"(#+ (S\d+) .*)");
  static const RE2 kItem(R"((\d+)\. .*)");
  static const RE2 kRegister(R"(\| ([AT]\d+) \|.*)");
  static const RE2 kRow(R"(\| (\d+) \|.*)");

  Semantics semantics;
  std::string rule;
  std::string section;
  std::string previous;
  bool code = false;
  std::istringstream in(ReadAll(SourceDir() / "authz/semantics.md"));
  for (std::string line; std::getline(in, line); previous = line) {
    if (line.starts_with("```")) code = !code;
    if (code) continue;
    std::string number;
    std::string title;
    if (RE2::FullMatch(line, kHeading, &number, &title)) {
      rule = number;
      semantics.rules.push_back({number, title});
    } else if (RE2::FullMatch(line, kSection, &number)) {
      section = number;
      rule.clear();
    } else if (previous.empty() && RE2::FullMatch(line, kParagraph, &number)) {
      rule = number;
      semantics.rules.push_back({number, ""});
    } else if (!rule.empty() && RE2::FullMatch(line, kItem, &number)) {
      semantics.rules.push_back({rule + "." + number, ""});
    } else if (RE2::FullMatch(line, kRegister, &number)) {
      (number[0] == 'A' ? semantics.assumptions : semantics.traps).push_back(number);
    } else if (section == "S11" && RE2::FullMatch(line, kRow, &number)) {
      semantics.scenarios.push_back("S11." + number);
    }
  }
  return semantics;
}

}  // namespace postern::testing
