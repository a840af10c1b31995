#include "policy/yaml_tree.h"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstring>
#include <istream>
#include <streambuf>
#include <utility>
#include <vector>

#include "policy/number_text.h"
#include "policy/utf8.h"

namespace postern::policy {

namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }
bool IsSpace(char c) { return IsBlank(c) || c == '\n' || c == '\r'; }

// Reads a text without a copy of it.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // streambuf's get area is never written to
    setg(begin, begin, begin + text.size());
  }
};

NodeKind KindOfPlain(std::string_view text) {
  if (text == "true" || text == "false") return NodeKind::kBool;
  return IsYamlNumber(text) ? NodeKind::kNumber : NodeKind::kString;
}

// A tag of the file's own, such as !Sub; not `!` (a quoted scalar) and not !!str.
bool IsLocalTag(std::string_view tag) { return tag.size() > 1 && tag.front() == '!'; }

NodeKind KindOfScalar(std::string_view tag, std::string_view text) {
  if (tag == "?") return KindOfPlain(text);
  if (IsLocalTag(tag)) return NodeKind::kIntrinsic;
  constexpr std::string_view kCore = "tag:yaml.org,2002:";
  if (!tag.starts_with(kCore)) return NodeKind::kString;
  const std::string_view type = tag.substr(kCore.size());
  const NodeKind kind = KindOfPlain(text);
  const bool named = (kind == NodeKind::kBool && type == "bool") ||
                     (kind == NodeKind::kNumber && (type == "int" || type == "float"));
  return named ? kind : NodeKind::kString;
}

// yaml-cpp says where a token begins, not where it ends: this looks for the end in the text.
class Spelling {
 public:
  explicit Spelling(std::string_view text) : text_(text) {}

  struct Start {
    std::uint32_t tag;      // the tag, or the content if there is none
    std::uint32_t content;  // what follows anchor and tag
  };
  Start SkipProperties(std::uint32_t at) const {
    std::uint32_t tag = kNone;
    while (true) {
      const char c = Byte(at);
      if (c != '!' && c != '&') break;
      if (c == '!') tag = at;
      while (at < text_.size() && !IsSpace(text_[at])) ++at;
      at = SkipSpace(at);
    }
    return {tag == kNone ? at : tag, at};
  }

  std::uint32_t EndOfScalar(std::uint32_t at, std::string_view value) const {
    switch (Byte(at)) {
      case '"':
        return EndOfDoubleQuoted(at);
      case '\'':
        return EndOfSingleQuoted(at);
      case '|':
      case '>':
        return EndOfFolded(EndOfLine(at), value);
      default:
        return text_.substr(at).starts_with(value) ? at + Size(value) : EndOfFolded(at, value);
    }
  }

  std::uint32_t EndOfAlias(std::uint32_t at) const {
    while (at < text_.size() && !IsSpace(text_[at]) && !IsFlowIndicator(text_[at])) ++at;
    return at;
  }

  // The end of a flow collection whose last child ends at `at`.
  std::uint32_t EndOfFlow(std::uint32_t at, char close) const {
    while (at < text_.size() && text_[at] != close) {
      at = text_[at] == '#' && at > 0 && IsSpace(text_[at - 1]) ? EndOfLine(at) : at + 1;
    }
    return std::min(at + 1, Size(text_));
  }

