#include "authz/suites/matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "policy/suggest.h"

namespace postern::authz {

using policy::Node;

namespace {

constexpr std::size_t kLongestValue = 200;  // of one value in a name

// Members that are lists by themselves: an axis of them is a list of lists.
bool IsListByNature(std::size_t member) {
  const auto which = static_cast<RequestMember>(member);
  return which == RequestMember::kCalls || which == RequestMember::kUnknown ||
         which == RequestMember::kResourceOrgPaths;
}

bool IsAxis(std::size_t member, const Node& node) {
  if (!node.IsArray()) return false;
  if (!IsListByNature(member)) return true;
  return node.count > 0 && node.children().begin()->IsArray();
}

void Append(const Node& node, std::string& text) {
  if (text.size() > kLongestValue) return;
  if (!node.IsObject() && !node.IsArray()) {
    text.append(node.text);
    return;
  }
  std::string_view separator;
  for (const Node& child : node.children()) {
    if (text.size() > kLongestValue) return;
    text.append(separator);
    if (node.IsObject()) text.append(child.key).append("=");
    Append(child, text);
    separator = ", ";
  }
}

std::string ValueText(const Node& node) {
  std::string text;
  Append(node, text);
  if (text.size() <= kLongestValue) return text;
  std::size_t end = kLongestValue;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text + "...";
}

}  // namespace

Matrix::Matrix(const MemberArray<kRequestMemberCount>& row, Reading& read) : fixed_(row) {
  axis_of_.fill(kNoAxis);
  for (std::size_t member = 0; member < row.size(); ++member) {
    const Node* node = row[member];
    if (node == nullptr || !IsAxis(member, *node)) continue;
    axis_of_[member] = axes_.size();
    Axis& axis = axes_.emplace_back(Axis{member, {}});
    for (const Node& value : node->children()) axis.values.push_back(&value);
    if (axis.values.empty()) {
      read.Report(*node, "empty-axis", fmt::format("{} has no values", NameOf(*node)));
      cells_ = 0;
    } else if (cells_ > std::numeric_limits<std::uint32_t>::max()) {
      continue;
    } else {
      cells_ *= axis.values.size();
    }
  }
}

std::uint64_t Matrix::nodes_per_cell() const {
  std::uint64_t nodes = 0;
  for (std::size_t member = 0; member < fixed_.size(); ++member) {
    if (fixed_[member] != nullptr && !HasAxis(member)) nodes += fixed_[member]->span;
  }
  for (const Axis& axis : axes_) {
    std::uint64_t largest = 0;
    for (const Node* value : axis.values) largest = std::max<std::uint64_t>(largest, value->span);
    nodes += largest;
  }
  return nodes;
}

MemberArray<kRequestMemberCount> Matrix::Cell(std::uint64_t cell) const {
  MemberArray<kRequestMemberCount> members = fixed_;
  for (std::size_t i = axes_.size(); i-- > 0;) {
    const Axis& axis = axes_[i];
    members[axis.member] = axis.values[cell % axis.values.size()];
    cell /= axis.values.size();
  }
  return members;
}

NameTemplate::NameTemplate(const Node& name, const Matrix& matrix, Reading& read) {
  std::string_view rest = name.text;
  std::array<bool, kRequestMemberCount> mentioned{};
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    const std::size_t close = open == std::string_view::npos ? open : rest.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view inside = rest.substr(open + 1, close - open - 1);
    const auto found = std::ranges::find(kRequestMembers, inside);
    pieces_.push_back({kLiteral, rest.substr(0, open)});
    if (found == kRequestMembers.end()) {
      read.Report(name, "unknown-placeholder",
                  fmt::format("`{{{}}}` is not a member of the request", inside),
                  policy::DidYouMean(inside, kRequestMembers));
    } else {
      const auto member = static_cast<std::size_t>(found - kRequestMembers.begin());
      pieces_.push_back({member, {}});
      mentioned[member] = true;
    }
    rest.remove_prefix(close + 1);
  }
  pieces_.push_back({kLiteral, rest});
  for (std::size_t member = 0; member < mentioned.size(); ++member) {
    if (matrix.HasAxis(member) && !mentioned[member]) added_.push_back(member);
  }
}

std::string NameTemplate::Of(const RequestParts& parts) const {
  std::string text;
  const auto append = [&](std::size_t member) {
    if (const Node* value = parts.members[member]) text.append(ValueText(*value));
  };
  for (const Piece& piece : pieces_) {
    if (piece.member == kLiteral) {
      text.append(piece.text);
    } else {
      append(piece.member);
    }
  }
  std::string_view separator = " (";
  for (const std::size_t member : added_) {
    text.append(separator);
    append(member);
    separator = ", ";
  }
  if (!added_.empty()) text.append(")");
  return text;
}

std::size_t NameTemplate::longest() const {
  std::size_t length = added_.size() * (kLongestValue + 2) + 3;
  for (const Piece& piece : pieces_) {
    length += piece.member == kLiteral ? piece.text.size() : kLongestValue + 3;
  }
  return length;
}

}  // namespace postern::authz
