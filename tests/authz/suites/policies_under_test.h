// A suite made of texts, read and ready to run.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "authz/compile.h"
#include "authz/suites/suite.h"
#include "policy/catalogue.h"
#include "tests/authz/suites/testing.h"

namespace postern::authz::testing {

inline Suite ReadWhole(const std::string& yaml, Files files) {
  DocumentCache documents(ReadFrom(std::move(files)));
  std::vector<CaseProblem> problems;
  auto suite = ReadSuite(YamlTree(yaml), documents, problems);
  CAPTURE(Words(problems));
  REQUIRE(suite);
  return *std::move(suite);
}

inline std::shared_ptr<const CompiledPolicySet> CompileSet(const Suite& suite, std::size_t set) {
  return Compile(suite.policies[set], policy::Catalogue::Embedded());
}

}  // namespace postern::authz::testing
