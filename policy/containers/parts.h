// What the container formats share: paths into a tree, and policies in strings.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "policy/containers/container.h"
#include "policy/tree.h"

namespace postern::policy {

// Member names between slashes, `*` for every element of a list: "inline_policy/*/policy".
// Calls `visit` for each value that is there, in document order.
void ForEachAt(const Node& from, std::string_view path,
               const std::function<void(const Node&)>& visit);

// The one value at a path without `*`, or null.
const Node* FindAt(const Node& from, std::string_view path);
// The text of the string there, or "".
std::string TextAt(const Node& from, std::string_view path);

// Takes the first name off a path.
std::string_view TakeName(std::string_view& path);

// Makes what the string `node` of `tree` says the policy's text.
void ReadFromString(ContainedPolicy& policy, const Tree& tree, const Node& node);
// Makes the object itself the policy.
void ReadFromObject(ContainedPolicy& policy, std::shared_ptr<const Tree> tree, const Node& node);

// Whether a string is there to hold a policy: it begins as an object does, as it is or URL-encoded.
bool BeginsAsPolicy(std::string_view text);

// "com.amazonaws.REGION.SERVICE" and "Gateway" -> facts; what cannot be told is left out. A Region
// may be a variable.
EndpointFacts EndpointFactsOf(std::string_view service_name, std::string_view type);

// SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY; nothing for the policies of Organizations that
// are no IAM policies.
std::optional<PolicyKind> OrganizationPolicyKind(std::string_view type);

}  // namespace postern::policy
