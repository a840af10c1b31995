#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <stdlib.h>

// What is tested is the program as it was built, whatever catalogue is installed on this machine.
int main(int argc, char** argv) {
  ::setenv("POSTERN_CATALOG", "built-in", 1);
  return doctest::Context(argc, argv).run();
}
