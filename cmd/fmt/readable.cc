#include "cmd/fmt/readable.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cmd/policy_kind.h"
#include "cmd/render/snippet.h"
#include "policy/containers/container.h"
#include "policy/json_repair.h"
#include "policy/json_tree.h"
#include "policy/quote.h"
#include "policy/unwrap.h"

namespace postern::cmd {
namespace {

using Refused = tl::unexpected<FormatRefusal>;

Refused AtPlace(const policy::Source& source, policy::SourceRange range, std::string_view why) {
  return Refused({fmt::format("{}: {}", Place(source, range), why), false});
}

Refused Other(const policy::Source& source, std::string_view why) {
  return Refused({fmt::format("`{}`: {}", source.name(), why), true});
}

// What stands in the way of reading, where it stands.
Refused Broken(const std::shared_ptr<const policy::Source>& source, const policy::JsonError& error,
               PolicyLikeness likeness) {
  const policy::RepairResult repaired = policy::RepairJson(source);
  policy::SourceRange range{error.offset, error.offset};
  std::string why = error.message;
  if (!repaired.diagnostics.empty()) {
    range = repaired.diagnostics.front().range;
    why = repaired.diagnostics.front().message + " (`postern lint` says more)";
  }
  Refused refused = AtPlace(*source, range, why);
  refused.value().other = likeness == PolicyLikeness::kUnclear;
  return refused;
}

constexpr std::string_view kFormatThere =
    "format the policies where they are written, or each in a file of its own";

}  // namespace

tl::expected<ReadablePolicy, FormatRefusal> ReadPolicy(
    const std::shared_ptr<const policy::Source>& source, const std::string& path) {
  if (HasSuffix(source->name(), ".tf")) {
    return Other(*source, "Terraform's own language: `terraform fmt` formats it");
  }
  if (const policy::ContainerResult read = policy::ReadContainer(source); read.container) {
    return Other(*source, fmt::format("holds policies among other things ({}): {}",
                                      read.container->format, kFormatThere));
  } else if (read.error) {
    return AtPlace(*read.error->source, read.error->range, read.error->message);
  }
  const PolicyShape shape = LookAt(source, path);
  policy::JsonResult read = policy::ReadJson(source);
  const policy::Unwrapped inside =
      read.tree ? policy::UnwrapString(*read.tree) : policy::UnwrapUrl(source);
  if (inside.tree) {
    return Other(*source, fmt::format("the policy stands in {}: decode it first", inside.wrapping));
  }
  if (!read.tree) return Broken(source, *read.error, shape.likeness);
  const policy::Node& root = read.tree->root();
  if (!root.IsObject() || root.count == 0 || shape.likeness != PolicyLikeness::kPolicy) {
    return Other(*source, "holds no policy: there is no `Statement` in it");
  }
  const auto duplicates = policy::FindDuplicateKeys(root);
  if (!duplicates.empty()) {
    const policy::DuplicateKey& first = duplicates.front();
    return AtPlace(
        *source, first.again->key_range,
        fmt::format("{} is given twice, first at {}: which one counts is not known",
                    policy::Quote(first.again->key), At(*source, first.first->key_range)));
  }
  return ReadablePolicy{std::make_shared<const policy::Tree>(*std::move(read.tree)),
                        shape.guess.kind};
}

}  // namespace postern::cmd
