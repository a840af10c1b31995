#include "cmd/stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "cmd/case_input.h"
#include "cmd/fd_buffer.h"
#include "cmd/line_chunks.h"
#include "cmd/stream_worker.h"
#include "cmd/threads.h"
#include "policy/catalogue.h"

namespace postern::cmd {
namespace {

// A `policies` object, or an object that holds one and an `organization`.
std::optional<SharedPolicies> LoadPolicies(const std::string& file, const Files& files,
                                           Session& session) {
  const ReadResult source = files.Read(file, kSuiteBytes);
  if (!source) {
    session.Fail(source.error());
    return std::nullopt;
  }
  policy::JsonResult json = policy::ReadJson(*source, policy::kSuiteLimits);
  std::vector<authz::CaseProblem> problems;
  if (!json.tree) {
    const policy::SourceRange at{json.error->offset, json.error->offset};
    ReportProblems({{*source, at, "", "malformed-json", json.error->message, ""}}, {}, session);
    return std::nullopt;
  }
  const auto tree = std::make_shared<const policy::Tree>(*std::move(json.tree));
  const policy::Node& root = tree->root();
  const policy::Node* inner = root.IsObject() ? root.Find("policies") : nullptr;
  const policy::Node* organization = inner == nullptr ? nullptr : root.Find("organization");
  authz::DocumentCache documents(PolicyReader(files));
  auto set = authz::ReadPolicySet(tree, inner == nullptr ? &root : inner, organization, documents,
                                  problems);
  ReportProblems(problems, {}, session);
  if (!set) return std::nullopt;
  SharedPolicies shared{*std::move(set), nullptr};
  shared.compiled = authz::Compile(shared.policies, policy::Catalogue::InUse());
  return shared;
}

void Process(StreamWorker& worker, const LineChunk& chunk, std::string& out) {
  if (chunk.too_long()) {
    worker.AppendTooLong(chunk.first_line(), out);
  } else {
    worker.Run(chunk.text(), chunk.first_line(), out);
  }
}

// Several workers on one stream: each takes the next chunk, works it off and hands in the results,
// which are written in the order of the chunks.
class Team {
 public:
  Team(LineChunks& chunks, std::ostream& out, std::size_t workers, bool flush)
      : chunks_(chunks), out_(out), flush_(flush), finished_(2 * workers) {}

  // Ends with the stream, or when nobody takes the results any more.
  void Work(StreamWorker& worker) {
    LineChunk chunk;
    std::string results;
    std::uint64_t number = 0;
    try {
      while (Take(chunk, number)) {
        results.clear();
        Process(worker, chunk, results);
        if (!HandIn(number, results)) return;
      }
    } catch (...) {
      const std::lock_guard lock(output_);
      if (!error_) error_ = std::current_exception();
      written_changed_.notify_all();
    }
  }

  void RethrowError() {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  struct Finished {
    std::string results;
    bool present = false;
  };

  bool Take(LineChunk& chunk, std::uint64_t& number) {
    const std::lock_guard lock(input_);
    if (!chunks_.Next(chunk)) return false;
    number = taken_++;
    return true;
  }

  // Waits while the results before these are too far behind.
  bool HandIn(std::uint64_t number, std::string& results) {
    std::unique_lock lock(output_);
    const auto ended = [this] { return error_ || !out_; };
    written_changed_.wait(lock, [&] { return ended() || number < written_ + finished_.size(); });
    if (ended()) return false;
    Finished& place = finished_[number % finished_.size()];
    place.results.swap(results);
    place.present = true;
    while (finished_[written_ % finished_.size()].present) {
      Finished& next = finished_[written_ % finished_.size()];
      out_ << next.results;
      next.present = false;
      ++written_;
    }
    if (flush_) out_.flush();
    written_changed_.notify_all();
    return true;
  }

  std::mutex input_;
  LineChunks& chunks_;
  std::uint64_t taken_ = 0;

  std::mutex output_;
  std::condition_variable written_changed_;
  std::ostream& out_;
  bool flush_;
  std::vector<Finished> finished_;  // a ring
  std::uint64_t written_ = 0;
  std::exception_ptr error_;
};

// A file that is open for reading.
class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& path) : fd_(::open(path.c_str(), O_RDONLY)) {}
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

ExitCode RunOn(std::istream& in, bool flush, const std::string& name, int jobs, const Files& files,
               const SharedPolicies* shared, Session& session) {
  std::deque<StreamWorker> workers;
  for (int i = 0; i < jobs; ++i) workers.emplace_back(files, name, shared);
  LineChunks chunks(in);
  Team team(chunks, session.out, workers.size(), flush);
  ShareWork(workers.size(), [&](std::size_t i) { team.Work(workers[i]); });
  team.RethrowError();
  const bool failed = std::ranges::any_of(workers, &StreamWorker::failed);
  return failed ? ExitCode::kFailed : ExitCode::kGood;
}

}  // namespace

ExitCode RunStream(const StreamOptions& options, Session& session) {
  const Files files(session.directory, session.in, options.stdin_name);
  std::optional<SharedPolicies> shared;
  if (!options.policies.empty()) {
    shared = LoadPolicies(options.policies, files, session);
    if (!shared) return ExitCode::kFailed;
  }
  const auto run = [&](std::istream& in, bool flush, const std::string& name) {
    return RunOn(in, flush, name, options.jobs, files, shared ? &*shared : nullptr, session);
  };
  // Who feeds a pipe line by line waits for the answers: they are not held back.
  if (options.file == "-") return run(session.in, /*flush=*/true, files.stdin_name());
  std::error_code error;
  const std::filesystem::path path = files.Resolve(options.file);
  if (std::filesystem::is_directory(path, error)) {
    return session.Fail(fmt::format("`{}`: is a directory", options.file));
  }
  const OpenFile file(path);
  if (file.fd() < 0) return session.Fail(fmt::format("`{}`: cannot be read", options.file));
  FdBuffer buffer(file.fd());
  std::istream in(&buffer);
  return run(in, /*flush=*/!std::filesystem::is_regular_file(path, error), options.file);
}

}  // namespace postern::cmd
