// The tables that `./dev bench` prints: a row a figure, with its range, the goal and the limit that
// it is held against, and how it compares with something that does less.
#pragma once

#include <string>

#include "tests/bench/figures.h"

namespace postern::bench {

// "machine: ..." and "build: ..." with processor, cores, load, compiler and `commit`.
std::string MachineLines(const std::string& commit);

// Every table that has a figure. Goals and limits are reported and never enforced: times depend on
// the machine.
std::string Report(const Figures& figures);

}  // namespace postern::bench
