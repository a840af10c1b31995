#include "authz/diagnose/cloudtrail_event.h"

#include <utility>

#include "authz/diagnose/event_parts.h"
#include "policy/json_tree.h"
#include "policy/language/fold.h"

namespace postern::authz {
namespace {

using policy::Node;

const Node* MemberIgnoringCase(const Node& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  for (const Node& member : object.children()) {
    if (policy::EqualsIgnoreAsciiCase(member.key, name)) return &member;
  }
  return nullptr;
}

// A dry run that would have succeeded is recorded as an error.
bool IsDryRun(std::string_view code) {
  return code.substr(code.rfind('.') + 1) == "DryRunOperation";
}

void ReadResult(const Node& record, CloudTrailEvent& event) {
  const std::string code(TextAt(record, "errorCode"));
  const std::string text(TextAt(record, "errorMessage"));
  if ((code.empty() && text.empty()) || IsDryRun(code)) return;
  event.message =
      ReadDeniedMessage(code.empty() ? text : "An error occurred (" + code + "): " + text);
  event.message.error_code = code;
  event.result =
      event.message.authorization_failure ? EventResult::kRefused : EventResult::kOtherError;
}

constexpr int kMostNested = 4;

class Records {
 public:
  Records(const policy::Tree& tree, const std::function<void(const Node&)>& visit,
          std::vector<EventProblem>& problems)
      : tree_(tree), visit_(visit), problems_(problems) {}

  void Read(const Node& node, int depth) const {
    if (depth > kMostNested) return Report(node, "too many envelopes, one inside the other");
    if (node.IsArray()) return ReadEach(node, depth);
    if (!node.IsObject()) return Report(node, "not a CloudTrail record");
    for (const std::string_view list : {"Records", "Events"}) {
      const Node* records = node.Find(list);
      if (records != nullptr && records->IsArray()) return ReadEach(*records, depth);
    }
    if (const Node* text = node.Find("CloudTrailEvent"); text != nullptr && text->IsString()) {
      return ReadText(*text, depth);
    }
    const bool is_record = node.Find("eventName") != nullptr && node.Find("eventSource") != nullptr;
    const Node* detail = node.Find("detail");
    if (!is_record && detail != nullptr && detail->IsObject()) return Read(*detail, depth + 1);
    if (!is_record) {
      return Report(node, "not a CloudTrail record: it has no `eventSource` and `eventName`");
    }
    visit_(node);
  }

 private:
  void ReadEach(const Node& list, int depth) const {
    for (const Node& entry : list.children()) Read(entry, depth + 1);
  }

  void ReadText(const Node& text, int depth) const {
    if (depth + 1 > kMostNested) return Report(text, "too many envelopes, one inside the other");
    const policy::JsonResult inner = policy::ReadJsonInString(tree_, text, policy::kSuiteLimits);
    if (!inner.tree) return problems_.push_back({inner.error->offset, inner.error->message});
    Records(*inner.tree, visit_, problems_).Read(inner.tree->root(), depth + 1);
  }

  void Report(const Node& node, std::string message) const {
    problems_.push_back({node.range.begin, std::move(message)});
  }

  const policy::Tree& tree_;
  const std::function<void(const Node&)>& visit_;
  std::vector<EventProblem>& problems_;
};

}  // namespace

std::string_view EventResultName(EventResult result) {
  switch (result) {
    case EventResult::kNoError:
      return "no-error";
    case EventResult::kRefused:
      return "refused";
    case EventResult::kOtherError:
      break;
  }
  return "other-error";
}

std::string_view TextAt(const Node& node, std::string_view path) {
  const Node* at = &node;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (name == "*") {
      if (!at->IsArray() || at->count != 1) return {};
      at = &*at->children().begin();
    } else {
      at = MemberIgnoringCase(*at, name);
      if (at == nullptr) return {};
    }
  }
  return at->IsScalar() ? at->text : std::string_view();
}

CloudTrailEvent ReadCloudTrailEvent(const Node& record, const policy::Catalogue& catalogue) {
  CloudTrailEvent event;
  event.id = TextAt(record, "eventID");
  event.time = TextAt(record, "eventTime");
  event.source = TextAt(record, "eventSource");
  event.name = TextAt(record, "eventName");
  event.category = TextAt(record, "eventCategory");
  ReadResult(record, event);
  ReadRequester(record, event);
  ReadWay(record, event);
  ReadCalls(record, catalogue, event);
  return event;
}

void ForEachCloudTrailRecord(const policy::Tree& tree,
                             const std::function<void(const Node&)>& visit,
                             std::vector<EventProblem>& problems) {
  Records(tree, visit, problems).Read(tree.root(), 0);
}

}  // namespace postern::authz
