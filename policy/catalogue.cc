#include "policy/catalogue.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "policy/catalogue_format.h"

namespace postern::policy {
namespace {

namespace format = catalogue_format;
using format::CompareIgnoringCase;
using format::Section;

constexpr std::string_view kKeyTypeNames[] = {"String", "ARN",       "Numeric", "Date",
                                              "Bool",   "IPAddress", "Binary"};
constexpr std::string_view kAccessLevelNames[] = {"List", "Read", "Write", "Permissions management",
                                                  "Tagging"};
constexpr std::string_view kAskedOnNames[] = {"resource", "account", "source", "destination",
                                              "unsaid"};
constexpr std::string_view kAskedWhenNames[] = {
    "always",    "either",         "without-version", "with-version",   "with-acl",
    "with-tags", "with-retention", "with-legal-hold", "with-ownership", "with-source-identity"};
constexpr std::uint32_t kNone = 0xffffffff;

// What stands before the Region in the names of AWS's endpoint services.
constexpr std::string_view kEndpointNameHeads[] = {"com.amazonaws.", "cn.com.amazonaws.",
                                                   "aws.api.", "api.aws.", "aws.sagemaker."};

// Relies on one thing about the bytes: every section lies within them (IsWhole). Beyond that no
// content can make a read leave them: a record or an item outside its section reads as 0, a text
// outside is empty, a text, list or range that goes on outside ends early.
class View {
 public:
  explicit View(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t Word(std::size_t at) const {
    const auto byte = [this, at](std::size_t i) {
      return std::uint32_t{static_cast<unsigned char>(bytes_[at + i])} << (8 * i);
    };
    return byte(0) | byte(1) | byte(2) |
           byte(3);  // one load, where the machine's order is the file's
  }

  std::size_t Offset(Section section) const { return Word(SectionAt(section)); }
  std::uint32_t Count(Section section) const { return Word(SectionAt(section) + 4); }

  std::string_view Text(std::uint32_t ref) const {
    const std::string_view strings =
        bytes_.substr(Offset(Section::kStrings), Count(Section::kStrings));
    if (ref >= strings.size() || strings.size() - ref < 2) return {};
    const auto low = static_cast<unsigned char>(strings[ref]);
    const auto high = static_cast<unsigned char>(strings[ref + 1]);
    return strings.substr(ref + 2, low + high * std::size_t{256});
  }

  std::uint32_t ListSize(std::uint32_t list) const {
    const std::uint32_t size = Count(Section::kLists);
    if (list >= size) return 0;
    return std::min(ListWord(list), size - list - 1);
  }
  std::uint32_t ListItem(std::uint32_t list, std::uint32_t i) const {
    return ListWord(static_cast<std::size_t>(list) + 1 + i);
  }

  template <typename Record>
  std::uint32_t Field(Section section, std::uint32_t index, std::uint32_t field) const {
    if (index >= Count(section)) return 0;
    return Word(Offset(section) + (static_cast<std::size_t>(index) * Record::kWords + field) * 4);
  }
  std::uint32_t Service(std::uint32_t index, std::uint32_t field) const {
    return Field<format::Service>(Section::kServices, index, field);
  }
  std::uint32_t Action(std::uint32_t index, std::uint32_t field) const {
    return Field<format::Action>(Section::kActions, index, field);
  }
  std::uint32_t Key(std::uint32_t index, std::uint32_t field) const {
    return Field<format::Key>(Section::kKeys, index, field);
  }
  std::uint32_t Endpoint(std::uint32_t index, std::uint32_t field) const {
    return Field<format::EndpointService>(Section::kEndpointServices, index, field);
  }
  std::uint32_t Api(std::uint32_t index, std::uint32_t field) const {
    return Field<format::Api>(Section::kApis, index, field);
  }
  std::uint32_t Operation(std::uint32_t index, std::uint32_t field) const {
    return Field<format::Operation>(Section::kOperations, index, field);
  }
  std::uint32_t Permission(std::uint32_t index, std::uint32_t field) const {
    return Field<format::Permission>(Section::kPermissions, index, field);
  }
  std::string_view ServiceName(std::uint32_t index) const {
    return Text(Service(index, format::Service::kName));
  }

  struct Range {
    std::uint32_t first;
    std::uint32_t end;
  };
  Range RangeOf(Section section, std::uint32_t first, std::uint32_t count) const {
    const std::uint32_t size = Count(section);
    first = std::min(first, size);
    return {first, first + std::min(count, size - first)};
  }
  Range ActionsOf(std::uint32_t service) const {
    return RangeOf(Section::kActions, Service(service, format::Service::kFirstAction),
                   Service(service, format::Service::kActionCount));
  }
  Range ResourceTypesOf(std::uint32_t service) const {
    return RangeOf(Section::kResourceTypes, Service(service, format::Service::kFirstResourceType),
                   Service(service, format::Service::kResourceTypeCount));
  }

  // Of the API alone, and of its service.
  std::array<Range, 2> OperationsOf(std::uint32_t api) const {
    const std::uint32_t service = Api(api, format::Api::kService);
    return {RangeOf(Section::kOperations, Api(api, format::Api::kFirstOperation),
                    Api(api, format::Api::kOperationCount)),
            RangeOf(Section::kOperations, Service(service, format::Service::kFirstOperation),
                    Service(service, format::Service::kOperationCount))};
  }
  Range PermissionsOf(std::uint32_t operation) const {
    return RangeOf(Section::kPermissions, Operation(operation, format::Operation::kFirstPermission),
                   Operation(operation, format::Operation::kPermissionCount));
  }

  std::uint32_t FindService(std::string_view name) const {
    return Find<format::Service>(Section::kServices, All(Section::kServices), name);
  }
  std::uint32_t FindAction(std::uint32_t service, std::string_view name) const {
    return Find<format::Action>(Section::kActions, ActionsOf(service), name);
  }
  std::uint32_t FindKey(std::string_view name) const {
    return Find<format::Key>(Section::kKeys, All(Section::kKeys), name);
  }
  std::uint32_t FindEndpoint(std::string_view name) const {
    return Find<format::EndpointService>(Section::kEndpointServices,
                                         All(Section::kEndpointServices), name);
  }

  std::uint32_t FindApi(std::string_view name) const {
    return Find<format::Api>(Section::kApis, All(Section::kApis), name, format::CompareApiNames);
  }
  std::uint32_t FindOperation(std::uint32_t api, std::string_view name) const {
    for (const Range range : OperationsOf(api)) {
      const std::uint32_t index = Find<format::Operation>(Section::kOperations, range, name);
      if (index != kNone) return index;
    }
    return kNone;
  }

  ConditionKey KeyAt(std::uint32_t index) const {
    const std::uint32_t flags = Key(index, format::Key::kFlags);
    const std::uint32_t type = Key(index, format::Key::kType);
    return {Text(Key(index, format::Key::kName)),
            type < std::size(kKeyTypeNames) ? static_cast<KeyType>(type) : KeyType::kString,
            (flags & format::kMultivalued) != 0, (flags & format::kTail) != 0};
  }

  policy::Action ActionAt(std::uint32_t service, std::uint32_t index) const {
    const std::uint32_t level = Action(index, format::Action::kLevel);
    return {
        ServiceName(service), Text(Action(index, format::Action::kName)),
        level < std::size(kAccessLevelNames) ? static_cast<AccessLevel>(level) : AccessLevel::kRead,
        index};
  }

  NeededPermission PermissionAt(std::uint32_t index) const {
    const std::uint32_t on = Permission(index, format::Permission::kOn);
    const std::uint32_t when = Permission(index, format::Permission::kWhen);
    return {Text(Permission(index, format::Permission::kAction)),
            on < std::size(kAskedOnNames) ? static_cast<AskedOn>(on) : AskedOn::kResource,
            when < std::size(kAskedWhenNames) ? static_cast<AskedWhen>(when) : AskedWhen::kAlways};
  }

  ResourceType ResourceTypeAt(std::uint32_t index) const {
    const auto field = [&](std::uint32_t which) {
      return Text(Field<format::ResourceType>(Section::kResourceTypes, index, which));
    };
    return {field(format::ResourceType::kName), field(format::ResourceType::kArnTemplate)};
  }

 private:
  static std::size_t SectionAt(Section section) {
    return format::kSectionsAt + static_cast<std::size_t>(section) * 8;
  }
  std::uint32_t ListWord(std::size_t index) const {
    return Word(Offset(Section::kLists) + index * 4);
  }

  Range All(Section section) const { return {0, Count(section)}; }

  // The index of the record of this name in a sorted range. All records begin with their name.
  template <typename Record>
  std::uint32_t Find(Section section, Range range, std::string_view name,
                     int (*compare)(std::string_view,
                                    std::string_view) = CompareIgnoringCase) const {
    auto [low, high] = range;
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      const int order = compare(Text(Field<Record>(section, middle, Record::kName)), name);
      if (order == 0) return middle;
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return kNone;
  }

  std::string_view bytes_;
};

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         CompareIgnoringCase(text.substr(0, prefix.size()), prefix) == 0;
}

// "codebuild:secondarySources/app.location" against "codebuild:secondarySources/${name}.location".
bool MatchesTemplate(std::string_view key, std::string_view key_template) {
  const std::size_t open = key_template.find("${");
  const std::size_t close = key_template.find('}', open);
  if (open == std::string_view::npos || close == std::string_view::npos) return false;
  const std::string_view head = key_template.substr(0, open);
  const std::string_view rest = key_template.substr(close + 1);
  return key.size() > head.size() + rest.size() && StartsWithIgnoringCase(key, head) &&
         CompareIgnoringCase(key.substr(key.size() - rest.size()), rest) == 0;
}

// In bytes, in the order of the sections.
constexpr std::size_t kItemSizes[format::kSections] = {1,
                                                       4,
                                                       format::Service::kWords * 4,
                                                       format::Action::kWords * 4,
                                                       format::ResourceType::kWords * 4,
                                                       format::Key::kWords * 4,
                                                       format::EndpointService::kWords * 4,
                                                       format::Api::kWords * 4,
                                                       format::Operation::kWords * 4,
                                                       format::Permission::kWords * 4};

bool IsWhole(std::string_view bytes) {
  const View view(bytes);
  if (bytes.size() < format::kHeaderSize || !bytes.starts_with(format::kMagic)) return false;
  if (view.Word(format::kVersionAt) != format::kVersion) return false;
  if (view.Word(format::kSizeAt) != bytes.size()) return false;
  for (std::uint32_t i = 0; i < format::kSections; ++i) {
    const auto section = static_cast<Section>(i);
    const std::size_t at = view.Offset(section);
    if (at < format::kHeaderSize || at > bytes.size()) return false;
    if (view.Count(section) > (bytes.size() - at) / kItemSizes[i]) return false;
  }
  const std::uint64_t checksum = view.Word(format::kChecksumAt) |
                                 static_cast<std::uint64_t>(view.Word(format::kChecksumAt + 4))
                                     << 32;
  return checksum == format::Checksum(bytes);
}

}  // namespace

std::string_view KeyTypeName(KeyType type) { return kKeyTypeNames[static_cast<std::size_t>(type)]; }

std::string_view AccessLevelName(AccessLevel level) {
  return kAccessLevelNames[static_cast<std::size_t>(level)];
}

std::string_view AskedOnName(AskedOn on) { return kAskedOnNames[static_cast<std::size_t>(on)]; }

std::string_view AskedWhenName(AskedWhen when) {
  return kAskedWhenNames[static_cast<std::size_t>(when)];
}

std::optional<Catalogue> Catalogue::Open(std::string_view bytes) {
  if (!IsWhole(bytes)) return std::nullopt;
  return Catalogue(bytes);
}

std::string_view Catalogue::date() const {
  const View view(bytes_);
  return view.Text(view.Word(format::kDateAt));
}

std::string_view Catalogue::version() const {
  const View view(bytes_);
  return view.Text(view.Word(format::kSourceVersionAt));
}

bool Catalogue::HasService(std::string_view prefix) const {
  return View(bytes_).FindService(prefix) != kNone;
}

bool Catalogue::HoldsActionsOf(std::string_view service) const {
  const View view(bytes_);
  return (view.Service(view.FindService(service), format::Service::kFlags) & format::kHeld) != 0;
}

std::vector<std::string_view> Catalogue::Services() const {
  const View view(bytes_);
  std::vector<std::string_view> names(view.Count(Section::kServices));
  for (std::uint32_t i = 0; i < names.size(); ++i) names[i] = view.ServiceName(i);
  return names;
}

std::optional<Action> Catalogue::FindAction(std::string_view service, std::string_view name) const {
  const View view(bytes_);
  const std::uint32_t owner = view.FindService(service);
  const std::uint32_t index = view.FindAction(owner, name);
  if (index == kNone) return std::nullopt;
  return view.ActionAt(owner, index);
}

std::vector<Action> Catalogue::ActionsOf(std::string_view service) const {
  const View view(bytes_);
  const std::uint32_t owner = view.FindService(service);
  const auto [first, end] = view.ActionsOf(owner);
  std::vector<Action> actions;
  actions.reserve(end - first);
  for (std::uint32_t i = first; i < end; ++i) actions.push_back(view.ActionAt(owner, i));
  return actions;
}

std::vector<ResourceType> Catalogue::ResourceTypesOf(const Action& action) const {
  const View view(bytes_);
  const std::uint32_t list = view.Action(action.index, format::Action::kResourceTypes);
  std::vector<ResourceType> types(view.ListSize(list));
  for (std::uint32_t i = 0; i < types.size(); ++i) {
    types[i] = view.ResourceTypeAt(view.ListItem(list, i));
  }
  return types;
}

std::vector<ResourceType> Catalogue::ResourceTypesOf(std::string_view service) const {
  const View view(bytes_);
  const auto [first, end] = view.ResourceTypesOf(view.FindService(service));
  std::vector<ResourceType> types;
  types.reserve(end - first);
  for (std::uint32_t i = first; i < end; ++i) types.push_back(view.ResourceTypeAt(i));
  return types;
}

std::vector<std::string_view> Catalogue::ConditionKeysOf(const Action& action) const {
  const View view(bytes_);
  const std::uint32_t list = view.Action(action.index, format::Action::kKeys);
  std::vector<std::string_view> names(view.ListSize(list));
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    names[i] = view.Text(view.Key(view.ListItem(list, i), format::Key::kName));
  }
  return names;
}

