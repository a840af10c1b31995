#include <algorithm>
#include <string>
#include <utility>

#include "policy/json_repairer.h"
#include "policy/quote.h"
#include "policy/utf8.h"

namespace postern::policy {

std::string_view BracketOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kOpenObject:
      return "`{`";
    case TokenKind::kOpenArray:
      return "`[`";
    case TokenKind::kCloseObject:
      return "`}`";
    default:
      return "`]`";
  }
}

Node& Repairer::AddNode(NodeKind kind, SourceRange range) {
  if (!frames_.empty()) {
    ++nodes_[top().node].count;
    top().last = range;
    top().last_is_object = kind == NodeKind::kObject;
    top().state = State::kAfter;
  }
  Node& node = nodes_.emplace_back();
  node.kind = kind;
  node.range = range;
  node.key = std::exchange(key_, {});
  node.key_range = std::exchange(key_range_, {});
  return node;
}

void Repairer::AddScalar(const Token& token) {
  std::string_view text = token.text;
  if (token.kind == TokenKind::kWord) {
    ReportWord(token, false);
    if (token.value == NodeKind::kBool) text = text.starts_with('T') ? "true" : "false";
    if (token.value == NodeKind::kNull) text = {};
  }
  AddNode(token.value, token.range).text = text;
}

void Repairer::AddMissingValue(SourceRange range) { AddNode(NodeKind::kUnknown, range); }

void Repairer::Open(const Token& token) {
  if (frames_.size() >= limits_.max_depth) return TooDeep(token);
  const bool object = token.kind == TokenKind::kOpenObject;
  const auto node = static_cast<std::uint32_t>(nodes_.size());
  AddNode(object ? NodeKind::kObject : NodeKind::kArray, token.range);
  Frame& frame = frames_.emplace_back();
  frame.node = node;
  frame.object = object;
  frame.open = token.range;
  frame.line = token.line;
  frame.indent = token.indent;
}

// `key` (not taken yet) is the first key of an object whose `{` is missing.
void Repairer::OpenImplicit(const Token& key) {
  if (frames_.size() >= limits_.max_depth) return TooDeep(key);
  const std::size_t report = diagnostics_.full() ? kNotReported : diagnostics_.count();
  if (diagnostics_.full()) {
    ReportBracket("JS104", key.range, {});
  } else {
    const std::string place =
        key.first ? "line " + LineOf(key.range.begin) : Quote(source_->Slice(key.range));
    Diagnostic* diagnostic =
        ReportBracket("JS104", key.range,
                      "this looks like a member of an object; the `{` that opens it is missing",
                      "insert `{` before " + place);
    // It may as well be a member of the one that was taken to end here, indented by mistake.
    if (key.range.begin != ended_before_) {
      const SourceRange here = {key.range.begin, key.range.begin};
      diagnostic->fixes.push_back({false, "put a `{` before it", {{here, "{"}}});
    }
    if (!frames_.empty() && top().state == State::kNext) {
      diagnostic->related.push_back({top().last, "the element before it ends here"});
    } else if (!frames_.empty() && !top().object) {
      diagnostic->related.push_back({top().open, "in the array that is opened here"});
    }
  }
  const auto node = static_cast<std::uint32_t>(nodes_.size());
  AddNode(NodeKind::kObject, key.range);
  Frame& frame = frames_.emplace_back();
  frame.node = node;
  frame.object = true;
  frame.implicit = true;
  frame.open = {key.range.begin, key.range.begin};
  frame.line = key.line;
  frame.indent = key.indent;
  frame.report = report;
}

void Repairer::CloseMatching(const Token& token) {
  const Frame& frame = top();
  if (frame.state == State::kNext) {
    Diagnostic* const finding = Report(
        "JS102", frame.comma,
        "trailing comma before " + std::string(BracketOf(token.kind)) + "; JSON does not allow one",
        "remove it");
    if (finding != nullptr)
      finding->fixes.push_back({true, "remove the comma", {{frame.comma, ""}}});
  }
  if (frame.report != kNotReported) {
    diagnostics_[frame.report].related.push_back({token.range, "read as the end of the object"});
  }
  TakeToken();
  Close(token.range);
}

