#include "authz/diagnose/flow_log.h"

#include <algorithm>
#include <charconv>

#include "policy/language/values.h"

namespace postern::authz {
namespace {

constexpr std::string_view kDefaultFields[] = {
    "version",  "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport",
    "protocol", "packets",    "bytes",        "start",   "end",     "action",  "log-status"};

// Names that a header has at least one of; the others are whatever a later version adds.
constexpr std::string_view kTellTale[] = {"version",     "interface-id", "srcaddr", "dstaddr",
                                          "pkt-srcaddr", "pkt-dstaddr",  "action",  "log-status"};

constexpr struct {
  std::string_view name;
  std::string_view FlowRecord::*text;
} kTexts[] = {
    {"interface-id", &FlowRecord::interface},
    {"vpc-id", &FlowRecord::vpc},
    {"srcaddr", &FlowRecord::source},
    {"dstaddr", &FlowRecord::destination},
    {"pkt-srcaddr", &FlowRecord::packet_source},
    {"pkt-dstaddr", &FlowRecord::packet_destination},
    {"pkt-src-aws-service", &FlowRecord::source_service},
    {"pkt-dst-aws-service", &FlowRecord::destination_service},
    {"flow-direction", &FlowRecord::direction},
    {"traffic-path", &FlowRecord::traffic_path},
    {"reject-reason", &FlowRecord::reject_reason},
};

// Longer ones are no flow log's: the time and the name of a stream before the record.
constexpr std::size_t kMostWordsBefore = 2;

void Split(std::string_view line, std::vector<std::string_view>& words) {
  words.clear();
  constexpr std::string_view kSpace = " \t\r";
  while (true) {
    const std::size_t begin = line.find_first_not_of(kSpace);
    if (begin == line.npos) return;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(kSpace), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

// "srcaddr" and "${srcaddr}"
std::string_view FieldName(std::string_view word) {
  if (word.starts_with("${") && word.ends_with('}')) return word.substr(2, word.size() - 3);
  return word;
}

bool IsFieldName(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool IsTime(std::string_view word) {
  return word.find('T') != word.npos && policy::Instant::Parse(word).has_value();
}

template <typename Number>
bool SetNumber(std::string_view text, std::optional<Number>& into) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  into = number;
  return true;
}

}  // namespace

FlowLogReader::FlowLogReader() : fields_(std::begin(kDefaultFields), std::end(kDefaultFields)) {}

bool FlowLogReader::ReadHeader() {
  const bool named = std::ranges::all_of(
      words_, [](std::string_view word) { return IsFieldName(FieldName(word)); });
  const bool told = std::ranges::any_of(words_, [](std::string_view word) {
    return std::ranges::find(kTellTale, FieldName(word)) != std::end(kTellTale);
  });
  if (!named || !told) return false;
  fields_.clear();
  for (const std::string_view word : words_) fields_.emplace_back(FieldName(word));
  return true;
}

bool FlowLogReader::Set(std::string_view field, std::string_view text, FlowRecord& into) {
  if (text == "-") return true;
  for (const auto& row : kTexts) {
    if (row.name != field) continue;
    into.*row.text = text;
    return true;
  }
  if (field == "srcport") return SetNumber(text, into.source_port);
  if (field == "dstport") return SetNumber(text, into.destination_port);
  if (field == "protocol") return SetNumber(text, into.protocol);
  if (field == "packets") return SetNumber(text, into.packets);
  if (field == "start") return SetNumber(text, into.start);
  if (field == "end") return SetNumber(text, into.end);
  if (field == "action") {
    into.action = text == "ACCEPT"   ? FlowAction::kAccept
                  : text == "REJECT" ? FlowAction::kReject
                                     : FlowAction::kNotSaid;
    return into.action != FlowAction::kNotSaid;
  }
  if (field == "log-status") {
    into.status = text == "NODATA"     ? FlowStatus::kNoData
                  : text == "SKIPDATA" ? FlowStatus::kSkipData
                                       : FlowStatus::kOk;
    return text == "OK" || into.status != FlowStatus::kOk;
  }
  if (field == "version") {
    std::optional<std::uint32_t> version;
    return SetNumber(text, version);
  }
  return true;
}

FlowLogReader::Line FlowLogReader::Read(std::string_view line, FlowRecord& into) {
  into = FlowRecord();
  Split(line, words_);
  if (words_.empty()) return Line::kBlank;
  if (ReadHeader()) return Line::kHeader;
  std::size_t first = 0;
  if (words_.size() > fields_.size() && IsTime(words_.front())) {
    first = std::min(words_.size() - fields_.size(), kMostWordsBefore);
  }
  if (words_.size() - first != fields_.size()) {
    problem_ = "a record of " + std::to_string(words_.size() - first) +
               " fields, and the format has " + std::to_string(fields_.size()) +
               ": a custom format needs its header line";
    return Line::kMalformed;
  }
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (Set(fields_[i], words_[first + i], into)) continue;
    problem_ = "`" + std::string(words_[first + i].substr(0, 40)) + "` is no value of `" +
               fields_[i] + "`";
    return Line::kMalformed;
  }
  return Line::kRecord;
}

}  // namespace postern::authz
