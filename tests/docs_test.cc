// What the documents say is so: examples print what is shown, links lead somewhere, rules exist.
//
// A block that is marked `console` is executed in the repository's root: each line that begins with
// `$ ` is a command for sh (continued after a `\`), what follows is its whole output, standard
// error included. A line `...` stands for any lines.
#include <doctest/doctest.h>
#include <re2/re2.h>
#include <stdio.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmd/rule_table.h"
#include "tests/files.h"
#include "tests/semantics.h"

namespace postern {
namespace {

using Lines = std::vector<std::string>;

struct Document {
  std::filesystem::path path;
  std::string name;  // relative to the root
  Lines lines;
};

struct Example {
  std::size_t line = 0;
  std::string command;
  Lines expected;
};

Lines SplitLines(const std::string& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Every *.md of the repository; build folders and hidden ones are none of it.
std::vector<Document> Documents() {
  std::vector<Document> documents;
  const auto root = testing::SourceDir();
  for (auto entry = std::filesystem::recursive_directory_iterator(root);
       entry != std::filesystem::recursive_directory_iterator(); ++entry) {
    const std::string name = entry->path().filename().string();
    if (entry->is_directory() && (name.starts_with("build") || name.starts_with("."))) {
      entry.disable_recursion_pending();
    } else if (entry->path().extension() == ".md") {
      documents.push_back({entry->path(), entry->path().lexically_relative(root).generic_string(),
                           SplitLines(testing::ReadAll(entry->path()))});
    }
  }
  std::sort(documents.begin(), documents.end(),
            [](const Document& a, const Document& b) { return a.name < b.name; });
  return documents;
}

std::vector<Example> Examples(const Document& document) {
  std::vector<Example> examples;
  bool inside = false;
  bool continued = false;
  for (std::size_t i = 0; i < document.lines.size(); ++i) {
    const std::string& line = document.lines[i];
    if (line.starts_with("```")) {
      inside = !inside && line == "```console";
    } else if (inside && continued) {
      examples.back().command += "\n" + line;
      continued = line.ends_with("\\");
    } else if (inside && line.starts_with("$ ")) {
      examples.push_back({i + 1, line.substr(2), {}});
      continued = line.ends_with("\\");
    } else if (inside && !examples.empty()) {
      examples.back().expected.push_back(line);
    }
  }
  return examples;
}

std::string ShellQuoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string Execute(const std::filesystem::path& folder, const std::string& command) {
  const std::filesystem::path program = testing::Program();
  const std::string script = "cd " + ShellQuoted(folder.string()) +
                             " && PATH=" + ShellQuoted(program.parent_path().string()) +
                             ":$PATH && { " + command + "\n} 2>&1 </dev/null";
  FILE* pipe = popen(script.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), size);
  }
  pclose(pipe);
  return output;
}

// A line `...` in `expected` stands for any number of lines.
bool Matches(const Lines& expected, const Lines& actual, std::size_t e = 0, std::size_t a = 0) {
  for (; e < expected.size(); ++e, ++a) {
    if (expected[e] == "...") {
      for (std::size_t next = a; next <= actual.size(); ++next) {
        if (Matches(expected, actual, e + 1, next)) return true;
      }
      return false;
    }
    if (a == actual.size() || expected[e] != actual[a]) return false;
  }
  return a == actual.size();
}

TEST_CASE("an example's `...` stands for any lines, and for nothing else") {
  CHECK(Matches({"a", "b"}, {"a", "b"}));
  CHECK(Matches({"a", "...", "d"}, {"a", "b", "c", "d"}));
  CHECK(Matches({"..."}, {}));
  CHECK_FALSE(Matches({"a"}, {"a", "b"}));
  CHECK_FALSE(Matches({"a", "b"}, {"a"}));
  CHECK_FALSE(Matches({"a", "...", "d"}, {"a", "b"}));
}

TEST_CASE("the examples in the documents print what is shown") {
  std::set<std::string> with_examples;
  for (const Document& document : Documents()) {
    std::filesystem::path folder = testing::SourceDir();
    for (const Example& example : Examples(document)) {
      with_examples.insert(document.name);
      if (example.command.starts_with("cd ")) {
        folder /= example.command.substr(3);
        CHECK(std::filesystem::is_directory(folder));
        CHECK(example.expected.empty());
        continue;
      }
      const std::string output = Execute(folder, example.command);
      INFO(document.name, ":", example.line, ": $ ", example.command, "\nprints:\n", output);
      CHECK(Matches(example.expected, SplitLines(output)));
    }
  }
  CHECK(with_examples.contains("README.md"));
}

TEST_CASE("no example is left out: what shows a command with its prompt is executed") {
  for (const Document& document : Documents()) {
    bool executed = false;
    for (std::size_t i = 0; i < document.lines.size(); ++i) {
      const std::string& line = document.lines[i];
      if (line.starts_with("```")) executed = line == "```console";
      INFO(document.name, ":", i + 1);
      CHECK((executed || !line.starts_with("$ ")));
    }
  }
}

// GitHub's anchor of a heading.
std::string Anchor(const std::string& heading) {
  std::string anchor;
  for (char letter : heading) {
    const auto c = static_cast<unsigned char>(letter);
    if (c == ' ') {
      anchor += '-';
    } else if (std::isalnum(c) != 0 || c == '-' || c == '_' || c >= 0x80) {
      anchor += static_cast<char>(std::tolower(c));
    }
  }
  return anchor;
}

std::set<std::string> Anchors(const std::filesystem::path& path) {
  static const RE2 kHeading("#+ +(.*)");
  std::set<std::string> anchors;
  for (const std::string& line : SplitLines(testing::ReadAll(path))) {
    std::string heading;
    if (RE2::FullMatch(line, kHeading, &heading)) anchors.insert(Anchor(heading));
  }
  return anchors;
}

// Links outside of code: `[text](target)`.
std::vector<std::string> RelativeLinks(const Document& document) {
  static const RE2 kCode("`[^`]*`");
  static const RE2 kLink(R"(\]\(([^)\s]+)\))");
  std::vector<std::string> links;
  bool code = false;
  for (const std::string& line : document.lines) {
    if (line.starts_with("```")) code = !code;
    if (code) continue;
    // Links whose text is code keep their target: only the code is taken out.
    std::string text = line;
    RE2::GlobalReplace(&text, kCode, "code");
    re2::StringPiece rest(text);
    for (std::string target; RE2::FindAndConsume(&rest, kLink, &target);) {
      if (target.find("://") == std::string::npos && !target.starts_with("mailto:")) {
        links.push_back(target);
      }
    }
  }
  return links;
}

TEST_CASE("relative links in the documents lead to a file and a heading") {
  std::size_t links = 0;
  for (const Document& document : Documents()) {
    for (const std::string& link : RelativeLinks(document)) {
      ++links;
      CAPTURE(document.name);
      CAPTURE(link);
      const std::size_t hash = link.find('#');
      const std::string file = link.substr(0, hash);
      const auto path = file.empty() ? document.path : document.path.parent_path() / file;
      CHECK(std::filesystem::exists(path));
      if (hash != std::string::npos && path.extension() == ".md") {
        CHECK(Anchors(path).contains(link.substr(hash + 1)));
      }
    }
  }
  CHECK(links > 10);
}

std::set<std::string> FindAll(const std::string& text, const RE2& pattern) {
  std::set<std::string> found;
  re2::StringPiece rest(text);
  for (std::string match; RE2::FindAndConsume(&rest, pattern, &match);) found.insert(match);
  return found;
}

TEST_CASE("lint rules that the documents name exist") {
  static const RE2 kCode(R"(\b([A-Z]{2}[1-9][0-9]{2})\b)");
  std::set<std::string> rules;
  for (const policy::Rule& rule : cmd::AllRules()) rules.emplace(rule.code);
  for (const Document& document : Documents()) {
    // It says which kinds of mistakes rules are about, whether or not there is one yet.
    if (document.name == "authz/semantics.md") continue;
    for (const std::string& code : FindAll(testing::ReadAll(document.path), kCode)) {
      CAPTURE(document.name);
      CAPTURE(code);
      CHECK(rules.contains(code));
    }
  }
}

TEST_CASE("numbers of semantics rules and assumptions name one") {
  static const RE2 kRule(R"(\b(S[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?)\b)");
  static const RE2 kAssumption(R"(// *(?:S[0-9.]+, )*(A[0-9]{1,2})\b)");
  const testing::Semantics semantics = testing::ReadSemantics();
  CHECK(semantics.rules.size() > 150);
  CHECK(semantics.assumptions.size() > 20);
  for (std::string_view folder : {"policy", "authz", "cmd", "corpus", "tests"}) {
    for (const auto& file :
         testing::FilesBelow(testing::SourceDir() / folder, {".h", ".cc", ".md", ".ptest.yaml"})) {
      const std::string text = testing::ReadAll(file);
      CAPTURE(file.lexically_relative(testing::SourceDir()).generic_string());
      for (const RE2* pattern : {&kRule, &kAssumption}) {
        for (const std::string& number : FindAll(text, *pattern)) {
          CAPTURE(number);
          CHECK(semantics.Has(number));
        }
      }
    }
  }
}

}  // namespace
}  // namespace postern
