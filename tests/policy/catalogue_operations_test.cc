#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "policy/catalogue.h"
#include "policy/catalogue_format.h"
#include "policy/language/fold.h"
#include "tests/policy/catalogue_text.h"

namespace postern::policy {
namespace {

const Catalogue& Known() { return Catalogue::Embedded(); }

// A row of operations.tsv.
struct Row {
  explicit Row(const std::vector<std::string>& cells)
      : service(cells.at(0)),
        operation(cells.at(1)),
        actions(SplitList(cells.at(2))),
        on(cells.at(3)),
        when(cells.at(4)) {}

  std::string service, operation;
  std::vector<std::string> actions;
  std::string on, when;

  bool IsSameOperation(const Row& other) const {
    return service == other.service && operation == other.operation;
  }
};

std::vector<Row> Rows() {
  std::vector<Row> rows;
  for (const auto& cells : Table("operations.tsv")) {
    REQUIRE(cells.size() == 5);
    rows.emplace_back(cells);
  }
  return rows;
}

template <typename Enum>
int NumberOf(std::string_view name, std::string_view (*name_of)(Enum), Enum last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (name_of(static_cast<Enum>(i)) == name) return i;
  }
  FAIL("no name: ", name);
  return -1;
}

std::string Needed(std::string_view api, std::string_view operation) {
  const std::optional<Api> found = Known().FindApi(api);
  if (!found) return "no service";
  std::string text;
  for (const NeededPermission& needed : Known().PermissionsOf(*found, operation)) {
    if (!text.empty()) text += ", ";
    text.append(needed.action).append(" ").append(AskedOnName(needed.on));
    if (needed.when != AskedWhen::kAlways) text.append(" ").append(AskedWhenName(needed.when));
  }
  return text;
}

std::optional<Action> FindAction(std::string_view action) {
  const std::size_t colon = action.find(':');
  return Known().FindAction(action.substr(0, colon), action.substr(colon + 1));
}

}  // namespace

TEST_CASE("the embedded catalogue holds every operation of the text, and no other") {
  std::vector<std::pair<std::string, std::string>> operations;
  const std::vector<Row> rows = Rows();
  for (std::size_t i = 0; i < rows.size();) {
    std::string expected;
    std::size_t end = i;
    for (; end < rows.size() && rows[end].IsSameOperation(rows[i]); ++end) {
      for (const std::string& action : rows[end].actions) {
        if (!expected.empty()) expected += ", ";
        expected += action + ' ' + rows[end].on;
        if (rows[end].when != "always") expected += ' ' + rows[end].when;
      }
    }
    CAPTURE(rows[i].service);
    CAPTURE(rows[i].operation);
    CHECK(Needed(rows[i].service, rows[i].operation) == expected);
    operations.emplace_back(rows[i].service, rows[i].operation);
    i = end;
  }
  std::set<std::pair<std::string, std::string>> packed;
  for (const std::string_view name : Known().ApiNames()) {
    const std::optional<Api> api = Known().FindApi(name);
    REQUIRE(api);
    for (const std::string_view operation : Known().OperationsOf(*api)) {
      packed.emplace(api->prefix, operation);
    }
  }
  // s3control and apigatewayv2 have rows of their own, which pack under the prefix.
  std::set<std::pair<std::string, std::string>> by_prefix;
  for (const auto& [service, operation] : operations) {
    by_prefix.emplace(Known().FindApi(service)->prefix, operation);
  }
  CHECK(packed == by_prefix);
}

TEST_CASE("the table of operations is sorted, and says nothing twice") {
  using Key = std::tuple<std::string, std::string, int, int>;
  std::optional<Key> before;
  for (const Row& row : Rows()) {
    CAPTURE(row.service);
    CAPTURE(row.operation);
    const Key key = {FoldAscii(std::string_view(row.service)),
                     FoldAscii(std::string_view(row.operation)),
                     NumberOf(row.on, &AskedOnName, AskedOn::kUnsaid),
                     NumberOf(row.when, &AskedWhenName, AskedWhen::kWithSourceIdentity)};
    if (before) CHECK(*before < key);
    before = key;
    const std::set<std::string> once(row.actions.begin(), row.actions.end());
    CHECK(once.size() == row.actions.size());
    CHECK_FALSE(once.empty());
  }
}

TEST_CASE("the operations name actions that exist, where those of the service are known") {
  std::size_t checked = 0;
  for (const Row& row : Rows()) {
    for (const std::string& action : row.actions) {
      CAPTURE(action);
      const std::string service = action.substr(0, action.find(':'));
      CHECK(Known().HasService(service));
      if (!Known().HoldsActionsOf(service)) continue;
      ++checked;
      const std::optional<Action> found = FindAction(action);
      REQUIRE(found);
      CHECK(action == service + ":" + std::string(found->name));
    }
  }
  CHECK(checked > 500);
}

