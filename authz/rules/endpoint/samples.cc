#include <algorithm>
#include <array>

#include "authz/match/action_index.h"
#include "authz/rules/endpoint/ask.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::authz {

using policy::EqualsIgnoreAsciiCase;
using policy::HasWildcard;

namespace {

constexpr std::array<Exit, 12> kExits = {{
    {"s3", "s3:PutObject", "arn:{P}:s3:::example-bucket/key", true},
    {"s3", "s3:GetObject", "arn:{P}:s3:::example-bucket/key", false},
    {"dynamodb", "dynamodb:PutItem", "arn:{P}:dynamodb:{R}:{A}:table/example", true},
    {"dynamodb", "dynamodb:GetItem", "arn:{P}:dynamodb:{R}:{A}:table/example", false},
    {"sqs", "sqs:SendMessage", "arn:{P}:sqs:{R}:{A}:example", true},
    {"sns", "sns:Publish", "arn:{P}:sns:{R}:{A}:example", true},
    {"kinesis", "kinesis:PutRecord", "arn:{P}:kinesis:{R}:{A}:stream/example", true},
    {"lambda", "lambda:InvokeFunction", "arn:{P}:lambda:{R}:{A}:function:example", true},
    {"secretsmanager", "secretsmanager:PutSecretValue",
     "arn:{P}:secretsmanager:{R}:{A}:secret:example-a1b2c3", true},
    {"ecr", "ecr:PutImage", "arn:{P}:ecr:{R}:{A}:repository/example", true},
    {"ecr", "ecr:BatchGetImage", "arn:{P}:ecr:{R}:{A}:repository/example", false},
    {"execute-api", "execute-api:Invoke", "arn:{P}:execute-api:{R}:{A}:a1b2c3d4e5/prod/POST/data",
     true},
}};

std::optional<policy::Action> Find(const policy::Catalogue& catalogue, std::string_view action) {
  const std::size_t colon = action.find(':');
  if (colon == action.npos) return std::nullopt;
  return catalogue.FindAction(action.substr(0, colon), action.substr(colon + 1));
}

std::string SampleAction(const EndpointQuestions& questions, const policy::Catalogue& catalogue,
                         std::string_view pattern) {
  if (!HasWildcard(pattern)) return std::string(pattern);
  const ActionPattern matcher = ActionPattern::Of(pattern);
  const std::string_view prefix = pattern.substr(0, pattern.find(':'));
  const std::string_view service = prefix == "*" ? std::string_view(questions.service()) : prefix;
  for (const Exit& exit : Exits()) {
    const std::string_view name = exit.action.substr(exit.service.size() + 1);
    if (EqualsIgnoreAsciiCase(exit.service, service) &&
        matcher.Matches(exit.service, policy::FoldAscii(name))) {
      return std::string(exit.action);
    }
  }
  for (const policy::Action& action : catalogue.ActionsOf(service)) {
    if (!catalogue.ResourceTypesOf(action).empty() &&
        matcher.Matches(policy::FoldAscii(action.service), policy::FoldAscii(action.name))) {
      return std::string(action.service) + ":" + std::string(action.name);
    }
  }
  return {};
}

// Whether requests for the action can be about the resource: of S3, objects or buckets, and of any
// other service whatever is of the service.
bool Fits(const policy::Catalogue& catalogue, const policy::Action& action,
          std::string_view resource) {
  const policy::Arn arn = policy::SplitConcreteArn(resource);
  return std::ranges::any_of(
      catalogue.ResourceTypesOf(action), [&](const policy::ResourceType& type) {
        const policy::Arn form = policy::SplitConcreteArn(type.arn_template);
        if (form.service() != arn.service()) return false;
        if (arn.service() != "s3") return true;
        const auto is_object = [](const policy::Arn& each) {
          return each.resource().find('/') != std::string_view::npos;
        };
        return arn.account().empty() == form.account().empty() && is_object(arn) == is_object(form);
      });
}

// A resource of the type, named like an outsider's: `{R}` and `{A}` are left to be filled.
std::string OfType(const policy::ResourceType& type) {
  std::string text;
  const std::string_view form = type.arn_template;
  for (std::size_t at = 0; at < form.size();) {
    if (!form.substr(at).starts_with("${")) {
      text += form[at++];
      continue;
    }
    const std::size_t end = form.find('}', at);
    if (end == form.npos) break;
    const std::string_view name = form.substr(at + 2, end - at - 2);
    text += name == "Partition" ? "{P}"
            : name == "Region"  ? "{R}"
            : name == "Account" ? "{A}"
                                : "example";
    at = end + 1;
  }
  return text;
}

// What the statement's Resource matches of what the action can be about; "" if none can be told.
std::string SampleResource(const policy::Catalogue& catalogue,
                           const std::optional<policy::PatternSet>& resources,
                           std::string_view action) {
  const auto known = Find(catalogue, action);
  if (!known) return {};
  const auto types = catalogue.ResourceTypesOf(*known);
  if (policy::HasStar(resources)) {
    if (types.empty()) return "*";
    for (const Exit& exit : Exits()) {
      if (EqualsIgnoreAsciiCase(exit.action, action)) return std::string(exit.resource);
    }
    return OfType(types.front());
  }
  for (const policy::Node* resource : resources->patterns) {
    const auto text = Concrete(resource->text);
    if (text && Fits(catalogue, *known, *text)) return *text;
  }
  return {};
}

}  // namespace

std::optional<std::string> Concrete(std::string_view pattern) {
  if (policy::IsUnfinished(pattern)) return std::nullopt;
  std::string text(pattern);
  std::ranges::replace_if(
      text, [](char c) { return c == '*' || c == '?'; }, 'a');
  return text;
}

std::span<const Exit> Exits() { return kExits; }

std::optional<Sample> SampleOf(const EndpointQuestions& questions,
                               const policy::Catalogue& catalogue,
                               const policy::Statement& statement) {
  if (!statement.actions || statement.actions->negated || !statement.resources ||
      statement.resources->negated) {
    return std::nullopt;
  }
  for (const policy::Node* pattern : statement.actions->patterns) {
    Sample sample;
    sample.action = SampleAction(questions, catalogue, pattern->text);
    sample.resource = SampleResource(catalogue, statement.resources, sample.action);
    if (!sample.resource.empty()) return sample;
  }
  return std::nullopt;
}

}  // namespace postern::authz
