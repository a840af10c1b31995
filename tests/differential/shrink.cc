#include "tests/differential/shrink.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace postern::differential {
namespace {

// Elements that say the least when they say `*`.
constexpr std::string_view kSimplest = "*";
constexpr std::string_view kSimplified[] = {"Action", "Resource", "Principal"};

class Shrinker {
 public:
  Shrinker(const std::string& text, const std::function<bool(const std::string&)>& still_fails)
      : still_fails_(still_fails) {
    json_.Parse(text.data(), text.size());
  }

  std::string Run() {
    do {
      progress_ = false;
      Reduce(json_["policies"]);
      Reduce(json_["requests"][0]);
      const bool has_organization = Find(json_, "organization") != nullptr;
      const auto remove = [&] { json_.RemoveMember("organization"); };
      if (has_organization && !Try(json_, remove)) Reduce(json_["organization"]);
    } while (progress_);
    return Print(json_);
  }

 private:
  bool StillFails() {
    const bool fails = still_fails_(Print(json_));
    progress_ |= fails;
    return fails;
  }

  // Keeps what `edit` makes of the node if the case still fails.
  template <typename Edit>
  bool Try(Json& node, Edit edit) {
    Json before(node, json_.GetAllocator());
    edit();
    if (StillFails()) return true;
    node = std::move(before);
    return false;
  }

  void Reduce(Json& node) {
    if (node.IsObject()) ReduceObject(node);
    if (node.IsArray()) ReduceArray(node);
  }

  void ReduceObject(Json& node) {
    for (JsonSize i = node.MemberCount(); i-- > 0;) {
      if (Try(node, [&] { node.EraseMember(node.MemberBegin() + i); })) continue;
      Json& value = (node.MemberBegin() + i)->value;
      const std::string_view name = TextOf((node.MemberBegin() + i)->name);
      const bool simple = value.IsString() && TextOf(value) == kSimplest;
      if (!simple && std::ranges::find(kSimplified, name) != std::end(kSimplified) &&
          Try(value, [&] { value.SetString(rapidjson::StringRef("*")); })) {
        continue;
      }
      Reduce(value);
    }
  }

  void ReduceArray(Json& node) {
    for (JsonSize i = node.Size(); i-- > 0;) {
      if (!Try(node, [&] { node.Erase(node.Begin() + i); })) Reduce(node[i]);
    }
    if (node.Size() != 1) return;
    const bool alone = Try(node, [&] {
      Json only(std::move(node[0]));
      node = std::move(only);
    });
    if (alone) Reduce(node);
  }

  const std::function<bool(const std::string&)>& still_fails_;
  JsonDocument json_;
  bool progress_ = false;
};

}  // namespace

std::string Shrink(const std::string& text,
                   const std::function<bool(const std::string&)>& still_fails) {
  return Shrinker(text, still_fails).Run();
}

Failure Shrink(const Failure& failure) {
  Failure smallest = failure;
  Shrink(failure.text, [&](const std::string& text) {
    for (const Failure& found : Failures(text, failure.rule)) {
      if (found.kind != failure.kind) continue;
      smallest = found;
      return true;
    }
    return false;
  });
  return smallest;
}

}  // namespace postern::differential
