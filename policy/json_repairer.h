// The reader behind json_repair.h: for its own two files, json_repairer.cc (which value, which key)
// and json_brackets.cc (which bracket is missing, wrong or one too many).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/json_repair.h"
#include "policy/json_scan.h"

namespace postern::policy {

std::string_view BracketOf(TokenKind kind);  // "`]`"

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
  static constexpr std::uint32_t kNoIndent = ~0u;
  static constexpr std::size_t kNotReported = ~std::size_t{0};

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
    Diagnostic* const finding = Report(code, range, std::move(message), std::move(help));
    if (finding != nullptr && code == "JS106") {
      finding->fixes.push_back({false, "remove it", {{range, ""}}});
    }
    return finding;
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
  void ReportWord(const Token& word, bool is_key);
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
  // A container was taken to end before the byte here, by the indentation alone.
  std::uint32_t ended_before_ = 0;
  // What each reading of a mismatched bracket would mean for what follows it.
  bool fits_unclosed_ = false;
  bool fits_wrong_kind_ = false;
  bool fits_extra_ = false;
};

}  // namespace postern::policy
