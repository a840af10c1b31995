// Random numbers that are the same on every machine and with every library: xoshiro256**, seeded by
// splitmix64 (Blackman and Vigna, public domain).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace postern::differential {

class Random {
 public:
  // `stream` makes independent sequences of one seed.
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0) {
    std::uint64_t state = seed ^ (stream * 0xD1342543DE82EF95);
    for (std::uint64_t& word : words_) {
      state += 0x9E3779B97F4A7C15;
      std::uint64_t mixed = state;
      mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
      mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
      word = mixed ^ (mixed >> 31);
    }
  }

  // Drawn from `tape` while it lasts, a byte for each number, so that a fuzzer may choose: what one
  // byte decides, a changed byte changes alone. `tape` must outlive it.
  explicit Random(std::string_view tape) : Random(std::uint64_t{0}) { tape_ = tape; }

  std::uint64_t Next() {
    if (!tape_.empty()) {
      const auto byte = static_cast<unsigned char>(tape_.front());
      tape_.remove_prefix(1);
      return byte * std::uint64_t{0x0101010101010101};
    }
    const std::uint64_t result = std::rotl(words_[1] * 5, 7) * 9;
    const std::uint64_t shifted = words_[1] << 17;
    words_[2] ^= words_[0];
    words_[3] ^= words_[1];
    words_[1] ^= words_[2];
    words_[0] ^= words_[3];
    words_[2] ^= shifted;
    words_[3] = std::rotl(words_[3], 45);
    return result;
  }

  // 0 to n - 1; n is small and not 0.
  std::size_t Below(std::size_t n) { return static_cast<std::size_t>(((Next() >> 32) * n) >> 32); }
  bool Chance(unsigned percent) { return Below(100) < percent; }

  template <typename T>
  const T& Pick(std::span<const T> from) {
    return from[Below(from.size())];
  }
  template <typename T, std::size_t kSize>
  const T& Pick(const T (&from)[kSize]) {
    return from[Below(kSize)];
  }
  template <typename T, std::size_t kSize>
  const T& Pick(const std::array<T, kSize>& from) {
    return from[Below(kSize)];
  }
  // A position, each with its weight.
  template <std::size_t kSize>
  std::size_t Weighted(const unsigned (&weights)[kSize]) {
    std::size_t total = 0;
    for (const unsigned weight : weights) total += weight;
    std::size_t drawn = Below(total);
    for (std::size_t i = 0; i + 1 < kSize; ++i) {
      if (drawn < weights[i]) return i;
      drawn -= weights[i];
    }
    return kSize - 1;
  }

 private:
  std::string_view tape_;
  std::array<std::uint64_t, 4> words_;
};

}  // namespace postern::differential
