// A fuzz target: what must hold of any bytes, and texts to begin with. libFuzzer drives it
// (fuzzer.cc), and so does a test (fuzz_test.cc).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace postern::fuzz {

// Something that must hold does not.
class Broken : public std::logic_error {
  using std::logic_error::logic_error;
};

inline void Require(bool holds, std::string_view what) {
  if (!holds) throw Broken(std::string(what));
}

struct Target {
  std::string_view name;
  void (*check)(std::string_view bytes);  // throws, where the property is broken
  std::vector<std::string> (*seeds)(const std::filesystem::path& root);  // of the repository
  std::size_t max_size;  // of the bytes that the fuzzer tries
  bool words = true;     // the words of policies are tried in it
};
std::span<const Target> Targets();
const Target* FindTarget(std::string_view name);

// Bytes taken apart from the front. Whatever is asked of the end is 0 or "".
class Input {
 public:
  explicit Input(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t Byte() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  std::string_view Line() {
    const std::size_t end = rest_.find('\n');
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
    return line;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace postern::fuzz
