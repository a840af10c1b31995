// Newer service data without a new program. The real program is run: it looks for the data once.
#include "cmd/installed_catalogue.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <filesystem>
#include <string>

#include "policy/catalogue.h"
#include "tests/cmd/run_program.h"
#include "tests/files.h"

namespace postern::test {
namespace {

namespace fs = std::filesystem;

// A user's home, and the program run in it.
class Home {
 public:
  // Status and output, errors included.
  ProgramResult Run(const std::string& arguments, const std::string& catalog = {}) const {
    const std::string command =
        "cd " + folder_.path() + " && env " +
        (catalog.empty() ? "-u POSTERN_CATALOG" : "POSTERN_CATALOG=" + catalog) +
        " XDG_DATA_HOME=" + folder_.path() + "/data " + postern::testing::Program().string() + " " +
        arguments + " >out 2>&1";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, folder_.Read("out"), {}};
  }

  // Packs the service data of this source tree, as of `date` and with one more action.
  std::string Pack(const std::string& date, const std::string& action) const {
    const std::string tables = folder_.path() + "/tables";
    fs::remove_all(tables);
    fs::copy(postern::testing::SourceDir() / "schemas" / "catalogue", tables);
    const std::string before(policy::Catalogue::Embedded().date());
    std::string source = folder_.Read("tables/source.tsv");
    source.replace(source.find(before), before.size(), date);
    folder_.Write("tables/source.tsv", source);
    std::string actions = folder_.Read("tables/actions.tsv");
    const std::string anchor = "s3\tAbortMultipartUpload";
    const std::size_t at = actions.find(anchor);
    REQUIRE(at != actions.npos);
    const std::string line = actions.substr(at, actions.find('\n', at) + 1 - at);
    std::string added = line;
    added.replace(3, anchor.size() - 3, action);
    actions.insert(at, added);
    folder_.Write("tables/actions.tsv", actions);
    const std::string file = "catalogue-" + date;
    const std::string command = postern::testing::CataloguePack().string() + " " + tables + " " +
                                folder_.path() + "/" + file;
    REQUIRE(std::system(command.c_str()) == 0);
    return file;
  }

  const Folder& folder() const { return folder_; }

 private:
  Folder folder_;
};

bool Has(const ProgramResult& result, std::string_view text) {
  return result.out.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a newer catalogue is used from its update on") {
  const Home home;
  CHECK(Has(home.Run("catalog show s3:AaNewAction"), "there is no action"));
  const ProgramResult updated =
      home.Run("catalog update " + home.Pack("2099-01-31", "AaNewAction"));
  CAPTURE(updated.out);
  CHECK(updated.code == 0);
  CHECK(Has(updated, "the catalogue of 2099-01-31 takes the place of the one of " +
                         std::string(policy::Catalogue::Embedded().date())));
  CHECK(home.Run("catalog show s3:AaNewAction").code == 0);
  CHECK(Has(home.Run("catalog info"), "from " + home.folder().path() + "/data/postern/catalogue"));
  CHECK(Has(home.Run("version"), "catalogue of 2099-01-31"));

  home.folder().Write("p.json", R"({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:AaNewAction", "Resource": "arn:aws:s3:::b/*"}]})");
  CHECK_FALSE(Has(home.Run("lint p.json"), "AC502"));
  CHECK(Has(home.Run("lint p.json", "built-in"), "AC502"));

  CHECK(home.Run("catalog update built-in").code == 0);
  CHECK(home.Run("catalog show s3:AaNewAction").code == 2);
}

TEST_CASE("a catalogue that is older, damaged or another file is refused") {
  const Home home;
  const std::string older = home.Pack("2001-01-31", "AaNewAction");
  CHECK(Has(home.Run("catalog update " + older), "older than the catalogue in use"));
  home.folder().Write("text", "no catalogue");
  const ProgramResult refused = home.Run("catalog update text");
  CHECK(refused.code == 2);
  CHECK(Has(refused, "`text` is not a whole catalogue"));
  CHECK(home.Run("catalog update missing").code == 2);
  CHECK(home.Run("catalog update").code == 2);
  CHECK(Has(home.Run("catalog update text", "built-in"), "unset it"));
  CHECK_FALSE(fs::exists(home.folder().path() + "/data"));
}

TEST_CASE("an installed catalogue that is damaged later is warned of, a named one is an error") {
  const Home home;
  CHECK(home.Run("catalog update " + home.Pack("2099-01-31", "AaNewAction")).code == 0);
  std::string bytes = home.folder().Read("data/postern/catalogue");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] + 1);
  home.folder().Write("data/postern/catalogue", bytes);
  const ProgramResult warned = home.Run("version");
  CHECK(warned.code == 0);
  CHECK(Has(warned, "the built-in catalogue of"));
  CHECK(home.Run("version", home.folder().path() + "/data/postern/catalogue").code == 2);
  CHECK(home.Run("version", "no-such-file").code == 2);
}

}  // namespace postern::test
