#include "cmd/replace_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/cmd/run_program.h"
#include "tests/files.h"

using postern::cmd::ReplaceFile;
using postern::test::Folder;

namespace {

struct stat StatusOf(const Folder& folder, const std::string& name) {
  struct stat status {};
  REQUIRE(::stat((folder.path() + "/" + name).c_str(), &status) == 0);
  return status;
}

std::size_t CountFiles(const Folder& folder) {
  const std::filesystem::directory_iterator files(folder.path());
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

// The program in a shell where no file may grow beyond a block of 512 or 1024 bytes.
int RunWithSmallFiles(const Folder& folder, const std::string& arguments) {
  const std::string command = "cd '" + folder.path() + "' && ulimit -f 1 && exec '" +
                              postern::testing::Program().string() + "' " + arguments +
                              " >/dev/null 2>errors";
  const int status = std::system(command.c_str());
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("a new file is as open as the umask has it, an old one stays as open as it was") {
  const Folder folder;
  const mode_t before = ::umask(027);
  CHECK_FALSE(ReplaceFile(folder.path() + "/new", "text"));
  ::umask(before);
  CHECK((StatusOf(folder, "new").st_mode & 07777) == 0640);
  REQUIRE(::chmod((folder.path() + "/new").c_str(), 0604) == 0);
  CHECK_FALSE(ReplaceFile(folder.path() + "/new", "other text"));
  CHECK((StatusOf(folder, "new").st_mode & 07777) == 0604);
  CHECK(folder.Read("new") == "other text");
  CHECK(CountFiles(folder) == 1);
}

TEST_CASE("what root writes stays whose it was") {
  if (::geteuid() != 0) {
    MESSAGE("skipped: only root may give files away");
    return;
  }
  const Folder folder;
  folder.Write("p.json", "text");
  REQUIRE(::chown((folder.path() + "/p.json").c_str(), 12345, 23456) == 0);
  CHECK_FALSE(ReplaceFile(folder.path() + "/p.json", "other text"));
  CHECK(StatusOf(folder, "p.json").st_uid == 12345);
  CHECK(StatusOf(folder, "p.json").st_gid == 23456);
}

TEST_CASE("what is no file is not replaced") {
  const Folder folder;
  std::filesystem::create_directory(folder.path() + "/folder");
  CHECK(ReplaceFile(folder.path() + "/folder", "text") == "is not a regular file");
  CHECK(ReplaceFile(folder.path() + "/no/such/folder/x", "text"));
}

TEST_CASE(
    "where a file cannot be written to its end, exit code 2, and the old one is still there") {
  const Folder folder;
  // Longer than the block that is allowed, and in another form than `fmt` writes.
  std::string policy = R"({"Version": "2012-10-17", "Statement": [)";
  for (int i = 0; i < 20; ++i) {
    policy += i == 0 ? "" : ",";
    policy +=
        R"({"Effect":"allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b)" +
        std::to_string(i) + R"(/*"})";
  }
  policy += "]}";
  for (const std::string arguments :
       {"fmt -w endpoint.json", "lint --fix endpoint.json",
        "lint --write-baseline old endpoint.json", "rules -o json=old"}) {
    CAPTURE(arguments);
    folder.Write("endpoint.json", policy);
    folder.Write("old", "{}");
    folder.Write("errors", "");
    CHECK(RunWithSmallFiles(folder, arguments) == 2);
    CHECK(folder.Read("errors").find("cannot write `") != std::string::npos);
    CHECK(folder.Read("errors").find("File too large") != std::string::npos);
    CHECK(folder.Read("endpoint.json") == policy);
    CHECK(folder.Read("old") == "{}");
    CHECK(CountFiles(folder) == 3);
  }
}

TEST_CASE("an output may be a device or a pipe") {
  const Folder folder;
  const std::string program = postern::testing::Program().string();
  CHECK(std::system((program + " version -o json=/dev/null").c_str()) == 0);
  const std::string piped = "bash -c '" + program + " version -o json=>(cat >" + folder.path() +
                            "/out); for i in 1 2 3 4 5 6 7 8 9; do [ -s " + folder.path() +
                            "/out ] || sleep 0.1; done'";
  CHECK(std::system(piped.c_str()) == 0);
  CHECK(folder.Read("out").find("postern/version/1") != std::string::npos);
  const int full = std::system((program + " version -o json=/dev/full 2>/dev/null").c_str());
  CHECK(WEXITSTATUS(full) == 2);
}
