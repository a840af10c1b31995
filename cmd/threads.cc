#include "cmd/threads.h"

#include <system_error>
#include <thread>
#include <vector>

namespace postern::cmd {

void ShareWork(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::jthread> threads;
  threads.reserve(count);
  try {
    for (std::size_t i = 1; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  } catch (const std::system_error&) {
    // No more of them: see above.
  }
  work(0);
}

}  // namespace postern::cmd
