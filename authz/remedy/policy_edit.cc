#include "authz/remedy/policy_edit.h"

#include <algorithm>

namespace postern::authz {
namespace {

using policy::Node;
using policy::PolicyDocument;

// How the lines of a policy are laid out.
struct Layout {
  std::string_view line_end = "\n";
  std::string indent;  // of the line on which a value begins
  std::string step = "  ";
};

std::string_view IndentAt(std::string_view text, std::size_t at) {
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  const std::size_t end = std::min(text.find_first_not_of(" \t", line), at);
  return text.substr(line, end - line);
}

// Whether nothing but white space stands before `at` on its line, and a line before it.
bool BeginsLine(std::string_view text, std::size_t at) {
  const std::string_view indent = IndentAt(text, at);
  return at > indent.size() && text[at - indent.size() - 1] == '\n' &&
         std::ranges::all_of(indent, [](char c) { return c == ' ' || c == '\t'; }) &&
         text.substr(at - indent.size(), indent.size()) == indent;
}

bool SpansLines(std::string_view text, policy::SourceRange range) {
  return text.substr(range.begin, range.end - range.begin).find('\n') != std::string_view::npos;
}

std::string_view LineEndOf(std::string_view text) {
  return text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
}

const Node* LastChild(const Node& node) {
  const Node* last = nullptr;
  for (const Node& child : node.children()) last = &child;
  return last;
}

// What a member of `object` is indented by, further than the line of `object` itself.
std::optional<std::string> StepInside(std::string_view text, const Node& object) {
  if (!object.IsObject() || object.count == 0) return std::nullopt;
  const std::uint32_t member = object.children().begin()->key_range.begin;
  if (!BeginsLine(text, member)) return std::nullopt;
  const std::string_view outer = IndentAt(text, object.range.begin);
  const std::string_view inner = IndentAt(text, member);
  if (!inner.starts_with(outer) || inner.size() == outer.size()) return std::nullopt;
  return std::string(inner.substr(outer.size()));
}

Layout LayoutOf(const PolicyDocument& document, const Node& value) {
  const std::string_view text = document.source().text();
  Layout layout;
  layout.line_end = LineEndOf(text);
  layout.indent = IndentAt(text, value.range.begin);
  for (const Node* object : {&value, &document.root()}) {
    if (auto step = StepInside(text, *object)) {
      layout.step = *std::move(step);
      break;
    }
  }
  return layout;
}

std::string ListOrText(const JsonValue& value) {
  if (value.texts.empty()) return JsonQuoted(value.text);
  std::string list;
  for (const std::string& text : value.texts) {
    list += (list.empty() ? "[" : ", ") + JsonQuoted(text);
  }
  return list + "]";
}

std::string OnOneLine(const JsonValue& value) {
  if (value.members.empty()) return ListOrText(value);
  std::string json = "{";
  for (const JsonMember& member : value.members) {
    if (json.size() > 1) json += ", ";
    json += JsonQuoted(member.name) + ": " + OnOneLine(member.value);
  }
  return json + "}";
}

std::string OnLines(const JsonValue& value, const Layout& layout, const std::string& indent) {
  if (value.members.empty()) return ListOrText(value);
  std::string json = "{";
  const std::string inner = indent + layout.step;
  bool first = true;
  for (const JsonMember& member : value.members) {
    json.append(first ? "" : ",").append(layout.line_end).append(inner);
    json += JsonQuoted(member.name) + ": " + OnLines(member.value, layout, inner);
    first = false;
  }
  return json.append(layout.line_end).append(indent) + "}";
}

// The text of a value with one step more on each line but the first.
std::string Deeper(std::string_view text, const std::string& step) {
  std::string deeper;
  for (char c : text) {
    deeper += c;
    if (c == '\n') deeper += step;
  }
  return deeper;
}

// Behind the last child of a list or an object, or inside an empty one.
TextEdit Insert(const PolicyDocument& document, const Node& parent, std::string json) {
  const std::string_view text = document.source().text();
  const Node* const last = LastChild(parent);
  if (last == nullptr) return {{parent.range.begin + 1, parent.range.begin + 1}, std::move(json)};
  const policy::SourceRange at{last->range.end, last->range.end};
  const std::uint32_t begin = parent.IsObject() ? last->key_range.begin : last->range.begin;
  if (!BeginsLine(text, begin)) return {at, ", " + json};
  std::string lead = ",";
  lead.append(LineEndOf(text)).append(IndentAt(text, begin));
  return {at, lead + json};
}

}  // namespace

std::string JsonQuoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string json = "\"";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (byte < ' ') {
      json += "\\u00";
      json += kHex[byte >> 4];
      json += kHex[byte & 15];
    } else {
      json += c;
    }
  }
  return json + "\"";
}

bool CanEdit(const PolicyDocument& document) {
  return document.tree().layers() == 0 &&
         document.source().Slice(document.root().range).starts_with('{');
}

TextEdit AppendValue(const PolicyDocument& document, const Node& values, std::string_view text) {
  if (values.IsArray()) return Insert(document, values, JsonQuoted(text));
  std::string list = "[";
  list.append(document.source().Slice(values.range)).append(", ").append(JsonQuoted(text));
  return {values.range, list + "]"};
}

TextEdit AppendMember(const PolicyDocument& document, const Node& object,
                      const JsonMember& member) {
  const std::string name = JsonQuoted(member.name) + ": ";
  const Node* const last = LastChild(object);
  const std::string_view text = document.source().text();
  if (last == nullptr || !BeginsLine(text, last->key_range.begin)) {
    return Insert(document, object, name + OnOneLine(member.value));
  }
  Layout layout = LayoutOf(document, object);
  layout.indent = IndentAt(text, last->key_range.begin);
  return Insert(document, object, name + OnLines(member.value, layout, layout.indent));
}

std::optional<TextEdit> AppendStatement(const PolicyDocument& document,
                                        const JsonValue& statement) {
  const Node* const list = document.root().Find("Statement");
  if (list == nullptr) return std::nullopt;
  const std::string_view text = document.source().text();
  if (list->IsArray()) {
    const Node* const last = LastChild(*list);
    if (last == nullptr || !SpansLines(text, last->range)) {
      return Insert(document, *list, OnOneLine(statement));
    }
    const Layout layout = LayoutOf(document, *last);
    return Insert(document, *list, OnLines(statement, layout, layout.indent));
  }
  if (!list->IsObject()) return std::nullopt;
  const std::string_view only = document.source().Slice(list->range);
  if (!SpansLines(text, list->range)) {
    return TextEdit{list->range, "[" + std::string(only) + ", " + OnOneLine(statement) + "]"};
  }
  const Layout layout = LayoutOf(document, *list);
  const std::string inner = layout.indent + layout.step;
  std::string json = "[";
  json.append(layout.line_end).append(inner).append(Deeper(only, layout.step)).append(",");
  json.append(layout.line_end).append(inner).append(OnLines(statement, layout, inner));
  json.append(layout.line_end).append(layout.indent).append("]");
  return TextEdit{list->range, std::move(json)};
}

std::string Edited(const PolicyDocument& document, const TextEdit& edit) {
  const policy::SourceRange root = document.root().range;
  const std::string_view text = document.source().text();
  std::string edited(text.substr(root.begin, edit.at.begin - root.begin));
  edited += edit.text;
  edited += text.substr(edit.at.end, root.end - edit.at.end);
  return edited;
}

}  // namespace postern::authz
