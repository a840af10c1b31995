// A policy's text in each form of `postern fmt`: nothing is lost, and twice is once.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "cmd/fmt/formatter.h"

namespace postern::testing {

inline std::shared_ptr<const policy::Source> SourceOf(std::string text) {
  return std::make_shared<const policy::Source>("p.json", std::move(text));
}

struct Totals {
  std::size_t formatted = 0;
  std::size_t tight = 0;
};

// `path` says of what kind it is, if it is a policy. FormatPolicy itself throws if the result means
// something else.
inline void CheckText(const std::string& text, const std::string& path, Totals& totals) {
  for (const bool sort : {false, true}) {
    for (const cmd::Minify minify : {cmd::Minify::kNone, cmd::Minify::kSafe, cmd::Minify::kTight}) {
      cmd::FormatRequest request;
      request.minify = minify;
      request.sort_lists = sort;
      request.requests = 300;
      // The comparison of decisions is costly; once is enough.
      if (sort && minify == cmd::Minify::kTight) continue;
      const auto once = cmd::FormatPolicy(SourceOf(text), path, request);
      if (!once) {
        CHECK_FALSE(once.error().message.empty());
        continue;
      }
      const auto twice = cmd::FormatPolicy(SourceOf(once->text), path, request);
      REQUIRE(twice.has_value());
      CHECK(twice->text == once->text);
      ++totals.formatted;
      totals.tight += minify == cmd::Minify::kTight ? 1 : 0;
    }
  }
}

}  // namespace postern::testing
