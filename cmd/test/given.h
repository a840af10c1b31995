// What a suite that leaves things open is told: flags -> values of its parameters, and the policy
// of its endpoint.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "authz/suites/parameters.h"

namespace CLI {
class App;
}

namespace postern::cmd {

// As typed; "" and an empty list = not given.
struct GivenFlags {
  std::string endpoint, endpoint_service, endpoint_type, endpoint_id, endpoint_vpc,
      endpoint_account;
  std::string region, account, org_id, caller;
  std::vector<std::string> others;  // NAME=VALUE
};
void AddGivenOptions(CLI::App& app, GivenFlags& flags);

// The Region may stand in the endpoint's service, and the account in the caller's ARN. The error
// names the flag, the value and what it should be.
tl::expected<authz::ParameterValues, std::string> ParameterValuesOf(const GivenFlags& flags);

// How a parameter is given: "--region REGION", "--set bucket=VALUE".
std::string FlagOfParameter(std::string_view name);

// The names given by `--set`.
std::vector<std::string> NamesSet(const GivenFlags& flags);

}  // namespace postern::cmd