std::optional<ConditionKey> Catalogue::FindConditionKey(std::string_view key) const {
  const View view(bytes_);
  if (const std::uint32_t index = view.FindKey(key); index != kNone) return view.KeyAt(index);
  for (std::size_t i = 0; (i = key.find_first_of("/:", i)) != std::string_view::npos; ++i) {
    const std::uint32_t index = view.FindKey(key.substr(0, i + 1));
    if (index != kNone && (view.Key(index, format::Key::kFlags) & format::kTail) != 0) {
      return view.KeyAt(index);
    }
  }
  const std::uint32_t templates = view.Word(format::kTemplatesAt);
  for (std::uint32_t i = 0; i < view.ListSize(templates); ++i) {
    const ConditionKey candidate = view.KeyAt(view.ListItem(templates, i));
    if (MatchesTemplate(key, candidate.name)) return candidate;
  }
  return std::nullopt;
}

std::vector<ConditionKey> Catalogue::GlobalConditionKeys() const {
  const View view(bytes_);
  const std::uint32_t list = view.Word(format::kGlobalKeysAt);
  std::vector<ConditionKey> keys(view.ListSize(list));
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    keys[i] = view.KeyAt(view.ListItem(list, i));
  }
  return keys;
}

std::vector<ConditionKey> Catalogue::ConditionKeysOfService(std::string_view service) const {
  const View view(bytes_);
  const std::uint32_t list = view.Service(view.FindService(service), format::Service::kKeys);
  std::vector<ConditionKey> keys(view.ListSize(list));
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    keys[i] = view.KeyAt(view.ListItem(list, i));
  }
  return keys;
}

