// Places in a file as every JSON format writes them.
#pragma once

#include "cmd/render/json_writer.h"
#include "policy/source.h"

namespace postern::cmd {

// "start": {"line", "column", "byte"}, "end": {...}
void WriteRange(JsonWriter& json, const policy::Source& source, policy::SourceRange range);

}  // namespace postern::cmd
