// Seeded faults: small edits that make the engine wrong in a way that a trap of authz/semantics.md
// (S9) describes. faults.txt holds them:
//
//   == NAME TRAP FILE
//   what the engine then believes, in a sentence
//   --- old
//   text that stands once in FILE; its last line need not be a whole one
//   --- new
//   text that takes its place
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace postern::faults {

struct Fault {
  std::string name;
  std::string trap;  // "T19"
  std::string file;  // below the root of the source tree
  std::string belief;
  std::string old_text;
  std::string new_text;
};

// Throws std::runtime_error where the table is not as above.
std::vector<Fault> ReadFaults(const std::filesystem::path& table);

// "" if `old_text` stands in `content` exactly once; else why the fault is stale.
std::string WhyStale(const Fault& fault, const std::string& content);

}  // namespace postern::faults
