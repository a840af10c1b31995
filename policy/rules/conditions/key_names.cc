// Names of condition keys: their form, their service, their case, their age.
#include "policy/rules/conditions/key_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"
#include "policy/rules/fixes.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

// Both spellings stand in AWS's own pages.
constexpr std::array<std::string_view, 5> kAnyCase = {"aws:referer", "aws:userid", "aws:username",
                                                      "aws:UserAgent", "ec2:SourceInstanceArn"};

struct OldKey {
  std::string_view key;
  std::string_view now;
};
constexpr std::array kOldKeys = {
    OldKey{"aws:SourceOwner", "aws:SourceAccount"},
    OldKey{"aws:ARN", "aws:PrincipalArn"},
};

std::string_view ServiceOf(std::string_view key) {
  return key.substr(0, std::min(key.find(':'), key.size()));
}

template <typename Visit>
void ForEachKey(const LintContext& context, Visit visit) {
  for (const Statement& statement : context.document().statements()) {
    for (const Condition& condition : statement.conditions) {
      // A key under something that is no operator is out of place to begin with.
      if (condition.op && !IsUnfinished(condition.key_node->key)) visit(condition);
    }
  }
}

}  // namespace

bool LacksTagKey(const Catalogue& catalogue, std::string_view key) {
  if (key.ends_with('/')) {
    const auto known = catalogue.FindConditionKey(key);
    return known && known->has_tail && known->name.size() == key.size();
  }
  if (catalogue.FindConditionKey(key)) return false;
  const auto tagged = catalogue.FindConditionKey(std::string(key) + "/");
  return tagged && tagged->has_tail && tagged->name.size() == key.size() + 1;
}

bool IsUnknownServiceKey(const Catalogue& catalogue, std::string_view key) {
  const std::string_view service = ServiceOf(key);
  if (service.size() == key.size() || EqualsIgnoreAsciiCase(service, "aws")) return false;
  if (!catalogue.HasService(service) || !catalogue.HoldsActionsOf(service)) return false;
  if (catalogue.FindConditionKey(key) || LacksTagKey(catalogue, key)) return false;
  // Services also write a tag's key as a word: `secretsmanager:ResourceTag/tag-key`.
  const std::size_t slash = key.find('/');
  if (slash == key.npos) return true;
  const std::string_view stem = key.substr(0, slash + 1);
  return std::ranges::none_of(
      catalogue.ConditionKeysOfService(service), [stem](const ConditionKey& known) {
        return EqualsIgnoreAsciiCase(known.name.substr(0, stem.size()), stem);
      });
}

std::string_view ClosestServiceKey(const Catalogue& catalogue, std::string_view key) {
  std::vector<std::string_view> names;
  for (const ConditionKey& known : catalogue.ConditionKeysOfService(ServiceOf(key))) {
    names.push_back(known.name);
  }
  const std::size_t slash = key.find('/');
  return ClosestName(slash == key.npos ? key : key.substr(0, slash + 1), names);
}

void CheckUnknownServiceKey(LintContext& context) {
  const Catalogue& catalogue = context.catalogue();
  ForEachKey(context, [&](const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    if (!IsUnknownServiceKey(catalogue, key)) return;
    const std::string_view meant = ClosestServiceKey(catalogue, key);
    Diagnostic& finding = context.ReportKey(
        "CO705", *condition.key_node,
        Quote(ServiceOf(key)) + " has no condition key " + Quote(key) + ": no request carries it",
        meant.empty() ? "the keys of a service are listed in the Service Authorization Reference"
                      : "did you mean `" + std::string(meant) + "`?");
    if (meant.empty()) {
      // Without a slip to point at it may be newer than the catalogue.
      finding.severity = Severity::kWarning;
    } else if (!meant.ends_with('/')) {
      AddRename(finding, context.document(), *condition.key_node, meant, FixSafety::kUnsafe);
    }
  });
}

void CheckKeyFormat(LintContext& context) {
  ForEachKey(context, [&](const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    if (key.find(':') != key.npos) return;
    if (ParseOperator(key)) {
      context.ReportKey("CO706", *condition.key_node,
                        Quote(key) + " is an operator and stands where a condition key is due",
                        "write operator, then key, then value");
      return;
    }
    context.ReportKey("CO706", *condition.key_node,
                      Quote(key) + " is no condition key: a key is a prefix, `:` and a name",
                      "write the key of AWS or of the service, such as `aws:PrincipalArn`");
  });
}

void CheckKeyCase(LintContext& context) {
  ForEachKey(context, [&](const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    const auto known = context.catalogue().FindConditionKey(key);
    // A name with a free part in the middle is a template, not a spelling.
    if (!known || known->name.find("${") != known->name.npos) return;
    const std::string_view name = known->name;
    const std::string_view written = key.substr(0, name.size());
    if (written == name || !EqualsIgnoreAsciiCase(written, name)) return;
    // AWS's pages and console write these in capitals, too.
    if (name.starts_with("saml:")) return;
    if (std::ranges::any_of(kAnyCase, [written](std::string_view each) {
          return EqualsIgnoreAsciiCase(each, written);
        })) {
      return;
    }
    Diagnostic& finding = context.ReportKey(
        "CO708", *condition.key_node, Quote(written) + " is written `" + std::string(name) + "`",
        "condition keys ignore case, people and searches do not");
    AddRename(finding, context.document(), *condition.key_node,
              std::string(name) + std::string(key.substr(name.size())), FixSafety::kSafe);
  });
}

void CheckTagKeyMissing(LintContext& context) {
  ForEachKey(context, [&](const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    if (!LacksTagKey(context.catalogue(), key)) return;
    const std::string_view stem = key.ends_with('/') ? key.substr(0, key.size() - 1) : key;
    context.ReportKey("CO730", *condition.key_node, Quote(key) + " does not say which tag",
                      "write the tag key behind it: `" + std::string(stem) + "/team`");
  });
}

void CheckOldKey(LintContext& context) {
  ForEachKey(context, [&](const Condition& condition) {
    for (const OldKey& old : kOldKeys) {
      if (!IsOn(condition, old.key)) continue;
      Diagnostic& finding =
          context.ReportKey("CO739", *condition.key_node,
                            "`" + std::string(old.key) + "` is an old key that few services send",
                            "use `" + std::string(old.now) + "`");
      // Amazon SNS does, and writes it in the policy that a topic has by default.
      if (context.kind() == PolicyKind::kTopic) finding.severity = Severity::kSuggestion;
    }
  });
}

}  // namespace postern::policy
