// Ids of AWS under the keys that hold them: each text gets one finding, the one that says most.
#include <string>
#include <string_view>

#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"
#include "policy/rules/fixes.h"
#include "policy/rules/keys.h"

namespace postern::policy {
namespace {

struct Judgement {
  std::string_view code;  // "" = nothing to say
  std::string message;
  std::string help;
  std::string instead;  // of the whole text; "" if it is not known
};

std::string Outcome(const Condition& condition) {
  return Traits(condition).negated ? ": no request has this value, so it always differs"
                                   : ": no request has this value";
}

std::string EveryOther(std::string_view key) { return "; `" + std::string(key) + "` holds "; }

std::string_view CodeOfFormat(IdKind kind) {
  switch (kind) {
    case IdKind::kVpc:
      return "CO732";
    case IdKind::kEndpoint:
      return "CO733";
    case IdKind::kOrganization:
      return "CO734";
    case IdKind::kAccount:
      return "CO735";
    default:
      return "CO736";
  }
}

std::string_view HelpOf(IdKind kind) {
  switch (kind) {
    case IdKind::kVpc:
      return "an id is `vpc-` and 8 or 17 of the characters 0-9 and a-f";
    case IdKind::kEndpoint:
      return "an id is `vpce-` and 8 or 17 of the characters 0-9 and a-f";
    case IdKind::kOrganization:
      return "an id is `o-` and 10 to 32 small letters and digits";
    case IdKind::kAccount:
      return "an account id is 12 digits";
    default:
      return "a path is `o-…/r-…/ou-…/`, with the slash at its end";
  }
}

// A path that takes wildcards: the pattern has to reach the slash at the end of each path.
bool CanMatchPath(std::string_view pattern) {
  if (!HasWildcard(pattern.substr(0, 2)) && !pattern.starts_with("o-")) return false;
  return pattern.ends_with('/') || pattern.ends_with('*') || pattern.ends_with('?');
}

Judgement JudgeId(const Condition& condition, IdKind wanted, std::string_view text) {
  const std::string_view key = condition.key_node->key;
  const bool is_pattern = Traits(condition).wildcards && HasWildcard(text);
  const IdKind found = IdKindOfText(text);
  const bool is_short_path = wanted == IdKind::kOrganizationPath && found == IdKind::kOrganization;
  if (found != IdKind::kNone && found != wanted && !is_short_path) {
    return {"CO737",
            Quote(text) + " is " + std::string(IdKindTitle(found)) + EveryOther(key) +
                std::string(IdKindTitle(wanted)) + Outcome(condition),
            "use the key that holds " + std::string(IdKindTitle(found)) + ", or the right id",
            {}};
  }
  if (is_pattern) {
    if (wanted != IdKind::kOrganizationPath || CanMatchPath(text)) return {};
    return {"CO736",
            Quote(text) + " can match no path, each of which ends with `/`",
            "end it with `/*`",
            {}};
  }
  if (HasWildcard(text) || IsWellFormed(wanted, text)) return {};  // CO719
  // Requests without credentials.
  if (wanted == IdKind::kAccount && text == "anonymous") return {};
  const std::string lower = FoldAscii(text);
  if (lower != text && IsWellFormed(wanted, lower)) {
    return {
        "CO755",
        Quote(text) + " has capitals, which no request's value has: AWS writes it in small letters",
        "write `" + lower + "`", lower};
  }
  const std::string slashed = std::string(text) + "/";
  const bool lacks_slash = wanted == IdKind::kOrganizationPath && IsWellFormed(wanted, slashed);
  return {CodeOfFormat(wanted),
          lacks_slash
              ? Quote(text) + " lacks the `/` at its end" + Outcome(condition)
              : Quote(text) + " is not " + std::string(IdKindTitle(wanted)) + Outcome(condition),
          std::string(HelpOf(wanted)), lacks_slash ? slashed : std::string()};
}

Judgement JudgeRegion(std::string_view text) {
  if (HasWildcard(text) || LooksLikeRegion(text) || text == "aws-global") return {};
  const std::string lower = FoldAscii(text);
  if (lower != text && LooksLikeRegion(lower)) {
    return {
        "CO755",
        Quote(text) + " has capitals, which no request's value has: AWS writes it in small letters",
        "write `" + lower + "`", lower};
  }
  // An availability zone: a Region and a letter.
  const std::string_view zone = text.substr(0, text.empty() ? 0 : text.size() - 1);
  if (LooksLikeRegion(zone)) {
    return {"CO738", Quote(text) + " is an availability zone, and aws:RequestedRegion is a Region",
            "write `" + std::string(zone) + "`", std::string(zone)};
  }
  return {"CO738", Quote(text) + " is not a Region", "write a Region such as `eu-west-1`", {}};
}

Judgement Judge(const LintContext& context, const Condition& condition, std::string_view text) {
  const bool ignores_case = condition.op->base == BaseOperator::kStringEqualsIgnoreCase ||
                            condition.op->base == BaseOperator::kStringNotEqualsIgnoreCase;
  if (Traits(condition).family != OperatorFamily::kString || ignores_case) return {};
  if (text.empty() || IsUnfinished(text)) return {};
  if (IsOn(condition, "aws:RequestedRegion")) return JudgeRegion(text);
  const IdKind wanted = IdKindOfKey(condition.key_node->key);
  if (wanted == IdKind::kNone) return {};
  // EP502 says of the key itself that it does not belong there.
  if (wanted == IdKind::kEndpoint && context.kind() == PolicyKind::kEndpoint) return {};
  return JudgeId(condition, wanted, text);
}

void ReportIds(LintContext& context, std::string_view code) {
  ForEachValue(context, [&](const Condition& condition, const Node& value) {
    Judgement judgement = Judge(context, condition, value.text);
    if (judgement.code != code) return;
    Diagnostic& finding =
        context.Report(code, value, std::move(judgement.message), std::move(judgement.help));
    if (!judgement.instead.empty()) {
      AddRewrite(finding, context.document(), value, judgement.instead, FixSafety::kUnsafe);
    }
  });
}

}  // namespace

void CheckVpcId(LintContext& context) { ReportIds(context, "CO732"); }
void CheckEndpointId(LintContext& context) { ReportIds(context, "CO733"); }
void CheckOrganizationId(LintContext& context) { ReportIds(context, "CO734"); }
void CheckAccountKey(LintContext& context) { ReportIds(context, "CO735"); }
void CheckOrganizationPath(LintContext& context) { ReportIds(context, "CO736"); }
void CheckIdInWrongKey(LintContext& context) { ReportIds(context, "CO737"); }
void CheckRegionValue(LintContext& context) { ReportIds(context, "CO738"); }
void CheckValueCase(LintContext& context) { ReportIds(context, "CO755"); }

}  // namespace postern::policy
