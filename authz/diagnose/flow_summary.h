// What was rejected on the way to or from AWS services, in a whole flow log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "authz/diagnose/flow_log.h"

namespace postern::authz {

// Rejected records of the same ends.
struct FlowGroup {
  std::string interface;
  std::string direction;  // "ingress", "egress"; "" where the format leaves it out
  std::string source;
  std::string destination;
  std::string service;     // the AWS service at the far end, "S3"; "" if that is not said
  std::uint16_t port = 0;  // of the service; 0 where the format leaves it out
  bool answers = false;    // from the service to the caller
  std::uint64_t records = 0;
  std::uint64_t packets = 0;
  std::size_t line = 0;  // of the first
};

class FlowSummary {
 public:
  void Add(const FlowRecord& record, std::size_t line);

  std::uint64_t records() const { return records_; }
  std::uint64_t accepted() const { return accepted_; }
  std::uint64_t rejected() const { return rejected_; }
  std::uint64_t no_data() const { return no_data_; }
  std::uint64_t skip_data() const { return skip_data_; }
  std::size_t group_count() const { return groups_.size(); }
  // Those with the most packets first, at most kShownGroups.
  std::vector<FlowGroup> Groups() const;

  static constexpr std::size_t kShownGroups = 20;

 private:
  // Interface, direction, source, destination, port, answers. Later ones beyond this many are not
  // told apart any more.
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::uint16_t, bool>;
  static constexpr std::size_t kMostGroups = 100000;

  std::map<Key, FlowGroup> groups_;
  std::uint64_t records_ = 0, accepted_ = 0, rejected_ = 0, no_data_ = 0, skip_data_ = 0;
};

}  // namespace postern::authz
