#include "cmd/fingerprint.h"

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <string_view>

namespace postern::cmd {
namespace {

class Fnv1a {
 public:
  void Add(char c) {
    hash_ ^= static_cast<unsigned char>(c);
    hash_ *= 0x100000001b3u;
  }
  // With an end mark, so that ("ab", "c") and ("a", "bc") differ.
  void AddField(std::string_view text) {
    for (char c : text) Add(c);
    Add('\0');
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325u;
};

void AddSqueezed(Fnv1a& hash, std::string_view json) {
  bool in_string = false;
  bool escaped = false;
  for (char c : json) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (in_string || !space) hash.Add(c);
    if (c == '"' && !escaped) in_string = !in_string;
    escaped = in_string && c == '\\' && !escaped;
  }
  hash.Add('\0');
}

}  // namespace

std::vector<std::string> Fingerprints(const policy::Source& source, std::string_view resource,
                                      const std::vector<policy::Diagnostic>& diagnostics) {
  std::map<std::uint64_t, std::uint32_t> seen;
  std::vector<std::string> fingerprints;
  fingerprints.reserve(diagnostics.size());
  for (const policy::Diagnostic& diagnostic : diagnostics) {
    Fnv1a hash;
    if (!resource.empty()) hash.AddField(resource);
    hash.AddField(diagnostic.code);
    hash.AddField(diagnostic.pointer);
    AddSqueezed(hash, source.Slice(diagnostic.range));
    const std::uint32_t before = seen[hash.value()]++;
    if (before > 0) hash.AddField(std::to_string(before));
    fingerprints.push_back(fmt::format("{:016x}", hash.value()));
  }
  return fingerprints;
}

}  // namespace postern::cmd
