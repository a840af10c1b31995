// Work that several threads share.
#pragma once

#include <cstddef>
#include <functional>

namespace postern::cmd {

// Calls work(0) on this thread and work(1) to work(count - 1) each on one of its own, and returns
// when all are done. Where the system gives fewer threads there are fewer calls: each takes what is
// left to do until nothing is. `work` does not throw.
void ShareWork(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace postern::cmd
