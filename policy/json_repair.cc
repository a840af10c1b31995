#include "policy/json_repair.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

#include "policy/json_scan.h"
#include "policy/quote.h"
#include "policy/utf8.h"

namespace postern::policy {

namespace {

constexpr std::uint32_t kNoIndent = ~0u;
constexpr std::size_t kNotReported = ~std::size_t{0};

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

// One reading of the text. Brackets are matched by kind alone or, where that went wrong, by their
// indentation as well.
class Repairer {
 public:
  Repairer(std::shared_ptr<const Source> source, JsonLimits limits, bool by_indentation)
      : source_(std::move(source)),
        text_(source_->text()),
        limits_(limits),
        by_indentation_(by_indentation),
        diagnostics_(kMaxRepairDiagnostics),
        scanner_(*source_, diagnostics_) {}

  void Run();

  std::size_t problem_count() const { return diagnostics_.count(); }
  bool brackets_went_wrong() const { return brackets_went_wrong_; }
  RepairResult Take();

 private:
  // What may come next in a container.
  enum class State : std::uint8_t {
    kStart,  // the first member or element, or the end
    kNext,   // another one: there was a comma
    kValue,  // the value of the member that key_ names
    kAfter,  // a comma, or the end
  };
  struct Frame {
    std::uint32_t node = 0;
    bool object = false;
    bool implicit = false;  // no bracket of its own: its end is not missed
    State state = State::kStart;
    SourceRange open;
    std::uint32_t line = 0;  // of `open`
    std::uint32_t indent = 0;
    std::uint32_t child_indent = kNoIndent;  // of the first child that begins a line
    SourceRange comma;                       // the last one
    SourceRange last;                        // the token that the last value ended with
    bool last_is_object = false;
    std::size_t report = kNotReported;  // the diagnostic of an implicit one

    TokenKind close() const { return object ? TokenKind::kCloseObject : TokenKind::kCloseArray; }
  };
  enum class Reading : std::uint8_t { kUnclosed, kWrongKind, kExtra };

  const Token& Peek(std::size_t ahead = 0);
  Token TakeToken();
  Frame& top() { return frames_.back(); }

  Diagnostic* Report(std::string_view code, SourceRange range, std::string message,
                     std::string help = {}) {
    return diagnostics_.Add(code, range, std::move(message), std::move(help));
  }
  Diagnostic* ReportBracket(std::string_view code, SourceRange range, std::string message,
                            std::string help = {}) {
    brackets_went_wrong_ = true;
    return Report(code, range, std::move(message), std::move(help));
  }
  void Expected(std::string_view what, const Token& found) {
    Report("JS101", found.range, "expected " + std::string(what) + " here, found " + Spell(found));
  }
  std::string Spell(const Token& token) const;
  std::string LineOf(std::uint32_t offset) const {
    return std::to_string(source_->Locate(offset).line);
  }

  void AtRoot();
  void AfterRoot();
  void InObject();
  void InArray();
  void ReadKey();
  void ReadLoneKey(const Token& key);
  void ReadMemberValue();
  void SkipToOpening(const Token& found);

  Node& AddNode(NodeKind kind, SourceRange range);
  void AddScalar(const Token& token);
  void AddMissingValue(SourceRange range);
  void Open(const Token& token);
  void OpenImplicit(const Token& key);
  void Close(SourceRange by);
  void CloseMatching(const Token& token);
  void DropTop();
  void TooDeep(const Token& token);

  void Mismatch();
  Reading JudgeMismatch(const Token& token, std::size_t match) const;
  bool Fits(const Frame* container, std::size_t ahead);
  void ReportUnclosed(std::size_t first);
  std::uint32_t LineToEndBefore(const Frame& frame) const;
  void ReportMissingComma(const Token& next);
  bool FollowIndentation();
  bool IsMember(std::size_t ahead = 0) { return Peek(ahead).IsName() && Peek(ahead + 1).IsColon(); }
  bool BelongsBehindArray(const Token& token);

