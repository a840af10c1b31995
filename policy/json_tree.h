// JSON text -> Tree. The accepted path: RFC 8259, UTF-8, nothing tolerated. What it refuses is read
// again by json_repair.h, which says what is wrong.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "policy/source.h"
#include "policy/tree.h"

namespace postern::policy {

struct JsonLimits {
  std::uint32_t max_bytes = 1u << 20;  // a policy's text: 1 MiB (containers are larger)
  std::uint32_t max_depth = 64;
};
inline constexpr JsonLimits kPolicyLimits{};
inline constexpr JsonLimits kContainerLimits{256u << 20, 512};
inline constexpr JsonLimits kSuiteLimits{64u << 20, 64};

// Where and why strict reading stopped.
struct JsonError {
  enum class Kind : std::uint8_t {
    kSyntax,
    kEmpty,
    kTooLarge,
    kTooDeep,
    kEncoding,  // not UTF-8: a byte-order mark, UTF-16, an invalid byte, a lone surrogate
  };
  Kind kind = Kind::kSyntax;
  std::uint32_t offset = 0;  // byte of the Source
  std::string message;       // one line, lower case, no full stop
};

struct JsonResult {
  std::optional<Tree> tree;  // absent if and only if `error` is set
  std::optional<JsonError> error;
};

// Reads the whole text of `source` as one JSON value. Never throws on bad input; does not recurse;
// time and memory linear in the text (about twice its size beside the nodes). Duplicate members are
// kept: see FindDuplicateKeys.
JsonResult ReadJson(std::shared_ptr<const Source> source, JsonLimits limits = kPolicyLimits);

// Reads one text after another and keeps its buffers in between: no allocation once warm.
class JsonReader {
 public:
  explicit JsonReader(JsonLimits limits = kPolicyLimits);
  ~JsonReader();
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;

  // The root of the tree of `text`, or null: see error(). The nodes and all that they point to live
  // until the next call; `text` may go at once.
  const Node* Read(std::string_view text);
  // Why the last Read returned null.
  const JsonError& error() const;

 private:
  friend JsonResult ReadJson(std::shared_ptr<const Source> source, JsonLimits limits);
  friend JsonResult ReadJsonInString(const Tree& outer, const Node& string_node, JsonLimits limits);
  friend JsonResult ReadUrlEncodedJson(std::shared_ptr<const Source> source, JsonLimits limits);
  struct State;
  std::unique_ptr<State> state_;
};

// Reads the text *inside* a string node of `outer` as JSON: a policy that another document carries
// as a string. Ranges are bytes of the outer file all the same.
JsonResult ReadJsonInString(const Tree& outer, const Node& string_node,
                            JsonLimits limits = kPolicyLimits);

// The same for a whole file of percent-encoded text, as IAM's API hands out policies.
JsonResult ReadUrlEncodedJson(std::shared_ptr<const Source> source,
                              JsonLimits limits = kPolicyLimits);

}  // namespace postern::policy
