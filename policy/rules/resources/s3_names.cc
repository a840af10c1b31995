// Names of buckets and objects that match something else than what they say.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/globs.h"
#include "policy/rules/parts.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/resources/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// Every ARN of a bucket or its objects: `bucket` is what stands before the first slash, `key` what
// stands behind it.
struct S3Name {
  std::string_view bucket;
  std::string_view key;
  bool has_key = false;
};

template <typename Visit>
void ForEachS3Name(const PolicyDocument& document, Visit visit) {
  ForEachResourceArn(document, [&](const Statement& statement, const Node& value, const Arn& arn) {
    if (arn.service() != "s3" || !arn.region().empty() || !arn.account().empty()) return;
    const std::string_view resource = arn.resource();
    const std::size_t slash = resource.find('/');
    S3Name name{resource.substr(0, slash), {}, slash != resource.npos};
    if (name.has_key) name.key = resource.substr(slash + 1);
    visit(statement, value, name);
  });
}

// Conditions that say whose the bucket is: then a bucket of somebody else is out of reach.
constexpr std::array<std::string_view, 4> kOwnerKeys = {
    "aws:ResourceAccount", "s3:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths"};

bool SaysWhose(const Statement& statement) {
  return std::ranges::any_of(statement.conditions, [](const Condition& condition) {
    return std::ranges::any_of(kOwnerKeys, [&condition](std::string_view key) {
      return EqualsIgnoreAsciiCase(condition.key_node->key, key);
    });
  });
}

bool IsOldName(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

bool IsNewName(char c) { return IsOldName(c) && c != '_' && !(c >= 'A' && c <= 'Z'); }

struct NameFault {
  std::string text;
  Severity severity = Severity::kWarning;
};

// Buckets of us-east-1 from before March 2018 may have longer names, capitals and underscores.
NameFault FaultOfName(std::string_view name) {
  if (name.size() < 3) return {"names of buckets have three characters or more"};
  if (name.size() > 255) return {"names of buckets have 63 characters at most"};
  const auto bad = std::ranges::find_if_not(name, IsOldName);
  if (bad != name.end()) {
    return {"names of buckets have no " + Quote(std::string_view(&*bad, 1)) + " in them"};
  }
  if (name.size() > 63) {
    return {"names of buckets have 63 characters at most", Severity::kSuggestion};
  }
  if (!std::ranges::all_of(name, IsNewName)) {
    return {"names of buckets are in lower case, without `_`", Severity::kSuggestion};
  }
  if (name.front() == '-' || name.front() == '.' || name.back() == '-' || name.back() == '.') {
    return {"names of buckets begin and end with a letter or a digit"};
  }
  return {};
}

// Whether the list also names what is below it: then the one object is meant as well.
bool NamesWhatIsBelow(const PatternSet& resources, const Node& value) {
  return std::ranges::any_of(resources.patterns, [&value](const Node* each) {
    return each != &value && CoversResource(each->text, std::string(value.text) + "*");
  });
}

}  // namespace

void CheckBucketPrefixGlued(LintContext& context) {
  // A bucket policy is asked about its own bucket only.
  if (IsResourceBased(context.kind())) return;
  ForEachS3Name(
      context.document(), [&](const Statement& statement, const Node& value, const S3Name& name) {
        if (statement.effect != Effect::kAllow || statement.resources->negated) return;
        const std::size_t open = FindOpen(name.bucket);
        if (open == 0 || open == name.bucket.size() || IsUnfinished(name.bucket)) return;
        // The account id in the name is what nobody else has.
        if (SaysWhose(statement) || name.bucket.back() != '*' || open + 1 != name.bucket.size())
          return;
        const std::string_view literal = name.bucket.substr(0, open);
        const std::size_t begin = OffsetIn(value.text, name.bucket);
        Diagnostic& finding = context.ReportWithin(
            "RS616", value, begin, begin + name.bucket.size(),
            Quote(name.bucket) + " also matches buckets of others, such as " +
                Quote(std::string(literal) + (literal.ends_with('-') ? "" : "-") + "evil"),
            "name your buckets in full, or add a condition on aws:ResourceAccount");
        // The way out of a network is what an endpoint policy is for.
        if (context.kind() != PolicyKind::kEndpoint) finding.severity = Severity::kSuggestion;
      });
}

void CheckWildcardSpansSegments(LintContext& context) {
  ForEachS3Name(context.document(), [&](const Statement&, const Node& value, const S3Name& name) {
    if (!name.has_key || IsUnfinished(value.text)) return;
    const std::size_t star = name.bucket.find('*');
    const std::string_view part = name.key.substr(0, name.key.find_first_of("*?"));
    if (star == name.bucket.npos || star == 0 || part.empty()) return;
    const std::string witness = std::string(name.bucket.substr(0, star)) + "x/y" +
                                std::string(name.bucket.substr(star + 1)) + "/" + std::string(part);
    const std::size_t begin = OffsetIn(value.text, name.bucket) + star;
    context.ReportWithin("RS617", value, begin, begin + 1,
                         "`*` also matches `/`: " + Quote(witness) + " is matched too",
                         "name the buckets one by one where that matters");
  });
}

void CheckBucketName(LintContext& context) {
  ForEachS3Name(context.document(), [&](const Statement&, const Node& value, const S3Name& name) {
    if (name.bucket.empty() || FindOpen(name.bucket) < name.bucket.size()) return;
    if (IsUnfinished(value.text) || name.bucket.find("EXAMPLE") != name.bucket.npos) return;
    if (LooksUnfinished(name.bucket.substr(0, 1))) return;
    const NameFault fault = FaultOfName(name.bucket);
    if (fault.text.empty()) return;
    const std::size_t begin = OffsetIn(value.text, name.bucket);
    context
        .ReportWithin("RS619", value, begin, begin + name.bucket.size(),
                      "no new bucket can be named " + Quote(name.bucket) + ": " + fault.text,
                      "write the name of the bucket")
        .severity = fault.severity;
  });
}

void CheckTrailingSlash(LintContext& context) {
  ForEachS3Name(context.document(), [&](const Statement& statement, const Node& value,
                                        const S3Name& name) {
    if (!name.has_key || !value.text.ends_with('/') || IsUnfinished(name.key)) return;
    if (NamesWhatIsBelow(*statement.resources, value)) return;
    Diagnostic& finding = context.Report(
        "RS620", value,
        Quote(value.text) + (name.key.empty() ? " matches nothing: there is no object without a "
                                                "name"
                                              : " is the one object of that name, not what is "
                                                "below it"),
        "write " + Quote(std::string(value.text) + "*"));
    AddRewrite(finding, context.document(), value, value.text.size(), value.text.size(), "*",
               FixSafety::kUnsafe);
  });
}

void CheckDuplicateSlash(LintContext& context) {
  ForEachS3Name(context.document(), [&](const Statement&, const Node& value, const S3Name& name) {
    if (!name.has_key || IsUnfinished(value.text)) return;
    const std::size_t begin = OffsetIn(value.text, name.bucket) + name.bucket.size();
    const std::size_t at = value.text.find("//", begin);
    if (at == value.text.npos) return;
    Diagnostic& finding = context.ReportWithin("RS631", value, at, at + 2,
                                               "`//` matches keys with an empty part only",
                                               "write one `/`, unless the keys have both");
    AddRewrite(finding, context.document(), value, at, at + 2, "/", FixSafety::kUnsafe);
  });
}

}  // namespace postern::policy
