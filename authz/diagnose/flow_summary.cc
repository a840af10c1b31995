#include "authz/diagnose/flow_summary.h"

#include <algorithm>

namespace postern::authz {
namespace {

constexpr std::uint16_t kHttps = 443;

std::string OneOf(std::string_view first, std::string_view second) {
  return std::string(first.empty() ? second : first);
}

}  // namespace

void FlowSummary::Add(const FlowRecord& record, std::size_t line) {
  ++records_;
  no_data_ += record.status == FlowStatus::kNoData ? 1 : 0;
  skip_data_ += record.status == FlowStatus::kSkipData ? 1 : 0;
  accepted_ += record.action == FlowAction::kAccept ? 1 : 0;
  if (record.action != FlowAction::kReject) return;
  ++rejected_;
  const bool to = record.destination_port == kHttps || !record.destination_service.empty();
  const bool from = !to && (record.source_port == kHttps || !record.source_service.empty());
  if (!to && !from) return;
  FlowGroup group;
  group.interface = record.interface;
  group.direction = record.direction;
  group.source = OneOf(record.packet_source, record.source);
  group.destination = OneOf(record.packet_destination, record.destination);
  group.service = to ? record.destination_service : record.source_service;
  group.port = (to ? record.destination_port : record.source_port).value_or(0);
  group.answers = from;
  group.line = line;
  Key key{group.interface, group.direction, group.source, group.destination, group.port, from};
  if (groups_.size() >= kMostGroups && !groups_.contains(key)) return;
  FlowGroup& sum = groups_.try_emplace(std::move(key), std::move(group)).first->second;
  ++sum.records;
  sum.packets += record.packets.value_or(0);
}

std::vector<FlowGroup> FlowSummary::Groups() const {
  std::vector<FlowGroup> rows;
  rows.reserve(groups_.size());
  for (const auto& [key, group] : groups_) rows.push_back(group);
  std::ranges::stable_sort(
      rows, [](const FlowGroup& a, const FlowGroup& b) { return a.packets > b.packets; });
  if (rows.size() > kShownGroups) rows.resize(kShownGroups);
  return rows;
}

}  // namespace postern::authz
