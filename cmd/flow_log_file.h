// explain --flow-log: the file -> records; a case or an event -> which of them are its own.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "authz/diagnose/cloudtrail_event.h"
#include "authz/diagnose/flow_match.h"
#include "authz/suites/case_file.h"
#include "cmd/command.h"
#include "cmd/files.h"

namespace postern::cmd {

using VisitFlow =
    std::function<void(const authz::FlowRecord& record, std::size_t line, std::string_view text)>;

// Calls `visit` with every record of the file, which may be .gz. Lines that are none are said on
// `session.err`, with their number. kFailed if there are such, or if the file has no record.
ExitCode ReadFlowLog(const std::string& path, const Files& files, const Session& session,
                     const VisitFlow& visit);

// By the request's address, its VPC, its service, and its time with five minutes on either side, as
// a flow's interval may begin before and end after it. `event` may be null.
authz::FlowQuery FlowQueryOf(const authz::CaseFile& read, const authz::CloudTrailEvent* event);

}  // namespace postern::cmd