void Repairer::Close(SourceRange by) {
  const Frame frame = top();
  frames_.pop_back();
  Node& node = nodes_[frame.node];
  node.range.end = by.end;
  node.span = static_cast<std::uint32_t>(nodes_.size()) - frame.node;
  if (frames_.empty()) {
    root_done_ = true;
    root_close_ = by;
  } else {
    top().last = by;
    top().state = State::kAfter;
  }
}

// Closes the innermost container where its last value ends: its own bracket is missing. A comma
// that it had taken in belongs to what is around it.
void Repairer::DropTop() {
  if (top().state == State::kValue) {
    AddMissingValue({colon_end_, colon_end_});
  }
  const Frame frame = top();
  const SourceRange end = frame.last.empty() ? frame.open : frame.last;
  Close(end);
  root_close_ = {};
  if (!frames_.empty() && frame.state == State::kNext) {
    top().state = State::kNext;
    top().comma = frame.comma;
  }
}

void Repairer::TooDeep(const Token& token) {
  std::size_t depth = frames_.size();
  std::size_t deepest = depth;
  for (std::size_t i = token.range.begin; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '"') {
      for (++i; i < text_.size() && text_[i] != '"' && text_[i] != '\n'; ++i) {
        if (text_[i] == '\\') ++i;
      }
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  deepest = std::max(deepest, frames_.size() + 1);
  Report("JS119", token.range,
         "nested " + std::to_string(deepest) + " levels deep; at most " +
             std::to_string(limits_.max_depth) + " are read");
  stopped_ = true;
}

// Would what follows the token `ahead - 1` fit into this container (null: the end of the text)?
bool Repairer::Fits(const Frame* container, std::size_t ahead) {
  const Token next = Peek(ahead);
  if (container == nullptr) return next.kind == TokenKind::kEnd;
  if (next.kind == container->close()) return true;
  if (next.kind != TokenKind::kComma) return false;
  const Token second = Peek(ahead + 1);
  if (second.IsClose()) return second.kind == container->close();
  return container->object ? IsMember(ahead + 1)
                           : (second.IsOpen() || second.IsScalar()) && !IsMember(ahead + 1);
}

Repairer::Reading Repairer::JudgeMismatch(const Token& token, std::size_t match) const {
  const Frame& innermost = frames_.back();
  const bool matches = match < frames_.size();
  if (token.first) {
    const bool like_innermost = innermost.line != token.line && token.indent == innermost.indent;
    const bool like_match =
        matches && frames_[match].line != token.line && token.indent == frames_[match].indent;
    if (like_match && !like_innermost) return Reading::kUnclosed;
    if (like_innermost && !like_match) return Reading::kWrongKind;
  }
  if (matches && (fits_unclosed_ || (!fits_wrong_kind_ && !fits_extra_))) {
    return Reading::kUnclosed;
  }
  return fits_wrong_kind_ ? Reading::kWrongKind : Reading::kExtra;
}

// A closing bracket of the other kind: one is missing before it, or it is itself the wrong one, or
// it is one too many. What follows decides.
void Repairer::Mismatch() {
  if (top().implicit) return DropTop();
  const Token token = Peek();
  std::size_t match = frames_.size();
  for (std::size_t i = frames_.size(); i-- > 0;) {
    if (frames_[i].close() == token.kind) {
      match = i;
      break;
    }
  }
  const auto around = [this](std::size_t i) { return i == 0 ? nullptr : &frames_[i - 1]; };
  fits_unclosed_ = match < frames_.size() && Fits(around(match), 1);
  fits_wrong_kind_ = Fits(around(frames_.size() - 1), 1);
  fits_extra_ = Fits(&top(), 1);
  switch (JudgeMismatch(token, match)) {
    case Reading::kUnclosed:
      ReportUnclosed(match + 1);
      while (frames_.size() > match + 1) DropTop();
      break;
    case Reading::kWrongKind: {
      const std::string_view due = BracketOf(top().close());
      Diagnostic* diagnostic = ReportBracket(
          "JS101", token.range, "expected " + std::string(due) + " here, found " + Spell(token));
      if (diagnostic != nullptr) diagnostic->related.push_back({top().open, "opened here"});
      TakeToken();
      Close(token.range);
      break;
    }
    case Reading::kExtra:
      ReportBracket("JS106", token.range,
                    "this " + std::string(BracketOf(token.kind)) + " closes nothing");
      TakeToken();
      break;
  }
}

// One finding for all containers from `first` inwards: a single missing bracket is the likely
// cause. The blame falls on the innermost.
void Repairer::ReportUnclosed(std::size_t first) {
  std::size_t blamed = frames_.size();
  while (blamed > first && frames_[blamed - 1].implicit) --blamed;
  if (blamed == first) return;  // JS104 has said it
  const Frame& frame = frames_[blamed - 1];
  if (diagnostics_.full()) {
    ReportBracket("JS105", frame.open, {});
    return;
  }
  const LineColumn at = source_->Locate(frame.open.begin);
  const std::string_view open =
      BracketOf(frame.object ? TokenKind::kOpenObject : TokenKind::kOpenArray);
  std::string message = std::string(open) + " opened at " + std::to_string(at.line) + ":" +
                        std::to_string(at.column) + " is never closed";
  const std::uint32_t line = LineToEndBefore(frame);
  if (line > 0) {
    message += "; by its indentation it should end before line " + std::to_string(line);
  }
  Diagnostic* diagnostic = ReportBracket("JS105", frame.open, std::move(message));
  for (std::size_t i = blamed - 1; i-- > first;) {
    if (!frames_[i].implicit) diagnostic->related.push_back({frames_[i].open, "not closed either"});
  }
}

// The first line after a container's opening that is not indented deeper, or 0.
std::uint32_t Repairer::LineToEndBefore(const Frame& frame) const {
  const std::uint32_t opening = source_->Locate(frame.open.begin).line;
  for (std::uint32_t line = opening + 1; line <= source_->line_count(); ++line) {
    const std::string_view text = source_->Line(line);
    std::uint32_t indent = 0;
    std::size_t i = 0;
    for (; i < text.size() && (text[i] == ' ' || text[i] == '\t'); ++i) {
      indent += text[i] == '\t' ? 4 : 1;
    }
    if (i < text.size() && indent <= frame.indent) return line;
  }
  return 0;
}

// Closes containers, or leaves out closing brackets, where the indentation of a line says so. True
// if it did something.
bool Repairer::FollowIndentation() {
  const Token token = Peek();
  Frame& frame = top();
  if (!token.first || frame.implicit || token.line == frame.line) return false;
  if (!token.IsClose()) {
    if (frame.child_indent == kNoIndent) {
      frame.child_indent = token.indent;
      return false;
    }
    const bool outside = token.indent < frame.child_indent && token.indent <= frame.indent;
    if (!outside || frames_.size() == 1 || frame.state == State::kValue) return false;
    ReportUnclosed(frames_.size() - 1);
    ended_before_ = token.range.begin;
    const bool comma = frame.state == State::kNext;
    DropTop();
    // A comma went with the bracket.
    if (!comma && token.kind != TokenKind::kComma) top().state = State::kStart;
    return true;
  }
  if (token.kind != frame.close()) return false;
  const bool inside = frame.child_indent != kNoIndent && token.indent >= frame.child_indent &&
                      token.indent > frame.indent;
  if (inside) {
    ReportBracket("JS106", token.range,
                  "this " + std::string(BracketOf(token.kind)) + " closes nothing");
    TakeToken();
    return true;
  }
  if (token.indent >= frame.indent) return false;
  for (std::size_t i = frames_.size() - 1; i-- > 0;) {
    const Frame& outer = frames_[i];
    if (outer.close() != token.kind || outer.implicit || outer.indent != token.indent) continue;
    ReportUnclosed(i + 1);
    while (frames_.size() > i + 1) DropTop();
    return true;
  }
  return false;
}

}  // namespace postern::policy
