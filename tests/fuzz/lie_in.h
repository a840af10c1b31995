// Findings keep to the text that they are about.
#pragma once

#include <vector>

#include "policy/diagnostic.h"
#include "policy/source.h"

namespace postern::fuzz {

// Every place is in the source, the edits of a fix do not overlap, messages are one line.
void MustLieIn(const policy::Source& source, const std::vector<policy::Diagnostic>& findings);

// Is a place in the source?
bool LiesIn(const policy::Source& source, policy::SourceRange range);

}  // namespace postern::fuzz
