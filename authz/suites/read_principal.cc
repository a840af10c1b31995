#include "authz/suites/read_principal.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/suggest.h"

namespace postern::authz {

using policy::Arn;
using policy::Node;
using policy::NodeKind;

namespace {

constexpr std::string_view kForms =
    "an ARN, `*`, `NAME.amazonaws.com`, an object with `arn` or `federated`, or `{unknown: true}`";

// What an ARN must look like to make requests: the part behind the account, and how many names
// follow.
constexpr struct {
  std::string_view service;
  std::string_view prefix;
  bool has_session;
} kRequesterForms[] = {
    {"iam", "user/", false},
    {"iam", "role/", false},
    {"sts", "assumed-role/", true},
    {"sts", "federated-user/", false},
};

bool IsRequesterArn(std::string_view text) {
  const Arn arn = policy::SplitArn(text);
  if (!arn.whole() || arn[policy::ArnField::kArn] != "arn" || arn.account().empty()) return false;
  if (arn.service() == "iam" && arn.resource() == "root") return true;
  for (const auto& form : kRequesterForms) {
    if (arn.service() != form.service || !arn.resource().starts_with(form.prefix)) continue;
    const std::string_view rest = arn.resource().substr(form.prefix.size());
    if (rest.empty() || rest.ends_with('/')) return false;
    return !form.has_session || (rest.find('/') != std::string_view::npos && rest.front() != '/');
  }
  return false;
}

void ReadArn(const Node& node, std::string_view text, Principal& into, Reading& read) {
  into.kind = RequesterKind::kArn;
  into.arn = text;
  if (IsRequesterArn(text)) return;
  read.Report(node, "bad-principal", fmt::format("`{}` is not an ARN that can make requests", text),
              "a root user, a user, a role, assumed-role/ROLE/SESSION or federated-user/NAME");
}

void ReadText(const Node& node, Principal& into, const Node* principals, Reading& read) {
  const std::string_view text = node.text;
  if (text == "*") {
    into.kind = RequesterKind::kAnonymous;
  } else if (text.starts_with("arn:")) {
    ReadArn(node, text, into, read);
  } else if (IsServicePrincipal(text)) {
    into.kind = RequesterKind::kService;
    into.service = text;
  } else if (policy::IsAccountId(text)) {
    read.Report(node, "bad-principal", fmt::format("the account `{}` makes no requests", text),
                fmt::format("its root user is arn:aws:iam::{}:root", text));
  } else if (principals != nullptr && principals->IsObject()) {
    std::vector<std::string_view> names;
    for (const Node& member : principals->children()) names.push_back(member.key);
    read.Report(node, "unknown-principal", fmt::format("no principal is called `{}`", text),
                policy::DidYouMean(text, names));
  } else {
    read.Report(node, "bad-principal", fmt::format("`{}` is not a principal", text),
                std::string(kForms));
  }
}

bool IsHex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

void ReadTags(const Node& node, Principal& into, Reading& read) {
  if (!node.IsObject()) {
    read.ReportType(node, "an object of tags");
    return;
  }
  for (const Node& tag : node.children()) {
    if (const auto value = read.AnyText(tag)) into.tags.push_back({tag.key, *value});
  }
}

void ReadOrganization(const Node* org_id, const Node* org_paths, Principal& into, Reading& read) {
  if (org_id && org_id->kind == NodeKind::kNull) {
    into.org_id = "";
  } else if (org_id) {
    into.org_id = read.Prefixed(*org_id, "o-");
  }
  if (org_paths) read.Texts(*org_paths, into.org_paths);
}

void ReadObject(const Node& node, Principal& into, Reading& read) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "arn",       "account",      "org_id", "org_paths",      "tags",
      "unique_id", "canonical_id", "path",   "service_linked", "federating_user"};
  const auto [arn, account, org_id, org_paths, tags, unique_id, canonical_id, path, service_linked,
              federating_user] = read.Members(node, kNames);
  if (arn) {
    if (const auto text = read.Text(*arn)) ReadArn(*arn, *text, into, read);
  } else {
    read.Report(node, "missing-member", "a principal in this form has an `arn`",
                std::string(kForms));
  }
  if (account) {
    into.account = read.AccountId(*account).value_or("");
    const std::string_view of_arn = policy::SplitArn(into.arn).account();
    if (!into.account.empty() && policy::IsAccountId(of_arn) && into.account != of_arn) {
      read.Report(*account, "contradiction",
                  fmt::format("the account is `{}`, and `arn` says `{}`", into.account, of_arn));
    }
  }
  ReadOrganization(org_id, org_paths, into, read);
  if (tags) ReadTags(*tags, into, read);
  if (unique_id) into.unique_id = read.Text(*unique_id).value_or("");
  if (canonical_id) {
    into.canonical_id = read.Text(*canonical_id).value_or("");
    if (!into.canonical_id.empty() &&
        (into.canonical_id.size() != 64 || !IsHex(into.canonical_id))) {
      read.Report(*canonical_id, "bad-id", "a canonical user id has 64 hexadecimal digits");
    }
  }
  if (path) {
    into.path = read.Text(*path).value_or("");
    if (!into.path.empty() && (!into.path.starts_with('/') || !into.path.ends_with('/'))) {
      read.Report(*path, "bad-path",
                  fmt::format("the path `{}` must begin and end with a slash", into.path));
    }
  }
  if (service_linked) into.service_linked = read.Bool(*service_linked).value_or(false);
  if (federating_user) into.federating_user = read.Prefixed(*federating_user, "arn:").value_or("");
}

