// Seeds one fault after the other into a copy of the source tree, builds it and runs the tests:
// each fault has to be noticed.
//
//   postern_faults SOURCES FOLDER [NAME...]
//
// FOLDER keeps the copy (tree/) and its build (build/) from run to run. The status is 1 if a fault
// was not noticed, is stale or does not compile.
#include <fmt/core.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/faults/faults.h"

namespace postern::faults {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kParts[] = {
    "CMakeLists.txt", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "NOTICE",
    "policy",         "authz",     "cmd",          "schemas",         "corpus",  "tests"};

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void Write(const fs::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

// Leaves alone what is as it should be, so that nothing is built in vain.
void CopyFile(const fs::path& from, const fs::path& to) {
  if (fs::exists(to) && Read(from) == Read(to)) return;
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

void CopyTree(const fs::path& from, const fs::path& to) {
  if (fs::exists(to)) {
    std::vector<fs::path> gone;
    for (const auto& entry : fs::recursive_directory_iterator(to)) {
      if (entry.is_regular_file() && !fs::exists(from / entry.path().lexically_relative(to))) {
        gone.push_back(entry.path());
      }
    }
    for (const fs::path& path : gone) fs::remove(path);
  }
  for (std::string_view part : kParts) {
    if (!fs::is_directory(from / part)) {
      CopyFile(from / part, to / part);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(from / part)) {
      if (entry.is_regular_file()) {
        CopyFile(entry.path(), to / entry.path().lexically_relative(from));
      }
    }
  }
}

std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// The exit status, or 128 and the signal that ended the command. Its output goes to `log`.
int Run(const std::string& command, const fs::path& log) {
  const int status = std::system((command + " >" + Quoted(log.string()) + " 2>&1").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

class Bench {
 public:
  Bench(fs::path sources, const fs::path& folder)
      : sources_(std::move(sources)), tree_(folder / "tree"), build_(folder / "build") {
    fs::create_directories(folder);
    log_ = folder / "log";
  }

  const fs::path& log() const { return log_; }

  void Prepare() {
    CopyTree(sources_, tree_);
    if (fs::exists(build_ / "build.ninja")) return;
    const bool has_ccache = std::system("command -v ccache >/dev/null") == 0;
    const std::string command = fmt::format(
        "cmake -G Ninja -S {} -B {} -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O1 "
        "-DPOSTERN_STATIC=OFF {}",
        Quoted(tree_.string()), Quoted(build_.string()),
        has_ccache ? "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache" : "");
    if (Run(command, log_) != 0) throw std::runtime_error("cmake failed:\n" + Read(log_));
  }

  bool Build() const {
    const char* const jobs = std::getenv("JOBS");
    const std::string command = fmt::format("cmake --build {} --target postern_tests -j {}",
                                            Quoted(build_.string()), jobs ? jobs : "$(nproc)");
    return Run(command, log_) == 0;
  }

  // The first test that fails, "" if none does. The corpus is asked first: it is quick and tells
  // the case. What reads the sources as text would notice any edit and is not asked.
  std::string FirstFailure() const {
    for (const char* which :
         {"--test-case='every corpus suite*'", "--test-case-exclude='every corpus suite*'"}) {
      const std::string command = fmt::format(
          "timeout 600 {} --abort-after=1 --no-colors=true {} --source-file-exclude="
          "'*rules_table_test.cc,*layers_test.cc,*faults_test.cc'",
          Quoted((build_ / "tests/postern_tests").string()), which);
      const int status = Run(command, log_);
      if (status != 0) return Describe(Read(log_), status);
    }
    return "";
  }

  std::string ReadFile(const Fault& fault) const { return Read(tree_ / fault.file); }
  void WriteFile(const Fault& fault, const std::string& content) const {
    Write(tree_ / fault.file, content);
  }

 private:
  // What doctest prints of the first failure: `TEST CASE:  name`, and what it captured.
  static std::string Describe(const std::string& output, int status) {
    std::string test;
    std::string captured;
    std::istringstream in(output);
    for (std::string line; std::getline(in, line);) {
      constexpr std::string_view kTest = "TEST CASE:  ";
      constexpr std::string_view kName = "test.name := ";
      if (line.starts_with(kTest) && test.empty()) test = line.substr(kTest.size());
      const std::size_t name = line.find(kName);
      if (name != std::string::npos && captured.empty()) {
        captured = line.substr(name + kName.size());
      }
    }
    if (test.empty()) return fmt::format("the test program ended with status {}", status);
    return captured.empty() ? test : test + ": " + captured;
  }

  fs::path sources_, tree_, build_, log_;
};

std::vector<Fault> Selected(std::vector<Fault> all, const std::vector<std::string>& names) {
  if (names.empty()) return all;
  std::vector<Fault> selected;
  for (const std::string& name : names) {
    const auto before = selected.size();
    for (const Fault& fault : all) {
      if (fault.name == name || fault.trap == name) selected.push_back(fault);
    }
    if (selected.size() == before) throw std::runtime_error("no fault is called `" + name + "`");
  }
  return selected;
}

bool Notices(const Bench& bench, const Fault& fault) {
  const auto say = [&fault](std::string_view outcome, std::string_view more) {
    fmt::print("{}  {} {}: {}\n", outcome, fault.trap, fault.name, more);
    std::fflush(stdout);
  };
  const std::string sound = bench.ReadFile(fault);
  if (const std::string why = WhyStale(fault, sound); !why.empty()) {
    say("STALE", why);
    return false;
  }
  std::string faulty = sound;
  faulty.replace(faulty.find(fault.old_text), fault.old_text.size(), fault.new_text);
  bench.WriteFile(fault, faulty);
  const bool built = bench.Build();
  const std::string failure = built ? bench.FirstFailure() : "";
  bench.WriteFile(fault, sound);
  if (!built) {
    say("DOES NOT COMPILE", Read(bench.log()));
  } else if (failure.empty()) {
    say("NOT NOTICED", fault.belief);
  } else {
    say("noticed", failure);
  }
  return built && !failure.empty();
}

int Main(const std::vector<std::string>& arguments) {
  if (arguments.size() < 2)
    throw std::runtime_error("usage: postern_faults SOURCES FOLDER [NAME...]");
  const fs::path sources = arguments[0];
  const auto faults = Selected(ReadFaults(sources / "tests/faults/faults.txt"),
                               {arguments.begin() + 2, arguments.end()});
  Bench bench(sources, arguments[1]);
  bench.Prepare();
  if (!bench.Build())
    throw std::runtime_error("without a fault it does not build:\n" + Read(bench.log()));
  if (const std::string failure = bench.FirstFailure(); !failure.empty()) {
    throw std::runtime_error("without a fault a test fails: " + failure);
  }
  const auto noticed =
      std::ranges::count_if(faults, [&bench](const Fault& fault) { return Notices(bench, fault); });
  fmt::print("{} of {} faults noticed\n", noticed, faults.size());
  return static_cast<std::size_t>(noticed) == faults.size() ? 0 : 1;
}

}  // namespace
}  // namespace postern::faults

int main(int argc, char** argv) {
  try {
    return postern::faults::Main({argv + 1, argv + argc});
  } catch (const std::exception& problem) {
    fmt::print(stderr, "postern_faults: {}\n", problem.what());
    return 2;
  }
}
