#include "authz/suites/parameters.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>

#include "policy/yaml_tree.h"

namespace postern::authz {
namespace {

struct Filling {
  FilledSuite filled;
  std::vector<CaseProblem> problems;

  std::string TextAt(std::string_view pointer) const {
    const policy::Node* node = filled.tree ? filled.tree->At(pointer) : nullptr;
    return node == nullptr ? "nothing" : node->IsObject() ? "an object" : std::string(node->text);
  }
  std::string messages() const {
    std::string text;
    for (const CaseProblem& problem : problems) text += problem.pointer + ": " + problem.message;
    return text;
  }
};

Filling Fill(std::string text, const ParameterValues& values = {}) {
  auto source = std::make_shared<const policy::Source>("a.ptest.yaml", std::move(text));
  policy::YamlResult yaml = policy::ReadYaml(source);
  REQUIRE(yaml.tree);
  Filling result;
  result.filled = FillParameters(std::make_shared<const policy::Tree>(*std::move(yaml.tree)),
                                 values, result.problems);
  return result;
}

}  // namespace

TEST_CASE("a suite without parameters is left as it is") {
  const Filling result = Fill("a: \"{b}\"\n");
  CHECK(result.problems.empty());
  CHECK(result.TextAt("/a") == "{b}");
}

TEST_CASE("values stand where the names were, wherever that is") {
  const Filling result = Fill(
      "parameters:\n"
      "  region: {about: \"{bucket}\"}\n"
      "  bucket: {about: b, default: \"b-{region}\"}\n"
      "list: [\"{bucket}\", {deep: \"x{region}y{bucket}\"}]\n"
      "arn: \"arn:{partition}:s3:::{bucket}\"\n"
      "short: \"{region-without-dashes}\"\n"
      "name: \"{principal} and ${aws:username} and ${region} and {not a name}\"\n"
      "last: 1\n",
      {{"region", "cn-north-1"}, {"other", "x"}});
  CHECK(result.messages().empty());
  CHECK(result.TextAt("/list/0") == "b-cn-north-1");
  CHECK(result.TextAt("/list/1/deep") == "xcn-north-1yb-cn-north-1");
  CHECK(result.TextAt("/arn") == "arn:aws-cn:s3:::b-cn-north-1");
  CHECK(result.TextAt("/short") == "cnnorth1");
  CHECK(result.TextAt("/name") == "{principal} and ${aws:username} and ${region} and {not a name}");
  CHECK(result.TextAt("/parameters/region/about") == "{bucket}");
  CHECK(result.TextAt("/last") == "1");
  CHECK(result.filled.parameters == std::vector<std::string>{"region", "bucket"});
}

TEST_CASE("a given value comes before that of the Region, and this before the default") {
  const std::string suite =
      "parameters:\n"
      "  region: {about: r}\n"
      "  account: {about: a, regions: {af-south-1: \"1\"}, default: \"2\"}\n"
      "a: \"{account}\"\n";
  CHECK(Fill(suite, {{"region", "af-south-1"}, {"account", "3"}}).TextAt("/a") == "3");
  CHECK(Fill(suite, {{"region", "af-south-1"}}).TextAt("/a") == "1");
  CHECK(Fill(suite, {{"region", "eu-west-1"}}).TextAt("/a") == "2");
}

TEST_CASE("a text with something in it that is not told is unknown, unless it is for people") {
  const Filling result = Fill(
      "parameters:\n"
      "  account: {about: a, default: {unknown: true}}\n"
      "  role: {about: r, default: \"arn:aws:iam::{account}:role/r\"}\n"
      "cases:\n"
      "  - {why: \"of {account}\", who: \"{role}\", next: 1}\n"
      "  - {who: x}\n");
  CHECK(result.messages().empty());
  CHECK(result.TextAt("/cases/0/why") == "of {account}");
  CHECK(result.TextAt("/cases/0/who") == "an object");
  CHECK(result.TextAt("/cases/0/who/unknown") == "true");
  CHECK(result.TextAt("/cases/0/next") == "1");
  CHECK(result.TextAt("/cases/1/who") == "x");
  REQUIRE(result.filled.untold.of_cases.size() == 1);
  CHECK(result.filled.untold.of_cases.front().parameters == ParameterSet(0b01));
  CHECK(result.filled.untold.shared.none());
}

TEST_CASE("parameters that would make a suite grow without bound are refused") {
  std::string doubled = "parameters:\n  a: {about: a, default: \"xxxxxxxx\"}\n";
  std::string name = "a";
  for (int i = 0; i < 40; ++i) {
    const std::string next = name + "b";
    doubled += "  " + next + ": {about: b, default: \"{" + name + "}{" + name + "}\"}\n";
    name = next;
  }
  CHECK(Fill(doubled).messages().find("its parameters repeat too much text") != std::string::npos);

  std::string many = "parameters:\n";
  for (std::size_t i = 0; i <= kMostParameters; ++i) {
    many += "  " + std::string(i + 1, 'a') + ": {about: a, default: b}\n";
  }
  CHECK(Fill(many).messages().find("a suite may have 64 parameters") != std::string::npos);
}

TEST_CASE("what is wrong with parameters is said at its place") {
  const struct {
    const char* text;
    const char* says;
  } kRows[] = {
      {"parameters: [a]\n", "/parameters: `parameters` must be an object of parameters"},
      {"parameters: {a: {about: b}}\n", "/parameters/a: `a` is not given: b"},
      {"parameters: {a: {default: b}}\n", "/parameters/a: `a` does not say what it is `about`"},
      {"parameters: {A: {about: b}}\n", "`A` cannot be the name of a parameter"},
      {"parameters: {action: {about: b}}\n", "`action` cannot be the name of a parameter"},
      {"parameters: {a: {about: b, default: [c]}}\n", "the default of `a` must be a string"},
      {"parameters: {a: {about: b, default: c, regions: d}}\n",
       "`regions` must be an object of Regions"},
      {"parameters: {a: {about: b, default: c, else: d}}\n", "`else`"},
      {"parameters: {bucket: {about: b, default: c}}\nx: \"{bukcet}\"\n",
       "/x: `{bukcet}` is no parameter"},
      {"parameters: {a: {about: x, default: \"{b}\"}, b: {about: y, default: \"{a}\"}}\n",
       "/parameters/a/default: `{b}` is no parameter"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.text);
    const Filling result = Fill(row.text);
    CAPTURE(result.messages());
    CHECK(result.filled.tree == nullptr);
    CHECK(result.messages().find(row.says) != std::string::npos);
  }
}

}  // namespace postern::authz
