#include "tests/reference/readings.h"

#include "tests/reference/facts.h"
#include "tests/reference/refusal.h"

namespace postern::reference {
namespace {

std::string ArnAccount(const Resource& resource) {
  const bool has_one = resource.kind == Resource::kArn && IsAccount(resource.components[4]);
  return has_one ? resource.components[4] : "";
}

// The account that the context gives to the resource (S6.4.2).
std::optional<std::string> SuppliedOwner(const Case& the_case) {
  if (!CarriesResourceAccount(the_case.service, the_case.action)) return std::nullopt;
  for (const std::string key : {"aws:resourceaccount", "s3:resourceaccount"}) {
    if (key == "s3:resourceaccount" && the_case.service != "s3") continue;
    const auto found = the_case.context.find(key);
    const bool given =
        found != the_case.context.end() && !found->second.empty() && !found->second[0].empty();
    if (given && the_case.unknown_keys.count(key) == 0) return found->second[0];
  }
  return std::nullopt;
}

// The resource's account, or nothing.
std::optional<std::string> FindOwner(const Case& the_case) {
  const std::string& caller = the_case.caller.account;
  const bool own = the_case.resource_account == "own";
  std::optional<std::string> stated = the_case.resource_account;
  if (own) stated = caller.empty() ? std::nullopt : std::optional(caller);
  if (the_case.resource_account_unknown) return std::nullopt;

  const std::string of_arn = ArnAccount(the_case.resource);
  if (the_case.through_access_point) {  // S7.12.3
    if (stated) return stated;
    if (own) return SuppliedOwner(the_case);
    if (const auto supplied = SuppliedOwner(the_case)) return supplied;
    const bool unknown = the_case.unknown_keys.count("aws:resourceaccount") > 0 ||
                         the_case.unknown_keys.count("s3:resourceaccount") > 0;
    return unknown ? std::nullopt : std::optional(of_arn);
  }
  if (!of_arn.empty()) {
    RefuseIf(stated && *stated != of_arn, "`resource_account` contradicts the resource's ARN");
    return of_arn;
  }
  if (stated) return stated;
  if (!caller.empty() && NamesNoResource(the_case)) return caller;
  return SuppliedOwner(the_case);
}

// An unknown caller may be of any kind.
std::vector<Reading> ReadingsOfUnknownCaller(const Case& the_case,
                                             const std::optional<std::string>& owner) {
  const bool own = the_case.resource_account == "own" ||
                   (NamesNoResource(the_case) && !owner && !the_case.resource_account_unknown);
  std::vector<Reading> readings;
  for (const auto kind : {Caller::kUser, Caller::kFederatedUser, Caller::kRoot}) {
    for (const bool same : {true, false}) {
      if (own && !same) continue;
      readings.push_back({kind, same, owner, true});
      readings.push_back({kind, same, owner, false});
    }
  }
  for (const auto kind : {Caller::kService, Caller::kAnonymous, Caller::kWebIdentity}) {
    readings.push_back({kind, false, owner, false});
  }
  return readings;
}

}  // namespace

bool NamesNoResource(const Case& the_case) {
  return the_case.resource.kind == Resource::kStar ||
         (IsAccountListCall(the_case.service, the_case.action) &&
          the_case.resource.text == "arn:aws:s3:::*");
}

std::vector<Reading> ReadingsOf(const Case& the_case) {
  const Caller& caller = the_case.caller;
  const auto owner = FindOwner(the_case);
  if (caller.kind == Caller::kUnknown) return ReadingsOfUnknownCaller(the_case, owner);

  Reading reading;
  reading.caller = caller.kind;
  reading.owner = owner;
  if (!caller.HasAccount()) return {reading};
  reading.same_account_as_access_point = ArnAccount(the_case.resource) == caller.account;
  if (owner) {
    reading.same_account = *owner == caller.account;
    return {reading};
  }
  // The keys that tell the owner stay unknown under both (S4.19).
  Reading own = reading;
  own.same_account = true;
  return {own, reading};
}

}  // namespace postern::reference
