#include "cmd/stream.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "cmd/case_input.h"
#include "cmd/line_chunks.h"
#include "cmd/stream_worker.h"
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
  shared.compiled = authz::Compile(shared.policies, policy::Catalogue::Embedded());
  return shared;
}

void Process(StreamWorker& worker, const LineChunk& chunk, std::string& out) {
  if (chunk.too_long) {
    worker.AppendTooLong(chunk.first_line, out);
  } else {
    worker.Run(chunk.text, chunk.first_line, out);
  }
}

void RunAlone(StreamWorker& worker, LineChunks& chunks, std::ostream& out) {
  LineChunk chunk;
  std::string results;
  while (out && chunks.Next(chunk)) {
    results.clear();
    Process(worker, chunk, results);
    out << results;
    if (chunks.WouldWait()) out.flush();
  }
}

// A ring of chunks: this thread fills and empties it in order, the others work on what is filled.
class Team {
 public:
  Team(std::deque<StreamWorker>& workers, std::ostream& out)
      : out_(out), slots_(workers.size() * 2) {
    for (StreamWorker& worker : workers) {
      threads_.emplace_back([this, &worker] { Work(worker); });
    }
  }

  ~Team() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  void Run(LineChunks& chunks) {
    for (;;) {
      if (filled_ - emptied_ == slots_.size()) Empty();
      if (chunks.WouldWait()) {
        while (emptied_ < filled_) Empty();
        out_.flush();
      }
      Slot& slot = slots_[filled_ % slots_.size()];
      if (!out_ || !chunks.Next(slot.chunk)) break;
      const std::lock_guard lock(mutex_);
      slot.done = false;
      ++filled_;
      work_.notify_one();
    }
    while (emptied_ < filled_) Empty();
  }

 private:
  struct Slot {
    LineChunk chunk;
    std::string results;
    std::exception_ptr error;
    bool done = false;
  };

  void Empty() {
    Slot& slot = slots_[emptied_ % slots_.size()];
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return slot.done; });
    lock.unlock();
    ++emptied_;
    if (slot.error) std::rethrow_exception(slot.error);
    out_ << slot.results;
    slot.results.clear();
  }

  void Work(StreamWorker& worker) {
    for (;;) {
      std::unique_lock lock(mutex_);
      work_.wait(lock, [&] { return stop_ || taken_ < filled_; });
      if (taken_ == filled_) return;
      Slot& slot = slots_[taken_++ % slots_.size()];
      lock.unlock();
      try {
        Process(worker, slot.chunk, slot.results);
      } catch (...) {
        slot.error = std::current_exception();
      }
      lock.lock();
      slot.done = true;
      done_.notify_one();
    }
  }

  std::ostream& out_;
  std::mutex mutex_;
  std::condition_variable work_, done_;
  std::vector<Slot> slots_;
  std::size_t filled_ = 0;   // written by the filling thread, under the mutex
  std::size_t taken_ = 0;    // under the mutex
  std::size_t emptied_ = 0;  // of the filling thread
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

ExitCode RunStream(const StreamOptions& options, Session& session) {
  const Files files(session.directory, session.in, options.stdin_name);
  std::optional<SharedPolicies> shared;
  if (!options.policies.empty()) {
    shared = LoadPolicies(options.policies, files, session);
    if (!shared) return ExitCode::kFailed;
  }
  std::ifstream file;
  std::istream* in = &session.in;
  if (options.file != "-") {
    std::error_code error;
    const std::filesystem::path path = files.Resolve(options.file);
    if (std::filesystem::is_directory(path, error)) {
      return session.Fail(fmt::format("`{}`: is a directory", options.file));
    }
    file.open(path, std::ios::binary);
    if (!file) return session.Fail(fmt::format("`{}`: cannot be read", options.file));
    in = &file;
  }
  const std::string name = options.file == "-" ? files.stdin_name() : options.file;
  std::deque<StreamWorker> workers;
  for (int i = 0; i < options.jobs; ++i) {
    workers.emplace_back(files, name, shared ? &*shared : nullptr);
  }
  LineChunks chunks(*in);
  if (options.jobs == 1) {
    RunAlone(workers.front(), chunks, session.out);
  } else {
    Team(workers, session.out).Run(chunks);
  }
  for (const StreamWorker& worker : workers) {
    if (worker.failed()) return ExitCode::kFailed;
  }
  return ExitCode::kGood;
}

}  // namespace postern::cmd
