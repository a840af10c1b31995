// The tokens of a text that was meant to be JSON: the lower half of json_repair.h. Says what is
// wrong inside a token (a string that does not end, a comment); what is wrong between tokens is the
// caller's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/diagnostic.h"
#include "policy/source.h"
#include "policy/tree.h"

namespace postern::policy {

// Diagnostics up to a bound; beyond it they are only counted.
class BoundedDiagnostics {
 public:
  explicit BoundedDiagnostics(std::size_t limit) : limit_(limit) {}

  // `code` must be a literal. Null beyond the bound; the pointer is good until the next Add.
  Diagnostic* Add(std::string_view code, SourceRange range, std::string message,
                  std::string help = {});
  std::size_t count() const { return count_; }
  bool full() const { return count_ >= limit_; }
  // Sorted, with one more that says how many there were beyond the bound, at the end of the text.
  std::vector<Diagnostic> Take(std::uint32_t text_size);
  Diagnostic& operator[](std::size_t index) { return diagnostics_[index]; }

 private:
  std::size_t limit_;
  std::size_t count_ = 0;
  std::vector<Diagnostic> diagnostics_;
};

enum class TokenKind : std::uint8_t {
  kOpenObject,
  kOpenArray,
  kCloseObject,
  kCloseArray,
  kComma,
  kColon,
  kEquals,  // = or => where HCL or Ruby have it
  kString,
  kNumber,
  kLiteral,  // true, false, null
  kWord,     // anything else that stands for a value or key: True, Allow, 0x1f
  kJunk,     // anything else at all
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  NodeKind value = NodeKind::kNull;  // what kind of value it stands for, if it does
  bool first = false;                // the first token of its line
  std::uint32_t line = 0;            // counted from 0
  std::uint32_t indent = 0;          // of its line, in columns
  SourceRange range;
  std::string_view text;  // decoded; lives as long as the Source and the scanner's strings

  bool IsScalar() const { return kind >= TokenKind::kString && kind <= TokenKind::kWord; }
  bool IsOpen() const { return kind == TokenKind::kOpenObject || kind == TokenKind::kOpenArray; }
  bool IsClose() const { return kind == TokenKind::kCloseObject || kind == TokenKind::kCloseArray; }
  bool IsColon() const { return kind == TokenKind::kColon || kind == TokenKind::kEquals; }
  // Can be a member name: `"a"`, or `a` without its quotes.
  bool IsName() const { return kind == TokenKind::kString || kind == TokenKind::kWord; }
};

class JsonScanner {
 public:
  // Both must outlive the scanner.
  JsonScanner(const Source& source, BoundedDiagnostics& diagnostics);

  Token Next();
  // Gives away the storage that the text of strings points into.
  std::unique_ptr<char[]> TakeStrings() { return std::move(decoded_); }

 private:
  struct StringEnd;

  char Byte(std::size_t at) const { return at < text_.size() ? text_[at] : '\n'; }
  void SkipSpace();
  bool SkipComment();
  void NewLine(std::size_t begin);
  std::size_t EndOfLine(std::size_t from) const;

  void ReadString(Token& token);
  void ReadOddlyQuoted(Token& token, std::size_t quote_length);
  StringEnd FindStringEnd(std::size_t begin) const;
  std::size_t FindRejoinedEnd(std::size_t quote) const;
  std::string_view Decode(std::size_t begin, std::size_t end);
  void ReadBare(Token& token);
  bool ReadUnopenedString(Token& token);

  std::string_view text_;
  BoundedDiagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 0;
  std::uint32_t indent_ = 0;
  bool line_has_token_ = false;
  bool saw_invisible_ = false;
  std::unique_ptr<char[]> decoded_;
  std::size_t decoded_used_ = 0;
};

// What is wrong with a kWord, as a message: "`True` is Python; JSON has `true`".
std::string DescribeWord(const Token& word);
// Which rule says so, and the repair if there is one alone.
std::string_view CodeOfWord(const Token& word, bool is_key);
std::optional<Fix> RepairOfWord(const Token& word, bool is_key);

}  // namespace postern::policy
