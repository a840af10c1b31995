#include "policy/rules/globs.h"

#include <algorithm>
#include <cstddef>

#include "policy/language/arn.h"
#include "policy/rules/parts.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

constexpr std::size_t kLongest = 2'048;

bool Has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

// Two pointers and one star remembered, as any matcher, but a `*` of the narrow pattern can be
// taken by a `*` of the wide one only: it may stand for any text.
bool Takes(std::string_view wide, std::string_view narrow) {
  std::size_t w = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t mark = 0;
  while (n < narrow.size()) {
    if (w < wide.size() && wide[w] == '*') {
      star = w++;
      mark = n;
    } else if (w < wide.size() && (wide[w] == narrow[n] || (wide[w] == '?' && narrow[n] != '*'))) {
      ++w;
      ++n;
    } else if (star != std::string_view::npos) {
      w = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  while (w < wide.size() && wide[w] == '*') ++w;
  return w == wide.size();
}

bool IsAscii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

std::size_t FindOpenEnd(std::string_view text) {
  const std::size_t last = text.find_last_of("*?}");
  if (last == text.npos) return text.size();
  // A brace that closes no variable is text.
  if (text[last] == '}' && !Has(text, "${")) {
    const std::size_t wild = text.find_last_of("*?");
    return wild == text.npos ? text.size() : wild + 1;
  }
  return last + 1;
}

}  // namespace

bool Covers(std::string_view wide, std::string_view narrow) {
  // Quadratic at worst, and longer than any text that means something.
  if (wide.size() > kLongest || narrow.size() > kLongest) return wide == narrow;
  // `${*}` is a literal star, and a variable may have any length: `?` says nothing about it.
  if (Has(wide, "${*") || Has(narrow, "${*") || Has(wide, "${?") || Has(narrow, "${?")) {
    return wide == narrow;
  }
  if (Has(wide, "?") && (IsUnfinished(narrow) || !IsAscii(narrow))) return wide == narrow;
  return Takes(wide, narrow);
}

bool CoversResource(std::string_view wide, std::string_view narrow) {
  if (wide == "*" || wide == narrow) return true;
  const Arn a = SplitArn(wide);
  const Arn b = SplitArn(narrow);
  if (!a.valid() || !b.valid()) return false;
  for (std::size_t i = 0; i < a.fields.size(); ++i) {
    if (!Covers(a.fields[i], b.fields[i])) return false;
  }
  return true;
}

std::string_view OpenPrefix(std::string_view text) { return text.substr(0, FindOpen(text)); }

std::string_view OpenSuffix(std::string_view text) {
  return text.substr(FindOpen(text) < text.size() ? FindOpenEnd(text) : 0);
}

bool MayMeet(std::string_view a, std::string_view b) {
  const std::string_view front_a = OpenPrefix(a);
  const std::string_view front_b = OpenPrefix(b);
  if (!front_a.starts_with(front_b) && !front_b.starts_with(front_a)) return false;
  const bool a_open = front_a.size() < a.size();
  const bool b_open = front_b.size() < b.size();
  if (!a_open && !b_open) return a == b;
  if (a_open && b_open) {
    // What stands between can be whatever the other one needs.
    const std::string_view back_a = OpenSuffix(a);
    const std::string_view back_b = OpenSuffix(b);
    return back_a.ends_with(back_b) || back_b.ends_with(back_a);
  }
  const std::string_view open = a_open ? a : b;
  const std::string_view text = a_open ? b : a;
  // Variables and `?` are taken for `*`: rather too much than too little.
  std::string stars;
  for (std::size_t at = 0; at < open.size(); ++at) {
    if (open.substr(at).starts_with("${")) {
      at = std::min(open.find('}', at), open.size() - 1);
      stars += '*';
    } else {
      stars += open[at] == '?' ? '*' : open[at];
    }
  }
  return Takes(stars, text);
}

}  // namespace postern::policy
