#include "authz/suites/reading.h"

#include <fmt/format.h>

#include <cstdint>
#include <unordered_set>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/suggest.h"

namespace postern::authz {

using policy::Node;
using policy::NodeKind;

namespace {

bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view KindWithArticle(NodeKind kind) {
  switch (kind) {
    case NodeKind::kObject:
      return "an object";
    case NodeKind::kArray:
      return "a list";
    case NodeKind::kString:
      return "a string";
    case NodeKind::kNumber:
      return "a number";
    case NodeKind::kBool:
      return "true or false";
    case NodeKind::kNull:
      return "null";
    case NodeKind::kIntrinsic:
      return "a CloudFormation function";
    case NodeKind::kUnknown:
      return "a value that is not known yet";
  }
  return "something else";
}

// YAML 1.1 reads these words as true and false, 1.2 does not.
struct OldBoolean {
  std::string_view word;
  std::string_view meant;
};
constexpr std::array<OldBoolean, 4> kOldBooleans{
    {{"yes", "true"}, {"no", "false"}, {"on", "true"}, {"off", "false"}}};

const OldBoolean* OldBooleanOf(const Node& node) {
  if (!node.plain || !node.IsString()) return nullptr;
  const auto found = std::ranges::find_if(kOldBooleans, [&](const OldBoolean& each) {
    return policy::EqualsIgnoreAsciiCase(each.word, node.text);
  });
  return found == kOldBooleans.end() ? nullptr : &*found;
}

}  // namespace

std::string NameOf(const Node& node) {
  return node.key_range.empty() ? "the entry" : fmt::format("`{}`", node.key);
}

void DropRepeated(std::vector<CaseProblem>& problems) {
  std::unordered_set<std::string> seen;
  std::erase_if(problems, [&](const CaseProblem& problem) {
    return !seen.insert(fmt::format("{}\n{}\n{}\n{}",
                                    static_cast<const void*>(problem.source.get()),
                                    problem.range.begin, problem.range.end, problem.message))
                .second;
  });
}

void Reading::Add(const Node& node, policy::SourceRange range, std::string_view code,
                  std::string message, std::string help) {
  CaseProblem& problem = problems_.emplace_back();
  if (tree_ != nullptr) {
    problem.source = tree_->shared_source();
    problem.pointer = tree_->PointerTo(node);
  }
  problem.range = range;
  problem.code = code;
  problem.message = std::move(message);
  problem.help = std::move(help);
}

void Reading::Report(const Node& node, std::string_view code, std::string message,
                     std::string help) {
  Add(node, node.range, code, std::move(message), std::move(help));
}

void Reading::ReportKey(const Node& member, std::string_view code, std::string message,
                        std::string help) {
  Add(member, member.key_range, code, std::move(message), std::move(help));
}

void Reading::ReportType(const Node& node, std::string_view wanted) {
  const OldBoolean* word = OldBooleanOf(node);
  const bool takes_bool = wanted.find("true") != std::string_view::npos;
  Report(node, "wrong-type",
         fmt::format("{} must be {}, not {}", NameOf(node), wanted, KindWithArticle(node.kind)),
         word != nullptr && takes_bool ? fmt::format("write {}", word->meant) : std::string());
}

bool Reading::CheckWord(const Node& node) {
  const OldBoolean* word = OldBooleanOf(node);
  if (word == nullptr) return true;
  Report(node, "ambiguous-word",
         fmt::format("`{}` without quotes is text to some readers of YAML and {} to others",
                     node.text, word->meant),
         fmt::format("write {}, or \"{}\" if text is meant", word->meant, node.text));
  return false;
}

void Reading::ReportDuplicates(const Node& root) {
  for (const policy::DuplicateKey& duplicate : policy::FindDuplicateKeys(root)) {
    ReportKey(*duplicate.again, "duplicate-member",
              fmt::format("`{}` is given twice in one object", duplicate.again->key));
  }
}

std::optional<std::string_view> Reading::AnyText(const Node& node) {
  if (node.kind == NodeKind::kString) return node.text;
  ReportType(node, "a string");
  return std::nullopt;
}

std::optional<std::string_view> Reading::Text(const Node& node) {
  const auto text = AnyText(node);
  if (text && text->empty()) {
    Report(node, "empty-text", fmt::format("{} is empty", NameOf(node)));
    return std::nullopt;
  }
  return text;
}

std::optional<bool> Reading::Bool(const Node& node) {
  if (node.kind == NodeKind::kBool) return node.text == "true";
  ReportType(node, "true or false");
  return std::nullopt;
}

std::optional<std::string_view> Reading::AccountId(const Node& node) {
  if (node.kind == NodeKind::kNumber && IsDigits(node.text)) {
    Report(node, "unquoted-account-id",
           fmt::format("{} must be quoted: an account id is text, not a number", NameOf(node)),
           fmt::format("write \"{}\"", node.text));
    return std::nullopt;
  }
  const auto text = AnyText(node);
  if (text && !policy::IsAccountId(*text)) {
    Report(node, "bad-account-id",
           fmt::format("`{}` is not an account id, which has twelve digits", *text));
    return std::nullopt;
  }
  return text;
}

std::optional<std::string_view> Reading::Prefixed(const Node& node, std::string_view prefix) {
  const auto text = Text(node);
  if (text && (!text->starts_with(prefix) || text->size() == prefix.size())) {
    Report(node, "bad-id",
           fmt::format("{} must begin with `{}`, not be `{}`", NameOf(node), prefix, *text));
    return std::nullopt;
  }
  return text;
}

void Reading::Texts(const Node& node, std::vector<std::string_view>& into) {
  if (!node.IsArray()) {
    if (const auto text = Text(node)) into.push_back(*text);
    return;
  }
  for (const Node& entry : node.children()) {
    if (const auto text = Text(entry)) into.push_back(*text);
  }
}

bool Reading::IsUnknown(const Node& node) {
  if (!node.IsObject()) return false;
  const Node* unknown = node.Find("unknown");
  if (unknown == nullptr) return false;
  if (node.count != 1 || unknown->kind != NodeKind::kBool || unknown->text != "true") {
    Report(node, "bad-unknown",
           "what is unknown is written as an object with nothing but `unknown: true`");
  }
  return true;
}

bool Reading::CheckAccountKey(const Node& member) {
  if (!policy::IsAccountId(member.key)) {
    ReportKey(member, "bad-account-id",
              fmt::format("`{}` is not an account id, which has twelve digits", member.key));
    return false;
  }
  const std::string_view written =
      tree_ != nullptr ? tree_->source().Slice(member.key_range) : std::string_view();
  if (!written.empty() && IsDigits(written.substr(0, 1))) {
    ReportKey(member, "unquoted-account-id",
              fmt::format("`{}` must be quoted: an account id is text, not a number", member.key),
              fmt::format("write \"{}\"", member.key));
    return false;
  }
  return true;
}

void Reading::MembersInto(const Node& object, std::span<const std::string_view> names,
                          std::span<const Node*> members) {
  if (!object.IsObject()) {
    ReportType(object, "an object");
    return;
  }
  for (const Node& member : object.children()) {
    const auto name = std::ranges::find(names, member.key);
    if (name == names.end()) {
      ReportKey(member, "unknown-member", fmt::format("unknown member `{}`", member.key),
                policy::DidYouMean(member.key, names));
      continue;
    }
    const Node*& place = members[static_cast<std::size_t>(name - names.begin())];
    if (place == nullptr) {
      place = &member;
    } else {
      ReportKey(member, "duplicate-member",
                fmt::format("`{}` is given twice in one object", member.key));
    }
  }
}

}  // namespace postern::authz
