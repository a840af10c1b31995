// Numbers that are the same on every machine, for made-up workloads: the distributions of <random>
// differ from library to library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace postern::bench {

// SplitMix64.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    std::uint64_t x = state_ += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }
  std::size_t Below(std::size_t bound) { return static_cast<std::size_t>(Next() % bound); }
  std::size_t Between(std::size_t low, std::size_t high) { return low + Below(high - low + 1); }
  bool Percent(std::size_t chance) { return Below(100) < chance; }

  template <typename Table>
  const auto& Pick(const Table& table) {
    return table[Below(std::size(table))];
  }

  std::string Word(std::size_t low, std::size_t high,
                   std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789") {
    std::string word(Between(low, high), ' ');
    for (char& letter : word) letter = letters[Below(letters.size())];
    return word;
  }

 private:
  std::uint64_t state_;
};

}  // namespace postern::bench