  // The end of a null that is written out at `at`; `at` if it is not.
  std::uint32_t EndOfNull(std::uint32_t at, bool is_key) const {
    for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
      if (!text_.substr(std::min<std::size_t>(at, text_.size())).starts_with(word)) continue;
      const std::uint32_t end = at + Size(word);
      if (end >= text_.size() || IsSpace(text_[end]) || IsFlowIndicator(text_[end]) ||
          (is_key && text_[end] == ':')) {
        return end;
      }
    }
    return at;
  }

  std::string_view Slice(SourceRange range) const {
    return text_.substr(range.begin, range.end - range.begin);
  }
  bool HasFlowBracket(std::uint32_t at) const { return Byte(at) == '[' || Byte(at) == '{'; }

  // Behind the `:` of a key that ends at `at`.
  std::uint32_t SkipColon(std::uint32_t at) const {
    std::uint32_t colon = SkipSpace(at);
    return Byte(colon) == ':' ? colon + 1 : at;
  }

 private:
  static constexpr std::uint32_t kNone = ~0u;

  static std::uint32_t Size(std::string_view text) {
    return static_cast<std::uint32_t>(text.size());
  }
  static bool IsFlowIndicator(char c) { return std::strchr(",[]{}", c) != nullptr; }

  char Byte(std::uint32_t at) const { return at < text_.size() ? text_[at] : '\n'; }

  std::uint32_t EndOfLine(std::uint32_t at) const {
    while (at < text_.size() && text_[at] != '\n') ++at;
    return at;
  }
  std::uint32_t SkipSpace(std::uint32_t at) const {
    while (at < text_.size()) {
      if (text_[at] == '#' && at > 0 && IsSpace(text_[at - 1])) {
        at = EndOfLine(at);
      } else if (IsSpace(text_[at])) {
        ++at;
      } else {
        break;
      }
    }
    return at;
  }
  std::uint32_t EndOfDoubleQuoted(std::uint32_t at) const {
    for (++at; at < text_.size() && text_[at] != '"'; ++at) {
      if (text_[at] == '\\') ++at;
    }
    return std::min(at + 1, Size(text_));
  }
  std::uint32_t EndOfSingleQuoted(std::uint32_t at) const {
    for (++at; at < text_.size(); ++at) {
      if (text_[at] != '\'') continue;
      if (Byte(at + 1) != '\'') return at + 1;
      ++at;
    }
    return Size(text_);
  }
  // Follows the value through the text; the two differ in white space alone.
  std::uint32_t EndOfFolded(std::uint32_t at, std::string_view value) const {
    std::uint32_t end = at;
    for (const char c : value) {
      if (IsSpace(c)) continue;
      while (at < text_.size() && IsSpace(text_[at])) ++at;
      if (Byte(at) != c) break;
      end = ++at;
    }
    return end;
  }

  std::string_view text_;
};

struct Refusal {
  YamlError error;
};

[[noreturn]] void Refuse(std::uint32_t offset, std::string message) {
  throw Refusal{{offset, std::move(message)}};
}

