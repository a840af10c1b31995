#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/reference/cases.h"

namespace postern::reference {

// What is taken for granted where the case leaves open who calls or whose the resource is: the case
// is judged under each (S4.19; cli.md 4, `resource_account`).
struct Reading {
  Caller::Kind caller = Caller::kUnknown;
  bool same_account = false;                  // the caller's and the resource's
  std::optional<std::string> owner;           // the resource's account, where it is known
  bool same_account_as_access_point = false;  // S7.12.2
};

// One at least. Throws Refusal where what the case says contradicts itself.
std::vector<Reading> ReadingsOf(const Case& the_case);

// The call names no resource: `*`, or S3's lists of an account (S3.5, S7.2).
bool NamesNoResource(const Case& the_case);

}  // namespace postern::reference
