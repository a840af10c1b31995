// explain --event: the file -> the events that are explained.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "authz/diagnose/cloudtrail_event.h"
#include "cmd/command.h"
#include "cmd/files.h"

namespace postern::cmd {

inline constexpr std::size_t kEventBytes = std::size_t{1} << 30;
// At most this many are explained; the rest is counted.
inline constexpr std::size_t kExplainedEvents = 100;

// The bytes of a file of AWS logs, inflated if they are gzip; at most kEventBytes.
ReadResult ReadLogFile(const std::string& path, const Files& files);

struct EventFile {
  std::vector<authz::CloudTrailEvent> events;  // those to explain, in the order of the file
  std::size_t records = 0;
  std::size_t refused = 0;
  std::size_t not_shown = 0;    // refused ones (or any, if all were asked for) beyond the limit
  std::size_t let_through = 0;  // not explained as others were refused
  bool damaged = false;         // parts of the file could not be used; it was said why
};

// One record, `{"Records": [...]}`, EventBridge envelopes, what `aws cloudtrail lookup-events`
// prints, or one of these a line; .gz of all that. The refused ones are kept, or all if none was
// refused or `all` asks for them. Absent after having said why on `session.err`.
std::optional<EventFile> LoadEvents(const std::string& path, bool all, const Files& files,
                                    const Session& session);

}  // namespace postern::cmd
