// Keys about how a request came to be, in a policy that sees one way only.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "policy/language/fold.h"
#include "policy/language/values.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::policy {
namespace {

constexpr std::array<std::string_view, 3> kCalledVia = {"aws:CalledVia", "aws:CalledViaFirst",
                                                        "aws:CalledViaLast"};

// Whether the condition asks for a call that a service forwards.
bool WantsForwardedCall(const Condition& condition) {
  const std::string_view key = condition.key_node->key;
  if (EqualsIgnoreAsciiCase(key, "aws:ViaAWSService")) {
    return condition.op->base == BaseOperator::kBool && condition.values.size() == 1 &&
           ParseBool(condition.values.front()->text) == true;
  }
  return Restricts(condition) && std::ranges::any_of(kCalledVia, [key](std::string_view each) {
           return EqualsIgnoreAsciiCase(each, key);
         });
}

bool Overlap(const CidrBlock& a, const CidrBlock& b) {
  return a.Contains(b.network) || b.Contains(a.network);
}

}  // namespace

void CheckCalledVia(LintContext& context) {
  ForEachEndpointCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (statement.effect != Effect::kAllow || !WantsForwardedCall(condition)) return;
    context.ReportKey("EP506", *condition.key_node,
                      "calls that an AWS service forwards do not come through your endpoint: "
                      "this condition is never true here",
                      "test the key in identity, key or bucket policies");
  });
}

void CheckViaServiceOfKms(LintContext& context) {
  ForEachEndpointCondition(context, [&](const Statement&, const Condition& condition) {
    if (!EqualsIgnoreAsciiCase(condition.key_node->key, "kms:ViaService")) return;
    context.ReportKey("EP707", *condition.key_node,
                      "kms:ViaService is in calls that a service makes, which do not come "
                      "through your endpoint",
                      "test the key in key policies or identity policies");
  });
}

void CheckInstanceOrigin(LintContext& context) {
  const Condition* perimeter = nullptr;
  bool uses_origin = false;
  ForEachEndpointCondition(context, [&](const Statement& statement, const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    uses_origin |= EqualsIgnoreAsciiCase(key, "aws:Ec2InstanceSourceVpc");
    for (const Node* value : condition.values) {
      uses_origin |= FoldAscii(value->text).find("aws:ec2instancesourcevpc") != std::string::npos;
    }
    if (perimeter == nullptr && statement.effect == Effect::kAllow && Restricts(condition) &&
        EqualsIgnoreAsciiCase(key, "aws:PrincipalOrgID")) {
      perimeter = &condition;
    }
  });
  if (perimeter == nullptr || uses_origin) return;
  context.ReportKey("EP507", *perimeter->key_node,
                    "credentials stolen from an instance of the organization pass this condition",
                    "compare aws:SourceVpc with `${aws:Ec2InstanceSourceVpc}`, where the key is "
                    "there, to keep them to the VPC they were issued in");
}

void CheckSourceOutsideVpc(LintContext& context) {
  std::vector<CidrBlock> own;
  for (const std::string& text : context.facts().vpc_cidrs) {
    if (const auto block = CidrBlock::Parse(text)) own.push_back(*block);
  }
  if (own.empty()) return;
  ForEachEndpointCondition(context, [&](const Statement&, const Condition& condition) {
    if (!EqualsIgnoreAsciiCase(condition.key_node->key, "aws:VpcSourceIp")) return;
    if (TraitsOf(condition.op->base).family != OperatorFamily::kIpAddress) return;
    for (const Node* value : condition.values) {
      const auto block = CidrBlock::Parse(value->text);
      if (!block ||
          std::ranges::any_of(own, [&](const CidrBlock& each) { return Overlap(each, *block); })) {
        continue;
      }
      context.Report("EP505", *value,
                     Quote(value->text) + " is outside the address ranges of your VPC",
                     "write a range of the VPC, or of a network that reaches the endpoint");
    }
  });
}

void CheckServicePrincipal(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || !statement.principal || statement.principal->negated) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      if (entry.type != PrincipalType::kService) continue;
      context.Report("EP105", *entry.value,
                     "AWS services reach your resources by a way of their own, not through the "
                     "endpoint as " +
                         Quote(entry.value->text),
                     "use `\"Principal\": \"*\"` with Bool on aws:PrincipalIsAWSService, for the "
                     "calls that they make from inside your VPC");
    }
  }
}

}  // namespace postern::policy
