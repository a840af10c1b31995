#include "authz/suites/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <utility>

#include "authz/diagnose/event_parts.h"
#include "authz/suites/read_request.h"
#include "authz/suites/reading.h"
#include "policy/suggest.h"

namespace postern::authz {

using policy::Node;
using policy::NodeKind;

namespace {

// What the texts of a suite may grow to, in bytes.
constexpr std::size_t kMostText = std::size_t{64} << 20;

// A text, or for want of which parameters there is none.
struct Value {
  std::string text;
  ParameterSet untold;
};

std::string Partition(std::string_view region) { return std::string(PartitionOf(region)); }

std::string WithoutDashes(std::string_view region) {
  std::string text(region);
  std::erase(text, '-');
  return text;
}

struct OfRegion {
  std::string_view name;
  std::string (*make)(std::string_view region);
};
constexpr std::array<OfRegion, 2> kOfRegion{
    {{"partition", &Partition}, {"region-without-dashes", &WithoutDashes}}};

// Texts that nothing is decided by: what is not told stays in them as it is written.
constexpr std::array<std::string_view, 7> kForPeople{"suite", "title", "source", "why",
                                                     "name",  "skip",  "todo"};

bool IsName(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || c == '-' || c == '_';
  });
}

bool IsRequestMember(std::string_view name) {
  return std::ranges::find(kRequestMembers, name) != kRequestMembers.end();
}

// The new tree, what its texts stand in, and the tree that all the rest of it stands in.
struct Filled {
  std::shared_ptr<const policy::Tree> original;
  std::deque<std::string> texts;
  std::optional<policy::Tree> tree;
};

class Filler {
 public:
  Filler(std::shared_ptr<const policy::Tree> tree, std::vector<CaseProblem>& problems)
      : filled_(std::make_shared<Filled>()), read_(tree.get(), problems) {
    filled_->original = std::move(tree);
  }

  FilledSuite Fill(const Node& parameters, const ParameterValues& values);

 private:
  void ReadParameter(const Node& parameter, const ParameterValues& values);
  // What is so in the Region of the endpoint; null if that is not told, or nothing is known of it.
  const Node* InRegion(const Node& regions);
  Value DefaultOf(const Node& parameter, const Node& otherwise);
  void Add(std::string_view name, Value value);
  Value WithValues(const Node& node);
  bool Afford(const Node& node, std::size_t more);
  void ReportNoParameter(const Node& node, std::string_view name);
  void Copy(const Node& node);
  void CopyText(const Node& node);

  std::shared_ptr<Filled> filled_;
  Reading read_;
  std::map<std::string, Value, std::less<>> values_;
  std::vector<policy::Node> nodes_;
  bool in_cases_ = false;
  std::size_t added_ = 0;  // bytes of values
  FilledSuite result_;
};

FilledSuite Filler::Fill(const Node& parameters, const ParameterValues& values) {
  if (!parameters.IsObject()) read_.ReportType(parameters, "an object of parameters");
  if (!read_.clean()) return {};
  if (parameters.count > kMostParameters) {
    read_.Report(parameters, "too-many-parameters",
                 fmt::format("a suite may have {} parameters", kMostParameters));
    return {};
  }
  for (const Node& parameter : parameters.children()) ReadParameter(parameter, values);
  if (!read_.clean()) return {};
  Copy(filled_->original->root());
  if (!read_.clean()) return {};
  filled_->tree.emplace(filled_->original->shared_source(), std::move(nodes_), nullptr,
                        filled_->original->layers());
  std::ranges::stable_sort(result_.untold.of_cases, {}, &Untold::Text::place);
  result_.tree = std::shared_ptr<const policy::Tree>(filled_, &*filled_->tree);
  return std::move(result_);
}

void Filler::ReadParameter(const Node& parameter, const ParameterValues& values) {
  static constexpr std::array<std::string_view, 3> kNames = {"about", "regions", "default"};
  const auto [about, regions, otherwise] = read_.Members(parameter, kNames);
  if (!IsName(parameter.key) || IsRequestMember(parameter.key)) {
    read_.ReportKey(parameter, "bad-name",
                    fmt::format("`{}` cannot be the name of a parameter", parameter.key),
                    "lower-case letters and dashes, and not a member of requests");
    return;
  }
  if (!parameter.IsObject()) return;
  const auto text = about ? read_.Text(*about) : std::nullopt;
  if (!about) {
    read_.Report(parameter, "missing-member",
                 fmt::format("`{}` does not say what it is `about`", parameter.key));
  }
  if (!text) return;
  const std::string name(parameter.key);
  const ParameterSet itself = ParameterSet(1) << result_.parameters.size();
  result_.parameters.push_back(name);
  const auto given = values.find(name);
  if (given != values.end()) return Add(name, {given->second, {}});
  if (const Node* there = regions ? InRegion(*regions) : nullptr) {
    return Add(name, {std::string(read_.Text(*there).value_or("")), {}});
  }
  if (otherwise == nullptr) {
    read_.ReportKey(parameter, kMissingParameter,
                    fmt::format("`{}` is not given: {}", name, *text));
    return Add(name, {{}, itself});
  }
  Add(name, read_.IsUnknown(*otherwise) ? Value{{}, itself} : DefaultOf(parameter, *otherwise));
}

