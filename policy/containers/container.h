// Files that hold policies among other things: Terraform plans, CloudFormation templates, what the
// AWS CLI prints. Each policy comes with what the container tells of it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/kind.h"
#include "policy/rule.h"
#include "policy/source.h"
#include "policy/tree.h"

namespace postern::policy {

// One policy, or the place where one will be. It is an object (`tree` and `node`), or what a string
// says (`text`, not read yet), or neither (`unreadable` says why).
struct ContainedPolicy {
  std::string pointer;   // where it stands in the container, RFC 6901
  std::string resource;  // whose it is, in the container's words: "aws_vpc_endpoint.s3"
  SourceRange range;     // of its value, in the container's source
  PolicyKind kind = PolicyKind::kIdentity;
  EndpointFacts endpoint;  // where it is an endpoint's; "" = not told

  std::shared_ptr<const Tree> tree;
  const Node* node = nullptr;  // the policy, in `tree`
  std::shared_ptr<const Source> text;
  std::string_view unreadable;  // "known only after apply"; static

  // Where the policy stands in a string, `tree` and `text` count in what that says, and this leads
  // back. Absent where the string is written in yet another way: then all is at `range`.
  bool in_string = false;
  std::optional<OffsetMap> spelling;
  // Values with parts that are known only when a template is deployed, in the bytes of the tree's
  // source, by where they begin. Such a part stands as a variable in their text, `${Name}`.
  std::vector<SourceRange> open;
  bool editable = false;  // ranges are JSON of the file on disk: an edit can be made there
};

// A VPC endpoint, with or without a policy. `facts.vpc` is a name as well, where that is how the
// container tells VPCs apart. "" = not told.
struct ContainedEndpoint {
  std::string pointer;  // of what is at `range`
  std::string resource;
  SourceRange range;  // of its service's name
  EndpointFacts facts;
};

// A private API of API Gateway that has no resource policy.
struct ContainedApi {
  std::string pointer;  // of what is at `range`
  std::string resource;
  SourceRange range;  // of what makes it private
};

// What a format finds.
struct Contents {
  std::vector<ContainedPolicy> policies;
  std::vector<ContainedEndpoint> endpoints;
  std::vector<ContainedApi> apis;
};

struct Container : Contents {
  std::string_view format;               // "Terraform plan"
  std::shared_ptr<const Source> source;  // that all ranges are in
  std::string_view note;                 // where that is not the file byte by byte, why; or ""
};

// Why a file that is clearly a container cannot be read.
struct ContainerError {
  std::shared_ptr<const Source> source;
  SourceRange range;
  std::string message;  // one line, lower case, no full stop
};

struct ContainerResult {
  std::optional<Container> container;
  std::optional<ContainerError> error;  // neither: the file is no container
};

// Never throws on bad input; time and memory linear in the text, recursion bounded by the nesting
// that kContainerLimits allow.
ContainerResult ReadContainer(std::shared_ptr<const Source> source);

}  // namespace postern::policy
