#include "authz/diagnose/flow_match.h"

#include <algorithm>
#include <utility>

#include "policy/language/fold.h"

namespace postern::authz {
namespace {

constexpr std::uint16_t kHttps = 443;
constexpr std::uint8_t kTcp = 6;
constexpr std::size_t kShownBytes = 400;

// Services whose addresses a flow log names apart; all the others share `AMAZON` and `EC2`.
constexpr std::pair<std::string_view, std::string_view> kNamedServices[] = {
    {"S3", "s3"}, {"DYNAMODB", "dynamodb"}, {"CLOUDFRONT", "cloudfront"}, {"ROUTE53", "route53"}};

bool MayBeTcp(const FlowRecord& record) { return !record.protocol || *record.protocol == kTcp; }

}  // namespace

std::string_view FlowOutcomeName(FlowOutcome outcome) {
  switch (outcome) {
    case FlowOutcome::kRejected:
      return "rejected";
    case FlowOutcome::kReturnRejected:
      return "return-rejected";
    case FlowOutcome::kMixed:
      return "mixed";
    case FlowOutcome::kAccepted:
      return "accepted";
    case FlowOutcome::kNothing:
      return "nothing";
    case FlowOutcome::kUndetermined:
      break;
  }
  return "undetermined";
}

bool FlowMatcher::InTime(const FlowRecord& record) const {
  const std::optional<std::int64_t> start = record.start ? record.start : record.end;
  const std::optional<std::int64_t> end = record.end ? record.end : record.start;
  if (query_.begin && end && *end < *query_.begin) return false;
  return !query_.end || !start || *start <= *query_.end;
}

bool FlowMatcher::IsCaller(std::string_view address, std::string_view packet_address) const {
  if (!query_.caller) return true;
  return policy::IpAddress::Parse(address) == query_.caller ||
         policy::IpAddress::Parse(packet_address) == query_.caller;
}

bool FlowMatcher::IsOtherService(std::string_view service) const {
  if (query_.service.empty()) return false;
  for (const auto& [name, prefix] : kNamedServices) {
    if (service == name) return !policy::EqualsIgnoreAsciiCase(prefix, query_.service);
  }
  return false;
}

void FlowMatcher::Keep(const FlowRecord& record, std::size_t line, std::string_view text) {
  std::vector<FlowEvidence>& into =
      record.action == FlowAction::kReject ? findings_.evidence : accepted_;
  if (into.size() < kShownFlows) into.push_back({line, std::string(text.substr(0, kShownBytes))});
}

void FlowMatcher::Count(const FlowRecord& record, bool forward) {
  const bool rejected = record.action == FlowAction::kReject;
  if (!forward) {
    if (rejected) ++findings_.return_rejected;
    return;
  }
  ++(rejected ? findings_.rejected : findings_.accepted);
  std::string key = std::to_string(record.source_port.value_or(0));
  key.append("|").append(record.packet_destination.empty() ? record.destination
                                                           : record.packet_destination);
  if (connections_.size() >= kMostConnections && !connections_.contains(key)) return;
  if (!rejected && path_.empty()) path_ = record.traffic_path;
  Connection& connection = connections_[std::move(key)];
  (rejected ? connection.rejected : connection.accepted) = true;
}

void FlowMatcher::Add(const FlowRecord& record, std::size_t line, std::string_view text) {
  if (!InTime(record)) return;
  if (!query_.vpc.empty() && !record.vpc.empty() && record.vpc != query_.vpc) return;
  if (record.status == FlowStatus::kNoData) ++findings_.no_data;
  if (record.status == FlowStatus::kSkipData) ++findings_.skip_data;
  if (record.status != FlowStatus::kOk || !MayBeTcp(record)) return;
  const bool forward = record.destination_port == kHttps &&
                       IsCaller(record.source, record.packet_source) &&
                       !IsOtherService(record.destination_service);
  const bool answer = !forward && record.source_port == kHttps &&
                      IsCaller(record.destination, record.packet_destination) &&
                      !IsOtherService(record.source_service);
  if (!forward && !answer) return;
  if (record.action == FlowAction::kNotSaid) {
    ++not_said_;
    return;
  }
  Count(record, forward);
  if (forward || record.action == FlowAction::kReject) Keep(record, line, text);
  if (record.action == FlowAction::kReject && interface_.empty()) {
    interface_ = record.interface;
    direction_ = record.direction;
    reason_ = record.reject_reason;
  }
}

// " at `eni-...` (egress)"
std::string FlowMatcher::Where() const {
  std::string text;
  if (!interface_.empty()) text += " at `" + interface_ + "`";
  if (direction_ == "egress") text += ", on the way out";
  if (direction_ == "ingress") text += ", on the way in";
  if (reason_ == "BPA") text += ", by VPC Block Public Access";
  return text;
}

// Which way out the interface of the caller took.
std::string FlowMatcher::Path() const {
  if (path_ == "7") return ", by a gateway endpoint";
  if (path_ == "8") return ", by an internet gateway and not by a VPC endpoint";
  return {};
}

FlowFindings FlowMatcher::Finish() const {
  FlowFindings findings = findings_;
  if (findings.evidence.empty()) findings.evidence = accepted_;
  const auto stopped_on_the_way = [](const auto& entry) {
    return entry.second.accepted && entry.second.rejected;
  };
  const auto conclude = [&](FlowOutcome outcome, std::string sentence) {
    findings.outcome = outcome;
    findings.sentence = std::move(sentence);
    return findings;
  };
  const bool seen = findings.accepted + findings.rejected + findings.return_rejected > 0;
  if (!query_.caller) {
    return conclude(FlowOutcome::kUndetermined,
                    "the request's address is not known, so its flows cannot be told from others: "
                    "`aws:VpcSourceIp` (through an endpoint) or `aws:SourceIp` says it");
  }
  if (!seen && not_said_ > 0) {
    return conclude(FlowOutcome::kUndetermined, "the log's format leaves out the field `action`");
  }
  if (!seen && findings.skip_data > 0) {
    return conclude(FlowOutcome::kUndetermined,
                    "no flow of the request is recorded, but records of that time are missing "
                    "(SKIPDATA): it cannot be told");
  }
  if (!seen && findings.no_data > 0) {
    return conclude(
        FlowOutcome::kUndetermined,
        "no flow of the request is recorded; interfaces had no traffic then (NODATA), so "
        "the request passed another one, or none: it cannot be told");
  }
  if (!seen) {
    return conclude(
        FlowOutcome::kNothing,
        "no packet from that address to port 443 is recorded in that time: the log is of "
        "other interfaces, or the request was not sent");
  }
  if (findings.rejected > 0) {
    const bool all = findings.accepted == 0;
    const bool later = std::ranges::any_of(connections_, stopped_on_the_way);
    if (all || later) {
      return conclude(
          FlowOutcome::kRejected,
          "packets to port 443 were rejected" + Where() +
              (later ? ", having passed another interface" : "") +
              ": look at the security group and the network ACL there" +
              (query_.recorded ? "; the event itself arrived, so these are other attempts"
                               : "; no policy was asked"));
    }
    return conclude(FlowOutcome::kMixed,
                    "some packets to port 443 were rejected" + Where() +
                        " (security group or network ACL), others arrived and were answered by a "
                        "policy");
  }
  if (findings.return_rejected > 0) {
    return conclude(FlowOutcome::kReturnRejected,
                    "the answers from port 443 were rejected" + Where() +
                        ": a network ACL stops them, as security groups are stateful; it must let "
                        "ports 1024 to 65535 through");
  }
  return conclude(FlowOutcome::kAccepted,
                  "the packets to port 443 were let out and in" + Path() +
                      ": no security group or network ACL stopped them, so a policy decided");
}

}  // namespace postern::authz
