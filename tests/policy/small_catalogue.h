// Catalogues to damage, and every question that there is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/catalogue_format.h"

namespace postern::policy {

// Laid out by hand so that it does not depend on what is packed.
class SmallCatalogue {
 public:
  SmallCatalogue() : bytes_(catalogue_format::kHeaderSize, '\0') {
    bytes_.replace(0, catalogue_format::kMagic.size(), catalogue_format::kMagic);
    Set(catalogue_format::kVersionAt, catalogue_format::kVersion);
    const std::string strings = Text("") + Text("2026-01-02") + Text("s3") + Text("GetObject") +
                                Text("object") + Text("arn:${Partition}:s3:::${Key}") +
                                Text("s3:Tag/") + Text("a.${Domain}:x") + Text("HeadObject") +
                                Text("s3:GetObject");
    Section(catalogue_format::Section::kStrings, strings, strings.size());
    Words(catalogue_format::Section::kLists, {0, 1, 0, 1, 1, 2, 0, 1}, 1);
    Words(catalogue_format::Section::kServices, {14, 0x103, 0, 1, 0, 1, 5, 0, 1},
          catalogue_format::Service::kWords);
    Words(catalogue_format::Section::kActions, {18, 1, 1, 5}, catalogue_format::Action::kWords);
    Words(catalogue_format::Section::kResourceTypes, {29, 37},
          catalogue_format::ResourceType::kWords);
    Words(catalogue_format::Section::kKeys, {76, 0, 0, 67, 0, 2}, catalogue_format::Key::kWords);
    Words(catalogue_format::Section::kEndpointServices, {14, 7, 1},
          catalogue_format::EndpointService::kWords);
    Words(catalogue_format::Section::kApis, {14, 0, 0, 0}, catalogue_format::Api::kWords);
    Words(catalogue_format::Section::kOperations, {91, 0, 1}, catalogue_format::Operation::kWords);
    Words(catalogue_format::Section::kPermissions, {103, 0, 2},
          catalogue_format::Permission::kWords);
    Set(catalogue_format::kDateAt, 2);
    Set(catalogue_format::kSourceVersionAt, 2);
    Set(catalogue_format::kTemplatesAt, 1);
    Set(catalogue_format::kGlobalKeysAt, 3);
    Set(catalogue_format::kSizeAt, static_cast<std::uint32_t>(bytes_.size()));
    Sign(bytes_);
  }

  const std::string& bytes() const { return bytes_; }

  static void Sign(std::string& bytes) {
    const std::uint64_t checksum = catalogue_format::Checksum(bytes);
    for (std::size_t i = 0; i < 8; ++i) {
      bytes[catalogue_format::kChecksumAt + i] = static_cast<char>(checksum >> (8 * i) & 0xff);
    }
  }

 private:
  static std::string Text(const std::string& text) {
    return std::string{static_cast<char>(text.size()), '\0'} + text;
  }
  void Set(std::size_t at, std::uint32_t word) {
    for (std::size_t i = 0; i < 4; ++i) bytes_[at + i] = static_cast<char>(word >> (8 * i) & 0xff);
  }
  void Section(catalogue_format::Section section, const std::string& content, std::size_t count) {
    const std::size_t at = catalogue_format::kSectionsAt + static_cast<std::size_t>(section) * 8;
    Set(at, static_cast<std::uint32_t>(bytes_.size()));
    Set(at + 4, static_cast<std::uint32_t>(count));
    bytes_ += content;
  }
  void Words(catalogue_format::Section section, const std::vector<std::uint32_t>& words,
             std::size_t record) {
    std::string content;
    for (const std::uint32_t word : words) {
      for (int i = 0; i < 4; ++i) content.push_back(static_cast<char>(word >> (8 * i) & 0xff));
    }
    Section(section, content, words.size() / record);
  }

  std::string bytes_;
};

// Everything that a catalogue can be asked, so that a sanitizer sees every read. Returns the number
// of bytes handed out.
inline std::size_t AskEverything(const Catalogue& catalogue) {
  std::size_t bytes = catalogue.date().size() + catalogue.version().size();
  const auto add = [&](std::string_view text) {
    for (const char c : text) bytes += static_cast<unsigned char>(c) & 1U;
  };
  for (const std::string_view service : catalogue.Services()) {
    add(service);
    bytes += catalogue.HasService(service) + catalogue.HoldsActionsOf(service) +
             catalogue.IsRcpCapable(service) + catalogue.SendsVpceKeys(service);
    for (const Action& action : catalogue.ActionsOf(service)) {
      add(action.name);
      add(AccessLevelName(action.level));
      for (const ResourceType& type : catalogue.ResourceTypesOf(action)) add(type.name);
      for (const std::string_view key : catalogue.ConditionKeysOf(action)) add(key);
    }
    for (const ResourceType& type : catalogue.ResourceTypesOf(service)) add(type.arn_template);
    for (const ConditionKey& key : catalogue.ConditionKeysOfService(service)) add(key.name);
  }
  for (const ConditionKey& key : catalogue.GlobalConditionKeys()) {
    add(key.name);
    add(KeyTypeName(key.type));
  }
  for (const std::string key : {"s3:Tag/x", "a.b:x", "none"}) {
    if (const auto found = catalogue.FindConditionKey(key)) add(found->name);
  }
  if (const auto action = catalogue.FindAction("s3", "getobject")) add(action->name);
  if (const auto endpoint = catalogue.FindEndpointService("com.amazonaws.eu-west-1.s3")) {
    add(endpoint->name);
    for (const std::string_view prefix : catalogue.ServedPrefixes(*endpoint)) add(prefix);
  }
  for (const std::string_view name : catalogue.ApiNames()) {
    add(name);
    if (const auto api = catalogue.FindApi(name)) {
      add(api->prefix);
      for (const std::string_view operation : catalogue.OperationsOf(*api)) {
        for (const NeededPermission& needed : catalogue.PermissionsOf(*api, operation)) {
          add(needed.action);
          add(AskedOnName(needed.on));
          add(AskedWhenName(needed.when));
        }
      }
    }
  }
  return bytes;
}

}  // namespace postern::policy
