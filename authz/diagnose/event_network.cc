// Where a request came from, and the keys that tell of its way (semantics S6.1, S6.4).
#include <algorithm>
#include <array>

#include "authz/diagnose/event_parts.h"
#include "policy/language/values.h"

namespace postern::authz {
namespace {

using policy::CidrBlock;
using policy::IpAddress;
using policy::Node;

// Addresses that are not met on the internet: a caller that has one is inside a network.
bool IsPrivate(const IpAddress& address) {
  static constexpr std::array<std::string_view, 5> kBlocks = {
      "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"};
  return std::ranges::any_of(
      kBlocks, [&](std::string_view block) { return CidrBlock::Parse(block)->Contains(address); });
}

// CloudTrail cuts longer ones.
constexpr std::size_t kWholeUserAgent = 1000;

// S3 records the header in brackets.
std::string_view UserAgent(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  const bool of_a_service =
      text.ends_with(".amazonaws.com") || text.starts_with("AWS Internal") || text == "-";
  return of_a_service || text.size() >= kWholeUserAgent ? std::string_view() : text;
}

void AddKey(CloudTrailEvent& event, const char* key, std::string_view value) {
  if (!value.empty()) event.keys.push_back({key, {std::string(value)}});
}

}  // namespace

void ReadWay(const Node& record, CloudTrailEvent& event) {
  const std::string_view from = TextAt(record, "sourceIPAddress");
  const auto address = IpAddress::Parse(from);
  if (address) event.address = from;
  event.vpc_endpoint = TextAt(record, "vpcEndpointId");
  event.vpc_endpoint_account = TextAt(record, "vpcEndpointAccountId");
  const bool by_service =
      event.requester.kind == RequesterKind::kService || !event.forwarded_by.empty();
  if (by_service) {
    // The endpoint of such a record is the service's own.
    event.vpc_endpoint.clear();
    event.vpc_endpoint_account.clear();
    event.way = EventWay::kNoEndpoint;
  } else if (!event.vpc_endpoint.empty()) {
    event.way = EventWay::kEndpoint;
    AddKey(event, "aws:VpcSourceIp", event.address);
  } else if (address && !IsPrivate(*address)) {
    event.way = EventWay::kNoEndpoint;
    AddKey(event, "aws:SourceIp", event.address);
  }
  AddKey(event, "aws:UserAgent", UserAgent(TextAt(record, "userAgent")));
  if (policy::Instant::Parse(event.time)) AddKey(event, "aws:CurrentTime", event.time);
  const bool tls = !TextAt(record, "tlsDetails/tlsVersion").empty() ||
                   !TextAt(record, "additionalEventData/CipherSuite").empty();
  if (tls) {
    AddKey(event, "aws:SecureTransport", "true");
  } else {
    event.unknown_keys.emplace_back("aws:SecureTransport");
  }
}

}  // namespace postern::authz
