// One policy file in the form that `postern fmt` was asked for.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "cmd/files.h"
#include "policy/kind.h"
#include "policy/source.h"

namespace postern::cmd {

enum class Minify { kNone, kSafe, kTight };

struct FormatRequest {
  Minify minify = Minify::kNone;
  bool sort_lists = false;
  bool keep_sids = false;
  std::optional<policy::PolicyKind> kind;  // absent: guessed
  std::optional<std::size_t> max_size;     // as AWS counts for the kind
  std::size_t requests = 20'000;           // that a tight policy is compared with, at most
};

struct HeavyStatement {
  std::string name;  // "Objects (`/Statement/0`)", of the file
  std::size_t size = 0;
};

// A result that is larger than it may be.
struct Oversize {
  std::size_t size = 0;
  std::string_view unit;  // "characters, white space included"
  std::vector<HeavyStatement> heaviest;
  std::optional<std::size_t> tight;  // what Minify::kTight would leave, if it may be used
};

struct Formatted {
  std::shared_ptr<const policy::Source> source;
  std::string text;
  std::string note;  // where a form had to be chosen, which and why; or ""
  std::optional<Oversize> oversize;

  bool changed() const { return text != source->text(); }
};

// Why a file is left as it is.
struct FormatRefusal {
  std::string message;
  bool other = false;  // it holds no policy of its own: nothing is wrong with it
};

// `path`: absolute, as PolicyShape wants it. Bad input is a refusal. Throws std::logic_error where
// the result does not say what the file says: a bug.
tl::expected<Formatted, FormatRefusal> FormatPolicy(
    const std::shared_ptr<const policy::Source>& source, const std::string& path,
    const FormatRequest& request);

}  // namespace postern::cmd
