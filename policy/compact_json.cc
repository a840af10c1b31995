#include "policy/compact_json.h"

#include <string_view>

namespace postern::policy {
namespace {

void AppendString(std::string& json, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  json += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (c == '\n') {
      json += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += "\\u00";
      json += kHex[static_cast<unsigned char>(c) >> 4];
      json += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      json += c;
    }
  }
  json += '"';
}

void Append(std::string& json, const Node& node) {
  switch (node.kind) {
    case NodeKind::kObject:
    case NodeKind::kArray: {
      json += node.IsObject() ? '{' : '[';
      bool first = true;
      for (const Node& child : node.children()) {
        if (!first) json += ',';
        first = false;
        if (node.IsObject()) {
          AppendString(json, child.key);
          json += ':';
        }
        Append(json, child);
      }
      json += node.IsObject() ? '}' : ']';
      return;
    }
    case NodeKind::kNumber:
    case NodeKind::kBool:
      json += node.text;
      return;
    case NodeKind::kNull:
      json += "null";
      return;
    case NodeKind::kString:
    case NodeKind::kIntrinsic:
    case NodeKind::kUnknown:
      AppendString(json, node.text);
      return;
  }
}

}  // namespace

std::string CompactJson(const Node& node) {
  std::string json;
  Append(json, node);
  return json;
}

}  // namespace postern::policy
