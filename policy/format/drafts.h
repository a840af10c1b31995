// The statements of a policy while they are being joined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "policy/document.h"
#include "policy/format/covers.h"

namespace postern::policy {

// A statement with its lists taken out. What counts of it is `fixed` and the lists, by name.
struct Draft {
  // One list, under a name that is the same in any statement: "NotAction", "Principal AWS",
  // "StringLike aws:sourcevpce".
  struct Named {
    std::string name;
    StatementList list;
    std::string text;  // its items, without order: equal texts are equal lists
    bool joinable = false;
  };

  const Statement* statement = nullptr;
  std::string fixed;         // effect, whether it is for everyone, and its Sid where that is kept
  std::vector<Named> lists;  // by name

  const StatementList* Find(const Node& member) const;
};

// {"AWS": "*"} alone, which says what the bare "*" does (S2.1).
bool IsStarObject(const PrincipalSet& principal);

std::vector<Draft> DraftsOf(const PolicyDocument& document, bool keep_sids);

// Joins the drafts that differ in one list, which must be joinable, or in nothing. The first one
// takes over the items of the others. Leaves out superfluous items before and after.
void JoinDrafts(std::vector<Draft>& drafts, LanguageVersion version);
// Superfluous items alone.
void ReduceDrafts(std::vector<Draft>& drafts, LanguageVersion version);

}  // namespace postern::policy
