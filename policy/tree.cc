#include "policy/tree.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <functional>
#include <utility>

#include "policy/json_escape.h"
#include "policy/pointer_cursor.h"
#include "policy/url_escape.h"
#include "policy/utf8.h"

namespace postern::policy {

namespace {

std::string UnescapePointerToken(std::string_view token) {
  std::string name;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size();
    if (escape && token[i + 1] == '0') {
      name += '~';
      ++i;
    } else if (escape && token[i + 1] == '1') {
      name += '/';
      ++i;
    } else {
      name += token[i];
    }
  }
  return name;
}

const Node* ElementAt(const Node& array, std::string_view token) {
  std::uint32_t index = 0;
  const char* end = token.data() + token.size();
  const auto [rest, error] = std::from_chars(token.data(), end, index);
  const bool leading_zero = token.size() > 1 && token.front() == '0';
  if (error != std::errc() || rest != end || leading_zero || index >= array.count) return nullptr;
  auto element = array.children().begin();
  while (index-- > 0) ++element;
  return &*element;
}

// Where the value of a scalar begins, behind a tag such as `!Sub`.
std::size_t SkipTag(std::string_view raw) {
  constexpr std::string_view kSpace = " \t\r\n";
  if (!raw.starts_with('!')) return 0;
  const std::size_t end = std::min(raw.find_first_of(kSpace), raw.size());
  return std::min(raw.find_first_not_of(kSpace, end), raw.size());
}

// Where the lines of a YAML scalar begin, behind the header of a block.
std::size_t SkipBlockHeader(std::string_view raw) {
  const bool block = raw.starts_with('|') || raw.starts_with('>');
  return block ? std::min(raw.find('\n'), raw.size()) : 0;
}

// Appends the duplicates among the members of one object; `members` is scratch space.
void CollectDuplicates(const Node& object, std::vector<const Node*>& members,
                       std::vector<DuplicateKey>& found) {
  if (object.count < 2) return;
  members.clear();
  for (const Node& member : object.children()) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const Node* a, const Node* b) {
    return a->key != b->key ? a->key < b->key : std::less<>()(a, b);
  });
  const Node* first = members.front();
  for (std::size_t i = 1; i < members.size(); ++i) {
    if (members[i]->key == first->key) {
      found.push_back({first, members[i]});
    } else {
      first = members[i];
    }
  }
}

}  // namespace

std::string_view NodeKindName(NodeKind kind) {
  switch (kind) {
    case NodeKind::kObject:
      return "object";
    case NodeKind::kArray:
      return "array";
    case NodeKind::kString:
      return "string";
    case NodeKind::kNumber:
      return "number";
    case NodeKind::kBool:
      return "boolean";
    case NodeKind::kNull:
      return "null";
    case NodeKind::kIntrinsic:
      return "intrinsic function";
    case NodeKind::kUnknown:
      return "unknown value";
  }
  return "";
}

const Node* Node::Find(std::string_view name) const {
  if (kind != NodeKind::kObject) return nullptr;
  for (const Node& member : children()) {
    if (member.key == name) return &member;
  }
  return nullptr;
}

OffsetMap OffsetMap::Verbatim(std::uint32_t begin) {
  OffsetMap map;
  map.shifts_.push_back({0, begin});
  return map;
}

OffsetMap OffsetMap::OfJsonString(std::string_view raw, std::uint32_t raw_begin) {
  return OfJsonString(raw, Verbatim(raw_begin), 0);
}

OffsetMap OffsetMap::OfJsonString(std::string_view raw, const OffsetMap& outer,
                                  std::uint32_t raw_begin) {
  const std::vector<Shift>& shifts = outer.shifts_;
  std::size_t next = 0;  // the first shift of `outer` beyond `i`
  OffsetMap map;
  std::uint32_t decoded = 0;
  std::size_t i = 0;
  std::size_t backslash = std::min(raw.find('\\'), raw.size());
  while (true) {
    const std::size_t at = raw_begin + i;
    while (next < shifts.size() && shifts[next].decoded <= at) ++next;
    const Shift& shift = shifts[next - 1];
    map.shifts_.push_back({decoded, shift.outer + static_cast<std::uint32_t>(at) - shift.decoded});
    if (i >= raw.size()) break;

    if (i == backslash) {
      // Not valid JSON if there is no such escape: then the backslash stands for itself.
      const JsonEscape escape = ReadJsonEscape(raw.substr(i)).value_or(JsonEscape{1, U'\\'});
      char bytes[4];
      decoded += static_cast<std::uint32_t>(WriteUtf8(escape.code_point, bytes));
      i += escape.length;
      backslash = std::min(raw.find('\\', i), raw.size());
      continue;
    }
    std::size_t stop = backslash;
    if (next < shifts.size()) stop = std::min<std::size_t>(stop, shifts[next].decoded - raw_begin);
    decoded += static_cast<std::uint32_t>(stop - i);
    i = stop;
  }
  return map;
}

