#include "authz/access_point.h"

#include <algorithm>
#include <iterator>

namespace postern::authz {
namespace {

constexpr std::string_view kAccessPointPrefix = "accesspoint/";

// Service Authorization Reference, Amazon S3: actions on access points that do not name them.
constexpr std::string_view kTagging[] = {"listtagsforresource", "tagresource", "untagresource"};

}  // namespace

bool IsAccessPoint(const policy::Arn& arn) {
  return arn.service() == "s3" && arn.resource().starts_with(kAccessPointPrefix) &&
         !arn.account().empty();
}

bool IsAccessPoint(std::string_view arn) { return IsAccessPoint(policy::SplitArn(arn)); }

AccessPointParts SplitAccessPoint(std::string_view text, const policy::Arn& arn) {
  constexpr std::string_view kObject = "/object/";
  const std::size_t prefix = text.size() - arn.resource().size() + kAccessPointPrefix.size();
  const std::size_t slash = text.find('/', prefix);
  AccessPointParts parts;
  parts.own = text.substr(0, slash);
  parts.is_object = slash != std::string_view::npos && text.substr(slash).starts_with(kObject);
  if (parts.is_object) parts.key = text.substr(slash + kObject.size());
  return parts;
}

bool ReachesThrough(std::string_view action_name) {
  return action_name.find("accesspoint") == std::string_view::npos &&
         std::ranges::find(kTagging, action_name) == std::end(kTagging);
}

}  // namespace postern::authz
