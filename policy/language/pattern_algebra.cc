#include "policy/language/pattern_algebra.h"

#include <algorithm>
#include <vector>

#include "policy/language/wildcard.h"

namespace postern::policy {
namespace {

bool IsWild(char c) { return c == kAnyOne || c == kAnyRun || c == kVariable; }
bool IsRun(char c) { return c == kAnyRun || c == kVariable; }
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool TooLong(std::string_view a, std::string_view b) {
  return a.size() + 1 > kPatternPairSteps / (b.size() + 1);
}

// Wildcards side by side: at least `least` characters, and no more unless there is a run among
// them.
struct Gap {
  std::size_t least = 0;
  bool open = false;
};

Gap ReadGap(std::string_view tokens, std::size_t& at) {
  Gap gap;
  for (; at < tokens.size() && IsWild(tokens[at]); ++at) {
    if (tokens[at] == kAnyOne) {
      ++gap.least;
    } else {
      gap.open = true;
    }
  }
  return gap;
}

// The front of `inner` up to `at` is matched by what was read of `outer`: one such set of places.
class Places {
 public:
  explicit Places(std::string_view inner) : inner_(inner), here_(inner.size() + 1, false) {
    here_[0] = true;
  }
  bool empty() const { return std::ranges::find(here_, true) == here_.end(); }
  bool AtEnd() const { return here_.back(); }

  void Step(char literal) {
    for (std::size_t at = inner_.size(); at > 0; --at) {
      here_[at] = here_[at - 1] && inner_[at - 1] == literal;
    }
    here_[0] = false;
  }

  void Step(const Gap& gap) {
    std::vector<bool> next(here_.size(), false);
    if (gap.open) {
      // Whatever the first place reaches, the later ones reach too.
      const auto first = std::ranges::find(here_, true);
      if (first != here_.end()) {
        auto at = static_cast<std::size_t>(first - here_.begin());
        std::size_t length = 0;
        while (length < gap.least && at < inner_.size()) length += Length(inner_[at++]);
        if (length >= gap.least) {
          for (; at < next.size(); ++at) next[at] = !InsideCharacter(at);
        }
      }
    } else {
      for (std::size_t at = 0; at < here_.size(); ++at) {
        if (here_[at]) StepExactly(at, gap.least, next);
      }
    }
    here_ = std::move(next);
  }

 private:
  // At least so many characters; a run may stand for none.
  static std::size_t Length(char token) { return IsRun(token) || IsContinuation(token) ? 0 : 1; }
  bool InsideCharacter(std::size_t at) const {
    return at < inner_.size() && IsContinuation(inner_[at]);
  }
  // A run has no length of its own, so no number of `?` takes it.
  void StepExactly(std::size_t at, std::size_t count, std::vector<bool>& next) const {
    for (; count > 0; --count) {
      if (at == inner_.size() || IsRun(inner_[at])) return;
      do ++at;
      while (InsideCharacter(at));
    }
    next[at] = true;
  }

  std::string_view inner_;
  std::vector<bool> here_;
};

}  // namespace

bool Includes(std::string_view outer, std::string_view inner) {
  // Most pairs part at a literal character near the front.
  std::size_t front = 0;
  for (; front < outer.size() && !IsWild(outer[front]); ++front) {
    if (front == inner.size() || outer[front] != inner[front]) return false;
  }
  if (front == outer.size()) return inner.size() == front;
  std::size_t back = 0;
  for (; !IsWild(outer[outer.size() - 1 - back]); ++back) {
    if (front + back == inner.size() ||
        outer[outer.size() - 1 - back] != inner[inner.size() - 1 - back]) {
      return false;
    }
  }
  outer = outer.substr(front, outer.size() - front - back);
  inner = inner.substr(front, inner.size() - front - back);
  if (outer.find(kVariable) != outer.npos) return false;
  if (outer.size() == 1 && outer.front() == kAnyRun) return true;
  if (TooLong(outer, inner)) return false;
  Places places(inner);
  for (std::size_t at = 0; at < outer.size();) {
    if (IsWild(outer[at])) {
      places.Step(ReadGap(outer, at));
    } else {
      places.Step(outer[at++]);
    }
    if (places.empty()) return false;
  }
  return places.AtEnd();
}

bool Intersects(std::string_view a, std::string_view b) {
  if (TooLong(a, b)) return true;
  const auto character_end = [](std::string_view text, std::size_t at) {
    do ++at;
    while (at < text.size() && IsContinuation(text[at]));
    return at;
  };
  // here[j]: the front of `a` that was read and the front of `b` up to j have a text in common.
  std::vector<bool> here(b.size() + 1, false);
  std::vector<bool> next(b.size() + 1, false);
  here[0] = true;
  const auto skip_runs_of_b = [&b](std::vector<bool>& places) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (places[j] && IsRun(b[j])) places[j + 1] = true;
    }
  };
  skip_runs_of_b(here);
  for (std::size_t i = 0; i < a.size();) {
    const std::size_t end = IsWild(a[i]) ? i + 1 : character_end(a, i);
    std::fill(next.begin(), next.end(), false);
    if (IsRun(a[i])) {
      const auto first = std::ranges::find(here, true);
      std::fill(next.begin() + (first - here.begin()), next.end(), true);
    } else {
      const std::string_view character = a.substr(i, end - i);
      for (std::size_t j = 0; j < b.size(); ++j) {
        if (!here[j]) continue;
        if (IsRun(b[j])) {
          next[j] = true;
        } else if (b[j] == kAnyOne) {
          next[j + 1] = true;
        } else {
          const std::size_t past = character_end(b, j);
          if (a[i] == kAnyOne || b.substr(j, past - j) == character) next[past] = true;
        }
      }
    }
    skip_runs_of_b(next);
    here.swap(next);
    i = end;
  }
  return here.back();
}

}  // namespace postern::policy
