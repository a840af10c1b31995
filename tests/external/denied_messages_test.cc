// Texts of refusals as people reported them, each with the layer and the denial it tells of.
#include <doctest/doctest.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "authz/diagnose/denied_message.h"
#include "policy/json_tree.h"
#include "tests/external/external_data.h"
#include "tests/files.h"

namespace postern::authz {
namespace {

// The layer as the data calls it.
std::string_view DataWord(std::string_view word) {
  if (word == "vpc-endpoint") return "endpoint";
  if (word == "trust") return "resource";
  return word == "unspecified" ? "" : word;
}

// What stands between `begin` and the first of `ends` behind it, or the end; absent without
// `begin`.
std::optional<std::string> Between(std::string_view text, std::string_view begin,
                                   std::initializer_list<std::string_view> ends) {
  const std::size_t at = text.find(begin);
  if (at == text.npos) return std::nullopt;
  text.remove_prefix(at + begin.size());
  std::size_t size = text.size();
  for (const std::string_view end : ends) size = std::min(size, text.find(end));
  return std::string(text.substr(0, size));
}

std::string Unquoted(std::string text) {
  std::erase_if(text, [](char c) { return c == '"' || c == '\\' || c == '`'; });
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

TEST_CASE(
    "every reported text gives its caller, its resource and its operation as far as it says them") {
  const auto path = testing::ExternalData("data/access-denied-messages.json");
  if (!path) return;
  const auto read = policy::ReadJson(testing::ReadSource(*path));
  REQUIRE(read.tree.has_value());
  std::size_t callers = 0, resources = 0, operations = 0;
  for (const policy::Node& entry : read.tree->root().children()) {
    const std::string text(entry.Find("text")->text);
    CAPTURE(text);
    const DeniedMessage message = ReadDeniedMessage(text);
    const auto caller = Between(text, "User: ", {" is not authorized"});
    CHECK(message.principal == Unquoted(caller.value_or("")));
    auto resource = Between(
        text,
        "on resource: ", {" because no", " with an explicit", " (Service", "\n", " status code"});
    if (resource == "Resource") resource.reset();  // a placeholder of STS
    CHECK(message.resource == Unquoted(resource.value_or("")));
    const auto operation = Between(text, "when calling the ", {" operation"});
    if (operation) {
      const bool known = message.api.ends_with("." + *operation);
      const bool said = message.note.find("`" + *operation + "`") != std::string::npos;
      CHECK((known || said));
    }
    callers += message.principal.empty() ? 0 : 1;
    resources += message.resource.empty() ? 0 : 1;
    operations += message.api.empty() ? 0 : 1;
  }
  MESSAGE(callers << " callers, " << resources << " resources, " << operations << " operations");
  CHECK(callers > 80);
  CHECK(resources > 60);
  CHECK(operations > 50);
}

TEST_CASE("every reported text gives its layer and its denial") {
  const auto path = testing::ExternalData("data/access-denied-messages.json");
  if (!path) return;
  const auto read = policy::ReadJson(testing::ReadSource(*path));
  REQUIRE(read.tree.has_value());
  for (const policy::Node& entry : read.tree->root().children()) {
    const std::string text(entry.Find("text")->text);
    CAPTURE(text);
    const DeniedMessage message = ReadDeniedMessage(text);
    CHECK((message.layer ? LayerName(*message.layer) : "") == DataWord(entry.Find("layer")->text));
    CHECK((message.denial ? DenialName(*message.denial) : "none") == entry.Find("kind")->text);
    CHECK(message.policy_arn.empty() == (entry.Find("names_policy_arn")->text == "false"));
    CHECK(message.authorization_failure == (text.find("InvalidAccessKeyId") == std::string::npos));
    CHECK(message.action.empty() ==
          (text.find("perform: ") == std::string::npos && message.api.empty()));
  }
}

}  // namespace
}  // namespace postern::authz
