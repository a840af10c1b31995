#include "cmd/lint/facts.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <CLI/CLI.hpp>
#include <array>

#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/values.h"
#include "policy/suggest.h"

namespace postern::cmd {
namespace {

bool IsOrganizationId(std::string_view text) {
  static const RE2 kForm("o-[a-z0-9]{10,32}");
  return RE2::FullMatch({text.data(), text.size()}, kForm);
}

bool IsVpcId(std::string_view text) {
  static const RE2 kForm("vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})");
  return RE2::FullMatch({text.data(), text.size()}, kForm);
}

bool IsEndpointId(std::string_view text) {
  static const RE2 kForm("vpce-(?:[0-9a-f]{8}|[0-9a-f]{17})");
  return RE2::FullMatch({text.data(), text.size()}, kForm);
}

bool IsBlock(std::string_view text) {
  return text.find('/') != text.npos && policy::CidrBlock::Parse(text).has_value();
}

constexpr std::array<OwnFact, 5> kOwnFacts{{
    {"--org-id", "ID", "an organization of yours", &policy::LintFacts::organizations,
     "the id of an organization, o- and 10 to 32 lower-case letters or digits", &IsOrganizationId},
    {"--account", "ID", "an account of yours", &policy::LintFacts::accounts,
     "an account id, which has twelve digits", &policy::IsAccountId},
    {"--vpc", "ID", "a VPC of yours", &policy::LintFacts::vpcs,
     "the id of a VPC, vpc- and 8 or 17 hexadecimal digits", &IsVpcId},
    {"--vpce", "ID", "a VPC endpoint of yours", &policy::LintFacts::endpoints,
     "the id of an endpoint, vpce- and 8 or 17 hexadecimal digits", &IsEndpointId},
    {"--vpc-cidr", "CIDR", "an address range of your VPCs", &policy::LintFacts::vpc_cidrs,
     "an address block such as 10.0.0.0/16 or 2001:db8::/56", &IsBlock},
}};

}  // namespace

std::span<const OwnFact> OwnFacts() { return kOwnFacts; }

void AddFactOptions(CLI::App& app, FactFlags& flags) {
  app.add_option("--kind", flags.kind, "what sort of policy it is; guessed when not given")
      ->type_name("KIND");
  app.add_option("--service", flags.service,
                 "the endpoint's service: com.amazonaws.REGION.SERVICE, or s3 with --region")
      ->type_name("SERVICE");
  app.add_option("--region", flags.region, "the endpoint's Region")->type_name("REGION");
  app.add_option("--type", flags.type, "the endpoint's type: gateway or interface")
      ->type_name("TYPE")
      ->check(CLI::IsMember({"gateway", "interface"}));
  for (const OwnFact& fact : kOwnFacts) {
    app.add_option(std::string(fact.flag), flags.own.*fact.list,
                   fmt::format("{}; may be repeated", fact.help))
        ->type_name(std::string(fact.type_name))
        ->allow_extra_args(false);
  }
}

tl::expected<std::optional<policy::PolicyKind>, std::string> ReadKind(const FactFlags& flags) {
  if (flags.kind.empty()) return std::optional<policy::PolicyKind>();
  if (const std::optional<policy::PolicyKind> kind = policy::KindNamed(flags.kind)) return kind;
  std::vector<std::string_view> names;
  for (const policy::KindTraits& traits : policy::AllKinds()) names.push_back(traits.name);
  return tl::make_unexpected(fmt::format("--kind: `{}` is not a kind of policy: there are {}{}",
                                         flags.kind, fmt::join(names, ", "),
                                         policy::DidYouMean(flags.kind, names, "; ")));
}

tl::expected<policy::EndpointFacts, std::string> ReadEndpoint(const FactFlags& flags) {
  policy::EndpointFacts facts;
  if (flags.type == "gateway") facts.type = policy::EndpointType::kGateway;
  if (flags.type == "interface") facts.type = policy::EndpointType::kInterface;
  facts.service = flags.service;
  facts.region = flags.region;
  constexpr std::string_view kPrefix = "com.amazonaws.";
  if (!flags.service.starts_with(kPrefix)) return facts;
  const std::string_view rest = std::string_view(flags.service).substr(kPrefix.size());
  const std::size_t dot = rest.find('.');
  if (dot == rest.npos || dot == 0 || dot + 1 == rest.size()) {
    return tl::make_unexpected(fmt::format(
        "service: `{}` is not of the form com.amazonaws.REGION.SERVICE", flags.service));
  }
  const std::string region(rest.substr(0, dot));
  if (!flags.region.empty() && flags.region != region) {
    return tl::make_unexpected(
        fmt::format("region: `{}` contradicts the service `{}`", flags.region, flags.service));
  }
  facts.region = region;
  facts.service = rest.substr(dot + 1);
  return facts;
}

tl::expected<policy::LintFacts, std::string> ReadFacts(const FactFlags& flags) {
  auto endpoint = ReadEndpoint(flags);
  if (!endpoint) return tl::make_unexpected(std::move(endpoint.error()));
  policy::LintFacts facts = flags.own;
  facts.catalogue = &policy::Catalogue::InUse();
  facts.endpoint = *std::move(endpoint);
  for (const OwnFact& fact : kOwnFacts) {
    for (const std::string& value : flags.own.*fact.list) {
      if (fact.valid(value)) continue;
      return tl::make_unexpected(fmt::format("{}: `{}` is not {}", fact.flag, value, fact.form));
    }
  }
  return facts;
}

}  // namespace postern::cmd
