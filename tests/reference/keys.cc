#include "tests/reference/keys.h"

#include "tests/reference/facts.h"
#include "tests/reference/patterns.h"

namespace postern::reference {

void Keys::Set(const std::string& key, std::vector<std::string> values) {
  KeyState state;
  if (!values.empty()) state.kind = KeyState::kPresent;
  state.values = std::move(values);
  states_[LowerText(key)] = std::move(state);
}

void Keys::SetUnknown(const std::string& key) {
  KeyState state;
  state.kind = KeyState::kUnknown;
  states_[LowerText(key)] = state;
}

void Keys::SetUnknownTags(const std::string& prefix) { unknown_tags_ = LowerText(prefix); }

// S4.15: whether a key is multivalued is a property of the key; two values make it so where no
// table has it.
KeyState Keys::Find(const std::string& key) const {
  const std::string name = LowerText(key);
  const auto found = states_.find(name);
  KeyState state;
  if (found != states_.end()) {
    state = found->second;
  } else if (!unknown_tags_.empty() && name.compare(0, unknown_tags_.size(), unknown_tags_) == 0) {
    state.kind = KeyState::kUnknown;
  }
  state.multivalued = IsMultivalued(service_, name).value_or(state.values.size() > 1);
  return state;
}

}  // namespace postern::reference
