// Texts of refusals as people reported them, each with the layer and the denial it tells of.
#include <doctest/doctest.h>

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
