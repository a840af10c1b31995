#include "cmd/test/selection.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <utility>

namespace postern::cmd {

Selection::Selection(const std::string& regex, std::vector<std::string> tags)
    : tags_(std::move(tags)) {
  if (regex.empty()) return;
  RE2::Options flags;
  flags.set_dot_nl(true);
  flags.set_log_errors(false);
  regex_ = std::make_unique<RE2>(regex, flags);
}

Selection::~Selection() = default;

std::string Selection::error() const {
  return regex_ == nullptr || regex_->ok() ? std::string() : regex_->error();
}

bool Selection::Has(const authz::Suite& suite, const authz::SuiteCase& test) const {
  const auto has_tag = [&](const std::string& tag) {
    return std::ranges::find(test.tags, tag) != test.tags.end();
  };
  if (!tags_.empty() && std::ranges::none_of(tags_, has_tag)) return false;
  return regex_ == nullptr ||
         RE2::PartialMatch(fmt::format("{}: {}", suite.name, test.name), *regex_);
}

}  // namespace postern::cmd
