// What `postern lint` is told about the policies: flags -> kind and facts.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "policy/kind.h"
#include "policy/rule.h"

namespace CLI {
class App;
}

namespace postern::cmd {

// As typed; "" and empty lists = not given.
struct FactFlags {
  std::string kind;
  std::string service;
  std::string region;
  std::string type;
  std::string id;
  std::vector<std::string> uses;           // words, or lists of them between commas
  std::vector<std::string> quotas;         // KIND=N
  std::vector<std::string> access_points;  // NAME=BUCKET
  policy::LintFacts own;  // the lists of what is the user's own; the rest is unused
};
void AddKindOption(CLI::App& app, FactFlags& flags);
void AddFactOptions(CLI::App& app, FactFlags& flags);  // the kind's among them

// One list of what is the user's own, and what may stand in it.
struct OwnFact {
  std::string_view flag;  // "--org-id"
  std::string_view type_name;
  std::string_view help;
  std::vector<std::string> policy::LintFacts::*list;
  std::string_view form;  // "an organization's id, such as ..."
  bool (*valid)(std::string_view text);
};
std::span<const OwnFact> OwnFacts();
// That of a flag, which must be one of theirs: other commands take it as `lint` does.
const OwnFact& OwnFactOf(std::string_view flag);

// The first flag given that is about an endpoint policy only ("--uses"); "" if there is none. The
// Region and the lists of what is the user's own are used in other policies too.
std::string_view EndpointFlag(const FactFlags& flags);

// `type`, `service`, `region`, `id` and `uses` alone.
tl::expected<policy::EndpointFacts, std::string> ReadEndpoint(const FactFlags& flags);
// The error names the flag, the value and what it should be.
tl::expected<std::optional<policy::PolicyKind>, std::string> ReadKind(const FactFlags& flags);
// The raised size of a kind of policy: "trust", "8192".
tl::expected<policy::SizeQuota, std::string> ReadQuota(std::string_view kind,
                                                       std::string_view number);
tl::expected<policy::AccessPointBucket, std::string> ReadAccessPoint(std::string_view name,
                                                                     std::string_view bucket);
tl::expected<policy::LintFacts, std::string> ReadFacts(const FactFlags& flags);

}  // namespace postern::cmd
