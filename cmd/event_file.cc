#include "cmd/event_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cmd/gunzip.h"
#include "cmd/render/snippet.h"
#include "policy/catalogue.h"
#include "policy/json_tree.h"

namespace postern::cmd {
namespace {

constexpr policy::JsonLimits kEventLimits{1u << 30, 128};

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

// CloudWatch Logs exports put the time of each record before it.
std::string_view WithoutTime(std::string_view line) {
  const std::size_t space = line.find(' ');
  const bool dated = !line.empty() && line.front() >= '0' && line.front() <= '9' &&
                     space != line.npos && line.substr(0, space).find('T') != line.npos;
  return dated ? Trim(line.substr(space)) : line;
}

class EventReader {
 public:
  EventReader(const policy::Source& source, bool all, const Session& session)
      : source_(source), all_(all), session_(session) {}

  // Says nothing of text that is not JSON as a whole: it may be one record a line.
  policy::JsonResult ReadWhole(std::shared_ptr<const policy::Source> source) {
    policy::JsonResult json = policy::ReadJson(std::move(source), kEventLimits);
    if (json.tree) Visit(*json.tree, 0);
    return json;
  }

  void ReadLines() {
    std::string_view rest = source_.text();
    for (std::uint32_t line = 1; !rest.empty(); ++line) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view text = WithoutTime(Trim(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (!text.empty()) ReadLine(text, line);
    }
  }

  void Report(std::string_view place, std::string_view message) {
    file_.damaged = true;
    if (++reported_ > kReported) return;
    session_.err << OneLine(place) << ": error: " << OneLine(message) << '\n';
  }

  EventFile Take() {
    if (reported_ > kReported) {
      session_.err << fmt::format("{}: error: {} more\n", OneLine(source_.name()),
                                  reported_ - kReported);
    }
    const bool only_refused = !all_ && file_.refused > 0;
    if (only_refused) {
      std::erase_if(file_.events, [](const authz::CloudTrailEvent& event) {
        return event.result != authz::EventResult::kRefused;
      });
      file_.let_through = file_.records - file_.refused;
    }
    if (file_.events.size() > kExplainedEvents) file_.events.resize(kExplainedEvents);
    file_.not_shown = (only_refused ? file_.refused : file_.records) - file_.events.size();
    return std::move(file_);
  }

 private:
  static constexpr std::size_t kReported = 20;

  void ReadLine(std::string_view text, std::uint32_t line) {
    const std::string place = fmt::format("{}:{}", source_.name(), line);
    const policy::JsonResult json = policy::ReadJson(
        std::make_shared<const policy::Source>(place, std::string(text)), kEventLimits);
    if (!json.tree) return Report(place, json.error->message);
    Visit(*json.tree, line);
  }

  // `line` is 0 where the tree is the whole file.
  void Visit(const policy::Tree& tree, std::uint32_t line) {
    std::vector<authz::EventProblem> problems;
    authz::ForEachCloudTrailRecord(
        tree, [&](const policy::Node& record) { Keep(record); }, problems);
    for (const authz::EventProblem& problem : problems) {
      Report(line == 0 ? Place(tree.source(), {problem.at, problem.at}) : tree.source().name(),
             problem.message);
    }
  }

  void Keep(const policy::Node& record) {
    ++file_.records;
    authz::CloudTrailEvent event = authz::ReadCloudTrailEvent(record, policy::Catalogue::InUse());
    const bool refused = event.result == authz::EventResult::kRefused;
    if (refused) ++file_.refused;
    // Until the end it is open whether the others are to be explained.
    std::size_t& kept = refused ? kept_refused_ : kept_others_;
    if (kept >= kExplainedEvents) return;
    ++kept;
    file_.events.push_back(std::move(event));
  }

  const policy::Source& source_;
  bool all_;
  const Session& session_;
  EventFile file_;
  std::size_t kept_refused_ = 0;
  std::size_t kept_others_ = 0;
  std::size_t reported_ = 0;
};

// Whether the first line that is not blank is JSON by itself.
bool HasOneRecordALine(const policy::Source& source) {
  const std::string_view text = Trim(source.text());
  const std::string_view line = WithoutTime(Trim(text.substr(0, text.find('\n'))));
  if (line.size() == text.size()) return false;
  policy::JsonReader reader(kEventLimits);
  return reader.Read(line) != nullptr;
}

}  // namespace

ReadResult ReadLogFile(const std::string& path, const Files& files) {
  ReadResult read = files.Read(path, kEventBytes);
  if (!read || !IsGzip((*read)->text())) return read;
  auto text = Gunzip((*read)->text(), kEventBytes);
  if (!text) {
    return tl::make_unexpected(fmt::format("`{}`: {}", (*read)->name(), text.error()));
  }
  return std::make_shared<const policy::Source>((*read)->name(), *std::move(text));
}

std::optional<EventFile> LoadEvents(const std::string& path, bool all, const Files& files,
                                    const Session& session) {
  const ReadResult source = ReadLogFile(path, files);
  if (!source) {
    session.Fail(source.error());
    return std::nullopt;
  }
  EventReader reader(**source, all, session);
  const policy::JsonResult whole = reader.ReadWhole(*source);
  if (!whole.tree) {
    if (HasOneRecordALine(**source)) {
      reader.ReadLines();
    } else {
      reader.Report(Place(**source, {whole.error->offset, whole.error->offset}),
                    whole.error->message);
    }
  }
  EventFile file = reader.Take();
  if (file.records > 0) return file;
  if (!file.damaged)
    session.Fail(fmt::format("`{}` holds no CloudTrail record", (*source)->name()));
  return std::nullopt;
}

}  // namespace postern::cmd
