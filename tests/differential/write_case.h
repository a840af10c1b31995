// A failing case as a folder of the corpus: policy files and case.ptest.yaml.
#pragma once

#include <filesystem>

#include "tests/differential/check.h"

namespace postern::differential {

// Makes the folder. What the two sides say stands in `why`; which of them is right is left to a
// person, so the case is a `todo`. False: it could not be written.
bool WriteCase(const std::filesystem::path& folder, const Failure& failure);

}  // namespace postern::differential
