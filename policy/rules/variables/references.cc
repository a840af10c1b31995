#include "policy/rules/variables/references.h"

#include <algorithm>

namespace postern::policy {
namespace {

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Of one text; nobody writes as many, and to find the place of each takes its time.
constexpr std::size_t kMostReferences = 100;

bool IsPrefixCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
         c == '-' || c == '_';
}

// A condition key has a prefix and one colon; an expression of a template may have one too.
bool NamesAKey(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == name.npos || name.substr(colon).starts_with("::")) return false;
  const std::string_view prefix = Trim(name.substr(0, colon));
  return !prefix.empty() && std::ranges::all_of(prefix, IsPrefixCharacter);
}

// `, 'text'`
bool IsDefault(std::string_view text) {
  return text.size() >= 4 && text.starts_with(", '") && text.ends_with('\'');
}

Reference Judge(std::string_view inside) {
  Reference reference;
  if (inside == "*" || inside == "?" || inside == "$") {
    reference.form = ReferenceForm::kEscape;
    return reference;
  }
  const std::size_t comma = inside.find(',');
  const std::string_view written = inside.substr(0, comma);
  reference.name = Trim(written);
  if (reference.name.empty()) {
    reference.form = ReferenceForm::kEmpty;
  } else if (!NamesAKey(reference.name)) {
    reference.form = ReferenceForm::kTemplate;
  } else if (reference.name != written ||
             // A tag's key may hold blanks.
             (written.find(' ') != written.npos && written.find('/') == written.npos)) {
    reference.form = ReferenceForm::kBlank;
  } else if (comma != inside.npos && !IsDefault(inside.substr(comma))) {
    reference.form = ReferenceForm::kDefault;
  }
  return reference;
}

// Behind the brace that closes the one at `at`; the first one where they do not match.
std::size_t EndOfTemplate(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (std::size_t i = text.find('{', at); i != text.npos; i = text.find_first_of("{}", i + 1)) {
    depth = text[i] == '{' ? depth + 1 : depth - 1;
    if (depth == 0) return i + 1;
  }
  return text.find('}', at) + 1;
}

}  // namespace

std::vector<Reference> FindReferences(std::string_view text) {
  std::vector<Reference> references;
  for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${", at)) {
    if (references.size() == kMostReferences) break;
    const std::size_t close = text.find('}', at);
    if (close == text.npos) {
      references.push_back({ReferenceForm::kUnclosed, at, text.size(), text.substr(at + 2)});
      break;
    }
    Reference reference = Judge(text.substr(at + 2, close - at - 2));
    reference.begin = at;
    reference.end = close + 1;
    // Templates have expressions within expressions; AWS has no variable within another.
    if (reference.form == ReferenceForm::kTemplate) reference.end = EndOfTemplate(text, at);
    references.push_back(reference);
    at = reference.end;
  }
  return references;
}

std::vector<const Node*> TextsWithVariables(const PolicyDocument& document) {
  std::vector<const Node*> texts;
  if (document.version() != LanguageVersion::k2012) return texts;
  const auto take = [&texts](const Node* node) {
    if (node->text.find("${") != node->text.npos) texts.push_back(node);
  };
  for (const Statement& statement : document.statements()) {
    if (statement.resources) std::ranges::for_each(statement.resources->patterns, take);
    for (const Condition& condition : statement.conditions) {
      if (!condition.op || !TraitsOf(condition.op->base).variables) continue;
      std::ranges::for_each(condition.values, take);
    }
  }
  return texts;
}

}  // namespace postern::policy
