#include <fmt/format.h>

#include <array>

#include "authz/suites/case_file.h"
#include "authz/suites/reading.h"
#include "policy/suggest.h"

namespace postern::authz {

using policy::Node;

namespace {

constexpr std::array<std::string_view, 5> kVerdicts = {"allow", "deny", "implicit-deny",
                                                       "explicit-deny", "unknown"};
constexpr std::array<Layer, kLayerCount> kLayers = {
    Layer::kScp,      Layer::kRcp,         Layer::kEndpoint,
    Layer::kSession,  Layer::kBoundary,    Layer::kIdentity,
    Layer::kResource, Layer::kAccessPoint, Layer::kBlockPublicAccess};
// The layers whose statements can grant; the others only restrict.
constexpr LayerMask kGranting = {Layer::kIdentity, Layer::kResource, Layer::kAccessPoint};

void ReadVerdict(const Node& node, Expectation& into, Reading& read) {
  const auto text = read.Text(node);
  if (!text) return;
  if (*text == "deny") {
    into.deny = true;
  } else if (const auto verdict = VerdictNamed(*text)) {
    into.verdict = verdict;
  } else {
    const std::string help = policy::DidYouMean(*text, kVerdicts);
    read.Report(node, "bad-verdict", fmt::format("`{}` is not a verdict", *text),
                help.empty() ? "allow, deny, implicit-deny, explicit-deny or unknown" : help);
  }
}

LayerMask ReadLayerList(const Node& node, Reading& read) {
  LayerMask mask;
  std::vector<std::string_view> names;
  const auto read_one = [&](const Node& entry) {
    const auto text = read.Text(entry);
    if (!text) return;
    if (const auto layer = LayerNamed(*text)) {
      mask.Add(*layer);
      return;
    }
    for (const Layer layer : kLayers) names.push_back(LayerName(layer));
    read.Report(entry, "bad-layer", fmt::format("`{}` is not a layer", *text),
                policy::DidYouMean(*text, names));
  };
  if (!node.IsArray()) {
    read_one(node);
  } else {
    for (const Node& entry : node.children()) read_one(entry);
    if (node.count == 0) read.Report(node, "empty-list", fmt::format("{} is empty", NameOf(node)));
  }
  return mask;
}

void ReadTexts(const Node& node, std::vector<std::string>& into, Reading& read) {
  std::vector<std::string_view> texts;
  read.Texts(node, texts);
  into.assign(texts.begin(), texts.end());
}

// An expectation that no answer meets is a mistake, not a failing test.
void CheckIsPossible(const Node* by, const Node* sid, const Node* missing, const Expectation& into,
                     Reading& read) {
  constexpr std::string_view kCode = "impossible-expectation";
  if (missing && (into.deny || (into.verdict && into.verdict != Verdict::kUnknown))) {
    read.ReportKey(*missing, kCode, "only the verdict `unknown` has something `missing`");
  }
  if (sid && into.verdict == Verdict::kImplicitDeny) {
    read.ReportKey(*sid, kCode, "no statement decides an implicit deny");
  }
  if (into.verdict == Verdict::kUnknown) {
    if (by) read.ReportKey(*by, kCode, "no layer decides the verdict `unknown`");
    if (sid) read.ReportKey(*sid, kCode, "no statement decides the verdict `unknown`");
  }
  if (by && into.verdict == Verdict::kAllow && (into.by | kGranting) != kGranting) {
    read.ReportKey(*by, kCode,
                   "only identity, resource and access-point allow; the others restrict");
  }
}

}  // namespace

std::optional<Expectation> ReadExpectation(const policy::Tree& tree, const Node& node,
                                           std::vector<CaseProblem>& problems) {
  Reading read(&tree, problems);
  Expectation result;
  if (node.IsString()) {
    ReadVerdict(node, result, read);
  } else if (!node.IsObject()) {
    read.ReportType(node, "a verdict or an object");
  } else {
    static constexpr std::array<std::string_view, 5> kNames = {"verdict", "by", "sid", "missing",
                                                               "stable"};
    const auto [verdict, by, sid, missing, stable] = read.Members(node, kNames);
    if (verdict) ReadVerdict(*verdict, result, read);
    if (by) result.by = ReadLayerList(*by, read);
    if (sid) ReadTexts(*sid, result.sids, read);
    if (missing) ReadTexts(*missing, result.missing, read);
    if (stable) result.stable = read.Bool(*stable);
    if (read.clean() && result.empty()) {
      read.Report(node, "empty-expectation", "the expectation says nothing");
    }
    if (read.clean()) CheckIsPossible(by, sid, missing, result, read);
  }
  if (!read.clean()) return std::nullopt;
  return result;
}

std::optional<LayerMask> ReadLayers(const policy::Tree& tree, const Node& node,
                                    std::vector<CaseProblem>& problems) {
  Reading read(&tree, problems);
  const LayerMask mask = ReadLayerList(node, read);
  if (!read.clean()) return std::nullopt;
  return mask;
}

std::string ExpectationText(const Expectation& expectation) {
  std::string text = expectation.deny      ? "deny"
                     : expectation.verdict ? std::string(VerdictName(*expectation.verdict))
                                           : "any verdict";
  std::string_view separator = " by ";
  for (const Layer layer : kLayers) {
    if (!expectation.by.Has(layer)) continue;
    text.append(separator).append(LayerName(layer));
    separator = ", ";
  }
  const auto append = [&](std::string_view first, const std::vector<std::string>& entries) {
    separator = first;
    for (const std::string& entry : entries) {
      text.append(separator).append("`").append(entry).append("`");
      separator = ", ";
    }
  };
  append(" with statement ", expectation.sids);
  append(" missing ", expectation.missing);
  if (expectation.stable) text += *expectation.stable ? ", stable" : ", not stable";
  return text;
}

}  // namespace postern::authz
