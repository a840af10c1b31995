#include "authz/compare/samples.h"

#include <algorithm>
#include <array>

#include "policy/language/arn.h"
#include "policy/language/principals.h"
#include "policy/language/values.h"
#include "policy/language/variables.h"

namespace postern::authz {
namespace {

using policy::OperatorFamily;
using policy::PrincipalForm;

constexpr std::string_view kVariableValue = "sample";
constexpr std::string_view kAccount = "111122223333";

// So many of a sort are enough; looking through them costs time.
constexpr std::size_t kMost = 3'000;

void AddNew(std::vector<std::string>& texts, std::string text) {
  if (texts.size() >= kMost) return;
  if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
}

// A pattern with `run` for each `*`, a letter for each `?`, and its variables as CommonSamples and
// SamplesOf give them values.
std::string Concrete(std::string_view pattern, std::string_view run) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t close = pattern.starts_with("${") ? pattern.find('}') : pattern.npos;
    if (close != pattern.npos) {
      text += close == 3 ? pattern.substr(2, 1) : kVariableValue;
      pattern.remove_prefix(close + 1);
      continue;
    }
    if (pattern.front() == '*') {
      text += run;
    } else {
      text += pattern.front() == '?' ? 'q' : pattern.front();
    }
    pattern.remove_prefix(1);
  }
  return text;
}

// Matches and near misses of a pattern.
void AddTexts(std::vector<std::string>& texts, std::string_view pattern) {
  for (const std::string_view run : {"", "x", "x/y:z"}) AddNew(texts, Concrete(pattern, run));
  std::string beside = Concrete(pattern, "");
  AddNew(texts, beside + "x");
  if (!beside.empty()) {
    beside.pop_back();
    AddNew(texts, std::move(beside));
  }
}

void AddActions(const policy::PatternSet& set, std::vector<std::string>& actions) {
  for (const policy::Node* pattern : set.patterns) {
    const std::string_view text = pattern->text;
    const std::size_t colon = text.find(':');
    if (colon == text.npos) continue;
    const std::string service = text.starts_with('*') ? "s3" : std::string(text.substr(0, colon));
    for (const std::string_view run : {"Sample", "", "s"}) {
      const std::string name = Concrete(text.substr(colon + 1), run);
      std::string action = service + ':';
      action += name;
      if (!name.empty()) AddNew(actions, action);
      AddNew(actions, action += "Besides");
    }
    AddNew(actions, service + ":Other");
  }
}

void AddResources(const policy::PatternSet& set, std::vector<std::string>& resources) {
  for (const policy::Node* pattern : set.patterns) {
    if (pattern->text == "*") {
      for (const std::string& resource : CommonSamples().resources) AddNew(resources, resource);
      continue;
    }
    const policy::Arn arn = policy::SplitArn(pattern->text);
    if (arn.fields[0] != "arn") continue;
    constexpr std::array<std::string_view, 6> kUsual = {"arn",       "aws",    "s3",
                                                        "us-east-1", kAccount, ""};
    std::string head;
    for (std::size_t i = 0; i < 5; ++i) {
      head += i < arn.count ? Concrete(arn.fields[i], kUsual[i]) : std::string(kUsual[i]);
      head += ':';
    }
    std::vector<std::string> ends;
    AddTexts(ends, arn.whole() ? arn.resource() : "*");
    for (const std::string& end : ends) AddNew(resources, head + end);
  }
}

void AddCaller(std::vector<SampleCaller>& callers, SampleCaller caller) {
  const bool known = std::ranges::any_of(callers, [&caller](const SampleCaller& each) {
    return each.kind == caller.kind && each.name == caller.name && each.path == caller.path &&
           each.unique_id == caller.unique_id && each.canonical_id == caller.canonical_id;
  });
  if (!known) callers.push_back(std::move(caller));
}

void AddArn(std::vector<SampleCaller>& callers, std::string arn, std::string path = {}) {
  AddCaller(callers, {RequesterKind::kArn, std::move(arn), std::move(path), {}, {}});
}

// Those of one account, one of them as the account itself.
void AddAccount(std::vector<SampleCaller>& callers, std::string_view partition,
                std::string_view account) {
  const std::string iam = "arn:" + std::string(partition.empty() ? "aws" : partition) + ":iam::";
  const std::string own = iam + std::string(account);
  AddArn(callers, own + ":user/sample");
  AddArn(callers, own + ":root");
  AddArn(callers, "arn:aws:sts::" + std::string(account) + ":assumed-role/sample/session", "/");
}

