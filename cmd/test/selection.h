// Which cases run: `-r` and `--tag`.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "authz/suites/suite.h"

namespace re2 {
class RE2;
}

namespace postern::cmd {

class Selection {
 public:
  // "" = every name; no tags = whatever they are.
  Selection(const std::string& regex, std::vector<std::string> tags);
  ~Selection();
  Selection(const Selection&) = delete;
  Selection& operator=(const Selection&) = delete;

  // Why the expression is none; "" if it is one. Ask before Has.
  std::string error() const;
  // The expression is looked for in "suite: name"; one of the tags is enough.
  bool Has(const authz::Suite& suite, const authz::SuiteCase& test) const;

 private:
  std::unique_ptr<re2::RE2> regex_;
  std::vector<std::string> tags_;
};

}  // namespace postern::cmd
