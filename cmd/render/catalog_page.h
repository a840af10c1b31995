// The pages of `postern catalog`.
#pragma once

#include <string>
#include <string_view>

#include "policy/catalogue.h"

namespace postern::cmd {

// Of which day it is, and how much it holds.
// `file`: where the catalogue was read from, "" for the built-in one.
std::string CatalogInfoAsText(const policy::Catalogue& catalogue, std::string_view file);
std::string CatalogInfoAsJson(const policy::Catalogue& catalogue, std::string_view file);

// `service` is one that the catalogue has.
std::string ServiceAsText(const policy::Catalogue& catalogue, std::string_view service, bool color);
std::string ServiceAsJson(const policy::Catalogue& catalogue, std::string_view service);

std::string ActionAsText(const policy::Catalogue& catalogue, const policy::Action& action,
                         bool color);
std::string ActionAsJson(const policy::Catalogue& catalogue, const policy::Action& action);

std::string ConditionKeyAsText(const policy::ConditionKey& key, bool color);
std::string ConditionKeyAsJson(const policy::ConditionKey& key);

}  // namespace postern::cmd
