#include "tests/fuzz/lie_in.h"

#include <algorithm>

#include "tests/fuzz/target.h"

namespace postern::fuzz {

bool LiesIn(const policy::Source& source, policy::SourceRange range) {
  return range.begin <= range.end && range.end <= source.text().size();
}

void MustLieIn(const policy::Source& source, const std::vector<policy::Diagnostic>& findings) {
  for (const policy::Diagnostic& found : findings) {
    const std::string code(found.code);
    Require(LiesIn(source, found.range), code + ": the place is outside the text");
    Require(!found.message.empty(), code + ": no message");
    Require(found.message.find('\n') == found.message.npos, code + ": a message of two lines");
    for (const policy::RelatedRange& related : found.related) {
      Require(LiesIn(source, related.range), code + ": a related place is outside the text");
    }
    for (const policy::Fix& fix : found.fixes) {
      std::vector<policy::Edit> edits = fix.edits;
      Require(!edits.empty(), code + ": a fix that changes nothing");
      std::ranges::sort(edits, {}, [](const policy::Edit& edit) { return edit.range.begin; });
      for (std::size_t i = 0; i < edits.size(); ++i) {
        Require(LiesIn(source, edits[i].range), code + ": an edit is outside the text");
        Require(i == 0 || edits[i - 1].range.end <= edits[i].range.begin,
                code + ": two edits of a fix overlap");
      }
    }
  }
}

}  // namespace postern::fuzz