TEST_CASE("no operation is listed that just needs the action of its own name") {
  const std::vector<Row> rows = Rows();
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t judged = 0;
    std::size_t end = i;
    for (; end < rows.size() && rows[end].IsSameOperation(rows[i]); ++end) {
      judged += rows[end].on == "unsaid" ? 0 : rows[end].actions.size();
    }
    const std::string own = rows[i].service + ":" + rows[i].operation;
    CAPTURE(own);
    CHECK_FALSE((judged == 1 && rows[i].when == "always" &&
                 EqualsIgnoreAsciiCase(rows[i].actions.front(), own)));
    i = end;
  }
}

TEST_CASE("an operation that is an action too needs that action") {
  const std::vector<Row> rows = Rows();
  for (const Row& row : rows) {
    // The SDK client's own rows are about another resource than the action of the same name.
    if (!Known().HasService(row.service) || row.on == "unsaid") continue;
    const std::string own = row.service + ":" + row.operation;
    if (!FindAction(own)) continue;
    CAPTURE(own);
    CHECK(std::ranges::any_of(rows, [&](const Row& other) {
      return other.IsSameOperation(row) && std::ranges::any_of(other.actions, [&](const auto& a) {
               return EqualsIgnoreAsciiCase(a, own);
             });
    }));
  }
}

TEST_CASE("the names that SDKs give to services are sorted, new, and lead to a service") {
  std::string before;
  for (const auto& cells : Table("sdk_services.tsv")) {
    REQUIRE(cells.size() == 2);
    CAPTURE(cells[0]);
    CHECK(before < cells[0]);
    before = cells[0];
    const std::optional<Api> api = Known().FindApi(cells[0]);
    REQUIRE(api);
    CHECK(api->prefix == cells[1]);
    CHECK(catalogue_format::CompareApiNames(cells[0], cells[1]) != 0);
  }
}

TEST_CASE("a service is found as SDKs, the CLI and policies name it, in any case") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"s3", "s3"},
      {"S3", "s3"},
      {"s3api", "s3"},
      {"s3control", "s3"},
      {"S3Control", "s3"},
      {"logs", "logs"},
      {"CloudWatchLogs", "logs"},
      {"cloudwatch-logs", "logs"},
      {"stepfunctions", "states"},
      {"sfn", "states"},
      {"SFN", "states"},
      {"states", "states"},
      {"elb", "elasticloadbalancing"},
      {"elbv2", "elasticloadbalancing"},
      {"ELBv2", "elasticloadbalancing"},
      {"ElasticLoadBalancingV2", "elasticloadbalancing"},
      {"elasticloadbalancing", "elasticloadbalancing"},
      {"ses", "ses"},
      {"sesv2", "ses"},
      {"apigateway", "apigateway"},
      {"apigatewayv2", "apigateway"},
      {"ApiGatewayManagementApi", "execute-api"},
      {"execute-api", "execute-api"},
      {"DynamoDBStreams", "dynamodb"},
      {"CognitoIdentityServiceProvider", "cognito-idp"},
      {"application-autoscaling", "application-autoscaling"},
      {"ApplicationAutoScaling", "application-autoscaling"},
      {"ECRPublic", "ecr-public"},
      {"efs", "elasticfilesystem"},
      {"opensearch", "es"},
      {"neptune", "rds"},
      {"monitoring", "cloudwatch"},
      {"amp", "aps"},
  };
  for (const auto& row : table) {
    const auto& name = row.first;
    const auto& prefix = row.second;
    CAPTURE(name);
    const std::optional<Api> api = Known().FindApi(name);
    REQUIRE(api);
    CHECK(api->prefix == prefix);
  }
  for (const std::string_view name : {"", "-", "s", "s33", "aws", "nothing-of-the-kind"}) {
    CAPTURE(name);
    CHECK_FALSE(Known().FindApi(name));
  }
  for (const std::string_view service : Known().Services()) {
    CAPTURE(service);
    CHECK(Known().FindApi(service));
  }
}

TEST_CASE("an SDK client with rows of its own goes before its service") {
  CHECK(Needed("s3", "GetPublicAccessBlock") == "s3:GetBucketPublicAccessBlock resource");
  CHECK(Needed("s3control", "GetPublicAccessBlock") == "s3:GetAccountPublicAccessBlock resource");
  CHECK(Needed("s3control", "CreateBucket") == "s3-outposts:CreateBucket resource");
  CHECK(Needed("apigateway", "TagResource") == "apigateway:PUT resource");
  CHECK(Needed("apigatewayv2", "TagResource") == "apigateway:POST resource");
  CHECK(Needed("apigatewayv2", "GetApi") == "apigateway:GET resource");
  CHECK(Needed("s3", "NothingOfTheKind").empty());
  CHECK(Needed("s3", "ListBucket").empty());
}

}  // namespace postern::policy
