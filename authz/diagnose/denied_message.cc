#include "authz/diagnose/denied_message.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "authz/operations/operations.h"
#include "policy/catalogue.h"
#include "policy/language/fold.h"

namespace postern::authz {

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} * 1024;

// How one code is to be taken. `code` is compared without a prefix such as `Client.`.
struct CodeRow {
  std::string_view code;
  bool refused;
  std::string_view note;
};

constexpr std::string_view kCredentials = "the credentials were not accepted: no policy was asked";
constexpr std::string_view kExpired = "the credentials have expired: no policy was asked";
constexpr std::string_view kClock = "the caller's clock is wrong: no policy was asked";
constexpr std::string_view kMissing = "what was asked for does not exist, or is elsewhere";
constexpr std::string_view kTooMany = "too many requests: no policy refused this one";

constexpr CodeRow kCodes[] = {
    {"403", true, "the answer to a HEAD request has no text, so it gives no reason"},
    {"AccessDenied", true, ""},
    {"AccessDeniedException", true, ""},
    {"AllAccessDisabled", false, "AWS has closed the bucket or the account"},
    {"AuthorizationError", true, ""},
    {"AuthorizationErrorException", true, ""},
    {"Forbidden", true, ""},
    {"ForbiddenException", true, ""},
    {"UnauthorizedException", true, ""},
    {"UnauthorizedOperation", true, ""},
    {"VpceAccessDenied", true, ""},

    {"AuthFailure", false, kCredentials},
    {"IncompleteSignature", false, kCredentials},
    {"InvalidAccessKeyId", false, kCredentials},
    {"InvalidClientTokenId", false, kCredentials},
    {"InvalidSignatureException", false, kCredentials},
    {"InvalidToken", false, kCredentials},
    {"MissingAuthenticationToken", false, kCredentials},
    {"SignatureDoesNotMatch", false, kCredentials},
    {"UnrecognizedClientException", false, kCredentials},
    {"ExpiredToken", false, kExpired},
    {"ExpiredTokenException", false, kExpired},
    {"RequestExpired", false, kExpired},
    {"RequestTimeTooSkewed", false, kClock},

    {"301", false, kMissing},
    {"404", false, kMissing},
    {"NoSuchBucket", false, kMissing},
    {"NoSuchKey", false, kMissing},
    {"PermanentRedirect", false, kMissing},
    {"ResourceNotFoundException", false, kMissing},
    {"RequestLimitExceeded", false, kTooMany},
    {"SlowDown", false, kTooMany},
    {"Throttling", false, kTooMany},
    {"ThrottlingException", false, kTooMany},
};

// Texts without a code, lower case; the first one found counts.
struct PhraseRow {
  std::string_view phrase;
  bool refused;
  std::string_view note;
};

constexpr std::string_view kNetwork =
    "the request did not arrive: look at routes, DNS, security groups and network ACLs";
constexpr std::string_view kTls = "no TLS connection came about: no policy was asked";

constexpr PhraseRow kPhrases[] = {
    {"could not connect to the endpoint", false, kNetwork},
    {"connect timeout on endpoint", false, kNetwork},
    {"read timeout on endpoint", false, kNetwork},
    {"connection was closed before we received a valid response", false, kNetwork},
    {"connection refused", false, kNetwork},
    {"connection timed out", false, kNetwork},
    {"i/o timeout", false, kNetwork},
    {"no such host", false, kNetwork},
    {"name or service not known", false, kNetwork},
    {"could not resolve host", false, kNetwork},
    {"ssl validation failed", false, kTls},
    {"unable to locate credentials", false, "no credentials were found: no policy was asked"},
    {"security token included in the request is expired", false, kExpired},
    {"security token included in the request is invalid", false, kCredentials},
    {"access denied", true, ""},
    {"accessdenied", true, ""},
    {"not authorized", true, ""},
    {"403 forbidden", true, ""},
};

// What a text of an authorization failure tells beside who, what and where; lower case.
constexpr std::pair<std::string_view, std::string_view> kRemarks[] = {
    {"encoded authorization failure message",
     "the encoded message cannot be decoded offline: `aws sts decode-authorization-message` does "
     "it"},
    {"with session credentials",
     "the call cannot be made with temporary credentials: no policy changes that"},
    {"blocked by the blockpublic",
     "the bucket's Block Public Access settings refuse a public policy or ACL"},
    {"transitively through a service control policy",
     "the text also names a service control policy"},
};

