#include "tests/files.h"

namespace postern::testing {

std::filesystem::path SourceDir() { return POSTERN_SOURCE_DIR; }
std::filesystem::path Program() { return POSTERN_PROGRAM; }
std::filesystem::path CataloguePack() { return POSTERN_CATALOGUE_PACK; }

}  // namespace postern::testing
