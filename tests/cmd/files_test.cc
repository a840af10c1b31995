#include "cmd/files.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

namespace postern::cmd {
namespace {

namespace fs = std::filesystem;

TEST_CASE("an absolute path has no dots and no slash at its end, wherever it starts") {
  std::istringstream in;
  const Files here("", in);
  CHECK(here.Absolute("") == fs::current_path());
  CHECK(here.Absolute(".") == fs::current_path());
  CHECK(here.Absolute("a/../b/") == fs::current_path() / "b");
  const Files there("/x/y/", in);
  CHECK(there.Absolute("") == "/x/y");
  CHECK(there.Absolute("./a") == "/x/y/a");
  CHECK(there.Absolute("..") == "/x");
  CHECK(there.Absolute("/z/") == "/z");
}

}  // namespace
}  // namespace postern::cmd
