// The catalogue that catalogue_pack made from schemas/catalogue, as part of the library.
#include <cstddef>
#include <string_view>

#include "policy/catalogue.h"

asm(".pushsection .rodata\n"
    ".hidden postern_catalogue_begin\n"
    ".globl postern_catalogue_begin\n"
    "postern_catalogue_begin:\n"
    ".incbin \"" POSTERN_CATALOGUE_FILE
    "\"\n"
    ".hidden postern_catalogue_end\n"
    ".globl postern_catalogue_end\n"
    "postern_catalogue_end:\n"
    ".popsection\n");

extern "C" {
extern const char postern_catalogue_begin[];
extern const char postern_catalogue_end[];
}

namespace postern::policy {
namespace {

Catalogue& Replaceable() {
  static Catalogue catalogue = Catalogue::Embedded();
  return catalogue;
}

}  // namespace

// Made by the build, so not checked: Open's checksum would cost a start-up more than everything
// else.
const Catalogue& Catalogue::Embedded() {
  static const Catalogue kCatalogue(
      std::string_view(postern_catalogue_begin,
                       static_cast<std::size_t>(postern_catalogue_end - postern_catalogue_begin)));
  return kCatalogue;
}

const Catalogue& Catalogue::InUse() { return Replaceable(); }

void Catalogue::Use(const Catalogue& catalogue) { Replaceable() = catalogue; }

}  // namespace postern::policy
