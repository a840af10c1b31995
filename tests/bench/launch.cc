// `postern_bench_launch TOGETHER PROGRAM ARGUMENTS...`: runs a program, TOGETHER of them at once,
// without what they print. Prints "WALL-NS CPU-NS MAX-RSS-KB STATUS", processor time and status
// summed up, memory of the largest.
//
// A program of its own and a small one: what fork copies, and the memory that Linux ascribes to a
// child before it becomes another program, are the parent's.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

long long Now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

long long Nanoseconds(const timeval& time) {
  return time.tv_sec * 1000000000LL + time.tv_usec * 1000LL;
}

void Start(char** program) {
  if (fork() != 0) return;
  const int nowhere = open("/dev/null", O_WRONLY);
  if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0) _exit(127);
  execvp(program[0], program);
  _exit(127);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int together = std::atoi(argv[1]);
  const long long begin = Now();
  for (int started = 0; started < together; ++started) Start(argv + 2);
  long long processor = 0;
  long memory = 0;
  int status = 0;
  for (int ended = 0; ended < together; ++ended) {
    int how = 0;
    rusage usage{};
    if (wait4(-1, &how, 0, &usage) < 0) return 1;
    processor += Nanoseconds(usage.ru_utime) + Nanoseconds(usage.ru_stime);
    if (usage.ru_maxrss > memory) memory = usage.ru_maxrss;
    status += WIFEXITED(how) ? WEXITSTATUS(how) : 128;
  }
  std::printf("%lld %lld %ld %d\n", Now() - begin, processor, memory, status);
  return 0;
}
