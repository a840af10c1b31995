// ARNs: arn:partition:service:region:account:resource, split at the first five colons (S3.3.2).
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace postern::policy {

enum class ArnField : std::size_t { kArn, kPartition, kService, kRegion, kAccount, kResource };

// The parts of an ARN, or of a pattern of one. Views into the text it was split from.
struct Arn {
  std::array<std::string_view, 6> fields;
  std::size_t count = 0;  // fields found: 6 for a whole ARN, fewer for a short one

  std::string_view operator[](ArnField field) const {
    return fields[static_cast<std::size_t>(field)];
  }
  std::string_view partition() const { return (*this)[ArnField::kPartition]; }
  std::string_view service() const { return (*this)[ArnField::kService]; }
  std::string_view region() const { return (*this)[ArnField::kRegion]; }
  std::string_view account() const { return (*this)[ArnField::kAccount]; }
  std::string_view resource() const { return (*this)[ArnField::kResource]; }
  bool whole() const { return count == 6; }
  // Six fields, the first is "arn".
  bool valid() const { return whole() && fields[0] == "arn"; }
};

// Splits at the first five colons that are not inside `${...}`; fewer colons give fewer fields. The
// first field is whatever stands there: ask IsArn for "arn".
Arn SplitArn(std::string_view text);
// The same for text that holds no variables, so that `${` is ordinary text: requests, principals.
Arn SplitConcreteArn(std::string_view text);
bool IsArn(std::string_view text);
// Exactly twelve ASCII digits.
bool IsAccountId(std::string_view text);

}  // namespace postern::policy
