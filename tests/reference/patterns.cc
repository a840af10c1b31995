#include "tests/reference/patterns.h"

#include <clocale>
#include <cwctype>
#include <optional>

#include "tests/reference/keys.h"

namespace postern::reference {
namespace {

// One stretch of a policy's text: literal characters and wildcards, or a variable.
struct Part {
  Tokens tokens;
  bool is_variable = false;
  std::string name;
  std::optional<std::string> default_value;
};

// S5.1: name, or name, a comma, one space and a quoted default. A default that is written in
// another way is none.
Part ReadVariable(std::string_view inside) {
  Part part;
  part.is_variable = true;
  const size_t comma = inside.find(',');
  part.name = inside.substr(0, comma);
  if (comma != std::string_view::npos) {
    const std::string_view rest = inside.substr(comma);
    if (rest.size() >= 4 && rest.substr(0, 3) == ", '" && rest.back() == '\'') {
      part.default_value = rest.substr(3, rest.size() - 4);
    }
  }
  return part;
}

void AppendLiteral(std::string_view text, Tokens& tokens) {
  for (const char32_t c : Decode(text)) tokens.push_back({Token::kLiteral, c});
}

void Append(const Tokens& more, Tokens& tokens) {
  tokens.insert(tokens.end(), more.begin(), more.end());
}

std::vector<Part> ReadParts(std::string_view text, bool variables, bool wildcards) {
  std::vector<Part> parts;
  const auto literal = [&parts]() -> Tokens& {
    if (parts.empty() || parts.back().is_variable) parts.emplace_back();
    return parts.back().tokens;
  };
  while (!text.empty()) {
    const size_t open = variables ? text.find("${") : std::string_view::npos;
    if (open > 0) Append(Tokenise(text.substr(0, open), wildcards), literal());
    if (open == std::string_view::npos) break;
    text.remove_prefix(open);
    const size_t close = text.find('}');
    if (close == std::string_view::npos) {  // unterminated: literal text
      Append(Tokenise(text, wildcards), literal());
      break;
    }
    const std::string_view inside = text.substr(2, close - 2);
    if (inside.empty()) {
      AppendLiteral("${}", literal());
    } else if (inside == "*" || inside == "?" || inside == "$") {
      AppendLiteral(inside, literal());
    } else {
      parts.push_back(ReadVariable(inside));
    }
    text.remove_prefix(close + 1);
  }
  return parts;
}

}  // namespace

std::u32string Decode(std::string_view utf8) {
  std::u32string text;
  for (size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (size_t k = 1; k < length && i + k < utf8.size(); ++k) {
      c = (c << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    }
    text.push_back(c);
    i += length;
  }
  return text;
}

std::u32string Lower(std::u32string text) {
  static const locale_t kUnicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  for (char32_t& c : text) {
    if (c < 0x80) {
      if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    } else if (kUnicode != nullptr) {
      c = static_cast<char32_t>(towlower_l(static_cast<wint_t>(c), kUnicode));
    }
  }
  return text;
}

std::string LowerText(const std::string& utf8) {
  std::string lower;
  lower.reserve(utf8.size());
  for (const char32_t c : Lower(Decode(utf8))) {
    const auto byte = [&lower](char32_t value) { lower += static_cast<char>(value & 0xFFU); };
    if (c < 0x80) {
      byte(c);
    } else if (c < 0x800) {
      byte(0xC0U | (c >> 6));
      byte(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
      byte(0xE0U | (c >> 12));
      byte(0x80U | ((c >> 6) & 0x3FU));
      byte(0x80U | (c & 0x3FU));
    } else {
      byte(0xF0U | (c >> 18));
      byte(0x80U | ((c >> 12) & 0x3FU));
      byte(0x80U | ((c >> 6) & 0x3FU));
      byte(0x80U | (c & 0x3FU));
    }
  }
  return lower;
}

Tokens Tokenise(std::string_view text, bool wildcards) {
  Tokens tokens;
  for (const char32_t c : Decode(text)) {
    if (wildcards && c == U'*') {
      tokens.push_back({Token::kAny});
    } else if (wildcards && c == U'?') {
      tokens.push_back({Token::kOne});
    } else {
      tokens.push_back({Token::kLiteral, c});
    }
  }
  return tokens;
}

// S12.1
bool Glob(const Tokens& pattern, const std::u32string& text) {
  size_t i = 0;
  size_t j = 0;
  size_t mark = 0;
  std::optional<size_t> star;
  while (j < text.size()) {
    const bool one = i < pattern.size() &&
                     (pattern[i].kind == Token::kOne ||
                      (pattern[i].kind == Token::kLiteral && pattern[i].character == text[j]));
    if (one) {
      ++i;
      ++j;
    } else if (i < pattern.size() && pattern[i].kind == Token::kAny) {
      star = i++;
      mark = j;
    } else if (star) {
      i = *star + 1;
      j = ++mark;
    } else {
      return false;
    }
  }
  while (i < pattern.size() && pattern[i].kind == Token::kAny) ++i;
  return i == pattern.size();
}

Expansion Expand(std::string_view text, bool variables, bool wildcards, const Keys& keys) {
  Expansion result;
  for (const Part& part : ReadParts(text, variables, wildcards)) {
    if (!part.is_variable) {
      Append(part.tokens, result.tokens);
      continue;
    }
    const KeyState key = keys.Find(part.name);
    const bool missing = key.kind == KeyState::kMissing;
    const bool takes_default =
        part.default_value && (missing || (key.values.size() == 1 && key.values[0].empty()));
    if (key.multivalued || (missing && !part.default_value)) {  // S5.3, S5.5
      result.unresolved = true;
    } else if (key.kind == KeyState::kUnknown) {
      result.uncertain = true;
      result.tokens.push_back({Token::kAny});
    } else {
      AppendLiteral(takes_default ? *part.default_value : key.values[0], result.tokens);  // S5.4
    }
  }
  return result;
}

Truth Match(const Expansion& pattern, const std::u32string& text) {
  if (pattern.unresolved || !Glob(pattern.tokens, text)) return Truth::kNo;
  return pattern.uncertain ? Truth::kUnknown : Truth::kYes;
}

bool HasVariable(std::string_view text) {
  for (const Part& part : ReadParts(text, true, false)) {
    if (part.is_variable) return true;
  }
  return false;
}

bool IsOneVariable(std::string_view text) {
  const std::vector<Part> parts = ReadParts(text, true, false);
  return parts.size() == 1 && parts[0].is_variable;
}

std::vector<std::string> SplitArn(std::string_view text, bool variables) {
  std::vector<std::string> components(1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (variables && text.substr(i, 2) == "${") {
      const size_t close = text.find('}', i);
      if (close != std::string_view::npos) {
        components.back() += text.substr(i, close + 1 - i);
        i = close;
        continue;
      }
    }
    if (text[i] == ':' && components.size() < 6) {
      components.emplace_back();
    } else {
      components.back() += text[i];
    }
  }
  return components;
}

}  // namespace postern::reference
