#include "policy/rules/api_names.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "policy/catalogue.h"

namespace postern::policy {
namespace {

bool IsAction(std::string_view text) {
  const std::size_t colon = text.find(':');
  return Catalogue::Embedded()
      .FindAction(text.substr(0, colon), text.substr(colon + 1))
      .has_value();
}

// The catalogue leaves out the actions of some services: nothing is known of theirs.
bool MayBeAction(std::string_view text) {
  return IsAction(text) || !Catalogue::Embedded().HoldsActionsOf(text.substr(0, text.find(':')));
}

}  // namespace

TEST_CASE("no name of the table is a permission, and what it stands for is one") {
  std::set<std::string_view> names;
  for (const ApiName& row : ApiNames()) {
    CAPTURE(row.api);
    CHECK(names.insert(row.api).second);
    CHECK_FALSE(IsAction(row.api));
    std::string_view rest = row.actions;
    for (std::size_t end = rest.find(" and "); end != rest.npos; end = rest.find(" and ")) {
      CHECK(MayBeAction(rest.substr(0, end)));
      rest.remove_prefix(end + 5);
    }
    CHECK(MayBeAction(rest));
  }
}

TEST_CASE("names are found in any case, and only whole") {
  REQUIRE(FindApiName("S3:listbuckets") != nullptr);
  CHECK(FindApiName("S3:listbuckets")->actions == "s3:ListAllMyBuckets");
  CHECK(FindApiName("s3:ListBuckets*") == nullptr);
  CHECK(FindApiName("s3:ListBucket") == nullptr);
}

}  // namespace postern::policy
