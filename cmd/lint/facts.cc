#include "cmd/lint/facts.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "cmd/choices.h"
#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/values.h"
#include "policy/limits.h"
#include "policy/rules/endpoint/uses.h"
#include "policy/suggest.h"

namespace postern::cmd {
namespace {

std::vector<std::string_view> KindNames() {
  std::vector<std::string_view> names;
  for (const policy::KindTraits& traits : policy::AllKinds()) names.push_back(traits.name);
  return names;
}

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

// Names of access points and of buckets; what else S3 forbids in them is not looked at.
bool IsS3Name(std::string_view text) {
  static const RE2 kForm("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  return RE2::FullMatch({text.data(), text.size()}, kForm);
}

// What stands before and behind the first `=`.
std::pair<std::string_view, std::string_view> SplitPair(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  return {text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))};
}

tl::expected<std::vector<std::string>, std::string> ReadUses(
    const std::vector<std::string>& lists) {
  const std::vector<std::string_view> known = policy::KnownUses();
  std::vector<std::string> uses;
  for (const std::string& list : lists) {
    for (std::size_t begin = 0; begin <= list.size();) {
      const std::size_t end = std::min(list.find(',', begin), list.size());
      const std::string use = list.substr(begin, end - begin);
      begin = end + 1;
      if (!std::ranges::binary_search(known, std::string_view(use))) {
        return tl::make_unexpected(fmt::format(
            "uses: `{}` is nothing that an S3 endpoint is known to be used for: there are {}{}",
            use, fmt::join(known, ", "), policy::DidYouMean(use, known, "; ")));
      }
      uses.push_back(use);
    }
  }
  return uses;
}

}  // namespace

std::span<const OwnFact> OwnFacts() { return kOwnFacts; }

const OwnFact& OwnFactOf(std::string_view flag) {
  return *std::ranges::find(kOwnFacts, flag, &OwnFact::flag);
}

void AddKindOption(CLI::App& app, FactFlags& flags) {
  app.add_option("--kind", flags.kind, "what sort of policy it is; guessed when not given")
      ->type_name(Choices("KIND", KindNames()));
}

void AddFactOptions(CLI::App& app, FactFlags& flags) {
  AddKindOption(app, flags);
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
  app.add_option("--uses", flags.uses,
                 "what an S3 endpoint is used for (ecr,al2023,s3-copy,docker-hub ...): is it "
                 "possible through this policy?")
      ->type_name("WORDS")
      ->allow_extra_args(false);
  app.add_option("--access-point", flags.access_points,
                 "which bucket is behind an access point of S3; may be repeated")
      ->type_name("NAME=BUCKET")
      ->allow_extra_args(false);
  app.add_option("--quota", flags.quotas,
                 "how large AWS lets a kind of policy be in your account, trust=8192; may be "
                 "repeated")
      ->type_name("KIND=N")
      ->allow_extra_args(false);
}

tl::expected<std::optional<policy::PolicyKind>, std::string> ReadKind(const FactFlags& flags) {
  if (flags.kind.empty()) return std::optional<policy::PolicyKind>();
  if (const std::optional<policy::PolicyKind> kind = policy::KindNamed(flags.kind)) return kind;
  const std::vector<std::string_view> names = KindNames();
  return tl::make_unexpected(fmt::format("--kind: `{}` is not a kind of policy: there are {}{}",
                                         flags.kind, fmt::join(names, ", "),
                                         policy::DidYouMean(flags.kind, names, "; ")));
}

std::string_view EndpointFlag(const FactFlags& flags) {
  if (!flags.type.empty()) return "--type";
  if (!flags.service.empty()) return "--service";
  if (!flags.uses.empty()) return "--uses";
  return flags.access_points.empty() ? "" : "--access-point";
}

tl::expected<policy::EndpointFacts, std::string> ReadEndpoint(const FactFlags& flags) {
  policy::EndpointFacts facts;
  if (flags.type == "gateway") facts.type = policy::EndpointType::kGateway;
  if (flags.type == "interface") facts.type = policy::EndpointType::kInterface;
  facts.service = flags.service;
  facts.region = flags.region;
  facts.id = flags.id;
  if (!flags.id.empty() && !IsEndpointId(flags.id)) {
    return tl::make_unexpected(fmt::format(
        "id: `{}` is not the id of an endpoint, vpce- and 8 or 17 hexadecimal digits", flags.id));
  }
  auto uses = ReadUses(flags.uses);
  if (!uses) return tl::make_unexpected(std::move(uses.error()));
  facts.uses = *std::move(uses);
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

tl::expected<policy::SizeQuota, std::string> ReadQuota(std::string_view kind,
                                                       std::string_view number) {
  std::vector<std::string_view> names;
  for (const policy::KindTraits& traits : policy::AllKinds()) {
    if (!policy::LimitsOf(traits.kind).empty()) names.push_back(traits.name);
  }
  const auto known = policy::KindNamed(kind);
  if (!known || std::ranges::find(names, kind) == names.end()) {
    return tl::make_unexpected(fmt::format("quota: there is no limit for `{}`, but for {}{}", kind,
                                           fmt::join(names, ", "),
                                           policy::DidYouMean(kind, names, "; ")));
  }
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), limit);
  if (error != std::errc() || end != number.data() + number.size() || limit == 0) {
    return tl::make_unexpected(
        fmt::format("quota: `{}` is not a size of policies, such as {}=8192", number, kind));
  }
  return policy::SizeQuota{*known, limit};
}

tl::expected<policy::AccessPointBucket, std::string> ReadAccessPoint(std::string_view name,
                                                                     std::string_view bucket) {
  if (!IsS3Name(name)) {
    return tl::make_unexpected(fmt::format("access-point: `{}` is not the name of one", name));
  }
  if (!IsS3Name(bucket)) {
    return tl::make_unexpected(
        fmt::format("access-point: `{}` is not the name of a bucket, as in "
                    "{}=BUCKET",
                    bucket, name));
  }
  return policy::AccessPointBucket{std::string(name), std::string(bucket)};
}

tl::expected<policy::LintFacts, std::string> ReadFacts(const FactFlags& flags) {
  auto endpoint = ReadEndpoint(flags);
  if (!endpoint) return tl::make_unexpected("--" + std::move(endpoint.error()));
  policy::LintFacts facts = flags.own;
  facts.catalogue = &policy::Catalogue::InUse();
  facts.endpoint = *std::move(endpoint);
  for (const OwnFact& fact : kOwnFacts) {
    for (const std::string& value : flags.own.*fact.list) {
      if (fact.valid(value)) continue;
      return tl::make_unexpected(fmt::format("{}: `{}` is not {}", fact.flag, value, fact.form));
    }
  }
  for (const std::string& text : flags.quotas) {
    const auto [kind, number] = SplitPair(text);
    auto quota = ReadQuota(kind, number);
    if (!quota) return tl::make_unexpected("--" + std::move(quota.error()));
    facts.quotas.push_back(*quota);
  }
  for (const std::string& text : flags.access_points) {
    const auto [name, bucket] = SplitPair(text);
    auto access_point = ReadAccessPoint(name, bucket);
    if (!access_point) return tl::make_unexpected("--" + std::move(access_point.error()));
    facts.access_points.push_back(*std::move(access_point));
  }
  return facts;
}

}  // namespace postern::cmd