void AddCallers(policy::PrincipalType type, std::string_view text,
                std::vector<SampleCaller>& callers) {
  const policy::PrincipalPattern pattern = policy::ParsePrincipal(type, text);
  const std::string account(pattern.account);
  switch (pattern.form) {
    case PrincipalForm::kAccount:
      return AddAccount(callers, pattern.partition, pattern.account);
    case PrincipalForm::kRole: {
      const std::string role = "assumed-role/" + std::string(pattern.name) + "/session";
      const std::string sts =
          "arn:" + std::string(pattern.partition) + ":sts::" + account + ":" + role;
      AddArn(callers, sts, std::string(pattern.path));
      AddArn(callers, sts, "/elsewhere/");
      return AddArn(callers, sts + "2", std::string(pattern.path));
    }
    case PrincipalForm::kUser:
    case PrincipalForm::kRoleSession:
    case PrincipalForm::kFederatedUser:
      AddArn(callers, std::string(text));
      return AddArn(callers, std::string(text) + "x");
    case PrincipalForm::kService:
      return AddCaller(callers, {RequesterKind::kService, std::string(text), {}, {}, {}});
    case PrincipalForm::kFederated:
      return AddCaller(callers, {RequesterKind::kFederated, std::string(text), {}, {}, {}});
    case PrincipalForm::kCanonicalUser:
      return AddCaller(callers, {RequesterKind::kArn,
                                 "arn:aws:iam::" + std::string(kAccount) + ":user/canonical",
                                 {},
                                 {},
                                 std::string(text)});
    case PrincipalForm::kUniqueId:
      return AddCaller(callers, {RequesterKind::kArn,
                                 "arn:aws:iam::" + std::string(kAccount) + ":user/deleted",
                                 {},
                                 std::string(text),
                                 {}});
    case PrincipalForm::kEveryone:
    case PrincipalForm::kInvalid:
      return;
  }
}

std::string Number(std::string_view text, char last) {
  std::string other(text);
  if (!other.empty()) other.back() = last;
  return other;
}

// For a value of a condition: texts that the positive operator takes, then others.
void AddValues(const policy::Condition& condition, const policy::Node& value,
               std::vector<std::string>& matches, std::vector<std::string>& others) {
  const OperatorFamily family = policy::TraitsOf(condition.op->base).family;
  const std::string text(value.text);
  switch (family) {
    case OperatorFamily::kString:
    case OperatorFamily::kArn:
      if (policy::TraitsOf(condition.op->base).wildcards || family == OperatorFamily::kArn) {
        for (const std::string_view run : {"x", "", "x/y:z"}) {
          AddNew(matches, Concrete(text, run));
        }
      } else {
        AddNew(matches, Concrete(text, "*"));
      }
      AddNew(others, Concrete(text, "x") + "x");
      return;
    case OperatorFamily::kNumeric:
    case OperatorFamily::kDate:
      AddNew(matches, text);
      AddNew(others, "0");
      AddNew(others, family == OperatorFamily::kDate ? "2999-01-01T00:00:00Z" : text + "1");
      AddNew(others, Number(text, '0'));
      AddNew(others, Number(text, '9'));
      return;
    case OperatorFamily::kIpAddress: {
      const std::string address = text.substr(0, text.find('/'));
      AddNew(matches, address);
      AddNew(others, Number(address, '1'));
      AddNew(others, "198.51.100.7");
      return;
    }
    case OperatorFamily::kBool:
      AddNew(matches, text);
      AddNew(others, policy::ParseBool(text) == true ? "false" : "true");
      return;
    case OperatorFamily::kNull:
      AddNew(policy::ParseBool(text) == true ? matches : others, "");
      AddNew(policy::ParseBool(text) == true ? others : matches, std::string(kVariableValue));
      return;
    case OperatorFamily::kBinary:
      AddNew(matches, text);
      AddNew(others, "c2FtcGxl");
      return;
  }
}

