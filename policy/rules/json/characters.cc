// Characters inside the strings of a policy that nobody sees, or that IAM does not take.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/json/checks.h"
#include "policy/rules/texts.h"
#include "policy/utf8.h"

namespace postern::policy {
namespace {

struct Invisible {
  char32_t code_point;
  std::string_view name;
};
constexpr std::array kInvisible = {
    Invisible{0x00A0, "a no-break space (U+00A0)"},
    Invisible{0x00AD, "a soft hyphen (U+00AD)"},
    Invisible{0x200B, "a zero-width space (U+200B)"},
    Invisible{0x200C, "a zero-width non-joiner (U+200C)"},
    Invisible{0x200D, "a zero-width joiner (U+200D)"},
    Invisible{0x200E, "a left-to-right mark (U+200E)"},
    Invisible{0x200F, "a right-to-left mark (U+200F)"},
    Invisible{0x2060, "a word joiner (U+2060)"},
    Invisible{0xFEFF, "a byte-order mark (U+FEFF)"},
};

std::string_view NameOf(char32_t code_point) {
  for (const Invisible& row : kInvisible) {
    if (row.code_point == code_point) return row.name;
  }
  return {};
}

char32_t Decode(std::string_view text, std::size_t length) {
  const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  if (length == 1) return byte(0);
  char32_t code_point = byte(0) & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code_point = (code_point << 6) | (byte(i) & 0x3Fu);
  return code_point;
}

// Whether there is nothing but visible ASCII and blanks in it, as in nearly every text.
bool IsPlain(std::string_view text) {
  bool plain = true;
  for (const char c : text) plain &= c >= 0x20 && c < 0x7F;
  return plain;
}

// visit(offset, length, code point); stops where it answers false.
template <typename Visit>
void ForEachCharacter(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = Utf8Length(text.substr(at));
    if (length == 0) return;
    if (!visit(at, length, Decode(text.substr(at), length))) return;
    at += length;
  }
}

std::string Hex(char32_t code_point) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (int shift = 20; shift >= 0; shift -= 4) {
    const auto digit = (code_point >> static_cast<unsigned>(shift)) & 0xFu;
    if (digit != 0 || !text.empty() || shift < 16) text += kDigits[digit];
  }
  return "U+" + text;
}

// The characters that IAM's API takes in a policy document.
bool IsTakenByIam(char32_t c) {
  return c == 0x09 || c == 0x0A || c == 0x0D || (c >= 0x20 && c <= 0xFF);
}

bool IsIam(PolicyKind kind) {
  return IsIdentity(kind) || kind == PolicyKind::kBoundary || kind == PolicyKind::kSession ||
         kind == PolicyKind::kTrust;
}

template <typename Visit>
void ForEachNode(const PolicyDocument& document, Visit visit) {
  const Node& root = document.root();
  for (const Node* node = &root; node != &root + root.span; ++node) visit(*node);
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A blank at an end of the text, or a tab or line end within; npos if there is none.
std::size_t FindStrayBlank(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == text.npos) return text.npos;
  if (IsBlank(text.front())) return 0;
  if (IsBlank(text.back())) return text.size() - 1;
  return text.find_first_of("\t\n\r");
}

void ReportInvisible(LintContext& context, const Node& node, std::size_t at, std::size_t length,
                     std::string_view name) {
  Diagnostic& finding = context.ReportWithin(
      "JS112", node, at, at + length,
      std::string(name) + " in this value is not seen, and keeps it from matching", "remove it");
  AddRewrite(finding, context.document(), node, at, at + length, "", FixSafety::kUnsafe);
}

}  // namespace

void CheckInvisibleCharacter(LintContext& context) {
  ForEachComparedText(context.document(), [&context](const Node& node) {
    if (!node.IsString() || node.text.empty()) return;
    if (IsPlain(node.text) && !IsBlank(node.text.front()) && !IsBlank(node.text.back())) return;
    bool found = false;
    ForEachCharacter(node.text, [&](std::size_t at, std::size_t length, char32_t c) {
      const std::string_view name = NameOf(c);
      if (name.empty()) return true;
      ReportInvisible(context, node, at, length, name);
      found = true;
      return false;
    });
    // Blanks may be meant where a condition compares free text, at the ends hardly anywhere. Text
    // of a template comes out otherwise.
    if (found || IsUnfinished(node.text)) return;
    const std::size_t blank = FindStrayBlank(node.text);
    if (blank == std::string_view::npos) return;
    const SourceRange range = context.document().tree().Within(node, blank, blank + 1);
    // As it stands, not as an escape: JS114.
    if (node.text[blank] != ' ' && range.end == range.begin + 1) return;
    Diagnostic& finding = context.ReportWithin(
        "JS112", node, blank, blank + 1,
        node.text[blank] == ' ' ? "a blank at an end of this value keeps it from matching"
                                : "a tab or line end in this value keeps it from matching",
        "remove it");
    AddRewrite(finding, context.document(), node, blank, blank + 1, "", FixSafety::kUnsafe);
  });
}

void CheckCharacterNotAllowed(LintContext& context) {
  if (!IsIam(context.kind())) return;
  ForEachNode(context.document(), [&context](const Node& node) {
    const auto look = [&context, &node](std::string_view text, bool is_key) {
      if (IsPlain(text)) return;
      ForEachCharacter(text, [&](std::size_t at, std::size_t length, char32_t c) {
        if (IsTakenByIam(c) || !NameOf(c).empty()) return true;  // JS112
        const std::string message =
            "IAM takes no " + Quote(text.substr(at, length)) + " (" + Hex(c) + ") in a policy";
        const std::string help = "use letters of Latin-1, up to U+00FF";
        is_key ? context.ReportKey("JS113", node, message, help)
               : context.ReportWithin("JS113", node, at, at + length, message, help);
        return false;
      });
    };
    look(node.key, true);
    if (node.IsString()) look(node.text, false);
  });
}

}  // namespace postern::policy
