#include <doctest/doctest.h>

#include <string>

#include "tests/reference/ask.h"

namespace postern::reference {
namespace {

std::string Policy(const std::string& action, const std::string& principal) {
  std::string statement = R"({"Effect":"Allow","Action":")" + action + R"(","Resource":"*")";
  if (!principal.empty()) statement += R"(,"Principal":)" + principal;
  return R"({"Version":"2012-10-17","Statement":)" + statement + "}}";
}

// A request for a queue of the caller's account; each layer allows it, or says nothing of it.
struct World {
  std::string caller;
  std::string named;  // the Principal of the resource policy, or empty: no statement
  bool identity = false;
  bool boundary = false;
  bool session = false;
};

std::string Answer(const World& world) {
  const auto layer = [](const char* name, bool allows) {
    return "\"" + std::string(name) + "\":" + Policy(allows ? "sqs:*" : "ec2:*", "");
  };
  std::string policies = layer("identity", world.identity) + "," +
                         layer("boundary", world.boundary) + "," + layer("session", world.session);
  if (!world.named.empty()) policies += R"(,"resource":)" + Policy("sqs:*", world.named);
  return Ask(R"({"policies":{)" + policies + R"(},"request":{"principal":)" + world.caller +
             R"(,"action":"sqs:SendMessage","resource":"arn:aws:sqs:eu-west-1:111122223333:q"}})");
}

const std::string kSession = R"("arn:aws:sts::111122223333:assumed-role/r/s")";
const std::string kUser = R"("arn:aws:iam::111122223333:user/alice")";
const std::string kFederated = R"({"arn":"arn:aws:sts::111122223333:federated-user/bob",)"
                               R"("federating_user":"arn:aws:iam::111122223333:user/alice"})";
const std::string kRoot = R"("arn:aws:iam::111122223333:root")";
const std::string kNamesRole = R"({"AWS":"arn:aws:iam::111122223333:role/r"})";
const std::string kNamesSession = R"({"AWS":"arn:aws:sts::111122223333:assumed-role/r/s"})";
const std::string kNamesUser = R"({"AWS":"arn:aws:iam::111122223333:user/alice"})";
const std::string kNamesFederated = R"({"AWS":"arn:aws:sts::111122223333:federated-user/bob"})";
const std::string kNamesAccount = R"({"AWS":"111122223333"})";

TEST_CASE("the reference evaluator follows the table of S7.6") {
  CHECK(Answer({kSession, kNamesRole, false, true, true}) == "allow by resource");
  CHECK(Answer({kSession, kNamesRole, false, false, true}) == "implicit-deny by boundary");
  CHECK(Answer({kSession, kNamesRole, false, true, false}) == "implicit-deny by session");
  CHECK(Answer({kSession, kNamesRole, false, false, false}) == "implicit-deny by session boundary");
  CHECK(Answer({kSession, kNamesSession, false, false, false}) == "allow by resource");
  CHECK(Answer({kUser, kNamesUser, false, false, true}) == "allow by resource");
  CHECK(Answer({kFederated, kNamesUser, false, true, true}) == "allow by resource");
  CHECK(Answer({kFederated, kNamesUser, false, false, true}) == "implicit-deny by boundary");
  CHECK(Answer({kFederated, kNamesUser, false, true, false}) == "implicit-deny by session");
  CHECK(Answer({kFederated, kNamesFederated, false, false, false}) == "allow by resource");
  for (const std::string& caller : {kSession, kUser, kFederated}) {
    CAPTURE(caller);
    CHECK(Answer({caller, R"("*")", false, false, false}) == "allow by resource");
  }
  CHECK(Answer({kRoot, kNamesAccount, false, false, false}) == "allow by resource");
}

TEST_CASE("to name an account in a resource policy hands the question to IAM") {
  CHECK(Answer({kUser, kNamesAccount, false, true, true}) == "implicit-deny by identity");
  CHECK(Answer({kUser, kNamesAccount, true, true, true}) == "allow by identity");
  CHECK(Answer({kUser, "", true, true, true}) == "allow by identity");
  CHECK(Answer({kUser, "", true, false, true}) == "implicit-deny by boundary");
}

}  // namespace
}  // namespace postern::reference
