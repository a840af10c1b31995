#include "policy/pointer_cursor.h"

#include <cassert>
#include <cstddef>

namespace postern::policy {

void AppendPointerToken(std::string& pointer, std::string_view token) {
  pointer += '/';
  for (char c : token) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

std::string PointerCursor::To(const Node& node) {
  assert(&node >= root_ && &node < root_ + root_->span);
  std::string pointer;
  const Node* parent = root_;
  for (std::size_t depth = 0; parent != &node; ++depth) {
    const bool known =
        depth < steps_.size() && steps_[depth].parent == parent && steps_[depth].child <= &node;
    if (!known) {
      steps_.resize(depth);
      steps_.push_back({parent, parent + 1, 0});
    }
    Step& step = steps_[depth];
    while (&node >= step.child + step.child->span) {
      step.child += step.child->span;
      ++step.index;
    }
    if (parent->IsObject() || !step.child->key_range.empty()) {
      AppendPointerToken(pointer, step.child->key);
    } else {
      AppendPointerToken(pointer, std::to_string(step.index));
    }
    parent = step.child;
  }
  return pointer;
}

}  // namespace postern::policy
