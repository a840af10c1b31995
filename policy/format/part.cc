#include "policy/format/part.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string_view>

#include "policy/json_escape.h"
#include "policy/language/fold.h"

namespace postern::policy {
namespace {

constexpr std::string_view kIndentation = "  ";

// Printable, and of a character set that every kind of policy may hold (S1.2.6).
bool NeedsNoEscape(char32_t c) { return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c <= 0xff); }

class Writer {
 public:
  Writer(const Source* source, Layout layout) : source_(source), layout_(layout) {}

  void Add(const Part& part) {
    if (!part.IsObject() && !part.IsArray()) return AddScalar(*part.scalar);
    text_ += part.IsObject() ? '{' : '[';
    ++level_;
    bool first = true;
    for (const Part& child : part.children) {
      if (!first) text_ += ',';
      first = false;
      BreakLine();
      if (part.IsObject()) {
        AddString(child.member->key_range, child.member->key);
        text_ += layout_ == Layout::kIndented ? ": " : ":";
      }
      Add(child);
    }
    --level_;
    if (!first) BreakLine();
    text_ += part.IsObject() ? '}' : ']';
  }

  std::string Take() {
    if (layout_ == Layout::kIndented) text_ += '\n';
    return std::move(text_);
  }

 private:
  void BreakLine() {
    if (layout_ != Layout::kIndented) return;
    text_ += '\n';
    for (std::size_t i = 0; i < level_; ++i) text_ += kIndentation;
  }

  void AddScalar(const Node& node) {
    switch (node.kind) {
      case NodeKind::kNumber:
      case NodeKind::kBool:
        text_ += node.text;
        return;
      case NodeKind::kNull:
        text_ += "null";
        return;
      default:
        AddString(node.range, node.text);
        return;
    }
  }

  void AddString(SourceRange range, std::string_view decoded) {
    text_ += source_ != nullptr ? CanonicalSpelling(source_->Slice(range)) : JsonString(decoded);
  }

  const Source* source_;
  Layout layout_;
  std::string text_;
  std::size_t level_ = 0;
};

}  // namespace

Part PartOf(const Node& node) {
  Part part{node.kind, &node, &node, {}};
  if (!node.IsObject() && !node.IsArray()) return part;
  part.children.reserve(node.count);
  for (const Node& child : node.children()) part.children.push_back(PartOf(child));
  return part;
}

std::string Write(const Part& part, const Source* source, Layout layout) {
  Writer writer(source, layout);
  writer.Add(part);
  return writer.Take();
}

std::string CanonicalSpelling(std::string_view spelling) {
  std::string text;
  text.reserve(spelling.size());
  while (!spelling.empty()) {
    const std::size_t plain = std::min(spelling.find('\\'), spelling.size());
    text += spelling.substr(0, plain);
    spelling.remove_prefix(plain);
    if (spelling.empty()) break;
    const auto escape = ReadJsonEscape(spelling);
    assert(escape);
    const char32_t c = escape->code_point;
    if (c < 0x20 || c == '"' || c == '\\') {
      const std::string quoted = JsonString(std::string(1, static_cast<char>(c)));
      text += std::string_view(quoted).substr(1, quoted.size() - 2);
    } else if (NeedsNoEscape(c)) {
      const auto decoded = UnescapeJson(spelling.substr(0, escape->length));
      text += *decoded;
    } else {
      text += FoldAscii(spelling.substr(0, escape->length));
    }
    spelling.remove_prefix(escape->length);
  }
  return text;
}

}  // namespace postern::policy
