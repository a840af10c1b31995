#include "authz/bind/binding.h"

#include <algorithm>

#include "policy/language/fold.h"

namespace postern::authz {

void Binding::Fail(std::string code, std::string message, std::string pointer) {
  if (!error) error = InputError{std::move(code), std::move(message), std::move(pointer)};
}

char* Binding::Allocate(std::size_t size) {
  return static_cast<char*>(state.text.allocate(std::max<std::size_t>(size, 1), 1));
}

std::string_view Binding::Join(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (std::string_view part : parts) size += part.size();
  char* const text = Allocate(size);
  char* at = text;
  for (std::string_view part : parts) at = std::copy(part.begin(), part.end(), at);
  return {text, size};
}

std::string_view Binding::Lower(std::string_view text) {
  char* const lower = Allocate(text.size());
  std::transform(text.begin(), text.end(), lower, [](char c) { return policy::FoldAscii(c); });
  return {lower, text.size()};
}

void Binding::Set(KeyId key, std::string_view value, KeySource source) {
  std::string_view& place = state.derived[key];
  place = value;
  state.slots[key] = {SlotState::kPresent, source, 1, &place};
}

void Binding::SetUnknown(KeyId key) {
  Slot& slot = state.slots[key];
  if (slot.source != KeySource::kAbsent) return;
  slot.source = KeySource::kDerived;
  slot.state = SlotState::kUnknown;
}

void Binding::Derive(KeyId key, std::string_view value) {
  if (value.empty()) return;
  const Slot& slot = state.slots[key];
  if (slot.source == KeySource::kAbsent) return Set(key, value, KeySource::kDerived);
  if (slot.state != SlotState::kPresent || slot.values[0] == value) return;
  const std::string name(policies.keys.NameOf(key));
  Fail("contradiction",
       "`" + name + "` is given as `" + std::string(slot.values[0]) +
           "`, but the request makes it `" + std::string(value) + "`",
       "/request/context/" + name);
}

void Binding::DeriveIfAbsent(KeyId key, std::string_view value) {
  if (!value.empty() && state.slots[key].source == KeySource::kAbsent) {
    Set(key, value, KeySource::kDerived);
  }
}

void Binding::DeriveList(KeyId key, const std::vector<std::string_view>& values) {
  Slot& slot = state.slots[key];
  if (values.empty() || slot.source != KeySource::kAbsent) return;
  slot = {SlotState::kPresent, KeySource::kDerived, static_cast<std::uint32_t>(values.size()),
          values.data()};
}

void Binding::DeriveOrganization(KeyId id, KeyId paths, std::string_view account,
                                 const std::optional<std::string_view>& given_id,
                                 const std::vector<std::string_view>& given_paths) {
  if (given_id) {
    Derive(id, *given_id);
    DeriveList(paths, given_paths);
    return;
  }
  DeriveList(paths, given_paths);
  const OrganizationAccount* member = policies.organization.Find(account);
  if (member == nullptr) return;
  Derive(id, policies.organization.id);
  DeriveIfAbsent(paths, member->path);
}

void Binding::Default(KeyId key, std::string_view value, Assumption assumption) {
  if (state.slots[key].source != KeySource::kAbsent) return;
  Set(key, value, KeySource::kDefaulted);
  if (policies.keys.IsTested(key)) state.assumed.Add(assumption);
}

void Binding::MustBeAbsent(KeyId key, std::string_view why) {
  if (!Supplied(key)) return;
  const std::string name(policies.keys.NameOf(key));
  Fail("contradiction", "`" + name + "` is given, but " + std::string(why),
       "/request/context/" + name);
}

}  // namespace postern::authz
