#include "policy/language/variables.h"

#include <algorithm>
#include <cstddef>

#include "policy/language/wildcard.h"

namespace postern::policy {
namespace {

// What stands between `${` and the first `}`.
struct Braces {
  std::string_view inside;
  std::size_t end;  // behind the `}`
};

// Finds `${...}` in a text read from front to back. Remembers where the next `}` is, so that a text
// full of `${` costs no more than its length.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<Braces> At(std::size_t position) {
    if (!text_.substr(position).starts_with("${")) return std::nullopt;
    const std::size_t inside = position + 2;
    if (close_ < inside) close_ = text_.find('}', inside);
    if (close_ == std::string_view::npos) return std::nullopt;
    return Braces{text_.substr(inside, close_ - inside), close_ + 1};
  }

 private:
  std::string_view text_;
  std::size_t close_ = 0;
};

bool IsEscape(std::string_view inside) { return inside == "*" || inside == "?" || inside == "$"; }

// `key` or `key, 'default'`. Another shape of default counts as none; a name that is empty or holds
// white space makes no variable.
std::optional<VariableRef> ParseVariable(std::string_view inside) {
  const std::size_t end = std::min(inside.find_first_of(", \t\r\n"), inside.size());
  const std::string_view rest = inside.substr(end);
  if (end == 0 || (!rest.empty() && rest.front() != ',')) return std::nullopt;
  VariableRef variable{inside.substr(0, end), std::nullopt};
  if (rest.size() >= 4 && rest.starts_with(", '") && rest.ends_with('\'')) {
    variable.default_text = rest.substr(3, rest.size() - 4);
  }
  return variable;
}

char Token(char c, bool wildcards) {
  if (wildcards && c == '*') return kAnyRun;
  if (wildcards && c == '?') return kAnyOne;
  return c;
}

}  // namespace

Tokens Tokenize(std::string_view policy_text, TokenOptions options) {
  const bool variables = options.variables && options.version == LanguageVersion::k2012;
  Tokens tokens;
  tokens.text.reserve(policy_text.size());
  Scanner scanner(policy_text);
  for (std::size_t at = 0; at < policy_text.size();) {
    if (const auto braces = variables ? scanner.At(at) : std::nullopt) {
      if (IsEscape(braces->inside)) {
        tokens.text += braces->inside;
        at = braces->end;
        continue;
      }
      if (const auto variable = ParseVariable(braces->inside)) {
        tokens.text += kVariable;
        tokens.variables.push_back(*variable);
        at = braces->end;
        continue;
      }
    }
    tokens.text += Token(policy_text[at++], options.wildcards);
  }
  return tokens;
}

bool HasVariable(std::string_view policy_text) {
  Scanner scanner(policy_text);
  for (std::size_t at = 0; at < policy_text.size(); ++at) {
    const auto braces = scanner.At(at);
    if (!braces) continue;
    if (IsEscape(braces->inside)) {
      at = braces->end - 1;
    } else if (ParseVariable(braces->inside)) {
      return true;
    }
  }
  return false;
}

}  // namespace postern::policy
