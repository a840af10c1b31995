#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reference/keys.h"
#include "tests/reference/principals.h"
#include "tests/reference/resources.h"

namespace postern::reference {
namespace {

Resource Arn(const std::string& text) {
  Resource resource;
  resource.kind = Resource::kArn;
  resource.text = text;
  for (size_t from = 0;;) {
    const size_t colon = resource.components.size() < 5 ? text.find(':', from) : std::string::npos;
    resource.components.push_back(text.substr(from, colon - from));
    if (colon == std::string::npos) return resource;
    from = colon + 1;
  }
}

TEST_CASE("action patterns follow S3.1") {
  struct {
    std::string pattern;
    std::string action;  // of s3
    bool matches;
  } const cases[] = {
      {"S3:gETobj?ct", "getobject", true},
      {"s3:Get*", "getobjectversion", true},
      {"*", "getobject", true},
      {"*:getobject", "getobject", true},
      {"*:*", "getobject", true},
      {"s*:getobject", "getobject", false},
      {"**", "getobject", false},
      {"Get*", "getobject", false},
      {"s3:", "getobject", false},
      {"", "getobject", false},
      {"s3: GetObject", "getobject", false},
      {"s3:Get:Object", "get:object", false},
      {"ec2:*", "getobject", false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.pattern);
    Statement statement;
    statement.actions = {c.pattern};
    CHECK(MatchAction(statement, "s3", c.action) == c.matches);
    statement.not_action = true;
    CHECK(MatchAction(statement, "s3", c.action) != c.matches);
  }
}

TEST_CASE("resource patterns follow S3.3") {
  using R = ResourceReading;
  struct {
    ResourceReading reading;
    std::string pattern;
    std::string resource;
    bool matches;
  } const cases[] = {
      {R::kIdentity, "*", "arn:aws:s3:::b/k", true},
      {R::kIdentity, "arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1/2/test/3/x", true},
      {R::kIdentity, "arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/test/x", false},
      {R::kIdentity, "arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b//test/x", true},
      {R::kIdentity, "arn:aws:s3:::b/*", "arn:aws:s3:::b/a\nb", true},
      {R::kIdentity, "arn:aws:s3:::b/*", "arn:aws:s3:::b", false},
      {R::kIdentity, "arn:aws:s3:::b", "arn:aws:s3:::b/k", false},
      {R::kIdentity, "arn:aws:s3:::b*", "arn:aws:s3:::bother/k", true},
      {R::kIdentity, "arn:*:s3:::b", "arn:aws-cn:s3:::b", true},
      {R::kIdentity, "arn:aws:s3:us-east-1::b", "arn:aws:s3:::b", false},
      {R::kIdentity, "arn:aws:s3:*:b", "arn:aws:s3:::b", false},
      {R::kIdentity, "arn:aws:S3:::b", "arn:aws:s3:::b", false},
      {R::kIdentity, "arn:aws:s3:::b/k", "arn:aws:s3:::b/*", false},
      {R::kIdentity, "s3:::b", "arn:aws:s3:::b", false},
      {R::kIdentity, "arn:aws:s3", "arn:aws:s3:::b/k", true},
      {R::kEndpoint, "arn:aws:s3", "arn:aws:s3:::b/k", false},
      {R::kResource, "arn:aws:s3*", "arn:aws:s3:::b/k", true},
      {R::kEndpoint, "arn:*", "arn:aws:s3:::b/k", true},
      {R::kScp, "arn:aws:*:x", "arn:aws:s3:x::b/k", false},
      {R::kScp, "arn:aws:*", "arn:aws:s3:::b/k", true},
      {R::kResource, "execute-api:/prod/GET/*",
       "arn:aws:execute-api:eu-west-1:111122223333:abc/prod/GET/pets", true},
      {R::kResource, "execute-api:/*", "arn:aws:execute-api:eu-west-1:111122223333:abc/prod/GET/",
       true},
      {R::kEndpoint, "execute-api:/*", "arn:aws:execute-api:eu-west-1:111122223333:abc/prod/GET/",
       false},
      {R::kIdentity, "arn:aws:logs:*:111122223333:log-group:/app*",
       "arn:aws:logs:us-east-1:111122223333:log-group:/app:log-stream:x", true},
      {R::kIdentity, "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/alice/x", true},
      {R::kIdentity, "arn:aws:s3:::b/${aws:PrincipalTag/t}*", "arn:aws:s3:::b/alice/x", false},
      {R::kIdentity, "arn:aws:s3:::b/${aws:PrincipalTag/t, 'alice'}/*", "arn:aws:s3:::b/alice/x",
       true},
      {R::kIdentity, "arn:${aws:username}:s3:::b", "arn:alice:s3:::b", false},
  };
  Keys keys("s3");
  keys.Set("aws:username", {"alice"});
  for (const auto& c : cases) {
    CAPTURE(c.pattern);
    CAPTURE(c.resource);
    Statement statement;
    statement.has_resource = true;
    statement.resources = {c.pattern};
    CHECK(MatchResource(statement, true, c.reading, Arn(c.resource), keys) == Of(c.matches));
  }
}

TEST_CASE("NotResource is NOR, and an entry that says nothing excludes nothing") {
  Keys keys("s3");
  keys.SetUnknown("aws:username");
  Statement statement;
  statement.has_resource = true;
  statement.not_resource = true;
  const auto judge = [&](const std::vector<std::string>& patterns) {
    statement.resources = patterns;
    return MatchResource(statement, true, ResourceReading::kIdentity, Arn("arn:aws:s3:::hr/k"),
                         keys);
  };
  CHECK(judge({"arn:aws:s3:::a", "arn:aws:s3:::hr/*"}) == Truth::kNo);
  CHECK(judge({"arn:aws:s3:::hr"}) == Truth::kYes);
  CHECK(judge({"arn:aws:s3:::${aws:PrincipalTag/none}*"}) == Truth::kYes);
  CHECK(judge({"arn:aws:s3"}) == Truth::kNo);
  CHECK(judge({"arn"}) == Truth::kYes);
  CHECK(judge({"arn:aws:s3:::hr/${aws:username}"}) == Truth::kUnknown);
  CHECK(judge({"arn:aws:s3:::x/${aws:username}"}) == Truth::kYes);
}

TEST_CASE("the pseudo resource is matched by `*` alone") {
  Keys keys("ec2");
  Statement statement;
  statement.has_resource = true;
  const auto judge = [&](const std::string& pattern, Resource::Kind kind) {
    statement.resources = {pattern};
    Resource resource;
    resource.kind = kind;
    return MatchResource(statement, true, ResourceReading::kIdentity, resource, keys);
  };
  CHECK(judge("*", Resource::kStar) == Truth::kYes);
  CHECK(judge("arn:aws:ec2:*:*:*", Resource::kStar) == Truth::kNo);
  CHECK(judge("*", Resource::kUnknown) == Truth::kYes);
  CHECK(judge("arn:aws:ec2:*:*:*", Resource::kUnknown) == Truth::kUnknown);
  CHECK(judge("ec2", Resource::kUnknown) == Truth::kNo);
}

// The first letters of the strengths that are certain, in lower case those that are unknown.
std::string Strength(const Strengths& strengths) {
  std::string text;
  const auto add = [&text](Truth truth, char certain, char unknown) {
    if (truth == Truth::kYes) text += certain;
    if (truth == Truth::kUnknown) text += unknown;
  };
  add(strengths.direct, 'D', 'd');
  add(strengths.role, 'R', 'r');
  add(strengths.federating, 'F', 'f');
  add(strengths.account, 'A', 'a');
  return text;
}

Caller User() {
  Caller caller;
  caller.kind = Caller::kUser;
  caller.arn = "arn:aws:iam::111122223333:user/alice";
  caller.partition = "aws";
  caller.account = "111122223333";
  caller.name = "alice";
  caller.path = "/";
  return caller;
}

Caller Session() {
  Caller caller = User();
  caller.kind = Caller::kRoleSession;
  caller.arn = "arn:aws:sts::111122223333:assumed-role/r/s";
  caller.name = "r";
  caller.session = "s";
  caller.path.reset();
  return caller;
}

Caller Role() {
  Caller caller = Session();
  caller.kind = Caller::kRole;
  caller.arn = "arn:aws:iam::111122223333:role/r";
  caller.session.clear();
  caller.path = "/";
  return caller;
}

Caller FederatedUser() {
  Caller caller = User();
  caller.kind = Caller::kFederatedUser;
  caller.arn = "arn:aws:sts::111122223333:federated-user/bob";
  caller.name = "bob";
  return caller;
}

Caller Root() {
  Caller caller = User();
  caller.kind = Caller::kRoot;
  caller.arn = "arn:aws:iam::111122223333:root";
  return caller;
}

Caller Anonymous() {
  Caller caller;
  caller.kind = Caller::kAnonymous;
  return caller;
}

TEST_CASE("principals are matched at the strengths of S2.3") {
  const std::string account = "111122223333";
  const std::string root = "arn:aws:iam::111122223333:root";
  const std::string user = "arn:aws:iam::111122223333:user/alice";
  const std::string role = "arn:aws:iam::111122223333:role/r";
  const std::string pathed_role = "arn:aws:iam::111122223333:role/app/r";
  const std::string session = "arn:aws:sts::111122223333:assumed-role/r/s";
  const std::string federated = "arn:aws:sts::111122223333:federated-user/bob";
  Caller with_path = Session();
  with_path.path = "/app/";
  Caller deleted = User();
  deleted.unique_id = "AIDAEXAMPLE";
  struct {
    Caller caller;
    std::string entry;
    std::string strength;
    std::string at_gateway;
  } const cases[] = {
      {User(), account, "A", ""},
      {User(), root, "A", ""},
      {User(), user, "D", "D"},
      {User(), role, "", ""},
      {User(), "444455556666", "", ""},
      {User(), "arn:aws:iam::111122223333:user/*", "", ""},
      {User(), "AIDAEXAMPLE", "", ""},
      {deleted, "AIDAEXAMPLE", "D", "D"},
      {Session(), account, "A", ""},
      {Session(), role, "R", ""},
      {Session(), pathed_role, "R", ""},
      {with_path, pathed_role, "R", ""},
      {with_path, role, "", ""},
      {Session(), session, "D", "D"},
      {Session(), "arn:aws:sts::111122223333:assumed-role/r/t", "", ""},
      {Role(), role, "R", ""},
      {Role(), pathed_role, "", ""},
      {Role(), session, "d", "d"},
      {FederatedUser(), user, "f", ""},
      {FederatedUser(), "arn:aws:iam::444455556666:user/alice", "", ""},
      {FederatedUser(), federated, "D", "D"},
      {FederatedUser(), account, "A", ""},
      {Root(), account, "D", "D"},
      {Root(), root, "D", "D"},
      {Root(), user, "", ""},
      {Anonymous(), account, "", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.caller.arn);
    CAPTURE(c.entry);
    PrincipalElement element;
    element.entries = {{PrincipalEntry::kAws, c.entry}};
    CHECK(Strength(MatchPrincipal(element, false, {c.caller, true, false})) == c.strength);
    CHECK(Strength(MatchPrincipal(element, false, {c.caller, true, true})) == c.at_gateway);
    element.everybody = true;
    CHECK(Strength(MatchPrincipal(element, false, {c.caller, true, true})) == "D");
  }
}

TEST_CASE("NotPrincipal follows S2.6") {
  const std::string account = "111122223333";
  const std::string user = "arn:aws:iam::111122223333:user/alice";
  const std::string role = "arn:aws:iam::111122223333:role/r";
  const std::string session = "arn:aws:sts::111122223333:assumed-role/r/s";
  struct {
    Caller caller;
    std::vector<std::string> listed;
    bool denied;   // does a Deny apply?
    bool allowed;  // does an Allow?
  } const cases[] = {
      {User(), {user}, true, false},
      {User(), {user, account}, false, false},
      {User(), {account}, true, false},
      {User(), {role}, true, true},
      {Session(), {session}, true, false},
      {Session(), {session, role}, true, false},
      {Session(), {session, role, account}, false, false},
      {Root(), {account}, false, false},
      {Anonymous(), {account}, true, true},
      {User(), {"*"}, false, false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.caller.arn);
    PrincipalElement element;
    element.negated = true;
    for (const std::string& entry : c.listed) {
      CAPTURE(entry);
      if (entry == "*") {
        element.everybody = true;
      } else {
        element.entries.push_back({PrincipalEntry::kAws, entry});
      }
    }
    for (const bool gateway : {false, true}) {
      PrincipalQuestion question{c.caller, true, gateway};
      CHECK(MatchPrincipal(element, true, question).Any() == Of(c.denied));
      CHECK(MatchPrincipal(element, false, question).Any() == Of(c.allowed));
      // S2.6.3
      question.has_boundary = Truth::kYes;
      const bool bounded = c.caller.kind == Caller::kUser || c.caller.kind == Caller::kRoleSession;
      CHECK(MatchPrincipal(element, true, question).Any() == Of(c.denied || bounded));
    }
  }
}

}  // namespace
}  // namespace postern::reference
