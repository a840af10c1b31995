// Addresses, against inet_pton; blocks, against comparing bit by bit, and both against the
// reference evaluator.
#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "policy/language/values.h"
#include "tests/fuzz/properties.h"
#include "tests/reference/values.h"

namespace postern::fuzz {
namespace {

using policy::CidrBlock;
using policy::IpAddress;

bool Bit(const IpAddress& address, int bit) {
  return ((address.bytes[static_cast<std::size_t>(bit / 8)] >> (7 - bit % 8)) & 1) != 0;
}

std::string Print(const IpAddress& address) {
  char text[INET6_ADDRSTRLEN];
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), text, sizeof text);
  return text;
}

void CheckAddressText(const std::string& text) {
  const auto address = IpAddress::Parse(text);
  IpAddress other;
  bool valid = text.find('\0') == text.npos;
  if (valid) {
    other.v6 = text.find(':') != text.npos;
    valid = inet_pton(other.v6 ? AF_INET6 : AF_INET, text.c_str(), other.bytes.data()) == 1;
  }
  Require(address.has_value() == valid, "only one of Parse and inet_pton takes the address");
  Require(reference::ReadAddress(text).has_value() == valid,
          "the reference evaluator alone takes or refuses the address");
  if (!valid) return;
  Require(*address == other, "Parse and inet_pton read another address");
  Require(IpAddress::Parse(Print(*address)) == address, "a printed address is another one");
}

void CheckBlock(const std::string& text, const std::string& address_text) {
  const auto block = CidrBlock::Parse(text);
  const auto network = reference::ReadNetwork(text);
  Require(block.has_value() == network.has_value(), "only one of the two takes the block");
  if (!block) return;
  Require(block->Contains(block->network), "a block does not contain its own address");
  const auto again = CidrBlock::Parse(Print(block->network) + "/" + std::to_string(block->prefix));
  Require(again && again->network == block->network && again->prefix == block->prefix,
          "a printed block is another one");
  const auto address = IpAddress::Parse(address_text);
  if (!address) return;
  bool inside = block->network.v6 == address->v6;
  for (int bit = 0; inside && bit < block->prefix; ++bit) {
    inside = Bit(block->network, bit) == Bit(*address, bit);
  }
  Require(block->Contains(*address) == inside, "an address is in the block bit by bit alone");
  Require(reference::Contains(*network, *reference::ReadAddress(address_text)) == inside,
          "the reference evaluator sees the address elsewhere");
}

}  // namespace

// A block and an address, a line each.
void CheckAddress(std::string_view bytes) {
  Input input(bytes);
  const std::string texts[] = {std::string(input.Line()), std::string(input.rest())};
  for (const std::string& text : texts) CheckAddressText(text);
  CheckBlock(texts[0], texts[1]);
}

std::vector<std::string> AddressSeeds(const std::filesystem::path&) {
  return {"10.0.0.0/8\n10.1.2.3",
          "10.0.0.1\n10.0.0.1",
          "203.0.113.7/24\n203.0.113.255",
          "2001:db8::/32\n2001:db8::1",
          "::ffff:10.0.0.0/104\n10.0.0.1",
          "::ffff:10.0.0.0/104\n::ffff:10.0.0.1",
          "::/0\n1:2:3:4:5:6:7:8",
          "0.0.0.0/0\n255.255.255.255",
          "1:2:3:4:5:6:1.2.3.4/128\n1:2:3:4:5:6:102:304",
          "2001:0DB8:0:0::1/127\n2001:db8::"};
}

}  // namespace postern::fuzz
