// Packs the text of schemas/catalogue into the one file that Catalogue reads. Runs on the machine
// that builds postern; refuses text that is not consistent, naming file and line.
//
//   catalogue_pack DIRECTORY FILE

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/catalogue.h"
#include "policy/catalogue_format.h"

namespace postern::policy {
namespace {

namespace format = catalogue_format;

struct IgnoreCase {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const {
    return format::CompareIgnoringCase(a, b) < 0;
  }
};
using Names = std::set<std::string, IgnoreCase>;
template <typename Value>
using ByName = std::map<std::string, Value, IgnoreCase>;

struct ApiNameOrder {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const {
    return format::CompareApiNames(a, b) < 0;
  }
};

[[noreturn]] void Fail(const std::string& message) {
  std::cerr << "catalogue_pack: " << message << "\n";
  std::exit(1);
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

struct Row {
  std::string where;  // "actions.tsv:12"
  std::vector<std::string> cells;
  const std::string& operator[](std::size_t i) const { return cells[i]; }
};

std::vector<Row> ReadTable(const std::string& directory, const std::string& name,
                           std::size_t columns) {
  std::ifstream file(directory + "/" + name);
  if (!file) Fail("cannot read `" + directory + "/" + name + "`");
  std::vector<Row> rows;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    Row row{name + ":" + std::to_string(number), Split(line, '\t')};
    if (row.cells.size() != columns) {
      Fail(row.where + ": " + std::to_string(row.cells.size()) + " columns, not " +
           std::to_string(columns));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

template <typename Enum>
std::uint32_t ParseName(const Row& row, const std::string& cell, std::string_view (*name_of)(Enum),
                        Enum last) {
  for (std::uint32_t i = 0; i <= static_cast<std::uint32_t>(last); ++i) {
    if (name_of(static_cast<Enum>(i)) == cell) return i;
  }
  Fail(row.where + ": unknown name `" + cell + "`");
}

struct Key {
  std::string name;
  std::uint32_t type = 0;
  std::uint32_t flags = 0;
};

bool IsTemplate(const Key& key) { return key.name.find("${") != std::string::npos; }

// A free part at the end is cut off and becomes a flag; one before the end stays in the name.
Key ReadKey(const Row& row, std::size_t first_cell) {
  Key key{row[first_cell], ParseName(row, row[first_cell + 1], &KeyTypeName, KeyType::kBinary), 0};
  if (const std::string& count = row[first_cell + 2]; count == "multivalued") {
    key.flags |= format::kMultivalued;
  } else if (count != "single") {
    Fail(row.where + ": `" + count + "` is neither `single` nor `multivalued`");
  }
  const std::size_t open = key.name.find("${");
  if (open == std::string::npos) {
    // AWS lists some tag keys without their free part.
    if (key.name.ends_with('/')) key.flags |= format::kTail;
    return key;
  }
  const std::size_t close = key.name.find('}', open);
  if (close == std::string::npos || key.name.find("${", close) != std::string::npos) {
    Fail(row.where + ": `" + key.name + "` is not a name with one free part");
  }
  if (close + 1 < key.name.size()) return key;
  if (open == 0 || (key.name[open - 1] != '/' && key.name[open - 1] != ':')) {
    Fail(row.where + ": the free part of `" + key.name + "` does not stand behind `/` or `:`");
  }
  key.name.erase(open);
  key.flags |= format::kTail;
  return key;
}

// The name that a key of a list in the text has in the table of keys.
std::string KeyName(const std::string& text) {
  return text.ends_with('}') ? text.substr(0, text.find("${")) : text;
}

struct Action {
  std::string name;
  std::uint32_t level = 0;
  Names resource_types;
  Names keys;
};
struct ResourceType {
  std::string name;
  std::string arn_template;
};
struct Service {
  std::uint32_t flags = 0;
  ByName<Action> actions;
  std::vector<ResourceType> resource_types;
  ByName<Names> resource_type_keys;
  Names keys;
};
struct Permission {
  std::string action;
  std::uint32_t on = 0;
  std::uint32_t when = 0;
};
// By operation.
using Operations = ByName<std::vector<Permission>>;
struct EndpointService {
  std::uint32_t flags = 0;
  std::vector<std::string> prefixes;
};

struct Content {
  ByName<std::string> source;
  ByName<Service> services;
  ByName<Key> keys;
  ByName<EndpointService> endpoint_services;
  std::map<std::string, std::string, ApiNameOrder> apis;  // name -> service
  ByName<Operations> operations;                          // by service or API
};

Service& ServiceOf(Content& content, const Row& row) {
  const auto found = content.services.find(row[0]);
  if (found == content.services.end()) Fail(row.where + ": unknown service `" + row[0] + "`");
  return found->second;
}

void ReadServices(const std::string& directory, Content& content) {
  for (const Row& row : ReadTable(directory, "services.tsv", 2)) {
    if (row[1] != "held" && row[1] != "named") Fail(row.where + ": unknown word `" + row[1] + "`");
    Service service;
    service.flags = row[1] == "held" ? format::kHeld : 0;
    if (!content.services.emplace(row[0], std::move(service)).second) {
      Fail(row.where + ": `" + row[0] + "` is there twice");
    }
  }
  for (const Row& row : ReadTable(directory, "rcp_services.tsv", 1)) {
    ServiceOf(content, row).flags |= format::kRcp;
  }
  for (const Row& row : ReadTable(directory, "vpce_key_services.tsv", 2)) {
    const auto* const key = std::ranges::find(format::kEndpointKeys, row[1]);
    if (key == std::end(format::kEndpointKeys)) Fail(row.where + ": unknown key `" + row[1] + "`");
    ServiceOf(content, row).flags |=
        1U << (format::kFirstEndpointKeyBit + (key - std::begin(format::kEndpointKeys)));
  }
}

// Several services list the same key. The global table decides over all; else the service that the
// key is named after; else the first.
void ReadKeys(const std::string& directory, Content& content) {
  for (const Row& row : ReadTable(directory, "global_keys.tsv", 3)) {
    Key key = ReadKey(row, 0);
    key.flags |= format::kGlobal;
    const std::string name = key.name;
    if (!content.keys.emplace(name, std::move(key)).second) {
      Fail(row.where + ": `" + name + "` is there twice");
    }
  }
  for (const Row& row : ReadTable(directory, "condition_keys.tsv", 4)) {
    Key key = ReadKey(row, 1);
    const std::string name = key.name;
    const auto [at, is_new] = content.keys.emplace(name, key);
    Key& known = at->second;
    if (!is_new && (known.flags & format::kGlobal) == 0 && name.starts_with(row[0] + ":")) {
      known = std::move(key);
    }
    if ((known.flags & format::kGlobal) == 0) ServiceOf(content, row).keys.insert(name);
  }
}

// The keys of a list that are the services' own.
void AddKeys(const Content& content, const Row& row, const std::string& list, Names& keys) {
  for (const std::string& text : Split(list, ',')) {
    const auto key = content.keys.find(KeyName(text));
    if (key == content.keys.end()) Fail(row.where + ": unknown key `" + text + "`");
    if ((key->second.flags & format::kGlobal) == 0) keys.insert(key->second.name);
  }
}

void ReadActions(const std::string& directory, Content& content) {
  for (const Row& row : ReadTable(directory, "resource_types.tsv", 4)) {
    Service& service = ServiceOf(content, row);
    service.resource_types.push_back({row[1], row[2]});
    AddKeys(content, row, row[3], service.resource_type_keys[row[1]]);
  }
  for (const Row& row : ReadTable(directory, "actions.tsv", 5)) {
    Service& service = ServiceOf(content, row);
    if ((service.flags & format::kHeld) == 0) {
      Fail(row.where + ": `" + row[0] + "` is not held in services.tsv");
    }
    Action action;
    action.name = row[1];
    action.level = ParseName(row, row[2], &AccessLevelName, AccessLevel::kTagging);
    AddKeys(content, row, row[4], action.keys);
    for (const std::string& type : Split(row[3], ',')) {
      const auto keys = service.resource_type_keys.find(type);
      if (keys == service.resource_type_keys.end()) {
        Fail(row.where + ": unknown resource type `" + type + "`");
      }
      action.resource_types.insert(type);
      action.keys.insert(keys->second.begin(), keys->second.end());
    }
    if (!service.actions.emplace(row[1], std::move(action)).second) {
      Fail(row.where + ": `" + row[1] + "` is there twice");
    }
  }
  for (auto& [name, service] : content.services) {
    std::ranges::stable_sort(service.resource_types, IgnoreCase(), &ResourceType::name);
  }
}

void ReadEndpointServices(const std::string& directory, Content& content) {
  const std::map<std::string, std::uint32_t> types = {{"gateway", format::kGateway},
                                                      {"interface", format::kInterface}};
  const std::map<std::string, std::uint32_t> policies = {
      {"yes", format::kPolicyYes}, {"no", format::kPolicyNo}, {"unknown", 0}};
  for (const Row& row : ReadTable(directory, "endpoint_services.tsv", 4)) {
    EndpointService service;
    for (const std::string& type : Split(row[1], ',')) {
      if (!types.contains(type)) Fail(row.where + ": unknown type `" + type + "`");
      service.flags |= types.at(type);
    }
    if (!policies.contains(row[2])) Fail(row.where + ": unknown word `" + row[2] + "`");
    service.flags |= policies.at(row[2]);
    service.prefixes = Split(row[3], ',');
    for (const std::string& prefix : service.prefixes) {
      if (!content.services.contains(prefix)) {
        Fail(row.where + ": unknown service `" + prefix + "`");
      }
    }
    if (!content.endpoint_services.emplace(row[0], std::move(service)).second) {
      Fail(row.where + ": `" + row[0] + "` is there twice");
    }
  }
}

// A service's prefix is a name of its API, where no SDK calls another service so.
void ReadApis(const std::string& directory, Content& content) {
  for (const Row& row : ReadTable(directory, "sdk_services.tsv", 2)) {
    if (!content.services.contains(row[1])) Fail(row.where + ": unknown service `" + row[1] + "`");
    if (!content.apis.emplace(row[0], row[1]).second) {
      Fail(row.where + ": `" + row[0] + "` is there twice");
    }
  }
  for (const auto& [name, service] : content.services) content.apis.emplace(name, name);
}

void CheckAction(const Content& content, const Row& row, const std::string& action) {
  const std::size_t colon = action.find(':');
  const auto service = content.services.find(action.substr(0, colon));
  if (colon == std::string::npos || service == content.services.end()) {
    Fail(row.where + ": `" + action + "` is not an action");
  }
  if ((service->second.flags & format::kHeld) == 0) return;
  const auto found = service->second.actions.find(action.substr(colon + 1));
  if (found == service->second.actions.end() || found->first != action.substr(colon + 1)) {
    Fail(row.where + ": unknown action `" + action + "`");
  }
}

void ReadOperations(const std::string& directory, Content& content) {
  for (const Row& row : ReadTable(directory, "operations.tsv", 5)) {
    if (!content.services.contains(row[0]) && !content.apis.contains(row[0])) {
      Fail(row.where + ": unknown service `" + row[0] + "`");
    }
    const std::uint32_t on = ParseName(row, row[3], &AskedOnName, AskedOn::kUnsaid);
    const std::uint32_t when =
        ParseName(row, row[4], &AskedWhenName, AskedWhen::kWithSourceIdentity);
    std::vector<Permission>& permissions = content.operations[row[0]][row[1]];
    for (const std::string& action : Split(row[2], ',')) {
      CheckAction(content, row, action);
      permissions.push_back({action, on, when});
    }
  }
}

Content Read(const std::string& directory) {
  Content content;
  for (const Row& row : ReadTable(directory, "source.tsv", 2)) content.source[row[0]] = row[1];
  for (const char* name : {"date", "version"}) {
    if (!content.source.contains(name)) Fail(std::string("source.tsv: no `") + name + "`");
  }
  ReadServices(directory, content);
  ReadKeys(directory, content);
  ReadActions(directory, content);
  ReadEndpointServices(directory, content);
  ReadApis(directory, content);
  ReadOperations(directory, content);
  return content;
}

void PutWord(std::string& out, std::uint32_t word) {
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<char>(word >> (8 * i) & 0xff));
}

void SetWord(std::string& out, std::size_t at, std::uint32_t word) {
  for (std::size_t i = 0; i < 4; ++i) out[at + i] = static_cast<char>(word >> (8 * i) & 0xff);
}

std::uint32_t Size(std::size_t size) {
  if (size > 0x7fffffff) Fail("the catalogue grows too large for its format");
  return static_cast<std::uint32_t>(size);
}

class Writer {
 public:
  Writer() {
    Text("");
    List({});
  }

  // Where the text lies; equal texts lie once.
  std::uint32_t Text(const std::string& text) {
    std::string& strings = sections_[Index(format::Section::kStrings)];
    const auto [at, is_new] = texts_.emplace(text, Size(strings.size()));
    if (is_new) {
      if (text.size() > 0xffff) Fail("a text of more than 65,535 bytes");
      strings.push_back(static_cast<char>(text.size() & 0xff));
      strings.push_back(static_cast<char>(text.size() >> 8));
      strings += text;
    }
    return at->second;
  }

  std::uint32_t List(const std::vector<std::uint32_t>& items) {
    std::string& lists = sections_[Index(format::Section::kLists)];
    const auto [at, is_new] = lists_.emplace(items, Size(lists.size() / 4));
    if (is_new) {
      PutWord(lists, Size(items.size()));
      for (const std::uint32_t item : items) PutWord(lists, item);
    }
    return at->second;
  }

  // The index of the record.
  template <typename Record>
  std::uint32_t Put(format::Section section, const std::uint32_t (&fields)[Record::kWords]) {
    for (const std::uint32_t field : fields) PutWord(sections_[Index(section)], field);
    return counts_[Index(section)]++;
  }

  std::string Finish(std::uint32_t date, std::uint32_t version, std::uint32_t templates,
                     std::uint32_t global_keys) {
    counts_[Index(format::Section::kStrings)] =
        Size(sections_[Index(format::Section::kStrings)].size());
    counts_[Index(format::Section::kLists)] =
        Size(sections_[Index(format::Section::kLists)].size() / 4);
    std::string out(format::kHeaderSize, '\0');
    out.replace(0, format::kMagic.size(), format::kMagic);
    SetWord(out, format::kVersionAt, format::kVersion);
    SetWord(out, format::kDateAt, date);
    SetWord(out, format::kSourceVersionAt, version);
    SetWord(out, format::kTemplatesAt, templates);
    SetWord(out, format::kGlobalKeysAt, global_keys);
    for (std::size_t i = 0; i < format::kSections; ++i) {
      SetWord(out, format::kSectionsAt + i * 8, Size(out.size()));
      SetWord(out, format::kSectionsAt + i * 8 + 4, counts_[i]);
      out += sections_[i];
    }
    SetWord(out, format::kSizeAt, Size(out.size()));
    const std::uint64_t checksum = format::Checksum(out);
    SetWord(out, format::kChecksumAt, static_cast<std::uint32_t>(checksum));
    SetWord(out, format::kChecksumAt + 4, static_cast<std::uint32_t>(checksum >> 32));
    return out;
  }

 private:
  static std::size_t Index(format::Section section) { return static_cast<std::size_t>(section); }

  std::string sections_[format::kSections];
  std::uint32_t counts_[format::kSections] = {};
  std::map<std::string, std::uint32_t> texts_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> lists_;
};

struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

// Where the operations of each service and API lie.
ByName<Range> PackOperations(const Content& content, Writer& writer) {
  using format::Section;
  ByName<Range> ranges;
  std::uint32_t permissions = 0;
  std::uint32_t operations = 0;
  for (const auto& [owner, by_name] : content.operations) {
    ranges[owner] = {operations, Size(by_name.size())};
    for (const auto& [name, needed] : by_name) {
      writer.Put<format::Operation>(Section::kOperations,
                                    {writer.Text(name), permissions, Size(needed.size())});
      for (const Permission& permission : needed) {
        writer.Put<format::Permission>(Section::kPermissions, {writer.Text(permission.action),
                                                               permission.on, permission.when});
      }
      permissions += Size(needed.size());
      ++operations;
    }
  }
  return ranges;
}

std::string Pack(const Content& content) {
  using format::Section;
  Writer writer;
  const ByName<Range> operations = PackOperations(content, writer);
  const auto operations_of = [&operations](const std::string& owner) {
    const auto found = operations.find(owner);
    return found == operations.end() ? Range{} : found->second;
  };

  ByName<std::uint32_t> key_index;
  std::vector<std::uint32_t> templates;
  std::vector<std::uint32_t> global_keys;
  for (const auto& [name, key] : content.keys) {
    const std::uint32_t index =
        writer.Put<format::Key>(Section::kKeys, {writer.Text(key.name), key.type, key.flags});
    key_index[name] = index;
    if (IsTemplate(key)) templates.push_back(index);
    if ((key.flags & format::kGlobal) != 0) global_keys.push_back(index);
  }
  const auto list_of_keys = [&](const Names& names) {
    std::vector<std::uint32_t> items;
    for (const std::string& name : names) items.push_back(key_index.at(name));
    return writer.List(items);
  };

  std::uint32_t actions = 0;
  std::uint32_t resource_types = 0;
  ByName<std::uint32_t> service_index;
  for (const auto& [name, service] : content.services) {
    const std::uint32_t first_action = actions;
    const std::uint32_t first_resource_type = resource_types;
    for (const ResourceType& type : service.resource_types) {
      writer.Put<format::ResourceType>(Section::kResourceTypes,
                                       {writer.Text(type.name), writer.Text(type.arn_template)});
      ++resource_types;
    }
    for (const auto& [action_name, action] : service.actions) {
      std::vector<std::uint32_t> types;
      for (std::uint32_t i = 0; i < service.resource_types.size(); ++i) {
        if (action.resource_types.contains(service.resource_types[i].name)) {
          types.push_back(first_resource_type + i);
        }
      }
      writer.Put<format::Action>(
          Section::kActions,
          {writer.Text(action.name), action.level, writer.List(types), list_of_keys(action.keys)});
      ++actions;
    }
    const Range own = operations_of(name);
    service_index[name] = writer.Put<format::Service>(
        Section::kServices, {writer.Text(name), service.flags, first_action, actions - first_action,
                             first_resource_type, resource_types - first_resource_type,
                             list_of_keys(service.keys), own.first, own.count});
  }

  for (const auto& [name, service] : content.apis) {
    const Range own = content.services.contains(name) ? Range{} : operations_of(name);
    writer.Put<format::Api>(Section::kApis,
                            {writer.Text(name), service_index.at(service), own.first, own.count});
  }

  for (const auto& [name, service] : content.endpoint_services) {
    std::vector<std::uint32_t> prefixes;
    for (const std::string& prefix : service.prefixes) prefixes.push_back(service_index.at(prefix));
    writer.Put<format::EndpointService>(Section::kEndpointServices,
                                        {writer.Text(name), service.flags, writer.List(prefixes)});
  }
  return writer.Finish(writer.Text(content.source.at("date")),
                       writer.Text(content.source.at("version")), writer.List(templates),
                       writer.List(global_keys));
}

}  // namespace
}  // namespace postern::policy

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: catalogue_pack DIRECTORY FILE\n";
    return 2;
  }
  const std::string bytes = postern::policy::Pack(postern::policy::Read(argv[1]));
  std::ofstream file(argv[2], std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) postern::policy::Fail(std::string("cannot write `") + argv[2] + "`");
  return 0;
}
