#include "cmd/flow_log_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "cmd/event_file.h"
#include "cmd/render/snippet.h"
#include "policy/language/fold.h"
#include "policy/language/values.h"

namespace postern::cmd {
namespace {

constexpr std::size_t kReported = 20;
constexpr std::int64_t kAround = 5 * 60;

std::string_view ValueOf(const authz::Request& request, std::string_view key) {
  for (const authz::ContextEntry& entry : request.context) {
    if (entry.count > 0 && policy::EqualsIgnoreAsciiCase(entry.key, key)) {
      return request.values[entry.first];
    }
  }
  return {};
}

}  // namespace

ExitCode ReadFlowLog(const std::string& path, const Files& files, const Session& session,
                     const VisitFlow& visit) {
  const ReadResult source = ReadLogFile(path, files);
  if (!source) return session.Fail(source.error());
  const std::string& name = (*source)->name();
  std::string_view rest = (*source)->text();
  if (rest.starts_with("PAR1")) {
    return session.Fail(
        fmt::format("`{}` is a Parquet file: flow logs are read as plain text", name));
  }
  authz::FlowLogReader reader;
  authz::FlowRecord record;
  std::size_t records = 0;
  std::size_t malformed = 0;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const authz::FlowLogReader::Line kind = reader.Read(text, record);
    if (kind == authz::FlowLogReader::Line::kRecord) {
      ++records;
      visit(record, line, text.ends_with('\r') ? text.substr(0, text.size() - 1) : text);
    } else if (kind == authz::FlowLogReader::Line::kMalformed && ++malformed <= kReported) {
      session.err << OneLine(fmt::format("{}:{}: error: {}", name, line, reader.problem())) << '\n';
    }
  }
  if (malformed > kReported) {
    session.err << OneLine(fmt::format("{}: error: {} more", name, malformed - kReported)) << '\n';
  }
  if (records == 0 && malformed == 0) {
    return session.Fail(fmt::format("`{}` holds no flow log record", name));
  }
  return malformed == 0 ? ExitCode::kGood : ExitCode::kFailed;
}

authz::FlowQuery FlowQueryOf(const authz::CaseFile& read, const authz::CloudTrailEvent* event) {
  const authz::Request& request = read.question.request;
  authz::FlowQuery query;
  query.caller = policy::IpAddress::Parse(ValueOf(request, "aws:VpcSourceIp"));
  if (!query.caller) query.caller = policy::IpAddress::Parse(ValueOf(request, "aws:SourceIp"));
  if (!query.caller && event != nullptr) query.caller = policy::IpAddress::Parse(event->address);
  if (const auto time = policy::Instant::Parse(ValueOf(request, "aws:CurrentTime"))) {
    query.begin = time->seconds - kAround;
    query.end = time->seconds + kAround;
  }
  query.vpc = ValueOf(request, "aws:SourceVpc");
  if (query.vpc.empty() && read.policies.endpoint) query.vpc = read.policies.endpoint->vpc;
  const std::string_view action = request.action;
  query.service = action.substr(0, std::min(action.find(':'), action.size()));
  query.recorded = event != nullptr;
  return query;
}

}  // namespace postern::cmd
