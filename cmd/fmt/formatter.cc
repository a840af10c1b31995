#include "cmd/fmt/formatter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "authz/compare/compare.h"
#include "cmd/fmt/readable.h"
#include "cmd/render/snippet.h"
#include "policy/catalogue.h"
#include "policy/format/canonical.h"
#include "policy/format/minify.h"
#include "policy/format/tighten.h"
#include "policy/json_tree.h"
#include "policy/limits.h"
#include "policy/parse.h"

namespace postern::cmd {
namespace {

using policy::Layout;
using policy::Node;
using policy::Part;

std::shared_ptr<const policy::Source> TextSource(const std::string& name, std::string text) {
  return std::make_shared<const policy::Source>(name, std::move(text));
}

void SortMembers(Part& part, bool lists) {
  for (Part& child : part.children) SortMembers(child, lists);
  const auto is_scalar = [](const Part& item) { return item.scalar != nullptr; };
  if (part.IsObject()) {
    std::ranges::stable_sort(part.children, {}, [](const Part& each) { return each.member->key; });
  } else if (lists && std::ranges::all_of(part.children, is_scalar)) {
    std::ranges::stable_sort(part.children, {}, [](const Part& each) { return each.scalar->text; });
  }
}

// The same for texts that say the same, whatever the order of members (and of lists).
std::string Meaning(const Node& root, bool lists) {
  Part part = policy::PartOf(root);
  SortMembers(part, lists);
  return policy::Write(part, nullptr, Layout::kOneLine);
}

[[noreturn]] void Wrong(const policy::Source& source, std::string_view what) {
  throw std::logic_error(fmt::format("formatting `{}` {}", source.name(), what));
}

// One policy on its way.
class Formatter {
 public:
  Formatter(const std::shared_ptr<const policy::Source>& source, ReadablePolicy policy,
            const FormatRequest& request)
      : source_(source),
        tree_(std::move(policy.tree)),
        request_(request),
        kind_(request.kind.value_or(policy.kind)),
        unit_(policy::LimitsOf(kind_).empty() ? policy::SizeUnit::kCharacters
                                              : policy::LimitsOf(kind_).front().unit) {}

  tl::expected<Formatted, FormatRefusal> Run() {
    Formatted result{source_, {}, {}, {}};
    if (request_.minify == Minify::kTight) {
      auto tight = Tight();
      if (!tight) return tl::make_unexpected(std::move(tight.error()));
      result.text = std::move(*tight);
    } else {
      result.text = request_.minify == Minify::kSafe ? OneLine() : Indented();
    }
    if (Fits(result.text)) return result;
    if (request_.minify == Minify::kNone) {
      const std::size_t indented = SizeOf(result.text);
      result.text = OneLine();
      if (Fits(result.text)) {
        result.note = fmt::format("indented it has {} {}: written on one line it has {}", indented,
                                  SizeUnitName(unit_), SizeOf(result.text));
        return result;
      }
    }
    result.oversize = OversizeOf(result.text);
    return result;
  }

 private:
  std::size_t SizeOf(std::string_view text) const {
    return policy::Counted(policy::Measure(text), unit_);
  }
  bool Fits(std::string_view text) const {
    return !request_.max_size || SizeOf(text) <= *request_.max_size;
  }

  std::string Indented() const {
    const Part part = policy::Canonical(tree_->root(), {request_.sort_lists});
    std::string text = policy::Write(part, source_.get(), Layout::kIndented);
    MustMeanTheSame(text, request_.sort_lists);
    return text;
  }

  std::string OneLine() const {
    std::string text = request_.sort_lists ? policy::Write(policy::Canonical(tree_->root(), {true}),
                                                           source_.get(), Layout::kOneLine)
                                           : policy::WithoutWhiteSpace(source_->text());
    MustMeanTheSame(text, request_.sort_lists);
    return text;
  }

  void MustMeanTheSame(const std::string& text, bool lists) const {
    const policy::JsonResult again = policy::ReadJson(TextSource(source_->name(), text));
    if (!again.tree || Meaning(again.tree->root(), lists) != Meaning(tree_->root(), lists)) {
      Wrong(*source_, "changes what it says");
    }
  }

