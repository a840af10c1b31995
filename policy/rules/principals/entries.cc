// What is written as a principal and can be none. Each entry has one fault at most: the first that
// FaultOf finds.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/language/principals.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/parts.h"
#include "policy/rules/principal_entries.h"
#include "policy/rules/principals/checks.h"
#include "policy/suggest.h"

namespace postern::policy {
namespace {

enum class Fault {
  kNone,
  kWrongKey,       // PR409
  kWildcard,       // PR405
  kUniqueId,       // PR412
  kAccountId,      // PR407
  kSessionPath,    // PR413
  kServiceFormat,  // PR408
  kNotOne,         // PR406
};

constexpr std::string_view kServiceDomain = ".amazonaws.com";

// Endings of service principals: of the partitions, of services that AWS keeps to itself, and of
// Alexa.
constexpr std::array<std::string_view, 7> kServiceDomains = {
    ".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".aws.internal",
    ".amazon.com",    ".ic.gov",           ".sgov.gov"};

// Identity providers that are written without an ARN.
constexpr std::array<std::string_view, 4> kProviders = {"cognito-identity.amazonaws.com",
                                                        "accounts.google.com", "www.amazon.com",
                                                        "graph.facebook.com"};

bool IsProvider(std::string_view text) {
  const std::string_view resource = SplitConcreteArn(text).resource();
  return std::ranges::find(kProviders, text) != kProviders.end() ||
         resource.starts_with("oidc-provider/") || resource.starts_with("saml-provider/");
}

bool IsCanonicalId(std::string_view text) {
  return ParsePrincipal(PrincipalType::kCanonicalUser, text).form == PrincipalForm::kCanonicalUser;
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789-") == text.npos;
}

bool IsServiceName(std::string_view text) {
  if (text.find_first_of(":/ ") != text.npos) return false;
  return std::ranges::any_of(kServiceDomains,
                             [text](std::string_view domain) { return text.ends_with(domain); });
}

// The type that such a text is of, where the form leaves no doubt.
std::optional<PrincipalType> TypeOf(std::string_view text) {
  if (IsProvider(text)) return PrincipalType::kFederated;
  if (text.ends_with(kServiceDomain) && IsServiceName(text)) return PrincipalType::kService;
  if (IsAccountId(text) || IsArn(text)) return PrincipalType::kAws;
  if (IsCanonicalId(text)) return PrincipalType::kCanonicalUser;
  return std::nullopt;
}

// arn:aws:sts::A:assumed-role/path/of/role/session
bool HasSessionPath(const Arn& arn) {
  return arn.service() == "sts" && arn.resource().starts_with("assumed-role/") &&
         std::ranges::count(arn.resource(), '/') > 2 && !arn.resource().ends_with('/');
}

Fault FaultOfAws(std::string_view text) {
  if (text == "*") return Fault::kNone;
  if (HasWildcard(text)) return Fault::kWildcard;
  if (IsNumber(text)) return IsAccountId(text) ? Fault::kNone : Fault::kAccountId;
  const PrincipalPattern parsed = ParsePrincipal(PrincipalType::kAws, text);
  if (parsed.form == PrincipalForm::kUniqueId) return Fault::kUniqueId;
  if (parsed.form != PrincipalForm::kInvalid) return Fault::kNone;
  const Arn arn = SplitConcreteArn(text);
  const bool is_identity = arn.valid() && (arn.service() == "iam" || arn.service() == "sts");
  if (is_identity && !IsAccountId(arn.account())) return Fault::kAccountId;
  if (is_identity && HasSessionPath(arn)) return Fault::kSessionPath;
  return Fault::kNotOne;
}

Fault FaultOfService(std::string_view text) {
  if (text == "*") return Fault::kNone;
  if (HasWildcard(text)) return Fault::kWildcard;
  const bool has_upper = std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
  return IsServiceName(text) && !has_upper ? Fault::kNone : Fault::kServiceFormat;
}

Fault FaultOf(const PrincipalEntry& entry) {
  const std::string_view text = entry.value->text;
  if (text.empty()) return Fault::kNone;
  const auto type = TypeOf(text);
  // An ARN under Federated may be that of a provider that this program does not know.
  const bool is_arn_of_provider = entry.type == PrincipalType::kFederated && IsArn(text) &&
                                  SplitConcreteArn(text).service() != "iam" &&
                                  SplitConcreteArn(text).service() != "sts";
  if (type && *type != entry.type && !HasWildcard(text) && !is_arn_of_provider) {
    // cognito-identity.amazonaws.com is both.
    if (entry.type != PrincipalType::kService || *type != PrincipalType::kFederated ||
        !text.ends_with(kServiceDomain)) {
      return Fault::kWrongKey;
    }
  }
  if (entry.type == PrincipalType::kAws) return FaultOfAws(text);
  if (entry.type == PrincipalType::kService) return FaultOfService(text);
  return Fault::kNone;
}

template <typename Visit>
void ForEachFault(LintContext& context, Fault fault, Visit visit) {
  ForEachPrincipal(context, [&](const Statement& statement, const PrincipalEntry& entry) {
    if (FaultOf(entry) == fault) visit(statement, entry);
  });
}

// "lambda" and "Lambda.amazonaws.com" have a near name, "*.lambda" has none.
std::string ServiceInPlaceOf(std::string_view text) {
  std::string lower;
  for (const char c : text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (lower.find_first_of(":/ ") != lower.npos) return {};
  if (IsServiceName(lower)) return lower;
  const std::size_t dot = lower.find('.');
  if (dot == lower.npos) return lower + std::string(kServiceDomain);
  const std::string_view domain = std::string_view(lower).substr(dot);
  const std::string_view closest = ClosestName(domain, kServiceDomains);
  return closest.empty() ? std::string() : lower.substr(0, dot) + std::string(closest);
}

std::string_view KindOfArn(const Arn& arn) {
  const std::string_view resource = arn.resource();
  return resource.substr(0, resource.find_first_of("/:"));
}

// arn:aws:iam:111122223333:user/a
bool LacksColon(std::string_view text) {
  const Arn arn = SplitConcreteArn(text);
  return !arn.valid() && arn.count == 5 && IsAccountId(arn.fields[3]);
}

std::string NotOne(std::string_view text) {
  const Arn arn = SplitConcreteArn(text);
  if (!arn.valid() && text.starts_with("arn:")) {
    return Quote(text) + " has " + std::to_string(arn.count) + " of the six fields of an ARN";
  }
  if (!arn.valid()) return Quote(text) + " is neither an account id nor an ARN";
  if (arn.service() != "iam" && arn.service() != "sts") {
    return "a resource of " + Quote(arn.service()) + " cannot be a principal";
  }
  if (KindOfArn(arn) == "assumed-role") return Quote(text) + " lacks the name of the session";
  if (KindOfArn(arn) == "user" || KindOfArn(arn) == "role") {
    return Quote(text) + " is not the ARN of a user or a role";
  }
  return "an IAM " + Quote(KindOfArn(arn)) + " cannot be a principal";
}

}  // namespace

void CheckPrincipalWildcard(LintContext& context) {
  ForEachFault(context, Fault::kWildcard, [&](const Statement&, const PrincipalEntry& entry) {
    context.Report("PR405", *entry.value,
                   "a principal is no pattern: " + Quote(entry.value->text) + " matches nobody",
                   "name the account or `*`, and narrow it with ArnLike on aws:PrincipalArn");
  });
}

void CheckNotAPrincipal(LintContext& context) {
  ForEachFault(context, Fault::kNotOne, [&](const Statement&, const PrincipalEntry& entry) {
    context.Report("PR406", *entry.value, NotOne(entry.value->text),
                   LacksColon(entry.value->text)
                       ? "IAM has no Region: write `arn:aws:iam::` with two colons"
                       : "name an account, a user, a role, a session of a role, or `*`");
  });
}

void CheckPrincipalAccountId(LintContext& context) {
  ForEachFault(context, Fault::kAccountId, [&](const Statement&, const PrincipalEntry& entry) {
    const std::string_view text = entry.value->text;
    const std::string_view account = IsNumber(text) ? text : SplitConcreteArn(text).account();
    const std::size_t begin = OffsetIn(text, account);
    const std::string what = account.empty() ? Quote(text) + " has no account id"
                                             : Quote(account) + " is not an account id";
    context.ReportWithin("PR407", *entry.value, begin, begin + account.size(),
                         what + ": they have 12 digits", "write the account id");
  });
}

void CheckServicePrincipalFormat(LintContext& context) {
  ForEachFault(context, Fault::kServiceFormat, [&](const Statement&, const PrincipalEntry& entry) {
    const std::string_view text = entry.value->text;
    const std::string closest = ServiceInPlaceOf(text);
    Diagnostic& finding = context.Report(
        "PR408", *entry.value, Quote(text) + " is not the name of a service principal",
        closest.empty() ? "they are written as `lambda.amazonaws.com`"
                        : "did you mean " + Quote(closest) + "?");
    if (!closest.empty()) {
      AddRewrite(finding, context.document(), *entry.value, closest, FixSafety::kUnsafe);
    }
  });
}

void CheckPrincipalInWrongKey(LintContext& context) {
  ForEachFault(
      context, Fault::kWrongKey, [&](const Statement& statement, const PrincipalEntry& entry) {
        const std::string type(PrincipalTypeName(*TypeOf(entry.value->text)));
        Diagnostic& finding = context.Report("PR409", *entry.value,
                                             Quote(entry.value->text) + " does not belong under " +
                                                 std::string(PrincipalTypeName(entry.type)),
                                             "write it under " + type);
        // The one entry of the one type: then the key can be written anew.
        const Node& set = *statement.principal->node;
        if (statement.principal->entries.size() != 1 || set.count != 1) return;
        const Node& member = *set.children().begin();
        Fix fix;
        fix.safe = true;
        fix.title = "write " + Quote(type);
        fix.edits.push_back({member.key_range, type});
        const std::string_view key = context.document().source().Slice(member.key_range);
        if (!key.starts_with('"') || !key.ends_with('"')) return;
        fix.edits.front().text = '"' + type + '"';
        finding.fixes.push_back(std::move(fix));
      });
}

void CheckUniqueIdPrincipal(LintContext& context) {
  ForEachFault(context, Fault::kUniqueId, [&](const Statement&, const PrincipalEntry& entry) {
    const bool is_role = entry.value->text.starts_with("AROA");
    const std::string what = is_role ? "role" : "user";
    context.Report("PR412", *entry.value,
                   Quote(entry.value->text) + " is what AWS leaves of a deleted " + what +
                       ": it matches nobody",
                   "write the ARN of the " + what + " that is meant, or remove it");
  });
}

void CheckSessionArnWithPath(LintContext& context) {
  ForEachFault(context, Fault::kSessionPath, [&](const Statement&, const PrincipalEntry& entry) {
    const std::string_view text = entry.value->text;
    const std::size_t session = text.rfind('/');
    const std::size_t role = text.rfind('/', session - 1);
    const std::size_t path = text.find('/');
    const std::string fixed = std::string(text.substr(0, path)) + std::string(text.substr(role));
    Diagnostic& finding = context.ReportWithin(
        "PR413", *entry.value, path + 1, role + 1,
        "the ARN of a session does not have the path of its role in it", "write " + Quote(fixed));
    AddRewrite(finding, context.document(), *entry.value, path + 1, role + 1, "",
               FixSafety::kUnsafe);
  });
}

}  // namespace postern::policy
