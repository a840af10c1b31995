#include "policy/api_names.h"

#include "policy/catalogue.h"
#include "policy/language/fold.h"

namespace postern::policy {
namespace {

bool IsNeededByPart(AskedWhen when) {
  return when != AskedWhen::kAlways && when != AskedWhen::kEither &&
         when != AskedWhen::kWithoutVersion;
}

}  // namespace

std::string PermissionInPlaceOf(const Catalogue& catalogue, std::string_view action) {
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view service = action.substr(0, colon);
  const std::string_view name = action.substr(colon + 1);
  if (catalogue.FindAction(service, name)) return {};
  const auto api = catalogue.FindApi(service);
  // Only prefixes stand in policies, not what SDKs call a service.
  if (!api || !EqualsIgnoreAsciiCase(api->prefix, service)) return {};
  std::string text;
  for (const NeededPermission& permission : catalogue.PermissionsOf(*api, name)) {
    if (EqualsIgnoreAsciiCase(permission.action, action)) return {};
    if (permission.on == AskedOn::kUnsaid || IsNeededByPart(permission.when)) continue;
    if (!text.empty()) text += permission.when == AskedWhen::kEither ? " or " : " and ";
    text += permission.action;
  }
  return text;
}

}  // namespace postern::policy
