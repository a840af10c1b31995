// Policies with bytes flipped, cut, doubled and spliced: nothing crashes, and what is found lies in
// the text.
#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "cmd/rule_table.h"
#include "policy/catalogue.h"
#include "policy/lint.h"
#include "tests/files.h"

namespace postern {
namespace {

constexpr std::size_t kTexts = 3'000;

class Mutator {
 public:
  explicit Mutator(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  std::string Next() {
    std::string text = Pick();
    for (std::size_t changes = 1 + Below(6); changes > 0 && !text.empty(); --changes) Change(text);
    return text;
  }
  std::size_t Below(std::size_t end) { return random_() % end; }

 private:
  const std::string& Pick() { return texts_[Below(texts_.size())]; }

  void Change(std::string& text) {
    static constexpr std::string_view kPieces[] = {"{", "}",  "[", "]",    "\"",        ",",
                                                   ":", "\\", "*", "\xff", "${aws:x}/", "null"};
    const std::size_t at = Below(text.size());
    switch (Below(5)) {
      case 0:
        text[at] = static_cast<char>(Below(256));
        return;
      case 1:
        text.erase(at, 1 + Below(40));
        return;
      case 2:
        text.insert(at, text.substr(at, 1 + Below(80)));
        return;
      case 3: {
        const std::string& other = Pick();
        text.insert(at, other.substr(Below(other.size()), 1 + Below(120)));
        return;
      }
      default:
        text.insert(at, kPieces[Below(std::size(kPieces))]);
    }
  }

  std::vector<std::string> texts_;
  std::mt19937 random_{20'261'127};
};

std::vector<std::string> Policies() {
  std::vector<std::string> texts;
  for (const auto& file : testing::FilesBelow(testing::SourceDir() / "corpus", {".json"})) {
    std::string text = testing::ReadAll(file);
    if (!text.empty() && text.size() < 8'000) texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

TEST_CASE("mutated policies are linted to the end, and each finding lies in the text") {
  Mutator mutator(Policies());
  const auto kinds = policy::AllKinds();
  policy::LintOptions options;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  options.facts.endpoint.service = "s3";
  options.facts.endpoint.region = "eu-west-1";
  for (std::size_t i = 0; i < kTexts; ++i) {
    const auto source = std::make_shared<const policy::Source>("mutated.json", mutator.Next());
    options.kind = kinds[mutator.Below(kinds.size())].kind;
    for (const policy::Diagnostic& found :
         policy::LintText(source, options, cmd::AllRules()).diagnostics) {
      REQUIRE(found.range.begin <= found.range.end);
      REQUIRE(found.range.end <= source->text().size());
      for (const policy::Fix& fix : found.fixes) {
        for (const policy::Edit& edit : fix.edits) {
          REQUIRE(edit.range.end <= source->text().size());
        }
      }
    }
  }
}

}  // namespace postern
