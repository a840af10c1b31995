// What the `configuration` of a Terraform plan says: which attributes somebody wrote, and to what
// they refer.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "policy/tree.h"

namespace postern::policy {

// "module.a[\"x\"].aws_s3_bucket.b[0]" -> "module.a.aws_s3_bucket.b", as the configuration has it.
std::string WithoutIndexes(std::string_view address);

// Refers to the tree of the plan.
class TerraformConfiguration {
 public:
  // `configuration` may be null: then nothing is known.
  explicit TerraformConfiguration(const Node* configuration);

  // Whether somebody wrote the attribute; also where the configuration does not know the resource.
  bool MaySet(std::string_view address, std::string_view attribute) const;
  // The address, without indexes, of the resource that an attribute refers to; or "".
  std::string ReferenceOf(std::string_view address, std::string_view attribute) const;

 private:
  struct Resource {
    std::string module;       // "module.a.", or "" in the root module
    const Node* expressions;  // null if there are none
  };
  void Add(const Node& module, const std::string& prefix);

  std::map<std::string, Resource, std::less<>> resources_;  // by address without indexes
};

}  // namespace postern::policy
