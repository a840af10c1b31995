// A catalogue from any bytes: it is opened if they are whole, and no look-up leaves them.
#include "policy/catalogue.h"

#include "tests/fuzz/properties.h"
#include "tests/policy/small_catalogue.h"

namespace postern::fuzz {
namespace {

namespace format = policy::catalogue_format;

// The checksum would stop every change: it is made good.
std::string Signed(std::string bytes) {
  if (bytes.size() < format::kHeaderSize) return bytes;
  bytes.replace(0, format::kMagic.size(), format::kMagic);
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[format::kSizeAt + i] = static_cast<char>(bytes.size() >> (8 * i) & 0xff);
  }
  policy::SmallCatalogue::Sign(bytes);
  return bytes;
}

}  // namespace

void CheckCatalogue(std::string_view bytes) {
  Require(!policy::Catalogue::Open(bytes.substr(0, bytes.size() / 2)),
          "half a catalogue is opened");
  // An array of its own, so that a read past the end is seen.
  const std::string whole = Signed(std::string(bytes));
  const std::vector<char> exact(whole.begin(), whole.end());
  const auto catalogue = policy::Catalogue::Open({exact.data(), exact.size()});
  if (!catalogue) return;
  Require(bytes.size() >= format::kHeaderSize, "a catalogue without a header is opened");
  policy::AskEverything(*catalogue);
  for (const std::string_view service : catalogue->Services()) {
    Require(service.empty() || (exact.data() <= service.data() &&
                                service.data() + service.size() <= exact.data() + exact.size()),
            "a name is not of the catalogue's bytes");
  }
}

std::vector<std::string> CatalogueSeeds(const std::filesystem::path&) {
  return {policy::SmallCatalogue().bytes()};
}

}  // namespace postern::fuzz