// Under which service prefix a provider's claims are condition keys: the URL behind
// "oidc-provider/", "saml", or the provider's own name (accounts.google.com).
std::string_view ClaimPrefix(std::string_view provider) {
  const std::string_view resource = policy::SplitArn(provider).resource();
  if (resource.starts_with("saml-provider/")) return "saml";
  constexpr std::string_view kOidc = "oidc-provider/";
  if (resource.starts_with(kOidc)) return resource.substr(kOidc.size());
  return provider;
}

void ReadFederated(const Node& node, Case& into, Reading& read) {
  static constexpr std::array<std::string_view, 2> kNames = {"federated", "claims"};
  const auto [federated, claims] = read.Members(node, kNames);
  Principal& principal = into.request.principal;
  principal.kind = RequesterKind::kFederated;
  if (federated) principal.provider = read.Text(*federated).value_or("");
  if (!claims) return;
  if (!claims->IsObject()) {
    read.ReportType(*claims, "an object of claims");
    return;
  }
  for (const Node& claim : claims->children()) {
    std::string_view key = claim.key;
    if (key.find(':') == std::string_view::npos) {
      into.texts.push_back(fmt::format("{}:{}", ClaimPrefix(principal.provider), key));
      key = into.texts.back();
    }
    into.request.OpenContext(key);
    ReadContextValues(claim, into.request, read);
  }
}

// aws:ResourceAccount and its like.
bool IsAccountKey(std::string_view key) {
  constexpr std::string_view kAccount = "account";
  return key.size() > kAccount.size() &&
         policy::EqualsIgnoreAsciiCase(key.substr(key.size() - kAccount.size()), kAccount);
}

}  // namespace

bool IsServicePrincipal(std::string_view text) {
  if (text.starts_with("arn:")) return false;
  for (const std::string_view suffix :
       {".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".amazon.com"}) {
    if (text.size() > suffix.size() && text.ends_with(suffix)) return true;
  }
  return false;
}

void ReadContextValues(const Node& node, Request& request, Reading& read) {
  const auto read_one = [&](const Node& value) {
    if (!value.IsScalar()) {
      read.ReportType(value, "a string, a number, true or false, or a list of them");
      return;
    }
    if (value.kind == NodeKind::kNumber && IsAccountKey(node.key)) read.AccountId(value);
    read.CheckWord(value);
    request.AddValue(value.text);
  };
  if (!node.IsArray()) {
    read_one(node);
    return;
  }
  for (const Node& value : node.children()) read_one(value);
}

void ReadPrincipal(const Node& node, const Node* principals, Case& into, Reading& read) {
  Principal& principal = into.request.principal;
  if (node.IsString()) {
    const Node* named =
        principals != nullptr && principals->IsObject() ? principals->Find(node.text) : nullptr;
    if (named != nullptr) {
      ReadPrincipal(*named, nullptr, into, read);
    } else {
      ReadText(node, principal, principals, read);
    }
  } else if (!node.IsObject()) {
    if (node.kind == NodeKind::kNumber && policy::IsAccountId(node.text)) {
      read.Report(node, "bad-principal",
                  fmt::format("the account `{}` makes no requests", node.text),
                  fmt::format("its root user is arn:aws:iam::{}:root", node.text));
    } else {
      read.ReportType(node, "a string or an object");
    }
  } else if (read.IsUnknown(node)) {
    principal.kind = RequesterKind::kUnknown;
  } else if (node.Find("federated") != nullptr) {
    ReadFederated(node, into, read);
  } else {
    ReadObject(node, principal, read);
  }
}

}  // namespace postern::authz
