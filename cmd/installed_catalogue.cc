#include "cmd/installed_catalogue.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

#include "cmd/files.h"
#include "cmd/replace_file.h"

namespace postern::cmd {
namespace {

namespace fs = std::filesystem;
using policy::Catalogue;

// More than this many of a hundred actions do not go at once.
constexpr std::size_t kLargestLoss = 5;

// The text that the catalogue in use points into.
struct InUse {
  std::shared_ptr<const policy::Source> source;
  bool looked = false;
};
InUse& State() {
  static InUse state;
  return state;
}

std::string_view Environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

std::size_t CountActions(const Catalogue& catalogue) {
  std::size_t count = 0;
  for (const std::string_view service : catalogue.Services()) {
    count += catalogue.ActionsOf(service).size();
  }
  return count;
}

tl::expected<Catalogue, std::string> OpenWhole(const std::string& name, std::string_view bytes) {
  if (const auto whole = Catalogue::Open(bytes)) return *whole;
  return tl::unexpected(
      fmt::format("`{}` is not a whole catalogue of the version read here", name));
}

// What went wrong, or nothing.
std::string Replace(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return error.message();
  return ReplaceFile(path, bytes).value_or("");
}

tl::expected<InstalledCatalogue, std::string> Uninstall(const fs::path& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error) return tl::unexpected(fmt::format("`{}`: {}", path.string(), error.message()));
  return InstalledCatalogue{{}, std::string(Catalogue::InUse().date()), Catalogue::Embedded()};
}

}  // namespace

fs::path InstalledCataloguePath() {
  const std::string_view named = Environment(kCatalogVariable);
  if (!named.empty()) return named == kBuiltIn ? fs::path() : fs::path(named);
  if (const auto data = Environment("XDG_DATA_HOME"); data.starts_with('/')) {
    return fs::path(data) / "postern" / "catalogue";
  }
  const std::string_view home = Environment("HOME");
  if (home.empty()) return {};
  return fs::path(home) / ".local" / "share" / "postern" / "catalogue";
}

bool UseInstalledCatalogue(const Session& session) {
  InUse& state = State();
  if (std::exchange(state.looked, true)) return true;
  const bool named = !Environment(kCatalogVariable).empty();
  const fs::path path = InstalledCataloguePath();
  std::error_code error;
  if (path.empty() || (!named && !fs::exists(path, error))) return true;

  auto read = Files({}, session.in).Read(path.string(), kContainerBytes);
  const auto opened = read ? OpenWhole(path.string(), (*read)->text())
                           : tl::expected<Catalogue, std::string>(tl::unexpect, read.error());
  if (!opened) {
    if (named) {
      session.Fail(fmt::format("{}: {}", kCatalogVariable, opened.error()));
      return false;
    }
    session.Warn(
        fmt::format("{}: the built-in catalogue of {} is used; "
                    "`postern catalog update built-in` removes the file",
                    opened.error(), Catalogue::Embedded().date()));
    return true;
  }
  // A newer program brings newer data than what was once installed.
  if (!named && opened->date() <= Catalogue::Embedded().date()) return true;
  state.source = *std::move(read);
  Catalogue::Use(*opened);
  return true;
}

std::string CatalogueInUseFrom() {
  return State().source == nullptr ? "" : std::string(State().source->name());
}

tl::expected<InstalledCatalogue, std::string> InstallCatalogue(const std::string& file,
                                                               const Session& session) {
  if (!Environment(kCatalogVariable).empty()) {
    return tl::unexpected(
        fmt::format("{} says which catalogue is used: unset it", kCatalogVariable));
  }
  const fs::path path = InstalledCataloguePath();
  if (path.empty()) {
    return tl::unexpected(std::string("there is no place for it: HOME is not set"));
  }
  if (file == kBuiltIn) return Uninstall(path);

  const auto read = Files(session.directory, session.in).Read(file, kContainerBytes);
  if (!read) return tl::unexpected(read.error());
  const auto whole = OpenWhole(file, (*read)->text());
  if (!whole) return tl::unexpected(whole.error());
  const Catalogue& before = Catalogue::InUse();
  if (whole->date() < before.date()) {
    return tl::unexpected(fmt::format("`{}` is of {}, older than the catalogue in use, of {}", file,
                                      whole->date(), before.date()));
  }
  const std::size_t had = CountActions(before);
  const std::size_t has = CountActions(*whole);
  if (has * 100 < had * (100 - kLargestLoss)) {
    return tl::unexpected(fmt::format(
        "`{}` holds {} actions where the catalogue in use holds {}: so many do not go at once",
        file, has, had));
  }
  if (const std::string wrong = Replace(path, (*read)->text()); !wrong.empty()) {
    return tl::unexpected(fmt::format("`{}`: {}", path.string(), wrong));
  }
  std::string date(before.date());
  State().source = *read;
  Catalogue::Use(*whole);
  return InstalledCatalogue{path, std::move(date), *whole};
}

}  // namespace postern::cmd
