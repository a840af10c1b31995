#include "authz/key_table.h"

#include <doctest/doctest.h>

#include <deque>
#include <string>

namespace postern::authz {

TEST_CASE("keys are found in any case, and keep their number and first spelling") {
  KeyTable table;
  const KeyId tag = table.Intern("aws:PrincipalTag/Team");
  CHECK(table.Intern("AWS:principaltag/TEAM") == tag);
  CHECK(table.Find("aws:principalTag/team") == tag);
  CHECK(table.NameOf(tag) == "aws:PrincipalTag/Team");
  CHECK_FALSE(table.Find("aws:PrincipalTag/Teams"));
  CHECK(table.Find("AWS:SOURCEVPCE") == KeyId{kSourceVpce});
}

TEST_CASE("no two of very many keys are taken for one another") {
  KeyTable table;
  std::deque<std::string> names;
  for (int i = 0; i < 100'000; ++i) {
    names.push_back("k:" + std::to_string(i));
    table.Intern(names.back());
  }
  CHECK(table.size() == names.size() + kWellKnownKeyCount);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (table.Find(names[i]) != static_cast<KeyId>(i + kWellKnownKeyCount)) FAIL_CHECK(names[i]);
  }
}

}  // namespace postern::authz