// yaml-cpp's events as nodes in document order. A container is reported before what is in it, so
// that stopping at the depth limit bounds the parser's recursion too.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, const YamlLimits& limits)
      : spelling_(text),
        limits_(limits),
        mark_length_(GuessEncoding(text) == TextEncoding::kUtf8WithMark ? 3 : 0),
        // No escape is spelled in fewer than half of the bytes that it stands for.
        decoded_size_(2 * text.size()),
        decoded_(std::make_unique_for_overwrite<char[]>(decoded_size_)) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!nodes_.empty()) {
      Refuse(At(mark), "a second document starts here; only one is read");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::uint32_t written = spelling_.SkipProperties(At(mark)).content;
    SourceRange range = {written, spelling_.EndOfNull(written, ExpectsKey())};
    if (range.empty()) {
      const bool member = !frames_.empty() && frames_.back().has_key;
      const std::uint32_t missing = member ? spelling_.SkipColon(cursor_) : cursor_;
      range = {missing, missing};
    }
    cursor_ = range.end;
    if (ExpectsKey()) return SetKey(Store(spelling_.Slice(range)), range);
    Append(NodeKind::kNull, range, anchor).plain = true;
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const SourceRange range = {At(mark), spelling_.EndOfAlias(At(mark))};
    cursor_ = range.end;
    if (ExpectsKey()) Refuse(range.begin, "a key cannot be an alias");
    if (anchor >= anchors_.size() || anchors_[anchor].height == 0) {
      Refuse(range.begin, "this alias stands for a key, or for something that holds it");
    }
    const Anchor target = anchors_[anchor];
    const std::uint32_t span = nodes_[target.node].span;
    CheckDepth(frames_.size() + target.height - 1, range.begin);
    CheckCount(span, range.begin);
    const std::size_t first = nodes_.size();
    BeginChild();
    nodes_.resize(first + span);
    std::copy_n(nodes_.begin() + target.node, span,
                nodes_.begin() + static_cast<std::ptrdiff_t>(first));
    Node& node = nodes_[first];
    node.range = range;
    TakeKey(node);
    EndChild(target.height);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const Spelling::Start start = spelling_.SkipProperties(At(mark));
    SourceRange range = {start.content, spelling_.EndOfScalar(start.content, value)};
    cursor_ = range.end;
    const NodeKind kind = KindOfScalar(tag, value);
    if (kind == NodeKind::kIntrinsic) range.begin = start.tag;
    if (ExpectsKey()) {
      if (kind == NodeKind::kIntrinsic) Refuse(range.begin, "a key cannot have a tag");
      return SetKey(Store(value), range);
    }
    Node& node = Append(kind, range, anchor);
    node.text = Store(value);
    node.plain = tag == "?";
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(NodeKind::kArray, mark, tag, anchor);
  }
  void OnSequenceEnd() override { Close(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(NodeKind::kObject, mark, tag, anchor);
  }
  void OnMapEnd() override { Close('}'); }

  bool empty() const { return nodes_.empty(); }
  std::vector<Node> TakeNodes() { return std::move(nodes_); }
  std::unique_ptr<char[]> TakeDecoded() { return std::move(decoded_); }

 private:
  struct Frame {
    std::uint32_t node;
    YAML::anchor_t anchor;
    bool map;
    bool flow;
    bool has_key = false;      // a map whose next value has its key already
    std::uint32_t height = 1;  // levels of containers, this one included
  };
  struct Anchor {
    std::uint32_t node = 0;
    std::uint32_t height = 0;  // 0: not complete
  };

  // yaml-cpp skips a byte-order mark and does not count it.
  std::uint32_t At(const YAML::Mark& mark) const {
    return mark_length_ + static_cast<std::uint32_t>(std::max(mark.pos, 0));
  }

  bool ExpectsKey() const {
    return !frames_.empty() && frames_.back().map && !frames_.back().has_key;
  }
  void SetKey(std::string_view key, SourceRange range) {
    key_ = key;
    key_range_ = range;
    frames_.back().has_key = true;
  }
  void TakeKey(Node& node) {
    node.key = std::exchange(key_, {});
    node.key_range = std::exchange(key_range_, {});
  }

  void CheckDepth(std::size_t depth, std::uint32_t offset) const {
    if (depth <= limits_.max_depth) return;
    Refuse(offset, "nested more than " + std::to_string(limits_.max_depth) + " levels deep");
  }
  void CheckCount(std::size_t more, std::uint32_t offset) const {
    if (nodes_.size() + more <= limits_.max_nodes) return;
    Refuse(offset, "more than " + std::to_string(limits_.max_nodes) +
                       " values (aliases count as what they stand for)");
  }

  std::string_view Store(std::string_view text) {
    if (text.size() > decoded_size_ - decoded_used_) Refuse(cursor_, "the text is too large");
    char* stored = decoded_.get() + decoded_used_;
    std::copy(text.begin(), text.end(), stored);
    decoded_used_ += text.size();
    return {stored, text.size()};
  }

  void BeginChild() {
    if (frames_.empty()) return;
    ++nodes_[frames_.back().node].count;
    frames_.back().has_key = false;
  }
  void EndChild(std::uint32_t height) {
    if (frames_.empty()) return;
    frames_.back().height = std::max(frames_.back().height, height + 1);
  }
  void SetAnchor(YAML::anchor_t anchor, std::uint32_t node, std::uint32_t height) {
    if (anchor == YAML::NullAnchor) return;
    if (anchors_.size() <= anchor) anchors_.resize(anchor + 1);
    anchors_[anchor] = {node, height};
  }

  Node& Add(NodeKind kind, SourceRange range) {
    CheckCount(1, range.begin);
    BeginChild();
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    node.range = range;
    TakeKey(node);
    return node;
  }
  Node& Append(NodeKind kind, SourceRange range, YAML::anchor_t anchor) {
    SetAnchor(anchor, static_cast<std::uint32_t>(nodes_.size()), 1);
    EndChild(0);
    return Add(kind, range);
  }

  void Open(NodeKind kind, const YAML::Mark& mark, std::string_view tag, YAML::anchor_t anchor) {
    const Spelling::Start start = spelling_.SkipProperties(At(mark));
    if (ExpectsKey()) Refuse(start.content, "a key must be a single word or text");
    CheckDepth(frames_.size() + 1, start.content);
    const bool map = kind == NodeKind::kObject;
    const bool flow = spelling_.HasFlowBracket(start.content);
    const std::uint32_t begin = IsLocalTag(tag) ? start.tag : start.content;
    cursor_ = flow ? start.content + 1 : start.content;
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    Add(IsLocalTag(tag) ? NodeKind::kIntrinsic : kind, {begin, cursor_});
    frames_.push_back({index, anchor, map, flow});
  }
  void Close(char bracket) {
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (frame.flow) cursor_ = spelling_.EndOfFlow(cursor_, bracket);
    Node& node = nodes_[frame.node];
    node.range.end = std::max(cursor_, node.range.begin);
    node.span = static_cast<std::uint32_t>(nodes_.size()) - frame.node;
    SetAnchor(frame.anchor, frame.node, frame.height + 1);
    EndChild(frame.height);
  }

  Spelling spelling_;
  const YamlLimits& limits_;
  std::uint32_t mark_length_;
  std::size_t decoded_size_;
  std::unique_ptr<char[]> decoded_;
  std::size_t decoded_used_ = 0;
  std::vector<Node> nodes_;
  std::vector<Frame> frames_;
  std::vector<Anchor> anchors_;
  std::uint32_t cursor_ = 0;  // the end of the token before
  std::string_view key_;
  SourceRange key_range_;
};

