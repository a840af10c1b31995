// Address blocks under IpAddress and NotIpAddress.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "policy/language/values.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"
#include "policy/rules/fixes.h"

namespace postern::policy {
namespace {

struct PrivateBlock {
  std::string_view block;
  std::string_view what;
};
// Addresses that no request from the internet comes from.
constexpr std::array kPrivateBlocks = {
    PrivateBlock{"10.0.0.0/8", "private"},
    PrivateBlock{"172.16.0.0/12", "private"},
    PrivateBlock{"192.168.0.0/16", "private"},
    PrivateBlock{"127.0.0.0/8", "a loopback address"},
    PrivateBlock{"169.254.0.0/16", "link-local"},
    PrivateBlock{"100.64.0.0/10", "shared by providers, not public"},
    PrivateBlock{"fc00::/7", "private"},
    PrivateBlock{"fe80::/10", "link-local"},
    PrivateBlock{"::1/128", "a loopback address"},
};

// What is private about the whole block; "" if it is public, in part at least.
std::string_view PrivateOf(const CidrBlock& block) {
  for (const PrivateBlock& row : kPrivateBlocks) {
    const auto outer = CidrBlock::Parse(row.block);
    if (outer && outer->prefix <= block.prefix && outer->Contains(block.network)) return row.what;
  }
  return {};
}

std::string Spell(const CidrBlock& block) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(block.network.v6 ? AF_INET6 : AF_INET, block.network.bytes.data(), text.data(),
            text.size());
  return std::string(text.data()) + "/" + std::to_string(block.prefix);
}

std::string WhyNoBlock(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  if (IpAddress::Parse(address)) {
    return slash == text.npos ? "" : ": the number behind `/` is out of range or no number";
  }
  for (std::size_t at = 0; at + 1 < address.size(); ++at) {
    const bool begins = at == 0 || address[at - 1] == '.';
    if (begins && address[at] == '0' && address[at + 1] >= '0' && address[at + 1] <= '9') {
      return ": numbers of an address have no leading zeros";
    }
  }
  return {};
}

template <typename Visit>
void ForEachAddress(const LintContext& context, Visit visit) {
  ForEachValue(context, [&visit](const Condition& condition, const Node& value) {
    if (Traits(condition).family != OperatorFamily::kIpAddress) return;
    if (!IsUnfinished(value.text)) visit(condition, value);
  });
}

}  // namespace

void CheckAddressBlock(LintContext& context) {
  ForEachAddress(context, [&context](const Condition& condition, const Node& value) {
    if (CidrBlock::Parse(value.text)) return;
    context.Report("CO716", value,
                   Quote(value.text) + " is no address and no address block" +
                       WhyNoBlock(value.text) + "; " + Quote(condition.op_node->key) +
                       " is then never true",
                   "write `203.0.113.7`, `203.0.113.0/24` or `2001:db8::/32`");
  });
}

void CheckHostBits(LintContext& context) {
  ForEachAddress(context, [&context](const Condition&, const Node& value) {
    const auto block = CidrBlock::Parse(value.text);
    const auto address = IpAddress::Parse(value.text.substr(0, value.text.find('/')));
    if (!block || !address || *address == block->network) return;
    const std::string network = Spell(*block);
    Diagnostic& finding = context.Report(
        "CO717", value, Quote(value.text) + " stands for the whole block `" + network + "`",
        "write the block, or one address without `/`");
    AddRewrite(finding, context.document(), value, network, FixSafety::kSafe);
  });
}

void CheckPrivateSourceIp(LintContext& context) {
  if (context.kind() == PolicyKind::kEndpoint) return;  // EP501
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    if (!IsOn(condition, "aws:SourceIp")) return;
    if (Traits(condition).family != OperatorFamily::kIpAddress) return;
    const Node* first = nullptr;
    std::string_view what;
    std::size_t count = 0;
    for (const Node* value : condition.values) {
      const auto block = CidrBlock::Parse(value->text);
      const std::string_view is = block ? PrivateOf(*block) : std::string_view();
      if (is.empty()) continue;
      if (first == nullptr) {
        first = value;
        what = is;
      }
      ++count;
    }
    if (first == nullptr) return;
    const bool all = count == condition.values.size();
    const std::string outcome = Traits(condition).negated
                                    ? "this condition is true of every request"
                                    : "this condition is never true";
    Diagnostic& finding = context.Report(
        "CO718", *first,
        Quote(first->text) + " is " + std::string(what) + ", and aws:SourceIp is a public address" +
            (all ? ": " + outcome : std::string()),
        "for requests through a VPC endpoint use aws:VpcSourceIp with aws:SourceVpc");
    if (!all) finding.severity = Severity::kWarning;
  });
}

}  // namespace postern::policy