void AddCondition(const policy::Condition& condition, Samples& samples) {
  std::vector<std::string>& values = samples.values[policy::FoldAscii(condition.key_node->key)];
  if (!condition.op) return AddNew(values, std::string(kVariableValue));
  std::vector<std::string> matches;
  std::vector<std::string> others;
  for (const policy::Node* value : condition.values) AddValues(condition, *value, matches, others);
  const bool negated = policy::TraitsOf(condition.op->base).negated;
  if (negated) std::swap(matches, others);
  for (std::string& text : matches) AddNew(values, std::move(text));
  for (std::string& text : others) AddNew(values, std::move(text));
  AddNew(values, "");
}

// Principals that conditions ask for.
void AddCallersOfConditions(const policy::Condition& condition,
                            std::vector<SampleCaller>& callers) {
  const std::string_view key = condition.key_node->key;
  const bool is_arn = policy::EqualsIgnoreAsciiCase(key, "aws:PrincipalArn");
  const bool is_account = policy::EqualsIgnoreAsciiCase(key, "aws:PrincipalAccount");
  if (!is_arn && !is_account) return;
  for (const policy::Node* value : condition.values) {
    const policy::Arn arn = policy::SplitArn(value->text);
    std::string text = Concrete(value->text, "sample");
    if (is_arn && arn.valid()) {
      text.clear();
      for (std::size_t i = 0; i < 6; ++i) {
        text += i == 0 ? "" : ":";
        text += Concrete(arn.fields[i], i == 4 ? kAccount : i == 1 ? "aws" : "sample");
      }
    }
    AddCallers(policy::PrincipalType::kAws, text, callers);
  }
}

void AddVariables(std::string_view text, Samples& samples) {
  for (const policy::VariableRef& variable : policy::Tokenize(text, {}).variables) {
    std::vector<std::string>& values = samples.values[policy::FoldAscii(variable.key)];
    AddNew(values, std::string(kVariableValue));
    AddNew(values, "");
  }
}

}  // namespace

Samples SamplesOf(const policy::Statement& statement) {
  Samples samples;
  const Samples& common = CommonSamples();
  // What a negated element matches is none of its own words.
  if (statement.actions && statement.actions->negated) samples.actions = common.actions;
  if (statement.resources && statement.resources->negated) samples.resources = common.resources;
  if (statement.actions) AddActions(*statement.actions, samples.actions);
  if (statement.resources) {
    AddResources(*statement.resources, samples.resources);
    for (const policy::Node* resource : statement.resources->patterns) {
      AddVariables(resource->text, samples);
    }
  }
  if (statement.principal) {
    if (statement.principal->negated) samples.callers = common.callers;
    for (const policy::PrincipalEntry& entry : statement.principal->entries) {
      AddCallers(entry.type, entry.value->text, samples.callers);
    }
  }
  for (const policy::Condition& condition : statement.conditions) {
    AddCondition(condition, samples);
    AddCallersOfConditions(condition, samples.callers);
    for (const policy::Node* value : condition.values) AddVariables(value->text, samples);
  }
  if (samples.actions.empty()) samples.actions = common.actions;
  if (samples.resources.empty()) samples.resources = common.resources;
  if (samples.callers.empty()) samples.callers = common.callers;
  return samples;
}

const Samples& CommonSamples() {
  static const Samples kCommon = [] {
    Samples samples;
    samples.actions = {"s3:GetObject", "s3:ListAllMyBuckets", "ec2:DescribeInstances",
                       "sts:AssumeRole", "kms:Decrypt"};
    samples.resources = {"arn:aws:s3:::sample/key", "*", "arn:aws:s3:::sample",
                         "arn:aws:iam::111122223333:role/sample",
                         "arn:aws:kms:us-east-1:111122223333:key/sample"};
    AddAccount(samples.callers, "aws", kAccount);
    AddAccount(samples.callers, "aws", "444455556666");
    AddCaller(samples.callers, {RequesterKind::kAnonymous, {}, {}, {}, {}});
    AddCaller(samples.callers, {RequesterKind::kService, "lambda.amazonaws.com", {}, {}, {}});
    AddCaller(samples.callers, {RequesterKind::kFederated, "accounts.google.com", {}, {}, {}});
    return samples;
  }();
  return kCommon;
}

void Merge(Samples& into, const Samples& more) {
  for (const std::string& action : more.actions) AddNew(into.actions, action);
  for (const std::string& resource : more.resources) AddNew(into.resources, resource);
  for (const SampleCaller& caller : more.callers) AddCaller(into.callers, caller);
  for (const auto& [key, values] : more.values) {
    for (const std::string& value : values) AddNew(into.values[key], value);
  }
}

}  // namespace postern::authz
