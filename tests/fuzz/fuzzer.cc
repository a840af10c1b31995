// The targets as libFuzzer wants them, in one program: the name by which it is called says which.
//   build-fuzz/fuzz/pattern FOLDER                with any option of libFuzzer
//   build-fuzz/fuzz/pattern --write-seeds FOLDER  one file for each seed
//   postern_fuzz --list                           the names
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"

namespace {

namespace fs = std::filesystem;
using postern::fuzz::Target;

const Target* target = nullptr;

void WriteSeeds(const fs::path& folder) {
  std::size_t number = 0;
  for (const std::string& seed : target->seeds(POSTERN_SOURCE_DIR)) {
    std::ofstream(folder / std::to_string(++number), std::ios::binary) << seed;
  }
}

// Options in front of the user's, so that those win. The entropic schedule counts each feature of
// each input again and again: with programs of this size that takes most of the time.
std::vector<std::string> WithOptions(int argc, char** argv) {
  std::vector<std::string> arguments(argv, argv + argc);
  arguments.insert(arguments.begin() + 1,
                   {"-entropic=0", "-max_len=" + std::to_string(target->max_size)});
  if (target->words) {
    arguments.insert(arguments.begin() + 1, "-dict=" POSTERN_SOURCE_DIR "/tests/fuzz/words.dict");
  }
  return arguments;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  const std::string_view command = *argc > 1 ? (*argv)[1] : "";
  if (command == "--list") {
    for (const Target& each : postern::fuzz::Targets()) std::cout << each.name << '\n';
    std::exit(0);
  }
  target = postern::fuzz::FindTarget(fs::path((*argv)[0]).filename().string());
  if (target == nullptr) {
    std::cerr << "call it by the name of a target: see --list\n";
    std::exit(2);
  }
  if (command == "--write-seeds" && *argc > 2) {
    WriteSeeds((*argv)[2]);
    std::exit(0);
  }
  // Both live as long as the program.
  static std::vector<std::string> arguments = WithOptions(*argc, *argv);
  static std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  *argc = static_cast<int>(pointers.size());
  *argv = pointers.data();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  target->check({reinterpret_cast<const char*>(data), size});
  return 0;
}
