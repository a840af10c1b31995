#include <array>
#include <set>
#include <string>
#include <string_view>

#include "policy/quote.h"
#include "policy/rules/texts.h"
#include "policy/rules/variables/checks.h"

namespace postern::policy {
namespace {

// Names that AWS's documentation uses; nobody's own.
struct Sample {
  std::string_view text;
  std::string_view what;
};
constexpr std::array kSamples = {
    Sample{"111122223333", "an account id"},   Sample{"123456789012", "an account id"},
    Sample{"examplebucket", "a bucket"},       Sample{"DOC-EXAMPLE-BUCKET", "a bucket"},
    Sample{"amzn-s3-demo-bucket", "a bucket"}, Sample{"vpce-1a2b3c4d", "an endpoint id"},
};

bool GoesOn(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

// Where `word` stands in `text` by itself, or npos.
std::size_t FindWord(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !GoesOn(text[at - 1])) && (end == text.size() || !GoesOn(text[end]))) return at;
  }
  return text.npos;
}

class Search {
 public:
  explicit Search(LintContext& context) : context_(context) {}

  void Value(const Node& node) {
    if (!node.IsString()) return;
    for (auto found = FindPlaceholder(node.text); found;
         found = FindPlaceholder(node.text, found->end)) {
      context_.ReportWithin("VA811", node, found->begin, found->end,
                            NotFilledIn(node.text.substr(found->begin, found->end - found->begin)),
                            kHelp);
    }
    for (const Sample& sample : kSamples) {
      const std::size_t at = FindWord(node.text, sample.text);
      if (at == node.text.npos || !told_.insert(sample.text).second) continue;
      context_
          .ReportWithin("VA811", node, at, at + sample.text.size(),
                        "`" + std::string(sample.text) + "` is " + std::string(sample.what) +
                            " from AWS's documentation",
                        "put your own there, unless this is an example too")
          .severity = Severity::kSuggestion;
    }
  }

  void Key(const Node& member) {
    if (const auto found = FindPlaceholder(member.key)) {
      context_.ReportKey("VA811", member,
                         NotFilledIn(member.key.substr(found->begin, found->end - found->begin)),
                         kHelp);
    }
  }

 private:
  static constexpr const char* kHelp = "put the real value there";

  static std::string NotFilledIn(std::string_view placeholder) {
    return "placeholder " + Quote(placeholder) + " was not filled in; AWS takes it literally";
  }

  LintContext& context_;
  std::set<std::string_view> told_;
};

}  // namespace

void CheckPlaceholders(LintContext& context) {
  Search search(context);
  for (const Statement& statement : context.document().statements()) {
    if (statement.principal) {
      for (const PrincipalEntry& entry : statement.principal->entries) search.Value(*entry.value);
    }
    for (const auto* patterns : {&statement.actions, &statement.resources}) {
      if (!*patterns) continue;
      for (const Node* pattern : (*patterns)->patterns) search.Value(*pattern);
    }
    for (const Condition& condition : statement.conditions) {
      search.Key(*condition.key_node);
      for (const Node* value : condition.values) search.Value(*value);
    }
  }
}

}  // namespace postern::policy
