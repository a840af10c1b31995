#pragma once

#include <optional>
#include <string>

// What AWS's services do, read from schemas/catalogue/*.tsv as text. Services, actions and keys are
// given in lower case.
namespace postern::reference {

// S4.15, S6: nothing where no table has the key.
std::optional<bool> IsMultivalued(const std::string& service, const std::string& key);
bool IsRcpCapable(const std::string& service);                                  // S7.4.4
bool SendsEndpointKey(const std::string& service, const std::string& key);      // S6.1, aws:Vpce...
bool IsAccountListCall(const std::string& service, const std::string& action);  // S3.5
// S7.10.3: `name` is the endpoint's service; empty where the case does not say.
bool TakesEndpointPolicy(const std::string& name, const std::string& service);
bool ActsOnKeys(const std::string& action);  // of KMS: S7.5.2
// S6.1: the actions whose requests carry no aws:ResourceAccount.
bool CarriesResourceAccount(const std::string& service, const std::string& action);
// cli.md 4: an S3 operation that is no action, such as ListBuckets.
bool IsOperationOnly(const std::string& service, const std::string& action);

}  // namespace postern::reference
