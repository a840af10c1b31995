// The operations whose permissions have to be looked up: rows of one table, one row for each
// permission that a call needs (semantics S7.14).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace postern::authz {

// What the permission is asked on.
enum class CallTarget : std::uint8_t { kResource, kAccount, kSource, kDestination };

// When the permission is needed.
enum class CallPart : std::uint8_t {
  kAlways,
  kWithoutVersion,
  kWithVersion,
  kWithAcl,
  kWithTags,
  kWithRetention,
  kWithLegalHold,
  kWithOwnership,
};

struct OperationRow {
  std::string_view service;    // as `api` names it
  std::string_view operation;  // rows of one operation stand together
  std::string_view action;
  CallTarget target = CallTarget::kResource;
  CallPart part = CallPart::kAlways;
};

std::span<const OperationRow> S3Operations();
std::span<const OperationRow> OtherOperations();

}  // namespace postern::authz
