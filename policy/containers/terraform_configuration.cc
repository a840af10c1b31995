#include "policy/containers/terraform_configuration.h"

#include <utility>
#include <vector>

#include "policy/containers/parts.h"

namespace postern::policy {
namespace {

// Names of modules inside modules are put together for each resource: longer than this is no plan
// but an attempt to keep us busy.
constexpr std::size_t kMaxPrefix = 4096;

}  // namespace

std::string WithoutIndexes(std::string_view address) {
  std::string plain;
  bool in_index = false;
  bool in_string = false;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const char c = address[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (in_index) {
      in_string = c == '"';
      in_index = c != ']';
    } else if (c == '[') {
      in_index = true;
    } else {
      plain += c;
    }
  }
  return plain;
}

TerraformConfiguration::TerraformConfiguration(const Node* configuration) {
  if (configuration == nullptr) return;
  struct Module {
    const Node* node;
    std::string prefix;
  };
  std::vector<Module> waiting;
  if (const Node* root = configuration->Find("root_module")) waiting.push_back({root, ""});
  while (!waiting.empty()) {
    const Module module = std::move(waiting.back());
    waiting.pop_back();
    Add(*module.node, module.prefix);
    const Node* calls = module.node->Find("module_calls");
    if (calls == nullptr || !calls->IsObject()) continue;
    for (const Node& call : calls->children()) {
      const Node* inner = call.Find("module");
      if (inner == nullptr || module.prefix.size() + call.key.size() > kMaxPrefix) continue;
      waiting.push_back({inner, module.prefix + "module." + std::string(call.key) + "."});
    }
  }
}

void TerraformConfiguration::Add(const Node& module, const std::string& prefix) {
  ForEachAt(module, "resources/*", [&](const Node& resource) {
    const Node* expressions = resource.Find("expressions");
    resources_.emplace(prefix + TextAt(resource, "address"), Resource{prefix, expressions});
  });
}

bool TerraformConfiguration::MaySet(std::string_view address, std::string_view attribute) const {
  const auto resource = resources_.find(WithoutIndexes(address));
  if (resource == resources_.end()) return true;
  const Node* expressions = resource->second.expressions;
  return expressions != nullptr && expressions->Find(attribute) != nullptr;
}

std::string TerraformConfiguration::ReferenceOf(std::string_view address,
                                                std::string_view attribute) const {
  const auto resource = resources_.find(WithoutIndexes(address));
  if (resource == resources_.end() || resource->second.expressions == nullptr) return {};
  const Node* expression = resource->second.expressions->Find(attribute);
  std::string found;
  if (expression == nullptr) return found;
  // ["aws_vpc_endpoint.s3[0].id", "aws_vpc_endpoint.s3[0]", "aws_vpc_endpoint.s3"]
  ForEachAt(*expression, "references/*", [&](const Node& reference) {
    if (!found.empty() || !reference.IsString()) return;
    std::string_view rest = reference.text;
    const std::size_t name = rest.find('.');
    if (!rest.starts_with("aws_") || name == rest.npos) return;
    rest = rest.substr(0, rest.find_first_of(".[", name + 1));
    found = resource->second.module + std::string(rest);
  });
  return found;
}

}  // namespace postern::policy
