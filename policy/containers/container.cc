#include "policy/containers/container.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/containers/formats.h"
#include "policy/json_tree.h"
#include "policy/utf8.h"
#include "policy/yaml_tree.h"

namespace postern::policy {
namespace {

constexpr std::array kFormats = {
    ContainerFormat{"Terraform plan", IsTerraformPlan, FindInTerraformPlan},
    ContainerFormat{"CloudFormation template", IsCloudFormation, FindInCloudFormation},
    ContainerFormat{"output of the AWS CLI", IsAwsOutput, FindInAwsOutput},
};

// A file without any of these is not read at all.
constexpr std::array<std::string_view, 7> kHints = {
    "root_module", "resource_changes", "Resources", "VpcEndpoint", "Policy", "policy", "Document"};
// A file with one of these that cannot be read is a broken container, not some other file.
constexpr std::array<std::string_view, 4> kJsonMarks = {
    "\"planned_values\"", "\"resource_changes\"", "\"AWSTemplateFormatVersion\"",
    "\"VpcEndpoints\""};
constexpr std::array<std::string_view, 1> kYamlMarks = {"\nResources:"};

template <std::size_t n>
bool MentionsAny(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::ranges::any_of(
      words, [text](std::string_view word) { return text.find(word) != text.npos; });
}

struct Text {
  std::shared_ptr<const Source> source;
  std::string_view note;
};

// PowerShell's `>` writes UTF-16, and editors on Windows a byte-order mark.
Text AsUtf8(std::shared_ptr<const Source> source) {
  switch (GuessEncoding(source->text())) {
    case TextEncoding::kUtf16:
      return {std::make_shared<const Source>(source->name(), Utf16ToUtf8(source->text())),
              "the file is in UTF-16: bytes are counted in the same text in UTF-8"};
    case TextEncoding::kUtf8WithMark:
      return {std::make_shared<const Source>(source->name(), std::string(source->text().substr(3))),
              "the file begins with a byte-order mark: bytes are counted behind it"};
    case TextEncoding::kUtf8:
      break;
  }
  return {std::move(source), {}};
}

struct TreeResult {
  std::shared_ptr<const Tree> tree;
  std::uint32_t offset = 0;
  std::string message;  // where there is no tree
};

bool LooksLikeJson(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin != text.npos && (text[begin] == '{' || text[begin] == '[');
}

TreeResult ReadTree(const std::shared_ptr<const Source>& source) {
  if (LooksLikeJson(source->text())) {
    JsonResult json = ReadJson(source, kContainerLimits);
    if (json.tree) return {std::make_shared<const Tree>(*std::move(json.tree)), 0, {}};
    return {nullptr, json.error->offset, std::move(json.error->message)};
  }
  YamlLimits limits;
  limits.max_bytes = kContainerLimits.max_bytes;
  limits.max_depth = kContainerLimits.max_depth;
  YamlResult yaml = ReadYaml(source, limits);
  if (yaml.tree) return {std::make_shared<const Tree>(*std::move(yaml.tree)), 0, {}};
  return {nullptr, yaml.error->offset, std::move(yaml.error->message)};
}

}  // namespace

ContainerResult ReadContainer(std::shared_ptr<const Source> source) {
  auto [text, note] = AsUtf8(std::move(source));
  if (!MentionsAny(text->text(), kHints)) return {};
  TreeResult read = ReadTree(text);
  if (read.tree == nullptr) {
    const bool is_one = LooksLikeJson(text->text()) ? MentionsAny(text->text(), kJsonMarks)
                                                    : MentionsAny(text->text(), kYamlMarks);
    if (!is_one) return {};
    return {std::nullopt,
            ContainerError{text, {read.offset, read.offset}, std::move(read.message)}};
  }
  for (const ContainerFormat& format : kFormats) {
    if (!format.is(read.tree->root())) continue;
    Container container{format.find(read.tree), format.name, text, note};
    for (ContainedPolicy& policy : container.policies) policy.editable &= note.empty();
    std::ranges::stable_sort(container.policies, {},
                             [](const ContainedPolicy& policy) { return policy.range.begin; });
    return {std::move(container), std::nullopt};
  }
  return {};
}

}  // namespace postern::policy