const Node* Filler::InRegion(const Node& regions) {
  if (!regions.IsObject()) {
    read_.ReportType(regions, "an object of Regions");
    return nullptr;
  }
  const auto region = values_.find("region");
  return region == values_.end() ? nullptr : regions.Find(region->second.text);
}

Value Filler::DefaultOf(const Node& parameter, const Node& otherwise) {
  if (otherwise.IsString()) return WithValues(otherwise);
  read_.Report(
      otherwise, "wrong-type",
      fmt::format("the default of `{}` must be a string or `{{unknown: true}}`", parameter.key));
  return {};
}

void Filler::Add(std::string_view name, Value value) {
  if (name == "region") {
    for (const OfRegion& made : kOfRegion) {
      values_[std::string(made.name)] =
          value.untold.none() ? Value{made.make(value.text), {}} : value;
    }
  }
  values_[std::string(name)] = std::move(value);
}

Value Filler::WithValues(const Node& node) {
  Value value;
  std::string_view rest = node.text;
  for (;;) {
    const std::size_t open = rest.find('{');
    const std::size_t close = open == rest.npos ? open : rest.find('}', open);
    if (close == rest.npos) break;
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    const bool variable = open > 0 && rest[open - 1] == '$';  // of a policy
    const auto found = variable ? values_.end() : values_.find(name);
    if (found != values_.end()) {
      const ParameterSet untold = found->second.untold;
      value.text.append(rest.substr(0, untold.none() ? open : close + 1));
      if (untold.none()) value.text.append(found->second.text);
      value.untold |= untold;
      if (!Afford(node, found->second.text.size())) return {};
    } else {
      value.text.append(rest.substr(0, close + 1));
      if (!variable && IsName(name) && !IsRequestMember(name)) ReportNoParameter(node, name);
    }
    rest.remove_prefix(close + 1);
  }
  value.text.append(rest);
  return value;
}

bool Filler::Afford(const Node& node, std::size_t more) {
  if (added_ <= kMostText && (added_ += more) > kMostText) {
    read_.Report(node, "too-large", "the suite is too large: its parameters repeat too much text");
  }
  return added_ <= kMostText;
}

void Filler::ReportNoParameter(const Node& node, std::string_view name) {
  std::vector<std::string_view> names;
  for (const auto& known : values_) names.push_back(known.first);
  read_.Report(node, "unknown-parameter", fmt::format("`{{{}}}` is no parameter", name),
               policy::DidYouMean(name, names));
}

void Filler::Copy(const Node& node) {
  if (node.IsString()) return CopyText(node);
  const std::size_t at = nodes_.size();
  nodes_.push_back(node);
  const bool root = at == 0;
  for (const Node& child : node.children()) {
    if (root) in_cases_ = child.key == "cases" || child.key == "matrix";
    if (root && child.key == "parameters") {
      nodes_.insert(nodes_.end(), &child, &child + child.span);
    } else {
      Copy(child);
    }
  }
  nodes_[at].span = static_cast<std::uint32_t>(nodes_.size() - at);
}

void Filler::CopyText(const Node& node) {
  nodes_.push_back(node);
  if (node.text.find('{') == node.text.npos) return;
  Value value = WithValues(node);
  const bool for_people = std::ranges::find(kForPeople, node.key) != kForPeople.end();
  if (value.untold.none() || for_people) {
    nodes_.back().text = filled_->texts.emplace_back(std::move(value.text));
    return;
  }
  if (in_cases_) {
    result_.untold.of_cases.push_back({node.range.begin, value.untold});
  } else {
    result_.untold.shared |= value.untold;
  }
  Node& unknown = nodes_.back();
  unknown.kind = NodeKind::kObject;
  unknown.text = {};
  unknown.span = 2;
  unknown.count = 1;
  Node yes;
  yes.kind = NodeKind::kBool;
  yes.range = yes.key_range = node.range;
  yes.key = "unknown";
  yes.text = "true";
  nodes_.push_back(yes);
}

}  // namespace

FilledSuite FillParameters(std::shared_ptr<const policy::Tree> tree, const ParameterValues& values,
                           std::vector<CaseProblem>& problems) {
  const Node& root = tree->root();
  const Node* parameters = root.IsObject() ? root.Find("parameters") : nullptr;
  if (parameters == nullptr) return {std::move(tree), {}, {}};
  return Filler(std::move(tree), problems).Fill(*parameters, values);
}

}  // namespace postern::authz
