// What the readers of cases and suites share: typed values out of nodes, and each problem at its
// place.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "authz/suites/case_file.h"
#include "policy/tree.h"

namespace postern::authz {

// The members of one object by their position in its table of names; null where one is not given.
template <std::size_t kCount>
using MemberArray = std::array<const policy::Node*, kCount>;

class Reading {
 public:
  // Without a tree, problems have no place.
  Reading(const policy::Tree* tree, std::vector<CaseProblem>& problems)
      : tree_(tree), problems_(problems), before_(problems.size()) {}

  const policy::Tree& tree() const { return *tree_; }
  std::vector<CaseProblem>& problems() { return problems_; }
  // Whether nothing was reported since this Reading was made.
  bool clean() const { return problems_.size() == before_; }

  // At a value, or at a member's name.
  void Report(const policy::Node& node, std::string_view code, std::string message,
              std::string help = {});
  void ReportKey(const policy::Node& member, std::string_view code, std::string message,
                 std::string help = {});
  // An unquoted yes, no, on or off: text here, but not everywhere, so it is refused where text
  // could stand. Whether it was none.
  bool CheckWord(const policy::Node& node);
  // "`resource` must be a string, not a number".
  void ReportType(const policy::Node& node, std::string_view wanted);
  void ReportDuplicates(const policy::Node& root);

  // Each reports and returns nothing if the value is of another type.
  std::optional<std::string_view> Text(const policy::Node& node);     // not empty
  std::optional<std::string_view> AnyText(const policy::Node& node);  // may be empty
  std::optional<bool> Bool(const policy::Node& node);
  std::optional<std::string_view> AccountId(const policy::Node& node);  // twelve digits, quoted
  std::optional<std::string_view> Prefixed(const policy::Node& node, std::string_view prefix);
  // A list of strings, or one string.
  void Texts(const policy::Node& node, std::vector<std::string_view>& into);
  // `{"unknown": true}`; any other object with that member is reported.
  bool IsUnknown(const policy::Node& node);
  // A member name that is an account id, which YAML has to quote as well.
  bool CheckAccountKey(const policy::Node& member);

  // Sorts the members of `object` into the order of `names`. Unknown and repeated ones are
  // reported, and so is a node that is no object.
  template <std::size_t kCount>
  MemberArray<kCount> Members(const policy::Node& object,
                              const std::array<std::string_view, kCount>& names) {
    MemberArray<kCount> members{};
    MembersInto(object, names, members);
    return members;
  }

 private:
  void MembersInto(const policy::Node& object, std::span<const std::string_view> names,
                   std::span<const policy::Node*> members);
  void Add(const policy::Node& node, policy::SourceRange range, std::string_view code,
           std::string message, std::string help);

  const policy::Tree* tree_;
  std::vector<CaseProblem>& problems_;
  std::size_t before_;
};

// "`resource`", or "the entry" for what stands in a list.
std::string NameOf(const policy::Node& node);

// Drops problems that were reported before: the same words at the same place.
void DropRepeated(std::vector<CaseProblem>& problems);

}  // namespace postern::authz