constexpr std::pair<std::string_view, Layer> kLayerWords[] = {
    {"access point policy", Layer::kAccessPoint}, {"identity-based policy", Layer::kIdentity},
    {"permissions boundary", Layer::kBoundary},   {"resource control policy", Layer::kRcp},
    {"resource-based policy", Layer::kResource},  {"role trust policy", Layer::kResource},
    {"service control policy", Layer::kScp},      {"session policy", Layer::kSession},
    {"sessions policy", Layer::kSession},         {"vpc endpoint policy", Layer::kEndpoint},
};

// The shapes that are looked for in the text, after Flatten.
struct Shapes {
  RE2 who_and_what{
      R"re((?:User:? ?(\S*) is )?not authorized to perform:? ?(?:operation: )?([\w-]+:[\w*]+))re",
      Latin1()};
  RE2 resource{
      R"re(^[^:]{0,40}on resource: (?:"([^"]*)"|(arn:[^\s<"]+)|(.*?)(?: because no | with an explicit deny| \(Service: | status code: | Encoded |[<"]|$)))re",
      Latin1()};
  RE2 implicit{R"re(because no ([a-z -]{1,60}) allows the ([\w-]+:[\w*]+) action)re", Latin1()};
  RE2 explicit_deny{
      R"re(with an explicit deny(?: in (?:an?|the) ([a-z -]{1,60}?(?:policy|boundary)))?(?:: (arn:[^\s"']+))?)re",
      Latin1()};
  RE2 cli{R"re(An error occurred \(([\w.]+)\)(?: when calling the (\w+) operation)?)re", Latin1()};
  // "operation error S3: ListBuckets, https response error ... api error AccessDenied: ..."
  RE2 go_operation{
      R"re(([A-Z]\w*(?: \w+){0,4}): (\w+), (?:exceeded|https response error|get identity))re",
      Latin1()};
  // The code as SDKs and services write it beside the text.
  RE2 codes[4] = {
      {R"re(api error ([\w.]+):)re", Latin1()},
      {R"re(Error Code: ([\w.]+))re", Latin1()},
      {R"re(<Code>([\w.]+)</Code>)re", Latin1()},
      {R"re("(?:__type|code|Code)" ?: ?"(?:[\w.]+#)?([\w.]+)")re", Latin1()},
  };
  RE2 bare_code{R"re(\b([A-Z][\w.]+)(?::| - ))re", Latin1()};

  static RE2::Options Latin1() {
    RE2::Options options(RE2::Latin1);
    options.set_dot_nl(true);
    options.set_log_errors(false);
    options.set_case_sensitive(false);
    return options;
  }
};

const Shapes& TheShapes() {
  static const Shapes& shapes = *new Shapes;
  return shapes;
}

// What terminals and encodings put between the words, and what it stands for.
constexpr std::pair<std::string_view, std::string_view> kWrappings[] = {
    {"\\\"", "\""},         {"\\n", " "},           {"\\t", " "},          {"&quot;", "\""},
    {"&amp;", "&"},         {"\xe2\x94\x82", " "},  {"\xe2\x95\xb7", " "}, {"\xe2\x95\xb5", " "},
    {"\xe2\x80\x9c", "\""}, {"\xe2\x80\x9d", "\""},
};

// The length of the terminal's colour sequence that `text` begins with, or 0.
std::size_t ColourLength(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end == std::string_view::npos ? text.size() : end + 1;
}

// The text on one line, without colours, boxes and escapes, with single spaces.
std::string Flatten(std::string_view text) {
  std::string flat;
  flat.reserve(text.size());
  const auto append = [&flat](std::string_view part) {
    for (char c : part) {
      const bool space = static_cast<unsigned char>(c) <= ' ';
      if (!space) {
        flat += c;
      } else if (!flat.empty() && flat.back() != ' ') {
        flat += ' ';
      }
    }
  };
  while (!text.empty()) {
    if (const std::size_t colour = ColourLength(text)) {
      text.remove_prefix(colour);
      continue;
    }
    const auto* const wrapping = std::ranges::find_if(
        kWrappings, [text](const auto& row) { return text.starts_with(row.first); });
    const bool wrapped = wrapping != std::end(kWrappings);
    append(wrapped ? wrapping->second : text.substr(0, 1));
    text.remove_prefix(wrapped ? wrapping->first.size() : 1);
  }
  while (flat.ends_with(' ')) flat.pop_back();
  return flat;
}

std::string Lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// Without what a sentence puts behind a word. An ellipsis stays.
std::string_view WithoutPunctuation(std::string_view word) {
  while (!word.empty()) {
    const char last = word.back();
    const bool ellipsis = word.ends_with("..");
    const bool punctuation = std::string_view(",;'\"})").find(last) != std::string_view::npos ||
                             (last == '.' && !ellipsis) || last == ' ';
    if (!punctuation) break;
    word.remove_suffix(1);
  }
  return word;
}

void AddNote(DeniedMessage& message, std::string_view note) {
  if (note.empty()) return;
  if (!message.note.empty()) message.note += "; ";
  message.note += note;
}

const CodeRow* FindCode(std::string_view code) {
  const std::string_view bare = code.substr(code.rfind('.') + 1);
  const auto* const row = std::ranges::find_if(kCodes, [bare](const CodeRow& candidate) {
    return policy::EqualsIgnoreAsciiCase(candidate.code, bare);
  });
  return row == std::end(kCodes) ? nullptr : row;
}

std::string ReadCode(const std::string& text) {
  const Shapes& shapes = TheShapes();
  std::string code;
  if (RE2::PartialMatch(text, shapes.cli, &code)) return code;
  for (const RE2& shape : shapes.codes) {
    if (RE2::PartialMatch(text, shape, &code)) return code;
  }
  // "AccessDenied: Access Denied": a word before a colon is a code only if it is a known one.
  re2::StringPiece rest(text);
  while (RE2::FindAndConsume(&rest, shapes.bare_code, &code)) {
    const std::string_view plain(code);
    if (FindCode(plain) != nullptr &&
        plain.find_first_not_of("0123456789") != std::string_view::npos) {
      return code;
    }
  }
  return {};
}

std::optional<Layer> LayerOf(std::string_view words) {
  const std::string lower = Lowered(words);
  for (const auto& [phrase, layer] : kLayerWords) {
    if (lower.ends_with(phrase)) return layer;
  }
  return std::nullopt;
}

// "User: ... is not authorized to perform: ... on resource: ...". False if the text has no such
// part.
bool ReadWhoAndWhat(const std::string& text, DeniedMessage& message) {
  const Shapes& shapes = TheShapes();
  re2::StringPiece rest(text);
  std::string who;
  if (!RE2::FindAndConsume(&rest, shapes.who_and_what, &who, &message.action)) return false;
  message.principal = policy::EqualsIgnoreAsciiCase(who, "anonymous") ? "*" : who;
  std::string quoted;
  std::string arn;
  std::string words;
  if (!RE2::PartialMatch(rest, shapes.resource, &quoted, &arn, &words)) return true;
  const std::string_view resource =
      !quoted.empty() ? quoted : WithoutPunctuation(arn.empty() ? words : arn);
  // Services without resources fill the place with the word itself.
  if (resource != "Resource") message.resource = resource;
  return true;
}

void ReadReason(const std::string& text, DeniedMessage& message) {
  const Shapes& shapes = TheShapes();
  std::string words;
  std::string action;
  std::string arn;
  if (RE2::PartialMatch(text, shapes.implicit, &words, &action)) {
    message.denial = Denial::kImplicit;
    message.layer = LayerOf(words);
    if (!message.action.empty() && !policy::EqualsIgnoreAsciiCase(action, message.action)) {
      AddNote(message,
              "the call is `" + message.action + "`, the permission it lacks is `" + action + "`");
    }
    message.action = action;
  } else if (RE2::PartialMatch(text, shapes.explicit_deny, &words, &arn)) {
    message.denial = Denial::kExplicit;
    message.layer = LayerOf(words);
    message.policy_arn = WithoutPunctuation(arn);
  }
}

struct CalledOperation {
  std::string service;  // "" = not said
  std::string name;
};

CalledOperation ReadOperation(const std::string& text) {
  const Shapes& shapes = TheShapes();
  CalledOperation operation;
  std::string service;
  if (RE2::PartialMatch(text, shapes.cli, nullptr, &operation.name)) return operation;
  if (!RE2::PartialMatch(text, shapes.go_operation, &service, &operation.name)) return operation;
  constexpr std::string_view kLead = "operation error ";
  service = Lowered(service);
  if (const std::size_t lead = service.rfind(kLead); lead != std::string::npos) {
    service.erase(0, lead + kLead.size());
  }
  std::erase(service, ' ');
  operation.service = service;
  return operation;
}

// The service of an operation that the text names alone, by the error's code: S3's codes never end
// in `Exception`, and `UnauthorizedOperation` is EC2's. "" if that tells nothing.
std::string_view ServiceOf(std::string_view operation, std::string_view code) {
  const std::string_view service = code.ends_with("UnauthorizedOperation") ? "ec2" : "s3";
  if (service == "s3" && code.ends_with("Exception")) return "";
  const std::string api = std::string(service) + '.' + std::string(operation);
  return FindOperation(policy::Catalogue::InUse(), api) ? service : "";
}

// The API from the operation and the service of `called`, the action of the call, and the action
// from the API where the text has none.
void ReadApi(const std::string& text, std::string_view called, DeniedMessage& message) {
  CalledOperation operation = ReadOperation(text);
  if (operation.name.empty()) return;
  if (!called.empty()) operation.service = Lowered(called.substr(0, called.find(':')));
  if (operation.service.empty()) {
    operation.service = ServiceOf(operation.name, message.error_code);
    AddNote(message,
            operation.service.empty()
                ? "the text names the operation `" + operation.name + "` and not its service"
                : "the text does not name the service: `" + operation.name +
                      "` is taken to be of `" + operation.service + "`");
  }
  if (operation.service.empty()) return;
  message.api = operation.service + '.' + operation.name;
  if (!message.action.empty()) return;
  const policy::Catalogue& catalogue = policy::Catalogue::InUse();
  const auto found = FindOperation(catalogue, message.api);
  if (!found || found->assumed_same_name) return;
  const OperationCalls needed = CallsOf(catalogue, *found, {});
  if (needed.calls.size() == 1) {
    message.action = needed.calls.front().action;
  } else {
    AddNote(message, "`" + message.api +
                         "` needs several permissions, and the text does not say which one lacks");
  }
}

// Whether the text tells of a request that a policy refused; otherwise the note says what it is.
bool IsRefused(const std::string& text, bool says_not_authorized, DeniedMessage& message) {
  if (says_not_authorized) return true;
  if (const CodeRow* code = FindCode(message.error_code)) {
    AddNote(message, code->note);
    return code->refused;
  }
  const std::string lower = Lowered(text);
  for (const PhraseRow& row : kPhrases) {
    if (lower.find(row.phrase) == std::string::npos) continue;
    AddNote(message, row.note);
    return row.refused;
  }
  AddNote(message, message.error_code.empty()
                       ? "this is not a message of AWS about a request that was refused"
                       : "`" + message.error_code + "` is not about permissions");
  return false;
}

void AddRemarks(const std::string& text, DeniedMessage& message) {
  const std::string lower = Lowered(text);
  bool explained = false;
  for (const auto& [phrase, remark] : kRemarks) {
    if (lower.find(phrase) == std::string::npos) continue;
    AddNote(message, remark);
    explained = true;
  }
  if (!message.denial && !message.layer && !explained) {
    AddNote(message, message.api.starts_with("s3.") || message.action.starts_with("s3:")
                         ? "no reason is given, so any layer may have refused; S3 gives one only "
                           "within the account or the organization"
                         : "no reason is given, so any layer may have refused");
  }
}

}  // namespace

std::string_view DenialName(Denial denial) {
  return denial == Denial::kExplicit ? "explicit" : "implicit";
}

DeniedMessage ReadDeniedMessage(std::string_view text) {
  DeniedMessage message;
  if (text.size() > kMostBytes) {
    AddNote(message, "only the first 64 KiB of the text were read");
    text = text.substr(0, kMostBytes);
  }
  const std::string flat = Flatten(text);
  message.error_code = ReadCode(flat);
  const bool says_not_authorized = ReadWhoAndWhat(flat, message);
  message.authorization_failure = IsRefused(flat, says_not_authorized, message);
  const std::string called = message.action;
  if (message.authorization_failure) ReadReason(flat, message);
  if (FindCode(message.error_code) != nullptr && message.error_code.ends_with("VpceAccessDenied")) {
    message.layer = Layer::kEndpoint;
  }
  ReadApi(flat, called, message);
  if (message.authorization_failure) AddRemarks(flat, message);
  return message;
}

}  // namespace postern::authz
