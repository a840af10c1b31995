#include "tests/bench/files.h"

#include <stdlib.h>

#include <fstream>
#include <system_error>

#include "tests/bench/prepared.h"

namespace postern::bench {

ScratchFolder::ScratchFolder(const std::filesystem::path& parent) {
  std::string name = (parent / "postern-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw BenchError{parent.string() + ": cannot be written to"};
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string WriteText(const std::filesystem::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw BenchError{file.string() + ": cannot be written"};
  return file.string();
}

std::string WriteLines(const std::filesystem::path& file, const std::vector<std::string>& lines,
                       std::size_t count) {
  std::ofstream out(file, std::ios::binary);
  for (std::size_t i = 0; i < count; ++i) out << lines[i % lines.size()] << '\n';
  if (!out.flush()) throw BenchError{file.string() + ": cannot be written"};
  return file.string();
}

}  // namespace postern::bench
