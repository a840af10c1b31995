// Which files `postern fmt` takes: JSON that is one policy, and nothing around it.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "cmd/fmt/formatter.h"
#include "policy/kind.h"
#include "policy/source.h"
#include "policy/tree.h"

namespace postern::cmd {

struct ReadablePolicy {
  std::shared_ptr<const policy::Tree> tree;  // an object without members of equal names
  policy::PolicyKind kind;                   // as guessed
};

tl::expected<ReadablePolicy, FormatRefusal> ReadPolicy(
    const std::shared_ptr<const policy::Source>& source, const std::string& path);

}  // namespace postern::cmd
