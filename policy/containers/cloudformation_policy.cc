#include "policy/containers/cloudformation_policy.h"

#include <cstring>
#include <string>
#include <utility>

#include "policy/containers/cloudformation_functions.h"

namespace postern::policy {
namespace {

class Renderer {
 public:
  // `variables`: of `Sub`, where `substitute` says that the strings of `tree` are template text.
  Renderer(const Tree& tree, TemplateTexts& texts, bool substitute, const Node* variables)
      : tree_(tree), texts_(texts), substitute_(substitute), variables_(variables) {}

  RenderedPolicy Render(const Node& root) {
    Copy(root, root);
    if (!enough_) return {};
    auto stored = std::make_unique_for_overwrite<char[]>(decoded_.size());
    std::memcpy(stored.get(), decoded_.data(), decoded_.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      nodes_[i].key = places_[i].key.In(stored.get());
      nodes_[i].text = places_[i].text.In(stored.get());
    }
    auto tree = std::make_shared<const Tree>(tree_.shared_source(), std::move(nodes_),
                                             std::move(stored), tree_.layers());
    return {std::move(tree), std::move(open_)};
  }

 private:
  struct Piece {  // of `decoded_`
    std::size_t begin = 0;
    std::size_t size = 0;
    std::string_view In(const char* decoded) const { return {decoded + begin, size}; }
  };
  struct Place {
    Piece key;
    Piece text;
  };

  // Copies `node` to the place of `member`, whose name it takes: a condition stands for its branch.
  void Copy(const Node& node, const Node& member) {
    if (!enough_) return;
    if (FunctionAt(tree_, node)) return CopyFunction(node, member);
    const std::size_t index = Append(node, member);
    if (node.IsObject() || node.IsArray()) {
      std::uint32_t count = 0;
      for (const Node& child : node.children()) {
        if (IsNoValue(tree_, child)) continue;
        Copy(child, child);
        ++count;
      }
      nodes_[index].count = count;
      nodes_[index].span = static_cast<std::uint32_t>(nodes_.size() - index);
    } else if (node.IsScalar()) {
      const bool is_template = substitute_ && node.IsString();
      SetText(index, is_template ? texts_.Substitute(node.text, variables_) : texts_.TextOf(node));
    }
  }

  void CopyFunction(const Node& node, const Node& member) {
    const Branches branches = BranchesAt(tree_, node);
    const Node* branch = branches.first;
    if (branch != nullptr && IsNoValue(tree_, *branch)) branch = branches.second;
    const bool is_text = branch == nullptr || branch->IsScalar();
    if (!is_text) return Copy(*branch, member);
    SetText(Append(node, member), texts_.TextOf(node));
  }

  std::size_t Append(const Node& node, const Node& member) {
    Node copy;
    copy.kind = node.kind;
    copy.range = node.range;
    copy.key_range = member.key_range;
    nodes_.push_back(copy);
    enough_ &= texts_.Spend(member.key.size());
    places_.push_back({Store(member.key), {}});
    if (substitute_ && member.key.find("${") != member.key.npos) open_.push_back(member.key_range);
    return nodes_.size() - 1;
  }

  void SetText(std::size_t index, const TemplateText& text) {
    enough_ &= texts_.Spend(1);  // not, if what is written before took the rest
    nodes_[index].kind = NodeKind::kString;
    places_[index].text = Store(text.text);
    if (text.open) open_.push_back(nodes_[index].range);
  }

  Piece Store(std::string_view text) {
    const Piece piece{decoded_.size(), text.size()};
    decoded_ += text;
    return piece;
  }

  const Tree& tree_;
  TemplateTexts& texts_;
  bool substitute_;
  const Node* variables_;
  bool enough_ = true;  // the budget
  std::vector<Node> nodes_;
  std::vector<Place> places_;
  std::string decoded_;
  std::vector<SourceRange> open_;
};

}  // namespace

RenderedPolicy RenderPolicy(const Tree& tree, const Node& node, std::size_t& budget) {
  TemplateTexts texts(tree, budget);
  return Renderer(tree, texts, false, nullptr).Render(node);
}

RenderedPolicy RenderSubstituted(const Tree& tree, const Tree& template_tree, const Node* variables,
                                 std::size_t& budget) {
  TemplateTexts texts(template_tree, budget);
  return Renderer(tree, texts, true, variables).Render(tree.root());
}

}  // namespace postern::policy
