#include "authz/request.h"

#include <doctest/doctest.h>

#include "authz/policy_set.h"

namespace postern::authz {
namespace {

TEST_CASE("a context entry holds its values, none or unknown") {
  Request request;
  request.AddContext("aws:SourceVpce", "vpce-1");
  request.OpenContext("aws:TagKeys");
  request.AddValue("a");
  request.AddValue("b");
  request.OpenContext("aws:SourceIp");
  request.AddUnknown("aws:username");
  REQUIRE(request.context.size() == 4);
  CHECK(request.context[1].first == 1);
  CHECK(request.context[1].count == 2);
  CHECK(request.values[request.context[1].first + 1] == "b");
  CHECK(request.context[2].count == 0);
  CHECK_FALSE(request.context[2].unknown);
  CHECK(request.context[3].unknown);
}

TEST_CASE("a cleared request is like a new one and keeps its buffers") {
  Request request;
  request.principal.kind = RequesterKind::kArn;
  request.principal.arn = "arn:aws:iam::111122223333:user/alice";
  request.principal.org_id = "";
  request.principal.tags.push_back({"team", "red"});
  request.resource = "arn:aws:s3:::b";
  request.resource_unknown = true;
  request.resource_account_state = ResourceAccountState::kGiven;
  request.route = Route::kInternet;
  request.layers = {Layer::kEndpoint};
  for (int i = 0; i < 100; ++i) request.AddContext("aws:x", "y");
  const auto capacity = request.context.capacity();
  request.Clear();
  CHECK(request.principal.kind == RequesterKind::kUnknown);
  CHECK(request.principal.arn.empty());
  CHECK_FALSE(request.principal.org_id);
  CHECK(request.principal.tags.empty());
  CHECK(request.resource == "*");
  CHECK_FALSE(request.resource_unknown);
  CHECK(request.resource_account_state == ResourceAccountState::kDerive);
  CHECK(request.route == Route::kAsGiven);
  CHECK(request.layers == LayerMask::All());
  CHECK(request.context.empty());
  CHECK(request.values.empty());
  CHECK(request.context.capacity() == capacity);
}

TEST_CASE("an organization knows the accounts that it lists") {
  Organization organization;
  organization.accounts = {{"111122223333", "o-a/r-a/"}, {"444455556666", "o-a/r-a/ou-b/"}};
  REQUIRE(organization.Find("444455556666"));
  CHECK(organization.Find("444455556666")->path == "o-a/r-a/ou-b/");
  CHECK_FALSE(organization.Find("999988887777"));
}

}  // namespace
}  // namespace postern::authz