std::optional<Api> Catalogue::FindApi(std::string_view name) const {
  const View view(bytes_);
  const std::uint32_t index = view.FindApi(name);
  if (index == kNone) return std::nullopt;
  return Api{view.Text(view.Api(index, format::Api::kName)),
             view.ServiceName(view.Api(index, format::Api::kService)), index};
}

std::vector<std::string_view> Catalogue::ApiNames() const {
  const View view(bytes_);
  std::vector<std::string_view> names(view.Count(Section::kApis));
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    names[i] = view.Text(view.Api(i, format::Api::kName));
  }
  return names;
}

std::vector<NeededPermission> Catalogue::PermissionsOf(const Api& api,
                                                       std::string_view operation) const {
  const View view(bytes_);
  const auto [first, end] = view.PermissionsOf(view.FindOperation(api.index, operation));
  std::vector<NeededPermission> permissions;
  permissions.reserve(end - first);
  for (std::uint32_t i = first; i < end; ++i) permissions.push_back(view.PermissionAt(i));
  return permissions;
}

std::vector<std::string_view> Catalogue::OperationsOf(const Api& api) const {
  const View view(bytes_);
  std::vector<std::string_view> names;
  for (const auto& [first, end] : view.OperationsOf(api.index)) {
    for (std::uint32_t i = first; i < end; ++i) {
      names.push_back(view.Text(view.Operation(i, format::Operation::kName)));
    }
  }
  return names;
}

