// What the condition keys that rules speak about hold: facts of AWS, as tables.
#pragma once

#include <cstdint>
#include <string_view>

namespace postern::policy {

// What a text is by its looks, and what a key holds.
enum class IdKind : std::uint8_t {
  kNone,  // something else
  kAccount,
  kOrganization,
  kOrganizationPath,
  kOrganizationalUnit,
  kVpc,
  kEndpoint,
  kArn,
};

// "the id of a VPC", as messages say it.
std::string_view IdKindTitle(IdKind kind);

// For the keys that hold one sort of id; else kNone.
IdKind IdKindOfKey(std::string_view key);

// By how it begins, so patterns have one too.
IdKind IdKindOfText(std::string_view text);

// Whether a text without wildcards is an id of the kind, as AWS writes them.
bool IsWellFormed(IdKind kind, std::string_view text);

// The global keys that hold ids which AWS made up, by which nothing can be told in part (S1.11.1).
bool HoldsSystemId(std::string_view key);

// "eu-west-1", "us-gov-east-1": by its shape; new Regions come.
bool LooksLikeRegion(std::string_view text);

}  // namespace postern::policy
