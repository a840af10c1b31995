// VPC flow log records, line by line: the default format, or the one that a header line names;
// versions 2 and later, fields in any order, unknown ones passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::authz {

enum class FlowAction : std::uint8_t { kNotSaid, kAccept, kReject };
enum class FlowStatus : std::uint8_t {
  kOk,
  kNoData,    // nothing passed the interface in the interval
  kSkipData,  // records of the interval are missing
};

// Views into the line. A field that is `-`, or that the format leaves out, is "" or absent.
struct FlowRecord {
  std::string_view interface;
  std::string_view vpc;
  std::string_view source;               // srcaddr: of the interface that is looked at
  std::string_view destination;          // dstaddr
  std::string_view packet_source;        // pkt-srcaddr: of the packet itself
  std::string_view packet_destination;   // pkt-dstaddr
  std::string_view source_service;       // pkt-src-aws-service: "S3"
  std::string_view destination_service;  // pkt-dst-aws-service
  std::string_view direction;            // "ingress", "egress"
  std::string_view traffic_path;  // of outgoing ones: "7" gateway endpoint, "8" internet gateway
  std::string_view reject_reason;
  std::optional<std::uint16_t> source_port;
  std::optional<std::uint16_t> destination_port;
  std::optional<std::uint8_t> protocol;
  std::optional<std::uint64_t> packets;
  std::optional<std::int64_t> start;  // Unix seconds
  std::optional<std::int64_t> end;
  FlowAction action = FlowAction::kNotSaid;
  FlowStatus status = FlowStatus::kOk;
};

class FlowLogReader {
 public:
  FlowLogReader();  // with the default format

  enum class Line : std::uint8_t { kRecord, kHeader, kBlank, kMalformed };
  // Never fails on any bytes. A header line sets the format of the lines behind it. The time that
  // CloudWatch Logs puts before a record, and the stream's name, are passed over.
  Line Read(std::string_view line, FlowRecord& into);
  // Why the last line was kMalformed; one line for people.
  const std::string& problem() const { return problem_; }

 private:
  bool ReadHeader();  // of words_
  bool Set(std::string_view field, std::string_view text, FlowRecord& into);

  std::vector<std::string> fields_;
  std::vector<std::string_view> words_;  // scratch: of the line
  std::string problem_;
};

}  // namespace postern::authz
