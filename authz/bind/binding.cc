#include "authz/bind/binding.h"

#include <algorithm>

#include "policy/language/fold.h"
#include "policy/language/values.h"

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
  if (slot.state != SlotState::kPresent) return;
  if (slot.count == 1 && slot.values[0] == value) return;
  const auto truth = policy::ParseBool(value);
  if (truth && truth == policy::ParseBool(slot.values[0])) return;
  Contradicts(key, value);
}

void Binding::Contradicts(KeyId key, std::string_view derived) {
  const std::string name(policies.keys.NameOf(key));
  Fail("contradiction",
       "`" + name + "` is given as `" + std::string(state.slots[key].values[0]) +
           "`, but the request makes it `" + std::string(derived) + "`",
       "/request/context/" + name);
}

void Binding::DeriveIfAbsent(KeyId key, std::string_view value) {
  if (!value.empty() && state.slots[key].source == KeySource::kAbsent) {
    Set(key, value, KeySource::kDerived);
  }
}

void Binding::DeriveList(KeyId key, const std::vector<std::string_view>& values) {
  if (values.empty()) return;
  Slot& slot = state.slots[key];
  if (slot.source == KeySource::kAbsent) {
    slot = {SlotState::kPresent, KeySource::kDerived, static_cast<std::uint32_t>(values.size()),
            values.data()};
  } else if (slot.state == SlotState::kPresent &&
             !std::equal(slot.values, slot.values + slot.count, values.begin(), values.end())) {
    Contradicts(key, values.front());
  }
}

void Binding::DeriveOrganization(KeyId id, KeyId paths, std::string_view account,
                                 const std::optional<std::string_view>& given_id,
                                 const std::vector<std::string_view>& given_paths,
                                 std::string_view where) {
  const Organization& organization = policies.organization;
  const OrganizationAccount* const listed = organization.Find(account);
  const bool told =
      listed != nullptr || (!account.empty() && account == organization.management_account);
  const bool other_id = told && given_id && *given_id != organization.id;
  const bool other_path = listed != nullptr && !given_paths.empty() &&
                          (given_paths.size() > 1 || given_paths.front() != listed->path);
  if (other_id || other_path) {
    Fail("contradiction",
         "the account `" + std::string(account) + "` belongs to the organization `" +
             organization.id + "`, and `" + std::string(where) + (other_id ? "_id" : "_paths") +
             "` says otherwise",
         "/request");
  }
  Derive(id, told ? std::string_view(organization.id) : given_id.value_or(""));
  if (listed != nullptr) {
    Derive(paths, listed->path);
  } else {
    DeriveList(paths, given_paths);
  }
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
