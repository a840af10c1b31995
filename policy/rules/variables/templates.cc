// Text that another language would have replaced, or a variable that lacks a part of its form.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "policy/catalogue.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/parts.h"
#include "policy/rules/texts.h"
#include "policy/rules/variables/checks.h"
#include "policy/rules/variables/references.h"

namespace postern::policy {
namespace {

// Whose variable it is, by the way it begins.
struct Dialect {
  std::string_view beginning;
  std::string_view whose;
};
constexpr std::array kDialects = {
    Dialect{"AWS::", "CloudFormation's"},
    Dialect{"var.", "Terraform's"},
    Dialect{"local.", "Terraform's"},
    Dialect{"data.", "Terraform's"},
    Dialect{"module.", "Terraform's"},
    Dialect{"aws_", "Terraform's"},
    Dialect{"each.", "Terraform's"},
    Dialect{"Token[", "the CDK's"},
    Dialect{"env:", "the Serverless Framework's"},
};

std::string WhatIs(std::string_view name) {
  const std::string_view sort =
      name.find_first_of(" ([?") == name.npos ? " variable" : " expression";
  for (const Dialect& dialect : kDialects) {
    if (name.starts_with(dialect.beginning)) return std::string(dialect.whose).append(sort);
  }
  return std::string("a template's").append(sort);
}

struct Found {
  std::size_t begin;
  std::size_t end;
  std::string_view name;
};

constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/_-.";

// {aws:username}, $(aws:username), $aws:username: a known key in nearly the form of a variable.
std::optional<Found> FindNearVariable(const Catalogue& catalogue, std::string_view text) {
  for (std::size_t at = text.find("aws:"); at != text.npos; at = text.find("aws:", at + 1)) {
    if (at == 0) continue;
    const char before = text[at - 1];
    // None of these is part of a name, so no part of the text is looked at twice.
    if (before != '{' && before != '(' && before != '$') continue;
    const std::size_t end = std::min(text.find_first_not_of(kNameCharacters, at), text.size());
    const std::string_view name = text.substr(at, end - at);
    const char after = end < text.size() ? text[end] : '\0';
    const char two_before = at >= 2 ? text[at - 2] : '\0';
    if (before == '{' && after == '}' && two_before != '$' && two_before != '&') {
      if (catalogue.FindConditionKey(name)) return Found{at - 1, end + 1, name};
    } else if (before == '(' && after == ')' && two_before == '$') {
      if (catalogue.FindConditionKey(name)) return Found{at - 2, end + 1, name};
    } else if (before == '$') {
      // Without an end of its own the name goes on to the next separator.
      const std::string_view word = name.substr(0, name.find('/'));
      if (catalogue.FindConditionKey(word)) return Found{at - 1, at + word.size(), word};
    }
  }
  return std::nullopt;
}

// Buckets of AWS whose names have the Region in them, as AWS's pages write them with the word.
constexpr std::array<std::string_view, 14> kRegionalBuckets = {
    "patch-baseline-snapshot-",
    "aws-ssm-",
    "aws-windows-downloads-",
    "amazon-ssm-",
    "amazon-ssm-packages-",
    "aws-ssm-distributor-file-",
    "aws-ssm-document-attachments-",
    "aws-patchmanager-macos-",
    "aws-patch-manager-",
    "amazonlinux-2-repos-",
    "amazonlinux.",
    "al2023-repos-",
    "packages.",
    "repo.",
};
constexpr std::array<std::string_view, 3> kWordsForRegion = {"region", "REGION", "Region"};

}  // namespace

void CheckTemplateSyntax(LintContext& context) {
  ForEachComparedText(context.document(), [&context](const Node& node) {
    if (!node.IsString()) return;
    for (const Reference& reference : FindReferences(node.text)) {
      if (reference.form != ReferenceForm::kTemplate) continue;
      context.ReportWithin(
          "VA812", node, reference.begin, reference.end,
          Quote(node.text.substr(reference.begin, reference.end - reference.begin)) + " is " +
              WhatIs(reference.name) + " and no policy variable: it stays as it is written",
          "look at the policy after the template is rendered");
    }
    // Terraform's way to write `${` in a policy document of its own.
    for (std::size_t at = node.text.find("&{aws:"); at != node.text.npos;
         at = node.text.find("&{aws:", at)) {
      const std::size_t close = node.text.find('}', at);
      if (close == node.text.npos) break;
      Diagnostic& finding = context.ReportWithin(
          "VA812", node, at, close + 1,
          Quote(node.text.substr(at, close + 1 - at)) +
              " is Terraform's spelling of a variable, and stays as it is written",
          "write `$` for `&`");
      AddRewrite(finding, context.document(), node, at, at + 1, "$", FixSafety::kUnsafe);
      at = close;
    }
  });
}

void CheckBraceWithoutDollar(LintContext& context) {
  ForEachComparedText(context.document(), [&context](const Node& node) {
    if (!node.IsString()) return;
    const auto found = FindNearVariable(context.catalogue(), node.text);
    if (!found) return;
    const std::string meant = "${" + std::string(found->name) + "}";
    Diagnostic& finding =
        context.ReportWithin("VA813", node, found->begin, found->end,
                             Quote(node.text.substr(found->begin, found->end - found->begin)) +
                                 " is plain text: a variable is written " + Quote(meant),
                             "write " + Quote(meant));
    AddRewrite(finding, context.document(), node, found->begin, found->end, meant,
               FixSafety::kUnsafe);
  });
}

void CheckLiteralRegionWord(LintContext& context) {
  constexpr std::string_view kBuckets = ":s3:::";
  const std::string& region = context.facts().endpoint.region;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.resources) continue;
    for (const Node* resource : statement.resources->patterns) {
      const std::string_view text = resource->text;
      const std::size_t at = text.find(kBuckets);
      if (at == text.npos) continue;
      const std::size_t begin = at + kBuckets.size();
      const std::string_view bucket = text.substr(begin, text.find('/', begin) - begin);
      for (const std::string_view beginning : kRegionalBuckets) {
        if (!bucket.starts_with(beginning)) continue;
        const std::string_view rest = bucket.substr(beginning.size());
        const std::string_view word = rest.substr(0, rest.find_first_of("-."));
        if (std::ranges::find(kWordsForRegion, word) == kWordsForRegion.end()) continue;
        const std::size_t word_at = OffsetIn(text, word);
        Diagnostic& finding = context.ReportWithin(
            "VA814", *resource, word_at, word_at + word.size(),
            Quote(bucket) + " has the word " + Quote(word) + " where the name of a Region is due",
            "write " + (region.empty() ? "the Region, as in `eu-west-1`" : Quote(region)));
        if (!region.empty()) {
          AddRewrite(finding, context.document(), *resource, word_at, word_at + word.size(), region,
                     FixSafety::kUnsafe);
        }
        break;
      }
    }
  }
}

}  // namespace postern::policy
