#include "cmd/rule_aliases.h"

#include <doctest/doctest.h>

#include "cmd/rule_table.h"
#include "tests/cmd/run_program.h"

namespace postern::cmd {

TEST_CASE("an alias names a rule, and no rule has its code or name") {
  for (const RuleAlias& alias : RuleAliases()) {
    CAPTURE(alias.code);
    CHECK(policy::FindRule(AllRules(), alias.rule) != nullptr);
    CHECK(policy::FindRule(AllRules(), alias.code) == nullptr);
    CHECK(policy::FindRule(AllRules(), alias.name) == nullptr);
  }
}

TEST_CASE("an alias is taken wherever a rule is named") {
  CHECK(WithoutAlias("ep304") == "RS615");
  CHECK(WithoutAlias("s3-bucket-vs-object") == "RS615");
  CHECK(WithoutAlias("EP301") == "EP301");
  CHECK(test::RunProgram({"rules", "EP304"}).out == test::RunProgram({"rules", "RS615"}).out);
  CHECK(test::RunProgram({"rules"}).out.find("EP304  alias") != std::string::npos);

  const test::Folder folder;
  folder.Write("endpoint.json", R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
    "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::app-data"}]})");
  const auto selected = folder.Run({"lint", "--select", "EP304", "endpoint.json"});
  CHECK(selected.out.find("[RS615]") != std::string::npos);
  CHECK(selected.out.find("EP304") == std::string::npos);
  CHECK(folder.Run({"lint", "--ignore", "EP304", "endpoint.json"}).out.find("RS615") ==
        std::string::npos);
}

}  // namespace postern::cmd
