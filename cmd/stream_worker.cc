#include "cmd/stream_worker.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "cmd/case_input.h"
#include "cmd/render/json_writer.h"
#include "cmd/render/result_line.h"
#include "policy/catalogue.h"

namespace postern::cmd {
namespace {

using policy::Node;

constexpr std::size_t kKeptSets = 64;
constexpr std::size_t kKeptDocuments = 1024;
constexpr policy::JsonLimits kLineLimits{static_cast<std::uint32_t>(std::size_t{1} << 20), 64};

bool IsBlank(std::string_view line) { return line.find_first_not_of(" \t\r") == line.npos; }

std::string_view TextOf(const policy::Tree& tree, const Node* node) {
  return node == nullptr ? std::string_view() : tree.source().Slice(node->range);
}

}  // namespace

std::shared_ptr<const authz::CompiledPolicySet> CompiledCache::Find(std::string_view key) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  if (found == entries_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found);
  return entries_.front().compiled;
}

void CompiledCache::Add(std::string key, std::shared_ptr<const authz::CompiledPolicySet> compiled) {
  entries_.push_front({std::move(key), std::move(compiled)});
  if (entries_.size() > kKeptSets) entries_.pop_back();
}

StreamWorker::StreamWorker(const Files& files, std::string name, const SharedPolicies* shared)
    : name_(std::move(name)),
      shared_(shared),
      documents_(PolicyReader(files)),
      reader_(kLineLimits) {}

void StreamWorker::Run(std::string_view lines, std::uint64_t first_line, std::string& out) {
  for (std::uint64_t number = first_line; !lines.empty(); ++number) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.size() > kLineLimits.max_bytes) {
      AppendTooLong(number, out);
    } else if (!IsBlank(line)) {
      RunLine(line, number, out);
    }
  }
}

void StreamWorker::AppendTooLong(std::uint64_t line, std::string& out) {
  AppendError(nullptr, "line-too-long", fmt::format("line {} is longer than 1 MiB", line), "", out);
}

void StreamWorker::RunLine(std::string_view line, std::uint64_t number, std::string& out) {
  problems_.clear();
  if (shared_ != nullptr && AnswerQuickly(line, out)) return;
  auto source = std::make_shared<const policy::Source>(name_, std::string(line));
  policy::JsonResult json = policy::ReadJson(std::move(source), kLineLimits);
  if (!json.tree) {
    AppendError(
        nullptr, "malformed-json",
        fmt::format("line {}, byte {}: {}", number, json.error->offset + 1, json.error->message),
        "", out);
    return;
  }
  auto tree = std::make_shared<const policy::Tree>(*std::move(json.tree));
  problems_.clear();
  if (shared_ != nullptr) {
    AnswerShared(tree, out);
  } else {
    AnswerOwn(tree, out);
  }
}

bool StreamWorker::AnswerQuickly(std::string_view line, std::string& out) {
  const Node* const root = reader_.Read(line);
  if (root == nullptr || !root->IsObject() || root->count != 2) return false;
  const Node* const id = root->Find("id");
  const Node* const request = root->Find("request");
  if (id == nullptr || request == nullptr) return false;
  question_.tree = nullptr;
  question_.id = id->text;
  if (!authz::ReadRequest(*request, nullptr, question_, problems_)) return false;
  authz::SettleRoute(shared_->policies, question_.request);
  Answer(*shared_->compiled, id, out);
  return true;
}

// The same, and what is wrong with the line where something is.
void StreamWorker::AnswerShared(const std::shared_ptr<const policy::Tree>& tree, std::string& out) {
  const Node& root = tree->root();
  const Node* id = nullptr;
  const Node* request = nullptr;
  if (root.IsObject()) {
    for (const Node& member : root.children()) {
      const Node** place = member.key == "id" ? &id : member.key == "request" ? &request : nullptr;
      if (place == nullptr || *place != nullptr) {
        AppendError(root.Find("id"), place == nullptr ? "unknown-member" : "duplicate-member",
                    place == nullptr
                        ? fmt::format("with --policies a line holds `id` and `request`, not `{}`",
                                      member.key)
                        : fmt::format("`{}` is given twice", member.key),
                    tree->PointerTo(member), out);
        return;
      }
      *place = &member;
    }
  }
  if (request == nullptr) {
    AppendError(id, "missing-member", "the case has no `request`", "", out);
    return;
  }
  question_.tree = tree;
  question_.id = id == nullptr ? std::string_view() : id->text;
  if (!authz::ReadRequest(*request, nullptr, question_, problems_)) {
    AppendProblem(*tree, out);
    return;
  }
  authz::SettleRoute(shared_->policies, question_.request);
  Answer(*shared_->compiled, id, out);
}

void StreamWorker::AnswerOwn(const std::shared_ptr<const policy::Tree>& tree, std::string& out) {
  std::optional<authz::CaseFile> read = authz::ReadCase(tree, documents_, problems_);
  if (!read) {
    AppendProblem(*tree, out);
    return;
  }
  const Node& root = tree->root();
  std::string key(TextOf(*tree, root.Find("policies")));
  key += '\n';
  key += TextOf(*tree, root.Find("organization"));
  std::shared_ptr<const authz::CompiledPolicySet> policies = compiled_.Find(key);
  if (policies == nullptr) {
    policies = authz::Compile(read->policies, policy::Catalogue::InUse());
    compiled_.Add(std::move(key), policies);
  }
  question_ = std::move(read->question);
  Answer(*policies, root.Find("id"), out);
  if (documents_.size() > kKeptDocuments) documents_.Clear();
}

void StreamWorker::Answer(const authz::CompiledPolicySet& policies, const Node* id,
                          std::string& out) {
  const authz::CallsDecision decided = authz::DecideCase(policies, question_, bound_);
  if (decided.error) {
    AppendError(id, decided.error->code, decided.error->message, decided.error->pointer, out);
    return;
  }
  AppendResultLine(out, question_.id, policies, decided.decision, authz::AssumedOfApi(question_));
}

void StreamWorker::AppendProblem(const policy::Tree& tree, std::string& out) {
  const Node& root = tree.root();
  const authz::CaseProblem& first = problems_.front();
  AppendError(root.IsObject() ? root.Find("id") : nullptr, first.code, first.message, first.pointer,
              out);
}

void StreamWorker::AppendError(const Node* id, std::string_view code, std::string_view message,
                               std::string_view pointer, std::string& out) {
  failed_ = true;
  JsonWriter json(out, JsonLayout::kCompact);
  json.BeginObject().Key("id");
  if (id != nullptr && id->IsScalar()) {
    json.String(id->text);
  } else {
    json.Null();
  }
  json.Key("error").BeginObject().Member("code", code).Member("message", message);
  json.Member("pointer", pointer).EndObject().EndObject();
  out += '\n';
}

}  // namespace postern::cmd
