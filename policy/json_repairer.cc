#include "policy/json_repairer.h"

#include <string>
#include <utility>

#include "policy/quote.h"
#include "policy/utf8.h"

namespace postern::policy {

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
    ReportWord(key, true);
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

void Repairer::ReportWord(const Token& word, bool is_key) {
  Diagnostic* const finding = Report(CodeOfWord(word, is_key), word.range, DescribeWord(word));
  const auto repair = RepairOfWord(word, is_key);
  if (finding != nullptr && repair) finding->fixes.push_back(*repair);
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
  Diagnostic* const finding =
      Report("JS103", place,
             "missing `,` between " + Quote(source_->Slice(last)) + " (line " + LineOf(last.begin) +
                 ") and " + Quote(source_->Slice(next.range)));
  finding->related.push_back({next.range, "this follows"});
  finding->fixes.push_back({true, "insert a comma", {{place, ","}}});
}

}  // namespace postern::policy
