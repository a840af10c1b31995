// One thread's part of a stream: lines in, result lines out.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authz/engine.h"
#include "authz/suites/suite.h"
#include "cmd/files.h"
#include "policy/json_tree.h"

namespace postern::cmd {

// The policies of all lines, or none.
struct SharedPolicies {
  authz::PolicySet policies;
  std::shared_ptr<const authz::CompiledPolicySet> compiled;
};

// The least recently used compiled sets, by the text that states them.
class CompiledCache {
 public:
  std::shared_ptr<const authz::CompiledPolicySet> Find(std::string_view key);
  void Add(std::string key, std::shared_ptr<const authz::CompiledPolicySet> compiled);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const authz::CompiledPolicySet> compiled;
  };
  std::list<Entry> entries_;  // most recent first
};

// Not for two threads at once.
class StreamWorker {
 public:
  // `shared` may be null. `name`: of the stream, to which policy paths are relative.
  StreamWorker(const Files& files, std::string name, const SharedPolicies* shared);

  // Appends a result or error line for each line that is not blank.
  void Run(std::string_view lines, std::uint64_t first_line, std::string& out);
  void AppendTooLong(std::uint64_t line, std::string& out);
  bool failed() const { return failed_; }

 private:
  void RunLine(std::string_view line, std::uint64_t number, std::string& out);
  // For the lines that are as they should be: false if this one is not, and nothing was written.
  bool AnswerQuickly(std::string_view line, std::string& out);
  void AnswerShared(const std::shared_ptr<const policy::Tree>& tree, std::string& out);
  void AnswerOwn(const std::shared_ptr<const policy::Tree>& tree, std::string& out);
  void Answer(const authz::CompiledPolicySet& policies, const policy::Node* id, std::string& out);
  void AppendError(const policy::Node* id, std::string_view code, std::string_view message,
                   std::string_view pointer, std::string& out);
  void AppendProblem(const policy::Tree& tree, std::string& out);

  std::string name_;
  const SharedPolicies* shared_;
  authz::DocumentCache documents_;
  CompiledCache compiled_;
  policy::JsonReader reader_;
  authz::BoundRequest bound_;
  authz::Case question_;  // its buffers are used again and again
  std::vector<authz::CaseProblem> problems_;
  bool failed_ = false;
};

}  // namespace postern::cmd
