// The flows that belong to a request, and what they tell: packets that a security group or a
// network ACL stopped, or a request that arrived, so that a policy refused it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "authz/diagnose/flow_log.h"
#include "policy/language/values.h"

namespace postern::authz {

// Which flows belong to the request. What is absent or "" limits nothing.
struct FlowQuery {
  std::optional<policy::IpAddress> caller;
  std::optional<std::int64_t> begin;  // Unix seconds; records that overlap count
  std::optional<std::int64_t> end;
  std::string vpc;
  std::string service;    // of the API, "s3": flows to another named service are not the request's
  bool recorded = false;  // the request is in CloudTrail, so it did arrive
};

enum class FlowOutcome : std::uint8_t {
  kRejected,        // packets to the service were stopped
  kReturnRejected,  // the answers were stopped
  kMixed,           // some were stopped, others arrived
  kAccepted,        // all arrived
  kNothing,         // no such flow is recorded
  kUndetermined,    // records are missing, or the request's flows cannot be told from others
};
std::string_view FlowOutcomeName(FlowOutcome outcome);  // "rejected", "return-rejected", ...

// A record that the outcome rests on.
struct FlowEvidence {
  std::size_t line = 0;
  std::string text;  // the record, one line
};

struct FlowFindings {
  FlowOutcome outcome = FlowOutcome::kNothing;
  std::string sentence;                                           // one line
  std::uint64_t accepted = 0, rejected = 0, return_rejected = 0;  // records of the request
  std::uint64_t no_data = 0, skip_data = 0;                       // in the time of the request
  std::vector<FlowEvidence> evidence;                             // at most kShownFlows
};
inline constexpr std::size_t kShownFlows = 10;

// Takes the records of a log one by one.
class FlowMatcher {
 public:
  explicit FlowMatcher(FlowQuery query) : query_(std::move(query)) {}
  void Add(const FlowRecord& record, std::size_t line, std::string_view text);
  FlowFindings Finish() const;

 private:
  // Of one connection: the caller's port and the other end.
  struct Connection {
    bool accepted = false;
    bool rejected = false;
  };
  static constexpr std::size_t kMostConnections = 100000;

  bool InTime(const FlowRecord& record) const;
  bool IsCaller(std::string_view address, std::string_view packet_address) const;
  bool IsOtherService(std::string_view service) const;
  void Count(const FlowRecord& record, bool forward);
  void Keep(const FlowRecord& record, std::size_t line, std::string_view text);
  std::string Where() const;
  std::string Path() const;

  FlowQuery query_;
  FlowFindings findings_;
  std::map<std::string, Connection> connections_;
  std::string direction_, interface_, reason_;  // of the first rejected record
  std::string path_;                    // traffic-path of the first accepted record that has one
  std::uint64_t not_said_ = 0;          // the format has no action
  std::vector<FlowEvidence> accepted_;  // shown where nothing was rejected
};

}  // namespace postern::authz
