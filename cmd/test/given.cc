#include "cmd/test/given.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "cmd/lint/facts.h"
#include "policy/language/arn.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::cmd {
namespace {

bool IsOrganization(std::string_view text) { return OwnFactOf("--org-id").valid(text); }
bool IsEndpoint(std::string_view text) { return OwnFactOf("--vpce").valid(text); }
bool IsVpc(std::string_view text) { return OwnFactOf("--vpc").valid(text); }

struct Flag {
  std::string_view parameter;  // "" = of the endpoint
  std::string_view flag;
  std::string_view names;  // as the command line takes them
  std::string_view type_name;
  std::string_view help;
  std::string GivenFlags::*value;
  bool (*valid)(std::string_view text);
  std::string_view form;
};

constexpr std::string_view kAccountForm = "an account id, which has twelve digits";

// Parameters without a flag of their own are given by `--set`.
constexpr std::array<Flag, 7> kFlags{{
    {"", "--endpoint-id", "--endpoint-id", "ID", "vpce-...", &GivenFlags::endpoint_id, &IsEndpoint,
     "the id of an endpoint, vpce- and 8 or 17 hexadecimal digits"},
    {"", "--endpoint-vpc", "--endpoint-vpc", "ID", "vpc-...", &GivenFlags::endpoint_vpc, &IsVpc,
     "the id of a VPC, vpc- and 8 or 17 hexadecimal digits"},
    {"", "--endpoint-account", "--endpoint-account", "ACCOUNT", "the endpoint's owner",
     &GivenFlags::endpoint_account, &policy::IsAccountId, kAccountForm},
    {"region", "--region", "--region", "REGION", "the Region of the endpoint", &GivenFlags::region,
     &policy::IsRegion, "a Region, such as eu-west-1"},
    {"account", "--account", "--account", "ID", "the account of the callers", &GivenFlags::account,
     &policy::IsAccountId, kAccountForm},
    {"org-id", "--org-id", "--org-id,--org", "ID", "their organization", &GivenFlags::org_id,
     &IsOrganization, "the id of an organization, o- and 10 to 32 lower-case letters or digits"},
    {"caller", "--principal", "--principal", "ARN", "who calls: a role or a user",
     &GivenFlags::caller, &policy::IsArn, "an ARN"},
}};

constexpr std::string_view kGroup = "What a scenario leaves open";

std::string CheckPair(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals != text.npos && equals > 0 && equals + 1 < text.size()) return {};
  return fmt::format("`{}` is not of the form NAME=VALUE", text);
}

}  // namespace

void AddGivenOptions(CLI::App& app, GivenFlags& flags) {
  const auto one = [&app](std::string_view name, std::string& value, std::string_view what,
                          std::string_view type) {
    return app.add_option(std::string(name), value, std::string(what))
        ->type_name(std::string(type))
        ->group(std::string(kGroup));
  };
  one("--endpoint", flags.endpoint, "the endpoint's policy, or default", "FILE");
  one("--endpoint-service", flags.endpoint_service,
      "whose policy that is: s3, or com.amazonaws.REGION.s3; by its actions when left out",
      "SERVICE");
  one("--endpoint-type", flags.endpoint_type, "gateway or interface", "TYPE")
      ->check(CLI::IsMember({"gateway", "interface"}));
  for (const Flag& flag : kFlags) {
    one(flag.names, flags.*flag.value, flag.help, flag.type_name);
  }
  app.add_option("--set", flags.others, "another parameter of a scenario; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false)
      ->check(CLI::Validator(CheckPair, ""))
      ->group(std::string(kGroup));
}

tl::expected<authz::ParameterValues, std::string> ParameterValuesOf(const GivenFlags& flags) {
  authz::ParameterValues values;
  for (const std::string& pair : flags.others) {
    const std::size_t equals = pair.find('=');
    const std::string name = pair.substr(0, equals);
    const auto flag = std::ranges::find(kFlags, name, &Flag::parameter);
    if (flag != kFlags.end()) {
      return tl::make_unexpected(fmt::format("--set: `{}` is given by {}", name, flag->flag));
    }
    if (!values.try_emplace(name, pair.substr(equals + 1)).second) {
      return tl::make_unexpected(fmt::format("--set: `{}` is given twice", name));
    }
  }
  for (const Flag& flag : kFlags) {
    const std::string& value = flags.*flag.value;
    if (value.empty()) continue;
    if (!flag.valid(value)) {
      return tl::make_unexpected(fmt::format("{}: `{}` is not {}", flag.flag, value, flag.form));
    }
    if (!flag.parameter.empty()) values.emplace(flag.parameter, value);
  }
  FactFlags facts;
  facts.service = flags.endpoint_service;
  facts.region = flags.region;
  const auto endpoint = ReadEndpoint(facts);
  if (!endpoint) {
    const bool of_region = endpoint.error().starts_with("region");
    return tl::make_unexpected((of_region ? "--" : "--endpoint-") + endpoint.error());
  }
  if (!endpoint->region.empty()) values.try_emplace("region", endpoint->region);
  const std::string_view account = policy::SplitArn(flags.caller).account();
  if (policy::IsAccountId(account)) values.try_emplace("account", account);
  return values;
}

std::string FlagOfParameter(std::string_view name) {
  const auto flag = std::ranges::find(kFlags, name, &Flag::parameter);
  if (flag == kFlags.end()) return fmt::format("--set {}=VALUE", name);
  return fmt::format("{} {}", flag->flag, flag->type_name);
}

std::vector<std::string> NamesSet(const GivenFlags& flags) {
  std::vector<std::string> names;
  for (const std::string& pair : flags.others) names.push_back(pair.substr(0, pair.find('=')));
  return names;
}

}  // namespace postern::cmd
