// RapidJSON over lines, and nothing done with them: iterative, validating, numbers as text, one
// reader, a handler that forgets. In files of their own, as g++ keeps the stream's pointers in
// registers or not, and takes twice the time, depending on what stands beside.
#pragma once

#include <string>
#include <vector>

namespace postern::bench {

// In situ, from one buffer. False if a line is not JSON.
bool ReadAndForget(const std::vector<std::string>& lines);
// From the lines as they stand.
bool ReadAndForgetFromMemory(const std::vector<std::string>& lines);

}  // namespace postern::bench
