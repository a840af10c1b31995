#include "policy/parse_repairs.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "policy/language/fold.h"
#include "policy/parse_shapes.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

using MaybeFix = std::optional<Fix>;

struct Place {
  const Tree& tree;
  const Node& root;
  const Diagnostic& finding;

  std::string_view Text(SourceRange range) const { return tree.source().Slice(range); }
  const Node* Find() const { return tree.At(finding.pointer); }
  const Node* Around() const {
    return tree.At(std::string_view(finding.pointer).substr(0, finding.pointer.rfind('/')));
  }
};

// Without variables the two versions of the language mean the same.
bool HasNoVariable(const Place& place) {
  return place.Text(place.root.range).find("${") == std::string_view::npos;
}

bool IsJsonSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

MaybeFix AddVersion(const Place& place) {
  const std::string_view text = place.Text(place.root.range);
  const std::size_t next = static_cast<std::size_t>(
      std::ranges::find_if_not(text.substr(1), IsJsonSpace) - text.begin());
  if (next >= text.size() || text[next] == '}') return std::nullopt;
  const std::uint32_t at = place.root.range.begin + 1;
  return Fix{HasNoVariable(place),
             "write `Version`",
             {{{at, at}, std::string(text.substr(1, next - 1)) + "\"Version\": \"2012-10-17\","}}};
}

MaybeFix WriteVersion(const Place& place) {
  // A date that YAML reads as one, or another text in quotes.
  return Fix{HasNoVariable(place) && place.finding.code != "GR203",
             "write `2012-10-17`",
             {{place.finding.range, "\"2012-10-17\""}}};
}

// Renames a member of an object that has none of that name yet.
MaybeFix RenameTo(const Place& place, std::string_view name) {
  const Node* around = place.Around();
  if (name.empty() || around == nullptr || !around->IsObject() || around->Find(name) != nullptr) {
    return std::nullopt;
  }
  // As a quote is spelled in a string inside a string.
  const std::string quote = std::string((std::size_t{1} << place.tree.layers()) - 1, '\\') + '"';
  return Fix{true,
             "write `" + std::string(name) + "`",
             {{place.finding.range, quote + std::string(name) + quote}}};
}

std::string_view Unquoted(std::string_view text) {
  return text.size() >= 2 ? text.substr(1, text.size() - 2) : text;
}

template <std::size_t N>
MaybeFix RenameMember(const Place& place, const std::array<std::string_view, N>& elements) {
  const Node* const member = place.Find();
  if (member == nullptr) return std::nullopt;
  for (const std::string_view element : elements) {
    if (EqualsIgnoreAsciiCase(member->key, element)) return RenameTo(place, element);
  }
  return RenameTo(place, OnlyCloseName(member->key, elements));
}

MaybeFix RenameDocumentElement(const Place& place) {
  return RenameMember(place, kDocumentElements);
}
MaybeFix RenameStatementElement(const Place& place) {
  return RenameMember(place, kStatementElements);
}
MaybeFix CorrectCase(const Place& place) {
  const bool is_statement = place.Around() != &place.root;
  return is_statement ? RenameStatementElement(place) : RenameDocumentElement(place);
}

MaybeFix CorrectEffect(const Place& place) {
  const std::string_view effect = Unquoted(place.Text(place.finding.range));
  for (std::string_view right : {"Allow", "Deny"}) {
    if (!EqualsIgnoreAsciiCase(effect, right)) continue;
    return Fix{true,
               "write `" + std::string(right) + "`",
               {{place.finding.range, "\"" + std::string(right) + "\""}}};
  }
  return std::nullopt;
}

// The member with the comma that belongs to it.
MaybeFix RemoveMember(const Place& place) {
  const Node* node = place.Find();
  if (node == nullptr || node->key_range.empty()) return std::nullopt;
  const std::string_view text = place.tree.source().text();
  SourceRange range = {node->key_range.begin, node->range.end};
  std::uint32_t end = range.end;
  while (end < text.size() && IsJsonSpace(text[end])) ++end;
  std::uint32_t begin = range.begin;
  while (begin > 0 && IsJsonSpace(text[begin - 1])) --begin;
  if (end < text.size() && text[end] == ',') {
    range = {begin, end + 1};
  } else if (begin > 0 && text[begin - 1] == ',') {
    range.begin = begin - 1;
  }
  return Fix{true, "remove it", {{range, ""}}};
}

MaybeFix RemoveEmptyCondition(const Place& place) {
  if (!place.finding.pointer.ends_with("/Condition")) return std::nullopt;
  return RemoveMember(place);
}

MaybeFix Flatten(const Place& place) {
  const Node* list = place.Find();
  if (list == nullptr || list->count == 0) return std::nullopt;
  const SourceRange range = list->range;
  return Fix{true,
             "put its members into the outer list",
             {{{range.begin, range.begin + 1}, ""}, {{range.end - 1, range.end}, ""}}};
}

struct Row {
  std::string_view code;
  MaybeFix (*repair)(const Place&);
  bool in_strings = false;  // also where the policy is a string in another text
};
constexpr std::array kRepairs = {
    Row{"GR201", AddVersion},
    Row{"GR202", WriteVersion},
    Row{"GR203", WriteVersion},
    Row{"GR204", WriteVersion},
    Row{"GR207", RenameDocumentElement, true},
    Row{"GR208", RenameStatementElement, true},
    Row{"GR209", CorrectCase, true},
    Row{"GR213", CorrectEffect},
    Row{"GR219", Flatten},
    Row{"GR222", RemoveEmptyCondition},
    Row{"GR227", RemoveMember},
};

}  // namespace

void AddRepairs(std::vector<Diagnostic>& findings, const Tree& tree, const Node& root) {
  const bool is_json = &root == &tree.root() && tree.source().Slice(root.range).starts_with('{');
  if (!is_json) return;
  for (Diagnostic& finding : findings) {
    const auto* const row = std::ranges::find(kRepairs, finding.code, &Row::code);
    if (row == kRepairs.end() || (tree.layers() > 0 && !row->in_strings)) continue;
    if (auto fix = row->repair({tree, root, finding})) finding.fixes.push_back(*std::move(fix));
  }
}

}  // namespace postern::policy
