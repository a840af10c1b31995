// Edits of a policy's text that keep the way it is laid out: a value more in a list, a statement
// more.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/document.h"
#include "policy/source.h"

namespace postern::authz {

// `text` in the place of the bytes `at` of the document's Source; with an empty range it is
// inserted before at.begin.
struct TextEdit {
  policy::SourceRange at;
  std::string text;
};

// JSON as a tree to be written: an object's members, a list of texts, or a text.
struct JsonMember;
struct JsonValue {
  std::string text;
  std::vector<JsonMember> members;  // not empty: an object
  std::vector<std::string> texts;   // not empty: a list
};
struct JsonMember {
  std::string name;
  JsonValue value;
};

// As a JSON string, quotes included.
std::string JsonQuoted(std::string_view text);

// Whether the policy is JSON text that stands in its file as such, not in a string of it or in YAML
// of another form.
bool CanEdit(const policy::PolicyDocument& document);

// `values` is a scalar or a list of scalars: `text` becomes one more of them.
TextEdit AppendValue(const policy::PolicyDocument& document, const policy::Node& values,
                     std::string_view text);

// One more member of an object, behind the last one.
TextEdit AppendMember(const policy::PolicyDocument& document, const policy::Node& object,
                      const JsonMember& member);

// One more statement behind the last one, on lines of its own where the others are. Absent if the
// document has no Statement.
std::optional<TextEdit> AppendStatement(const policy::PolicyDocument& document,
                                        const JsonValue& statement);

// The policy's own text after the edit.
std::string Edited(const policy::PolicyDocument& document, const TextEdit& edit);

}  // namespace postern::authz
