// The functions of CloudFormation, short (`!Sub`) and long (`{"Fn::Sub": ...}`), as far as a
// template alone tells what they give.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "policy/tree.h"

namespace postern::policy {

struct CloudFormationFunction {
  std::string_view name;           // "Ref", "Sub", "GetAtt": without `Fn::` and `!`
  const Node* argument = nullptr;  // its text, or its children, are the arguments
};

// Nothing where the node is no function.
std::optional<CloudFormationFunction> FunctionAt(const Tree& tree, const Node& node);

// `Ref: AWS::NoValue`: as if the member that it stands for was not there.
bool IsNoValue(const Tree& tree, const Node& node);

// What a condition chooses between, for `If`; both null for other functions.
struct Branches {
  const Node* first = nullptr;
  const Node* second = nullptr;
};
Branches BranchesAt(const Tree& tree, const Node& node);

// A text, and whether parts of it are known only at deployment. Such a part is `${Name}` in it.
struct TemplateText {
  std::string text;
  bool open = false;
};

// Puts values in the place of functions. Functions and YAML aliases can ask for very much text in
// few bytes, so what is written is taken off `budget`, which the policies of a container share.
class TemplateTexts {
 public:
  TemplateTexts(const Tree& tree, std::size_t& budget) : tree_(tree), budget_(budget) {}

  // Of a scalar or a function.
  TemplateText TextOf(const Node& node);
  // Of the template text of `Sub`; `variables` are its own, or null.
  TemplateText Substitute(std::string_view text, const Node* variables);

  // False where the budget does not have so much; then nothing is to be written any more.
  bool Spend(std::size_t bytes);

 private:
  TemplateText Join(const Node& argument);

  const Tree& tree_;
  std::size_t& budget_;
};

}  // namespace postern::policy
