#include <doctest/doctest.h>

#include <string>

#include "tests/cmd/run_program.h"

namespace {

using postern::test::Folder;
using postern::test::RunProgram;

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("catalog info says of which day the service data is and how much it holds") {
  const auto result = RunProgram({"catalog", "info"});
  CHECK(result.code == 0);
  CHECK(Has(result.out, "catalogue of 20"));
  CHECK(Has(result.out, " actions\n"));
}

TEST_CASE("catalog show finds services, actions and keys in any case") {
  const auto service = RunProgram({"catalog", "show", "S3"});
  CHECK(service.code == 0);
  CHECK(Has(service.out, "VPC endpoints: gateway, interface; endpoint policy taken"));
  CHECK(Has(service.out, "ListAllMyBuckets"));
  const auto action = RunProgram({"catalog", "show", "s3:listallmybuckets"});
  CHECK(action.code == 0);
  CHECK(Has(action.out, "s3:ListAllMyBuckets  List"));
  CHECK(Has(action.out, "none: only Resource `*` allows it"));
  CHECK(Has(action.out, "s3.ListBuckets"));
  const auto key = RunProgram({"catalog", "show", "aws:principalorgpaths"});
  CHECK(key.code == 0);
  CHECK(Has(key.out, "aws:PrincipalOrgPaths"));
  CHECK(Has(key.out, "multivalued"));
}

TEST_CASE("catalog show suggests a name for one that there is not") {
  CHECK(Has(RunProgram({"catalog", "show", "s3:GetObjct"}).err, "did you mean `GetObject`?"));
  CHECK(Has(RunProgram({"catalog", "show", "dynamodbb"}).err, "did you mean `dynamodb`?"));
}

TEST_CASE("catalog verify reads every byte of the built-in catalogue, and refuses what is none") {
  CHECK(RunProgram({"catalog", "verify"}).code == 0);
  const Folder folder;
  folder.Write("data", "POSTCAT1 and then nothing");
  const auto result = RunProgram({"-C", folder.path(), "catalog", "verify", "data"});
  CHECK(result.code == 2);
  CHECK(Has(result.err, "`data` is not a whole catalogue"));
}