bool Catalogue::IsRcpCapable(std::string_view service) const {
  const View view(bytes_);
  return (view.Service(view.FindService(service), format::Service::kFlags) & format::kRcp) != 0;
}

std::optional<EndpointService> Catalogue::FindEndpointService(std::string_view name) const {
  const View view(bytes_);
  std::uint32_t index = view.FindEndpoint(name);
  for (const std::string_view head : kEndpointNameHeads) {
    if (index != kNone) break;
    if (!StartsWithIgnoringCase(name, head)) continue;
    const std::string_view rest = name.substr(head.size());  // "eu-west-1.ecr.api", "iam"
    index = view.FindEndpoint(rest);
    const std::size_t dot = rest.find('.');
    if (index == kNone && dot != std::string_view::npos) {
      index = view.FindEndpoint(rest.substr(dot + 1));
    }
  }
  if (index == kNone) return std::nullopt;
  const std::uint32_t flags = view.Endpoint(index, format::EndpointService::kFlags);
  EndpointService service;
  service.name = view.Text(view.Endpoint(index, format::EndpointService::kName));
  service.gateway = (flags & format::kGateway) != 0;
  service.interface = (flags & format::kInterface) != 0;
  if ((flags & format::kPolicyYes) != 0) service.policy_supported = true;
  if ((flags & format::kPolicyNo) != 0) service.policy_supported = false;
  return service;
}

