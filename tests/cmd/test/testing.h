// Suites for tests of `postern test`.
#pragma once

#include <string>
#include <string_view>

#include "tests/cmd/run_program.h"

namespace postern::test {

inline bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// One statement with a condition, and one that nobody asks for.
inline constexpr std::string_view kTwoStatements = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "FromVpc",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::b/*",
      "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}
    },
    {"Sid": "Logs", "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"}
  ]
}
)";

// `cases`: lines of YAML, indented by two.
inline std::string SuiteOf(const std::string& name, const std::string& cases) {
  return "version: 1\nsuite: " + name +
         "\npolicies: {identity: [identity.json], resource: []}\n"
         "defaults: {request: {principal: \"arn:aws:iam::111122223333:user/a\", action: "
         "\"s3:GetObject\", resource: \"arn:aws:s3:::b/k\", resource_account: own}}\n"
         "cases:\n" +
         cases;
}

// A folder with a suite over kTwoStatements.
struct Suites {
  explicit Suites(const std::string& cases) {
    folder.Write("identity.json", kTwoStatements);
    folder.Write("a.ptest.yaml", SuiteOf("a", cases));
  }
  Folder folder;
};

}  // namespace postern::test
