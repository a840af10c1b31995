// Service data newer than the program's own, in a file of the user's.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "cmd/command.h"
#include "policy/catalogue.h"

namespace postern::cmd {

// What says which catalogue is used: a file, or `built-in`.
inline constexpr const char* kCatalogVariable = "POSTERN_CATALOG";
inline constexpr std::string_view kBuiltIn = "built-in";

// $POSTERN_CATALOG, else where the user's data is: $XDG_DATA_HOME or ~/.local/share. "" where there
// is no such place, and for `built-in`.
std::filesystem::path InstalledCataloguePath();

// Puts the installed catalogue in the place of the built-in one, if there is one and it is newer;
// one that $POSTERN_CATALOG names in any case. False, and said on `session.err`: that one cannot be
// used. What `catalog update` installed and cannot be used is warned of. Once per process.
bool UseInstalledCatalogue(const Session& session);

// The file that the catalogue in use was read from; "" = built-in.
std::string CatalogueInUseFrom();

struct InstalledCatalogue {
  std::filesystem::path path;  // where it was put; "" = the built-in one is used again
  std::string before;          // the date of the one that was in use
  policy::Catalogue catalogue;
};
// Checks `file` and installs it for the runs to come: a whole catalogue, not older than the one in
// use, and without signs of a loss. `built-in` takes the installed one away.
tl::expected<InstalledCatalogue, std::string> InstallCatalogue(const std::string& file,
                                                               const Session& session);

}  // namespace postern::cmd