// What yaml-cpp would take for something else: it decodes UTF-16 by itself, ends at a control-D and
// hands on invalid UTF-8.
std::optional<YamlError> RefuseText(std::string_view text) {
  if (GuessEncoding(text) == TextEncoding::kUtf16) {
    return YamlError{0, "the file is in UTF-16, not UTF-8"};
  }
  const std::size_t invalid = FindInvalidUtf8(text);
  if (invalid != std::string_view::npos) {
    return YamlError{static_cast<std::uint32_t>(invalid), "invalid UTF-8"};
  }
  const auto control = std::find_if(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && !IsSpace(c);
  });
  if (control == text.end()) return std::nullopt;
  return YamlError{static_cast<std::uint32_t>(control - text.begin()),
                   "the file holds a control character"};
}

// yaml-cpp does not find the lines of a block whose tag stands on a line of its own:
//   PolicyDocument:
//     !Sub |
//     {...}
// The same with the tag behind the key; no byte changes its place.
std::string WithTagsBehindKeys(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  std::string joined(text);
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    const std::size_t tag = text.find_first_not_of(" \t", at + 1);
    if (tag == text.npos || text[tag] != '!') continue;
    std::string_view line = text.substr(tag, text.find('\n', tag) - tag);
    line = line.substr(0, line.find_last_not_of(kBlank) + 1);
    const std::size_t before = text.find_last_not_of(kBlank, at);
    if (before == text.npos || text[before] != ':') continue;
    if (line.find(" |") == line.npos && line.find(" >") == line.npos) continue;
    std::fill(joined.begin() + static_cast<std::ptrdiff_t>(before) + 1,
              joined.begin() + static_cast<std::ptrdiff_t>(tag), ' ');
  }
  return joined;
}

YamlResult ReadText(std::shared_ptr<const Source> source, std::string_view text,
                    const YamlLimits& limits) {
  TreeBuilder builder(text, limits);
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refusal& refusal) {
    return {std::nullopt, refusal.error};
  } catch (const YAML::Exception& error) {
    const auto offset = static_cast<std::uint32_t>(std::max(error.mark.pos, 0)) +
                        (GuessEncoding(text) == TextEncoding::kUtf8WithMark ? 3u : 0u);
    return {std::nullopt, YamlError{std::min(offset, static_cast<std::uint32_t>(text.size())),
                                    error.msg.empty() ? "not valid YAML" : error.msg}};
  }
  if (builder.empty()) return {std::nullopt, YamlError{0, "the text is empty"}};
  return {Tree(std::move(source), builder.TakeNodes(), builder.TakeDecoded()), std::nullopt};
}

}  // namespace

YamlResult ReadYaml(std::shared_ptr<const Source> source, YamlLimits limits) {
  const std::string_view text = source->text();
  if (text.size() > limits.max_bytes) {
    return {std::nullopt,
            YamlError{limits.max_bytes, "the text has " + std::to_string(text.size()) +
                                            " bytes, at most " + std::to_string(limits.max_bytes) +
                                            " are read"}};
  }
  if (std::optional<YamlError> refused = RefuseText(text)) return {std::nullopt, refused};
  YamlResult result = ReadText(source, text, limits);
  if (result.tree) return result;
  const std::string joined = WithTagsBehindKeys(text);
  if (joined == text) return result;
  YamlResult again = ReadText(std::move(source), joined, limits);
  return again.tree ? std::move(again) : std::move(result);
}

}  // namespace postern::policy
