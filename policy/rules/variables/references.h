// The `${...}` of a text, taken apart as they are written: what is wrong with one is seen here,
// what a right one means is policy/language/variables.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "policy/rule.h"

namespace postern::policy {

enum class ReferenceForm : std::uint8_t {
  kVariable,  // ${aws:username}, perhaps with a default
  kEscape,    // ${*}, ${?}, ${$}
  kUnclosed,  // no brace that ends it
  kEmpty,     // ${}
  kBlank,     // a blank in the name
  kDefault,   // a default without its quotes or its blank
  kTemplate,  // of another language: ${var.x}, ${AWS::Region}, ${Bucket}
};

struct Reference {
  ReferenceForm form = ReferenceForm::kVariable;
  std::size_t begin = 0;  // of `${` in the text
  std::size_t end = 0;    // behind the `}`, or the end of the text
  std::string_view name;  // what stands before the default, blanks at its ends left out
};

std::vector<Reference> FindReferences(std::string_view text);

// The values of a policy in which variables stand: resources, and conditions whose operators take
// them. None for 2008-10-17, in which `${` is text (VA805).
std::vector<const Node*> TextsWithVariables(const PolicyDocument& document);

}  // namespace postern::policy
