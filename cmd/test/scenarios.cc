#include "cmd/test/scenarios.h"

#include <fmt/format.h>

#include "cmd/embedded.h"
#include "policy/suggest.h"
#include "policy/yaml_tree.h"

namespace postern::cmd {
namespace {

constexpr std::string_view kFolder = "corpus/scenarios/";
constexpr std::string_view kSuffix = ".yaml";

std::string PathOf(std::string_view name) { return fmt::format("{}{}{}", kFolder, name, kSuffix); }

std::string TitleOf(std::string_view name) {
  const auto source = FindScenario(name);
  const policy::YamlResult yaml = policy::ReadYaml(*source);
  const policy::Node* title = yaml.tree ? yaml.tree->root().Find("title") : nullptr;
  return title == nullptr ? std::string() : std::string(title->text);
}

}  // namespace

std::vector<std::string_view> ScenarioNames() { return EmbeddedNames(kFolder, kSuffix); }

std::string ScenariosAsText() {
  std::string text;
  for (const std::string_view name : ScenarioNames()) {
    text += fmt::format("{:<20} {}\n", name, TitleOf(name));
  }
  return text;
}

tl::expected<std::shared_ptr<const policy::Source>, std::string> FindScenario(
    std::string_view name) {
  const std::string path = PathOf(name);
  if (const auto text = FindEmbedded(path)) {
    return std::make_shared<const policy::Source>(fmt::format("scenario {}", name),
                                                  std::string(*text));
  }
  const std::vector<std::string_view> names = ScenarioNames();
  return tl::make_unexpected(fmt::format("there is no scenario `{}`: there are {}{}", name,
                                         fmt::join(names, ", "),
                                         policy::DidYouMean(name, names, "; ")));
}

}  // namespace postern::cmd