  std::shared_ptr<const Source> source_;
  std::string_view text_;
  JsonLimits limits_;
  bool by_indentation_;
  BoundedDiagnostics diagnostics_;
  JsonScanner scanner_;
  std::deque<Token> ahead_;
  std::vector<Frame> frames_;
  std::vector<Node> nodes_;
  std::string_view key_;
  SourceRange key_range_;
  Token key_token_;
  std::uint32_t colon_end_ = 0;
  SourceRange root_close_;
  bool root_done_ = false;
  bool stopped_ = false;
  bool brackets_went_wrong_ = false;
  // What each reading of a mismatched bracket would mean for what follows it.
  bool fits_unclosed_ = false;
  bool fits_wrong_kind_ = false;
  bool fits_extra_ = false;
};

const Token& Repairer::Peek(std::size_t ahead) {
  while (ahead_.size() <= ahead) ahead_.push_back(scanner_.Next());
  return ahead_[ahead];
}

Token Repairer::TakeToken() {
  const Token token = Peek();
  ahead_.pop_front();
  return token;
}

std::string Repairer::Spell(const Token& token) const {
  if (token.kind == TokenKind::kEnd) return "the end of the text";
  if (source_->Slice(token.range).starts_with('\0')) return "a NUL byte";
  return Quote(source_->Slice(token.range));
}

void Repairer::Run() {
  while (!stopped_) {
    if (frames_.empty()) {
      root_done_ ? AfterRoot() : AtRoot();
      continue;
    }
    if (Peek().kind == TokenKind::kEnd) break;
    if (by_indentation_ && FollowIndentation()) continue;
    if (Peek().kind == TokenKind::kJunk) {
      const Token junk = TakeToken();
      Report("JS101", junk.range, "unexpected " + Spell(junk));
      continue;
    }
    top().object ? InObject() : InArray();
  }
  if (!stopped_ && !frames_.empty()) ReportUnclosed(0);
  while (!frames_.empty()) DropTop();
}

RepairResult Repairer::Take() {
  RepairResult result;
  result.diagnostics = diagnostics_.Take(static_cast<std::uint32_t>(text_.size()));
  if (!nodes_.empty()) {
    result.tree.emplace(source_, std::move(nodes_), scanner_.TakeStrings());
  }
  return result;
}

void Repairer::AtRoot() {
  const Token token = TakeToken();
  if (token.kind == TokenKind::kEnd) {
    if (diagnostics_.count() == 0) Report("JS101", token.range, "the text is empty");
    stopped_ = true;
  } else if (token.IsOpen()) {
    Open(token);
  } else if (token.IsClose()) {
    ReportBracket("JS106", token.range,
                  "this " + std::string(BracketOf(token.kind)) + " closes nothing");
  } else if (token.kind == TokenKind::kString && Peek().IsColon()) {
    ahead_.push_front(token);
    OpenImplicit(token);
  } else if (token.kind == TokenKind::kWord && token.value == NodeKind::kString) {
    SkipToOpening(token);
  } else if (token.IsScalar()) {
    AddScalar(token);
    root_done_ = true;
  } else {
    Expected("`{`", token);
  }
}

// Something stands before the document, as in `policy = {`; or there is no JSON at all.
void Repairer::SkipToOpening(const Token& found) {
  Expected("`{`", found);
  while (!Peek().IsOpen()) {
    if (Peek().kind == TokenKind::kEnd || Peek().kind == TokenKind::kColon) {
      stopped_ = true;
      return;
    }
    TakeToken();
  }
}

void Repairer::AfterRoot() {
  const Token token = TakeToken();
  const bool comma = token.kind == TokenKind::kComma;
  const bool member = comma ? IsMember() : token.IsName() && Peek().IsColon();
  if (token.kind == TokenKind::kEnd) {
    stopped_ = true;
  } else if (token.IsClose()) {
    ReportBracket("JS106", token.range,
                  "this " + std::string(BracketOf(token.kind)) + " closes nothing");
  } else if (member && nodes_.front().IsObject() && !root_close_.empty()) {
    Diagnostic* diagnostic = ReportBracket("JS106", root_close_,
                                           "this `}` closes nothing: more members follow after it");
    if (diagnostic != nullptr) diagnostic->related.push_back({Peek().range, "read as a member"});
    Frame& root = frames_.emplace_back();
    root.object = true;
    root.implicit = true;  // its end is not missed a second time
    root.state = State::kAfter;
    root.open = {nodes_.front().range.begin, nodes_.front().range.begin + 1};
    root.last = root_close_;
    root_done_ = false;
    ahead_.push_front(token);
  } else if (comma && (Peek().kind == TokenKind::kEnd || Peek().IsClose())) {
    Expected("the end of the text", token);
  } else if (token.kind == TokenKind::kJunk) {
    Report("JS101", token.range, "unexpected " + Spell(token));
  } else if (!comma) {
    Report("JS115", token.range, "a second document starts here; a policy is one object");
    stopped_ = true;
  }
}

void Repairer::InObject() {
  if (top().state == State::kValue) return ReadMemberValue();
  const Token token = Peek();
  if (token.kind == TokenKind::kComma) {
    TakeToken();
    if (top().state != State::kAfter) Expected("a key in quotes", token);
    top().comma = token.range;
    top().state = top().state == State::kStart ? State::kStart : State::kNext;
  } else if (token.kind == TokenKind::kCloseObject) {
    CloseMatching(token);
  } else if (token.kind == TokenKind::kCloseArray) {
    Mismatch();
  } else if (token.IsColon()) {
    TakeToken();
    Expected("a key in quotes", token);
    if (Peek().IsScalar()) TakeToken();
  } else if (token.IsOpen()) {
    const bool in_array = frames_.size() > 1 && !frames_[frames_.size() - 2].object;
    if (token.kind == TokenKind::kOpenObject && in_array && top().state != State::kStart) {
      ReportUnclosed(frames_.size() - 1);
      DropTop();
      return;
    }
    Expected("a key in quotes", token);
    key_ = {};
    key_range_ = {};
    key_token_ = token;
    top().state = State::kValue;
  } else {
    ReadKey();
  }
}

void Repairer::ReadKey() {
  if (top().state == State::kAfter) ReportMissingComma(Peek());
  const Token key = TakeToken();
  const Token next = Peek();
  const bool colon = next.IsColon();
  const bool value_at_once = key.kind == TokenKind::kString && next.line == key.line &&
                             (next.IsOpen() || next.IsScalar()) && !IsMember();
  if (!colon && !value_at_once) return ReadLoneKey(key);

  if (key.kind == TokenKind::kWord) {
    Report("JS101", key.range, DescribeWord(key));
  } else if (key.kind != TokenKind::kString) {
    Expected("a key in quotes", key);
  }
  if (next.kind == TokenKind::kEquals) Expected("`:`", next);
  if (!colon) {
    Report("JS101", {key.range.end, key.range.end},
           "expected `:` after the key " + Quote(key.text));
  }
  colon_end_ = colon ? next.range.end : key.range.end;
  if (colon) TakeToken();
  key_ = key.text;
  key_range_ = key.range;
  key_token_ = key;
  top().state = State::kValue;
}

void Repairer::ReadLoneKey(const Token& key) {
  const Token& next = Peek();
  if (key.kind != TokenKind::kString) {
    Expected("a key in quotes", key);
    top().last = key.range;
  } else {
    if (next.kind != TokenKind::kEnd) {
      Report("JS101", {key.range.end, key.range.end},
             "expected `:` and a value after the key " + Quote(key.text));
    }
    key_ = key.text;
    key_range_ = key.range;
    AddMissingValue({key.range.end, key.range.end});
    top().last = key.range;
  }
  const bool ends = next.kind == TokenKind::kComma || next.IsClose();
  top().state = ends ? State::kAfter : State::kStart;
}

void Repairer::ReadMemberValue() {
  const Token token = Peek();
  if (token.kind == TokenKind::kString && Peek(1).IsColon()) {
    const bool deeper = token.first && key_token_.first && token.indent > key_token_.indent;
    if (token.line == key_token_.line || deeper) return OpenImplicit(token);
    const SourceRange missing = {colon_end_, colon_end_};
    Report("JS101", missing, "expected a value for " + Quote(key_) + " here");
    AddMissingValue(missing);
    top().state = State::kStart;
  } else if (token.IsScalar()) {
    AddScalar(TakeToken());
  } else if (token.IsOpen()) {
    Open(TakeToken());
  } else if (token.IsColon()) {
    Expected("a value", TakeToken());
  } else {
    Report("JS101", token.range,
           "expected a value for " + Quote(key_) + " here, found " + Spell(token));
    AddMissingValue({token.range.begin, token.range.begin});
    top().state = State::kAfter;
  }
}

void Repairer::InArray() {
  const Token token = Peek();
  if (token.kind == TokenKind::kComma) {
    TakeToken();
    if (top().state != State::kAfter) Expected("a value", token);
    top().comma = token.range;
    top().state = top().state == State::kStart ? State::kStart : State::kNext;
  } else if (token.kind == TokenKind::kCloseArray) {
    CloseMatching(token);
  } else if (token.kind == TokenKind::kCloseObject) {
    Mismatch();
  } else if (token.IsColon()) {
    Expected("`,` or `]`", TakeToken());
  } else if (IsMember()) {
    if (BelongsBehindArray(token)) {
      const State state = top().state == State::kNext ? State::kNext : State::kStart;
      ReportUnclosed(frames_.size() - 1);
      DropTop();
      top().state = state;  // the comma went with the bracket
      return;
    }
    if (top().state == State::kAfter) ReportMissingComma(token);
    OpenImplicit(token);
  } else {
    if (top().state == State::kAfter) ReportMissingComma(token);
    token.IsOpen() ? Open(TakeToken()) : AddScalar(TakeToken());
  }
}

// A member stands in an array: is it the array's `]` that is missing, not a `{`?
bool Repairer::BelongsBehindArray(const Token& token) {
  if (frames_.size() < 2 || !frames_[frames_.size() - 2].object) return false;
  const Frame& array = top();
  if (array.state != State::kStart && !array.last_is_object) return true;
  return token.first && token.line != array.line && token.indent <= array.indent;
}

void Repairer::ReportMissingComma(const Token& next) {
  const SourceRange last = top().last;
  const SourceRange place = {last.end, last.end};
  if (diagnostics_.full()) {  // finding the line of each would take quadratic time
    Report("JS103", place, {});
    return;
  }
  Report("JS103", place,
         "missing `,` between " + Quote(source_->Slice(last)) + " (line " + LineOf(last.begin) +
             ") and " + Quote(source_->Slice(next.range)))
      ->related.push_back({next.range, "this follows"});
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
    Report("JS101", token.range, DescribeWord(token));
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
    Report(
        "JS102", frame.comma,
        "trailing comma before " + std::string(BracketOf(token.kind)) + "; JSON does not allow one",
        "remove it");
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

RepairResult RefuseAltogether(std::string_view code, SourceRange range, std::string message) {
  BoundedDiagnostics diagnostics(1);
  diagnostics.Add(code, range, std::move(message));
  return {std::nullopt, diagnostics.Take(range.end)};
}

}  // namespace

RepairResult RepairJson(std::shared_ptr<const Source> source, JsonLimits limits) {
  const std::string_view text = source->text();
  if (text.size() > limits.max_bytes) {
    return RefuseAltogether("JS101", {limits.max_bytes, limits.max_bytes},
                            "the text has " + std::to_string(text.size()) + " bytes, at most " +
                                std::to_string(limits.max_bytes) + " are read");
  }
  if (GuessEncoding(text) == TextEncoding::kUtf16) {
    return RefuseAltogether("JS111", {0, 2}, "the file is in UTF-16, not UTF-8");
  }
  Repairer by_kind(source, limits, false);
  by_kind.Run();
  if (!by_kind.brackets_went_wrong()) return by_kind.Take();
  Repairer by_indentation(source, limits, true);
  by_indentation.Run();
  return by_indentation.problem_count() <= by_kind.problem_count() ? by_indentation.Take()
                                                                   : by_kind.Take();
}

}  // namespace postern::policy
