// `postern explain -f html`: that it says what the text says, and draws it as it is.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cmd/render/html/page_text.h"
#include "tests/cmd/run_program.h"
#include "tests/files.h"

namespace postern {
namespace {

using test::Folder;
using test::PageText;
using test::ProgramResult;
using test::Replaced;
using test::RunProgram;

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string WithoutMarks(const std::string& text) {
  return Replaced(Replaced(text, "`", ""), ": ", " ");
}

// What a line of the text form says, as the page says it: labels that the page makes headings are
// left out, and what only lays out a line.
std::string Said(std::string line, bool of_request) {
  for (const std::string_view label : {"cause: ", "flow log: "}) {
    if (line.starts_with(label)) line.erase(0, label.size());
  }
  if (of_request) {
    line = Replaced(std::move(line), " = ", " ");
    if (const std::size_t source = line.rfind(" ("); source != line.npos && line.ends_with(')')) {
      line = line.substr(0, source) + " " + line.substr(source + 2, line.size() - source - 3);
    }
  }
  if (line.ends_with(':')) line.pop_back();
  line = Replaced(Replaced(std::move(line), "\u200B", "[U+200B]"), "\u202E", "[U+202E]");
  return WithoutMarks(test::Collapsed(line));
}

std::string LowerCase(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

// The lines of the text form that are not said on the page.
std::string Unsaid(const std::string& text, const std::string& page) {
  const std::string said = LowerCase(WithoutMarks(PageText(page)));
  std::string unsaid;
  std::istringstream lines(text);
  bool of_request = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == "request" || line == "layers" || line.empty()) {
      of_request = line == "request";
      continue;
    }
    const std::string what = Said(line, of_request);
    if (!Has(said, LowerCase(what))) unsaid += what + "\n";
  }
  return unsaid;
}

struct Forms {
  ProgramResult text, page;
};

template <typename Program>
Forms Explain(const Program& run, std::vector<std::string> args) {
  args.insert(args.begin(), "explain");
  Forms forms;
  forms.text = run(args);
  args.insert(args.end(), {"-f", "html"});
  forms.page = run(args);
  return forms;
}

// Both forms, held against each other.
ProgramResult Page(const Folder& folder, const std::vector<std::string>& args) {
  const Forms forms = Explain([&](const auto& all) { return folder.Run(all); }, args);
  CHECK(forms.page.code == forms.text.code);
  CHECK(forms.page.err == forms.text.err);
  CHECK(Unsaid(forms.text.out, forms.page.out) == "");
  return forms.page;
}

constexpr std::string_view kEveryLayer = R"({"policies": {
  "endpoint": {"policy": {"Statement": [{"Sid": "Own", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"},
    {"Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*", "Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}}]},
    "type": "gateway", "service": "s3", "region": "eu-west-1", "vpc": "vpc-0a1b2c3d4e5f60718", "account": "111122223333"},
  "identity": [{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}],
  "boundary": {"Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]},
  "session": [{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/in/*"}]}],
  "resource": {"Statement": [{"Sid": "Team", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "x"}}}]},
  "scps": [[{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}]],
  "rcps": [[{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}]]},
 "request": {"principal": "arn:aws:sts::111122223333:assumed-role/app/i-0abc", "action": "ACTION", "resource": "arn:aws:s3:::b/in/x",
   "resource_account": "own", UNKNOWN}})";

std::string EveryLayer(std::string_view action, std::string_view unknown) {
  return Replaced(Replaced(std::string(kEveryLayer), "ACTION", action), "UNKNOWN", unknown);
}

constexpr std::string_view kTagUnknown = R"("unknown": ["aws:PrincipalTag/team"])";
constexpr std::string_view kTagOther = R"("context": {"aws:PrincipalTag/team": "y"})";

// The part of the page about a gate: its classes and its words.
bool HasGate(const std::string& page, std::string_view title, std::string_view state) {
  return Has(PageText(page), std::string(title) + " " + std::string(state));
}

}  // namespace

TEST_CASE("a page tells everything that the text tells of each event of the corpus") {
  std::size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(testing::SourceDir() / "corpus/events")) {
    CAPTURE(entry.path().string());
    std::vector<std::string> args{"--event", "event.json"};
    if (std::filesystem::exists(entry.path() / "case.json")) args.emplace_back("case.json");
    const Forms forms = Explain(
        [&](std::vector<std::string> all) {
          all.insert(all.begin(), {"-C", entry.path().string()});
          return RunProgram(all);
        },
        args);
    CHECK(forms.page.code == forms.text.code);
    CHECK(Unsaid(forms.text.out, forms.page.out) == "");
    ++count;
  }
  CHECK(count > 20);
}

TEST_CASE("a page tells everything that the text tells of a message") {
  const auto folder = testing::SourceDir() / "corpus/seeds/list-buckets-through-the-endpoint";
  const Forms forms = Explain(
      [&](std::vector<std::string> all) {
        all.insert(all.begin(), {"-C", folder.string()});
        return RunProgram(all);
      },
      {"--endpoint", "s3-endpoint.json", "--identity", "app-role.json", "--principal",
       "arn:aws:sts::111122223333:assumed-role/app/i-0abc", "--message",
       "An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied"});
  CHECK(forms.page.code == 1);
  CHECK(Has(forms.text.out, "the smallest change that would allow it"));
  CHECK(Unsaid(forms.text.out, forms.page.out) == "");
  CHECK(HasGate(forms.page.out, "endpoint policy", "closed decides"));
  CHECK(HasGate(forms.page.out, "identity policies", "open"));
}

TEST_CASE("a page that leaves out a line of the text is noticed") {
  CHECK(Unsaid("cause: no\nnote: `a`\n", "<body><p>no</p><p>note: <code>a</code></p></body>")
            .empty());
  CHECK(Unsaid("cause: no\nnote: a\n", "<body><p>no</p><p>a</p></body>") == "note a\n");
  CHECK(Unsaid("request\n  k = `v` (derived)\n", "<body><td>k</td><td>v</td></body>") ==
        "k v derived\n");
}

TEST_CASE("the gates of a page are open, closed, or not known, each by a word") {
  struct Row {
    std::string_view name, action, rest;
    int code;
    std::vector<std::string_view> gates;
    std::string_view end;
  };
  const Row rows[] = {
      {"denied",
       "s3:PutObject",
       kTagUnknown,
       1,
       {"identity policies open", "permissions boundary grants nothing", "session policies open",
        "service control policies open", "endpoint policy closed decides",
        "resource control policies open", "resource policy not known"},
       "not reached"},
      {"unknown",
       "s3:GetObject",
       kTagUnknown,
       3,
       {"permissions boundary open", "endpoint policy open", "resource policy not known"},
       "perhaps reached"},
      {"allowed",
       "s3:GetObject",
       kTagOther,
       0,
       {"identity policies open decides", "resource policy grants nothing"},
       " reached"},
      {"bounded",
       "s3:DeleteObject",
       kTagOther,
       1,
       {"permissions boundary closed decides", "endpoint policy open"},
       "not reached"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Folder folder;
    folder.Write("case.json", EveryLayer(row.action, row.rest));
    const ProgramResult page = Page(folder, {"case.json"});
    CHECK(page.code == row.code);
    const std::string text = PageText(page.out);
    for (const std::string_view gate : row.gates) {
      CAPTURE(gate);
      CHECK(Has(text, gate));
    }
    CHECK(Has(text, "arn:aws:s3:::b/in/x" + std::string(row.end.starts_with(' ') ? "" : " ") +
                        std::string(row.end)));
  }
}

TEST_CASE("a page marks the deciding statement, or the element that fails") {
  const Folder folder;
  folder.Write("case.json", EveryLayer("s3:PutObject", kTagOther));
  CHECK(Has(Page(folder, {"case.json"}).out, "this statement decides"));
  folder.Write("endpoint.json",
               "{\n\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\",\n"
               "\"Action\": \"s3:GetObject\",\n\"Resource\": \"arn:aws:s3:::b/*\"}}");
  const ProgramResult page =
      Page(folder, {"--endpoint", "endpoint.json", "--identity", "none", "--principal", "*",
                    "--action", "s3:GetObject", "--resource", "arn:aws:s3:::c/x"});
  CHECK(Has(page.out,
            "id=\"e1-endpoint-0-L4\"><i>4</i><span><code><mark class=\"no\">"
            "&quot;Resource&quot;: &quot;arn:aws:s3:::b/*&quot;</mark>"));
  CHECK(Has(page.out, "resource does not hold: got <code>arn:aws:s3:::c/x</code>"));
  CHECK(Has(page.out, "href=\"#e1-endpoint-0-L2\""));
}

TEST_CASE("a layer without a policy is a gate of its own on a page") {
  const Folder folder;
  folder.Write("all.json", test::kAllowAll);
  const ProgramResult page =
      Page(folder, {"--endpoint", "none", "--resource-policy", "unknown", "--identity", "all.json",
                    "--principal", "arn:aws:iam::111122223333:user/a", "--action", "s3:GetObject",
                    "--resource", "arn:aws:s3:::c/x", "--resource-account", "own"});
  CHECK(page.code == 3);
  CHECK(HasGate(page.out, "resource policy", "not given"));
  CHECK(Has(PageText(page.out), "not given: the resource layer"));
}

TEST_CASE("a page that cannot know the verdict says what refuses the request in any case") {
  const Folder folder;
  folder.Write("endpoint.json", test::kEndpointObjects);
  const ProgramResult page = Page(
      folder, {"--endpoint", "endpoint.json", "--principal", "arn:aws:iam::111122223333:user/a",
               "--action", "s3:PutObject", "--resource", "arn:aws:s3:::b/x"});
  CHECK(page.code == 3);
  CHECK(HasGate(page.out, "endpoint policy", "closed decides"));
  CHECK(Has(PageText(page.out),
            "In any case the request is refused by endpoint; in which way is not known"));
}

TEST_CASE("a page tells which of several calls decides, and what the answer hangs on") {
  const Folder folder;
  folder.Write("case.json", R"({"policies": {"identity": [{"Statement": [{"Effect": "Allow",
    "Action": "s3:GetObject", "Resource": "*"}]}], "resource": []}, "request": {
    "principal": "arn:aws:iam::111122223333:user/a", "api": "s3.CopyObject", "resource_account": "own",
    "resources": {"source": "arn:aws:s3:::a/x", "destination": "arn:aws:s3:::b/<x>"}}})");
  const ProgramResult copy = Page(folder, {"case.json"});
  CHECK(Has(PageText(copy.out), "call 2 of 2"));
  folder.Write("a16.json", R"({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*",
    "Condition": {"ArnLike": {"aws:PrincipalArn": "*"}}}]})");
  const ProgramResult hangs =
      Page(folder, {"--identity", "a16.json", "--resource-policy", "none", "--principal",
                    "arn:aws:iam::111122223333:user/a", "--action", "s3:GetObject", "--resource",
                    "arn:aws:s3:::c/x", "--resource-account", "own"});
  CHECK(Has(PageText(hangs.out), "hangs on"));
  CHECK(Has(PageText(hangs.out), "semantics S10, A16"));
  CHECK(Has(PageText(hangs.out), "AWS might instead"));
}

TEST_CASE("nothing that a policy holds becomes part of a page") {
  const Folder folder;
  const std::string hostile = "</script><img src=x onerror=alert(1)>\\u0007\\u202E<!--";
  folder.Write(
      "endpoint.json",
      R"({"Statement": [{"Sid": ")" + hostile +
          R"(", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": ")" +
          hostile +
          R"(", "Condition": {"StringEquals": {"aws:PrincipalTag/<i>": "<b>\u200B"}}}]})");
  const ProgramResult page =
      Page(folder,
           {"--endpoint", "endpoint.json", "--identity", "none", "--resource-policy", "none",
            "--principal", "arn:aws:iam::111122223333:user/<u>", "--action", "s3:GetObject",
            "--resource", "arn:aws:s3:::b/<r>&amp;", "--context", "aws:PrincipalTag/<i>=<v>\"'"});
  CHECK(page.code == 1);
  for (const char* part :
       {"<script", "<img", "<i>\"", "<b>\"", "<u>", "<r>", "<v>", "<!--", "\a"}) {
    CAPTURE(part);
    CHECK_FALSE(Has(page.out, part));
  }
  CHECK(Has(page.out, "[U+200B]"));
  CHECK(Has(page.out, "user/&lt;u&gt;"));
  CHECK(Has(page.out, "b/&lt;r&gt;&amp;amp;"));
}

TEST_CASE("a page shows a large policy whole, and of a huge one what matters") {
  const auto policy = [](int statements) {
    std::string text = R"({"Statement": [)";
    for (int i = 0; i < statements; ++i) {
      text +=
          R"({"Sid": "S)" + std::to_string(i) +
          R"(", "Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"},)";
    }
    return text +
           R"({"Sid": "Last", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]})";
  };
  const std::vector<std::string> args{
      "explain",  "--endpoint",   "endpoint.json", "--identity",       "none", "--principal", "*",
      "--action", "s3:GetObject", "--resource",    "arn:aws:s3:::b/x", "-f",   "html"};
  const Folder folder;
  folder.Write("endpoint.json", policy(300));
  const std::string large = folder.Run(args).out;
  CHECK_FALSE(Has(large, "left out"));
  folder.Write("endpoint.json", policy(10000));
  const std::string huge = folder.Run(args).out;
  CHECK(Has(huge, "bytes before this are left out"));
  CHECK(Has(huge, "this statement decides"));
  // Statements beyond the listing are named as they are in the text, and no more.
  CHECK(huge.size() < 12u * 1024 * 1024);
}

TEST_CASE("several events are one page with a table of contents") {
  const auto event = [](const std::string& slug) {
    return testing::ReadAll(testing::SourceDir() / "corpus/events" / slug / "event.json");
  };
  const Folder folder;
  folder.Write("events.json", "[" + event("s3-list-buckets") + "," + event("s3-put-object") + "]");
  folder.Write("endpoint.json", test::kEndpointObjects);
  const ProgramResult page =
      Page(folder, {"--event", "events.json", "--endpoint", "endpoint.json"});
  CHECK(Has(page.out, "<nav aria-label=\"contents\">"));
  for (const char* part : {"href=\"#e1\"", "href=\"#e2\"", "<article id=\"e1\">",
                           "<article id=\"e2\">", "id=\"e2-endpoint\"", "<h1>Explanations</h1>"}) {
    CAPTURE(part);
    CHECK(Has(page.out, part));
  }
  // An id is there once.
  std::vector<std::string> ids;
  for (std::size_t at = 0; (at = page.out.find(" id=\"", at)) != std::string::npos; ++at) {
    ids.push_back(page.out.substr(at, page.out.find('"', at + 5) - at));
  }
  std::ranges::sort(ids);
  CHECK(std::ranges::adjacent_find(ids) == ids.end());
}

TEST_CASE("a page tells what flow logs say, beside a request and alone") {
  const Folder folder;
  folder.Write(
      "flows.log",
      "2 111122223333 eni-0a1b 10.20.3.17 10.20.9.4 40001 443 6 3 180 1772442000 1772442060 "
      "ACCEPT OK\n2 111122223333 eni-0a1b 10.20.9.4 10.20.3.17 443 40001 6 3 180 1772442000 "
      "1772442060 REJECT OK\n");
  const ProgramResult beside =
      Page(folder, {"--message", "connection timed out", "--context", "aws:VpcSourceIp=10.20.3.17",
                    "--flow-log", "flows.log"});
  CHECK(Has(PageText(beside.out), "a network ACL stops them"));
  CHECK(Has(Page(folder, {"--flow-log", "flows.log"}).out, "<h1>Flow log</h1>"));
}

TEST_CASE("a page goes where `-o` says, beside other formats of one run") {
  const Folder folder;
  folder.Write("case.json", EveryLayer("s3:GetObject", kTagOther));
  const ProgramResult run =
      folder.Run({"explain", "case.json", "-o", "html=page.html", "-o", "text"});
  CHECK(run.code == 0);
  CHECK(run.out.starts_with("allow by identity"));
  CHECK(folder.Read("page.html").starts_with("<!DOCTYPE html>"));
  CHECK(Has(folder.Run({"explain", "--help"}).out, "{text,json,html}"));
  CHECK(Has(folder.Run({"eval", "case.json", "-f", "html"}).err, "`html` is not a format"));
}

}  // namespace postern
