#include "tests/reference/resources.h"

#include "tests/reference/keys.h"
#include "tests/reference/patterns.h"

namespace postern::reference {
namespace {

bool GlobText(const std::string& pattern, const std::string& text) {
  return Glob(Tokenise(pattern, true), Decode(text));
}

// S3.1
bool MatchActionPattern(const std::string& pattern, const std::string& service,
                        const std::string& action) {
  if (pattern == "*") return true;
  if (pattern.find_first_of(" \t\n\v\f\r") != std::string::npos) return false;
  const size_t colon = pattern.find(':');
  if (colon == std::string::npos || pattern.find(':', colon + 1) != std::string::npos) {
    return false;
  }
  const std::string vendor = LowerText(pattern.substr(0, colon));
  if (vendor != "*" && vendor != service) return false;
  return GlobText(LowerText(pattern.substr(colon + 1)), action);
}

// S3.3.5: the trailing components that a short ARN leaves out.
bool IsPadded(const std::string& pattern, ResourceReading reading) {
  switch (reading) {
    case ResourceReading::kIdentity:
      return true;
    case ResourceReading::kResource:
    case ResourceReading::kEndpoint:
      return pattern.find('*') != std::string::npos;
    case ResourceReading::kScp:
      return pattern.back() == '*';
    case ResourceReading::kRcp:
      return pattern == "arn:*";
  }
  return false;
}

// S3.3.9: the API that the policy is attached to is the one that is called.
Truth MatchApiPattern(const std::string& path, bool variables, const Resource& resource,
                      const Keys& keys) {
  const Expansion expanded = Expand(path, variables, true, keys);
  if (expanded.unresolved) return Truth::kNo;  // S5.5, S4.19.3
  if (resource.kind == Resource::kUnknown) return Truth::kUnknown;
  if (resource.kind != Resource::kArn || resource.components[2] != "execute-api") {
    return Truth::kNo;
  }
  const std::string& called = resource.components[5];
  const size_t slash = called.find('/');
  if (slash == std::string::npos) return Truth::kNo;
  return Match(expanded, Decode(called.substr(slash)));
}

Truth MatchResourcePattern(const std::string& pattern, bool variables, ResourceReading reading,
                           const Resource& resource, const Keys& keys) {
  static const std::string kApi = "execute-api:/";
  if (pattern == "*") return Truth::kYes;
  if (reading == ResourceReading::kResource && pattern.compare(0, kApi.size(), kApi) == 0) {
    return MatchApiPattern(pattern.substr(kApi.size() - 1), variables, resource, keys);
  }
  Texts parts = SplitArn(pattern, variables);
  if (parts.size() < 2 || parts[0] != "arn") return Truth::kNo;
  if (parts.size() < 6 && !IsPadded(pattern, reading)) return Truth::kNo;  // A8
  parts.resize(6, "*");

  // S5.2: variables stand in the last component; elsewhere they are text.
  const Expansion last = Expand(parts[5], variables, true, keys);
  if (last.unresolved) return Truth::kNo;  // S5.5
  if (resource.kind == Resource::kUnknown) return Truth::kUnknown;
  if (resource.kind == Resource::kStar) return Truth::kNo;  // S3.5
  for (size_t i = 1; i < 5; ++i) {
    if (!GlobText(parts[i], resource.components[i])) return Truth::kNo;
  }
  return Match(last, Decode(resource.components[5]));
}

}  // namespace

bool MatchAction(const Statement& statement, const std::string& service,
                 const std::string& action) {
  bool matched = false;
  for (const std::string& pattern : statement.actions) {
    matched = matched || MatchActionPattern(pattern, service, action);
  }
  return matched != statement.not_action;  // S3.2
}

Truth MatchResource(const Statement& statement, bool variables, ResourceReading reading,
                    const Resource& resource, const Keys& keys) {
  if (!statement.has_resource) return Truth::kYes;  // S7.1
  Truth matched = Truth::kNo;
  for (const std::string& pattern : statement.resources) {
    matched = Or(matched, MatchResourcePattern(pattern, variables, reading, resource, keys));
  }
  return statement.not_resource ? Not(matched) : matched;  // S3.4
}

}  // namespace postern::reference