  tl::expected<std::string, FormatRefusal> Tight() {
    policy::ParseResult parsed = policy::Parse(tree_, tree_->root(), kind_);
    if (!parsed.document || parsed.refused) return Refuse(parsed.diagnostics);
    const auto document =
        std::make_shared<const policy::PolicyDocument>(std::move(*parsed.document));
    policy::Tightened tightened = policy::Tighten(*document, {request_.keep_sids});
    if (request_.sort_lists) policy::SortLists(tightened.root);
    std::string text = policy::Write(tightened.root, source_.get(), Layout::kOneLine);
    origins_ = std::move(tightened.origins);
    MustDecideTheSame(document, text);
    return text;
  }

  void MustDecideTheSame(const authz::DocumentPtr& document, const std::string& text) const {
    policy::ParseResult again = policy::ParseText(TextSource(source_->name(), text), kind_);
    if (!again.document || again.refused) Wrong(*source_, "makes it one that AWS refuses");
    const auto after = std::make_shared<const policy::PolicyDocument>(std::move(*again.document));
    const auto compared =
        authz::CompareDecisions(document, after, policy::Catalogue::InUse(), {request_.requests});
    if (!compared.difference) return;
    const authz::Difference& difference = *compared.difference;
    Wrong(*source_,
          fmt::format("changes a decision from {} to {}: {}", authz::VerdictName(difference.before),
                      authz::VerdictName(difference.after), difference.request));
  }

  tl::unexpected<FormatRefusal> Refuse(const std::vector<policy::Diagnostic>& diagnostics) const {
    const auto error =
        std::ranges::find(diagnostics, policy::Severity::kError, &policy::Diagnostic::severity);
    const bool told = error != diagnostics.end();
    return tl::unexpected<FormatRefusal>(
        {fmt::format("{}: AWS would refuse the policy: {}; --minify=tight rewrites only what is "
                     "sound ({} policy; another one is named by --kind)",
                     told ? Place(*source_, error->range) : source_->name(),
                     told ? error->message : "see `postern lint`", policy::TraitsOf(kind_).name),
         false});
  }

  // The statement of the file that the one at `index` of the result begins with.
  std::string NameOf(std::size_t index) const {
    const std::size_t origin = index < origins_.size() ? origins_[index] : index;
    const std::string pointer = fmt::format("/Statement/{}", origin);
    const Node* sid = tree_->At(pointer + "/Sid");
    if (sid != nullptr && sid->IsString()) return fmt::format("{} (`{}`)", OneLineOf(sid), pointer);
    return fmt::format("statement {} (`{}`)", origin + 1, pointer);
  }
  static std::string OneLineOf(const Node* node) { return postern::cmd::OneLine(node->text); }

  Oversize OversizeOf(const std::string& text) {
    constexpr std::size_t kNamed = 3;
    Oversize oversize{SizeOf(text), policy::SizeUnitName(unit_), {}, {}};
    const auto source = TextSource(source_->name(), text);
    const policy::JsonResult read = policy::ReadJson(source);
    const Node* statements = read.tree ? read.tree->root().Find("Statement") : nullptr;
    if (statements != nullptr && statements->IsArray()) {
      std::size_t index = 0;
      for (const Node& statement : statements->children()) {
        oversize.heaviest.push_back({NameOf(index++), SizeOf(source->Slice(statement.range))});
      }
    }
    std::ranges::stable_sort(oversize.heaviest, std::ranges::greater{}, &HeavyStatement::size);
    if (oversize.heaviest.size() > kNamed) oversize.heaviest.resize(kNamed);
    if (request_.minify != Minify::kTight) {
      if (const auto tight = Tight()) oversize.tight = SizeOf(*tight);
    }
    return oversize;
  }

  std::shared_ptr<const policy::Source> source_;
  std::shared_ptr<const policy::Tree> tree_;
  const FormatRequest& request_;
  policy::PolicyKind kind_;
  policy::SizeUnit unit_;
  std::vector<std::uint32_t> origins_;  // of the statements of a tight result
};

}  // namespace

tl::expected<Formatted, FormatRefusal> FormatPolicy(
    const std::shared_ptr<const policy::Source>& source, const std::string& path,
    const FormatRequest& request) {
  auto policy = ReadPolicy(source, path);
  if (!policy) return tl::make_unexpected(std::move(policy.error()));
  return Formatter(source, std::move(*policy), request).Run();
}

}  // namespace postern::cmd
