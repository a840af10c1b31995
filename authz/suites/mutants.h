// A policy with one thing changed, as somebody might change it by mistake: what no test notices is
// not tested. The changes are made to the document, not to its text, so that every part of a mutant
// still leads to the text it came from.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authz/policy_set.h"
#include "policy/document.h"

namespace postern::authz {

enum class MutationKind : std::uint8_t {
  kDropStatement,
  kFlipEffect,
  kDropCondition,
  kDropValue,      // of a list of actions, resources, principals or values
  kDropException,  // of NotAction, NotResource or NotPrincipal
  kWiden,          // an action, a resource or the principals
  kWeakenOperator,
};
std::string_view MutationName(MutationKind kind);  // "drop-statement", "flip-effect", ...

// Words of mutants that no policy has.
struct MutantWords {
  std::deque<std::string> texts;
  std::deque<policy::Node> nodes;
};

struct Mutant {
  MutationKind kind = MutationKind::kDropStatement;
  std::uint32_t statement = 0;                   // position in the document's statements
  policy::SourceRange at;                        // in the document's source
  std::string change;                            // "Action: `s3:GetObject` -> `s3:*`"; one line
  std::optional<policy::Statement> replacement;  // absent: the statement is dropped
  std::shared_ptr<const MutantWords> words;      // what the replacement says anew
};

// All mutants of a document, in document order. Linear in its parts; the document must outlive
// them.
std::vector<Mutant> MutantsOf(const policy::PolicyDocument& document);

// The document with that change. Keeps the original and the words alive.
DocumentPtr MutatedDocument(const DocumentPtr& original, const Mutant& mutant);

}  // namespace postern::authz
