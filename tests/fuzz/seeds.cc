#include "tests/fuzz/seeds.h"

#include <re2/re2.h>

#include <set>

#include "policy/json_escape.h"
#include "policy/json_tree.h"
#include "tests/files.h"

namespace postern::fuzz {
namespace {

void CollectStrings(const policy::Node& node, std::set<std::string>& strings) {
  if (node.IsString()) strings.emplace(node.text);
  if (!node.IsObject() && !node.IsArray()) return;
  for (const policy::Node& child : node.children()) CollectStrings(child, strings);
}

}  // namespace

std::vector<std::string> FilesIn(const std::filesystem::path& folder, std::string_view ending,
                                 std::size_t max_size) {
  std::vector<std::string> texts;
  for (const auto& file : testing::FilesBelow(folder, {ending})) {
    if (std::filesystem::file_size(file) <= max_size) texts.push_back(testing::ReadAll(file));
  }
  return texts;
}

std::vector<std::string> StringsOf(const std::filesystem::path& folder) {
  std::set<std::string> strings;
  for (std::string& text : FilesIn(folder, ".json")) {
    const auto read =
        policy::ReadJson(std::make_shared<const policy::Source>("seed.json", std::move(text)));
    if (read.tree) CollectStrings(read.tree->root(), strings);
  }
  return {strings.begin(), strings.end()};
}

std::vector<std::string> LiteralsIn(const std::filesystem::path& file) {
  static const RE2 kLiteral(R"re((?s)R"\((.*?)\)"|"((?:[^"\\\n]|\\.)+)")re");
  constexpr std::size_t kShort = 20;
  const std::string code = testing::ReadAll(file);
  re2::StringPiece rest(code);
  std::vector<std::string> texts;
  std::string raw;
  std::string quoted;
  while (RE2::FindAndConsume(&rest, kLiteral, &raw, &quoted)) {
    std::string text = raw.empty() ? policy::UnescapeJson(quoted).value_or(quoted) : raw;
    if (text.size() > kShort) texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace postern::fuzz