std::vector<std::string_view> Catalogue::ServedPrefixes(const EndpointService& service) const {
  const View view(bytes_);
  const std::uint32_t list =
      view.Endpoint(view.FindEndpoint(service.name), format::EndpointService::kPrefixes);
  std::vector<std::string_view> prefixes(view.ListSize(list));
  for (std::uint32_t i = 0; i < prefixes.size(); ++i) {
    prefixes[i] = view.ServiceName(view.ListItem(list, i));
  }
  return prefixes;
}

bool Catalogue::SendsEndpointKey(std::string_view service, std::string_view key) const {
  const View view(bytes_);
  const std::uint32_t flags = view.Service(view.FindService(service), format::Service::kFlags);
  std::uint32_t bit = format::kFirstEndpointKeyBit;
  for (const std::string_view name : format::kEndpointKeys) {
    if (CompareIgnoringCase(name, key) == 0) return (flags >> bit & 1) != 0;
    ++bit;
  }
  return false;
}

bool Catalogue::SendsVpceKeys(std::string_view service) const {
  return SendsEndpointKey(service, "aws:VpceAccount") &&
         SendsEndpointKey(service, "aws:VpceOrgID") &&
         SendsEndpointKey(service, "aws:VpceOrgPaths");
}

}  // namespace postern::policy