std::optional<OffsetMap> OffsetMap::OfFolded(std::string_view raw, std::uint32_t raw_begin,
                                             std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  OffsetMap map = Verbatim(raw_begin);
  std::size_t at = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kSpace.find(text[i]) == kSpace.npos) {
      at = std::min(raw.find_first_not_of(kSpace, at), raw.size());
      if (at == raw.size() || raw[at] != text[i]) return std::nullopt;
    } else if (at == raw.size() || kSpace.find(raw[at]) == kSpace.npos) {
      continue;  // white space that is not written
    }
    const auto decoded = static_cast<std::uint32_t>(i);
    const auto outer = raw_begin + static_cast<std::uint32_t>(at);
    const Shift& last = map.shifts_.back();
    if (outer - decoded != last.outer - last.decoded) map.shifts_.push_back({decoded, outer});
    ++at;
  }
  return map;
}

OffsetMap OffsetMap::OfUrlEncoded(std::string_view raw, std::uint32_t raw_begin) {
  OffsetMap map = Verbatim(raw_begin);
  std::uint32_t decoded = 0;
  for (std::size_t at = 0; at < raw.size(); ++decoded) {
    const bool escape = UrlEscape(raw.substr(at)).has_value();
    at += escape ? 3 : 1;
    if (escape) {
      map.shifts_.push_back({decoded + 1, raw_begin + static_cast<std::uint32_t>(at)});
    }
  }
  return map;
}

std::uint32_t OffsetMap::ToOuter(std::uint32_t decoded) const {
  const auto next = std::upper_bound(
      shifts_.begin(), shifts_.end(), decoded,
      [](std::uint32_t offset, const Shift& shift) { return offset < shift.decoded; });
  const Shift& shift = *(next - 1);
  return shift.outer + (decoded - shift.decoded);
}

Tree::Tree(std::shared_ptr<const Source> source, std::vector<Node> nodes,
           std::unique_ptr<char[]> decoded, std::uint32_t layers)
    : source_(std::move(source)),
      nodes_(std::move(nodes)),
      decoded_(std::move(decoded)),
      layers_(layers) {
  assert(source_ != nullptr && !nodes_.empty());
}

std::string Tree::PointerTo(const Node& node) const {
  assert(&node >= nodes_.data() && &node < nodes_.data() + nodes_.size());
  return PointerCursor(nodes_.front()).To(node);
}

const Node* Tree::At(std::string_view pointer) const& {
  const Node* node = nodes_.data();
  while (!pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    node = node->IsArray() ? ElementAt(*node, token) : node->Find(UnescapePointerToken(token));
    if (node == nullptr) return nullptr;
  }
  return node;
}

std::optional<OffsetMap> Tree::Spelling(const Node& node) const {
  std::string_view raw = source_->Slice(node.range);
  const std::size_t tag = node.kind == NodeKind::kIntrinsic ? SkipTag(raw) : 0;
  raw.remove_prefix(tag);
  const std::uint32_t begin = node.range.begin + static_cast<std::uint32_t>(tag);
  OffsetMap map = OffsetMap::Verbatim(begin);
  std::string unescaped;
  for (std::uint32_t layer = 0; layer < layers_; ++layer) {
    std::optional<std::string> inner = UnescapeJson(raw);
    if (!inner) return std::nullopt;
    map = OffsetMap::OfJsonString(raw, map, 0);
    unescaped = *std::move(inner);
    raw = unescaped;
  }
  if (raw == node.text) return map;
  const bool quoted = raw.size() >= 2 && raw.front() == raw.back();
  if (!quoted || (raw.front() != '"' && raw.front() != '\'')) {
    if (layers_ > 0) return std::nullopt;
    const std::size_t header = SkipBlockHeader(raw);
    return OffsetMap::OfFolded(raw.substr(header), begin + static_cast<std::uint32_t>(header),
                               node.text);
  }
  const std::string_view inside = raw.substr(1, raw.size() - 2);
  if (raw.front() == '"' ? UnescapeJson(inside) != node.text : inside != node.text) {
    return std::nullopt;
  }
  return OffsetMap::OfJsonString(raw.front() == '"' ? inside : std::string_view(), map, 1);
}

SourceRange Tree::Within(const Node& node, std::size_t begin, std::size_t end) const {
  const std::optional<OffsetMap> map = Spelling(node);
  if (!map) return node.range;
  end = std::min(end, node.text.size());
  begin = std::min(begin, end);
  return map->ToOuter({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
}

std::vector<DuplicateKey> FindDuplicateKeys(const Node& root) {
  std::vector<DuplicateKey> found;
  std::vector<const Node*> members;
  for (const Node* node = &root; node != &root + root.span; ++node) {
    if (node->IsObject()) CollectDuplicates(*node, members, found);
  }
  std::sort(found.begin(), found.end(), [](const DuplicateKey& a, const DuplicateKey& b) {
    return std::less<>()(a.again, b.again);
  });
  return found;
}

}  // namespace postern::policy
