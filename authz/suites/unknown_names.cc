#include "authz/suites/unknown_names.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "authz/suites/reading.h"
#include "policy/api_names.h"
#include "policy/language/fold.h"
#include "policy/rules/action_patterns.h"
#include "policy/rules/conditions/key_names.h"
#include "policy/suggest.h"

namespace postern::authz {

using policy::Catalogue;
using policy::Node;

namespace {

constexpr std::size_t kMostWarnings = 1'000;
// "ssmmessages:Other" is how a suite asks about any other action, those to come included.
constexpr std::string_view kAnyOther = "Other";

// What is wrong with a name; `message` is "" if nothing is.
struct Doubt {
  std::string message;
  std::string help;
};

std::string Help(const Catalogue& catalogue, std::string_view before, std::string_view closest) {
  if (!closest.empty()) return fmt::format("did you mean `{}{}`?", before, closest);
  return fmt::format("it is misspelt, or newer than the catalogue of {}", catalogue.date());
}

Doubt DoubtOfAction(const Catalogue& catalogue, std::string_view action) {
  const std::size_t colon = action.find(':');
  if (colon == action.npos || action.find_first_of("*?") != action.npos) return {};
  const std::string_view service = action.substr(0, colon);
  const std::string_view name = action.substr(colon + 1);
  if (!catalogue.HasService(service) || !catalogue.HoldsActionsOf(service)) return {};
  if (name == kAnyOther || catalogue.FindAction(service, name)) return {};
  // The reader refuses these, and says more.
  if (!policy::PermissionInPlaceOf(catalogue, action).empty()) return {};
  return {fmt::format("`{}` has no action `{}`", service, name),
          Help(catalogue, action.substr(0, colon + 1),
               policy::ClosestAction(catalogue, {service, name}))};
}

Doubt DoubtOfKey(const Catalogue& catalogue, std::string_view key) {
  if (catalogue.FindConditionKey(key)) return {};
  std::string_view closest;
  if (policy::EqualsIgnoreAsciiCase(key.substr(0, 4), "aws:")) {
    std::vector<std::string_view> names;
    for (const auto& known : catalogue.GlobalConditionKeys()) names.push_back(known.name);
    // Behind the slash stands what is free, such as the key of a tag.
    closest = policy::ClosestName(key.substr(0, key.find('/') + 1), names);
    if (key.find('/') == key.npos) closest = policy::ClosestName(key, names);
  } else if (policy::IsUnknownServiceKey(catalogue, key)) {
    closest = policy::ClosestServiceKey(catalogue, key);
  } else {
    return {};
  }
  return {fmt::format("there is no condition key `{}`: no request carries it", key),
          Help(catalogue, "", closest)};
}

class NameChecker {
 public:
  NameChecker(const Catalogue& catalogue, const policy::Tree& tree)
      : catalogue_(catalogue), tree_(tree), read_(&tree, warnings_) {}

  std::vector<CaseProblem> Check() {
    const Node& root = tree_.root();
    CheckRequest(Member(root, "request"));
    CheckRequest(Member(Member(root, "defaults"), "request"));
    for (const std::string_view list : {"cases", "matrix"}) {
      ForEachEntry(Member(root, list), [&](const Node& entry) {
        CheckRequest(Member(&entry, "request"));
        if (list == "matrix") CheckRequest(&entry);  // a row has the members of a request itself
      });
    }
    DropRepeated(warnings_);
    return std::move(warnings_);
  }

 private:
  using DoubtOf = Doubt (*)(const Catalogue& catalogue, std::string_view name);

  static const Node* Member(const Node* object, std::string_view name) {
    return object != nullptr && object->IsObject() ? object->Find(name) : nullptr;
  }
  static const Node* Member(const Node& object, std::string_view name) {
    return Member(&object, name);
  }

  // The value itself, or all that a list of any depth holds: in a row, each value of an axis.
  template <typename Visit>
  static void ForEachEntry(const Node* value, const Visit& visit) {
    if (value == nullptr) return;
    if (!value->IsArray()) return visit(*value);
    for (const Node& entry : value->children()) ForEachEntry(&entry, visit);
  }

  void CheckRequest(const Node* request) {
    ForEachEntry(Member(request, "action"), [&](const Node& action) { CheckAction(&action); });
    ForEachEntry(Member(request, "calls"),
                 [&](const Node& call) { CheckAction(Member(call, "action")); });
    ForEachEntry(Member(request, "context"), [&](const Node& context) {
      if (!context.IsObject()) return;
      for (const Node& key : context.children()) {
        const Doubt* doubt = Ask(key.key, &DoubtOfKey, keys_);
        if (doubt != nullptr) read_.ReportKey(key, "unknown-key", doubt->message, doubt->help);
      }
    });
    ForEachEntry(Member(request, "unknown"), [&](const Node& key) {
      if (!key.IsString()) return;
      const Doubt* doubt = Ask(key.text, &DoubtOfKey, keys_);
      if (doubt != nullptr) read_.Report(key, "unknown-key", doubt->message, doubt->help);
    });
  }

  void CheckAction(const Node* action) {
    if (action == nullptr || !action->IsString()) return;
    const Doubt* doubt = Ask(action->text, &DoubtOfAction, actions_);
    if (doubt != nullptr) read_.Report(*action, "unknown-action", doubt->message, doubt->help);
  }

  // Null if there is nothing to say. Suites name the same few again and again.
  using Known = std::unordered_map<std::string_view, Doubt>;
  const Doubt* Ask(std::string_view name, DoubtOf doubt_of, Known& known) {
    if (warnings_.size() >= kMostWarnings) return nullptr;
    const auto [entry, is_new] = known.try_emplace(name);
    if (is_new) entry->second = doubt_of(catalogue_, name);
    return entry->second.message.empty() ? nullptr : &entry->second;
  }

  const Catalogue& catalogue_;
  const policy::Tree& tree_;
  std::vector<CaseProblem> warnings_;
  Reading read_;
  Known actions_;
  Known keys_;
};

}  // namespace

std::vector<CaseProblem> UnknownNames(const Catalogue& catalogue, const policy::Tree& tree) {
  return NameChecker(catalogue, tree).Check();
}

}  // namespace postern::authz
