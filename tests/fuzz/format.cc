// A policy as `postern fmt` takes it: what it writes says the same, decides the same, and is
// written the same again.
#include "cmd/fmt/formatter.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"
#include "tests/words_not_reached.h"

namespace postern::fuzz {
namespace {

std::shared_ptr<const policy::Source> SourceOf(std::string text) {
  return std::make_shared<const policy::Source>("p.json", std::move(text));
}

}  // namespace

// The first byte chooses the form and the kind.
void CheckFormat(std::string_view bytes) {
  constexpr cmd::Minify kForms[] = {cmd::Minify::kNone, cmd::Minify::kSafe, cmd::Minify::kTight};
  Input input(bytes);
  const std::uint8_t choice = input.Byte();
  const auto kinds = policy::AllKinds();
  cmd::FormatRequest request;
  request.kind = kinds[choice % kinds.size()].kind;
  request.minify = kForms[choice / 16 % 3];
  request.sort_lists = choice >= 128;
  request.requests = 100;
  const std::string text(input.rest());
  // It throws where its result says or decides something else.
  const auto once = cmd::FormatPolicy(SourceOf(text), "/p.json", request);
  if (!once) return Require(!once.error().message.empty(), "refused, and nothing says why");
  Require(testing::IsJson(once->text), "what is written is no JSON");
  Require(request.minify == cmd::Minify::kNone || once->text.size() <= text.size(),
          "a smaller form is larger");
  const auto twice = cmd::FormatPolicy(SourceOf(once->text), "/p.json", request);
  Require(twice.has_value(), "what is written is refused");
  Require(twice->text == once->text, "what is written is written in another way again");
}

std::vector<std::string> FormatSeeds(const std::filesystem::path& root) {
  std::vector<std::string> seeds;
  for (const std::string& text : FilesIn(root / "corpus/verdicts", ".json", 1024)) {
    const auto choice = static_cast<char>(seeds.size() * 37 % 256);
    seeds.push_back(choice + text);
  }
  return seeds;
}

}  // namespace postern::fuzz
