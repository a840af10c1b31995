// `postern fmt`.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/cmd/run_program.h"

using postern::test::Folder;
using postern::test::kAllowAll;
using postern::test::kPlan;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

constexpr std::string_view kLoose =
    "{\"Statement\":[{\"Resource\":[\"arn:aws:s3:::a/*\",\"arn:aws:s3:::a/b\"],\n"
    "  "
    "\"Action\":\"s3:GetObject\",\"Effect\":\"Allow\",\"Sid\":\"One\"}],\"Version\":\"2012-10-"
    "17\"}";
constexpr std::string_view kIndented = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "One",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": [
        "arn:aws:s3:::a/*",
        "arn:aws:s3:::a/b"
      ]
    }
  ]
}
)";
constexpr std::string_view kTight =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"}]})";

}  // namespace

TEST_CASE("one file, or standard input, is printed in its form") {
  const Folder folder;
  folder.Write("p.json", kLoose);
  CHECK(folder.Run({"fmt", "p.json"}).out == kIndented);
  CHECK(folder.Run({"fmt", "-"}, std::string(kLoose)).out == kIndented);
  CHECK(folder.Run({"fmt", "-"}, std::string(kIndented)).out == kIndented);
  const auto safe = folder.Run({"fmt", "--minify=safe", "p.json"});
  CHECK(safe.code == 0);
  CHECK(
      safe.out ==
      R"({"Statement":[{"Resource":["arn:aws:s3:::a/*","arn:aws:s3:::a/b"],"Action":"s3:GetObject","Effect":"Allow","Sid":"One"}],"Version":"2012-10-17"})");
  CHECK(folder.Run({"fmt", "--minify", "tight", "p.json"}).out == kTight);
  CHECK(Has(folder.Run({"fmt", "--minify=tight", "--keep-sids", "p.json"}).out, "\"One\""));
  CHECK(folder.Read("p.json") == kLoose);
}

TEST_CASE("--sort sorts the lists of statements") {
  const Folder folder;
  folder.Write(
      "p.json",
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:b","s3:A"],"Resource":"*"}})");
  const auto sorted = folder.Run({"fmt", "--sort", "p.json"});
  CHECK(Has(sorted.out, "\"s3:A\",\n      \"s3:b\""));
  CHECK(folder.Run({"fmt", "--sort", "-"}, sorted.out).out == sorted.out);
  CHECK(Has(folder.Run({"fmt", "--sort", "--minify=tight", "p.json"}).out, R"(["s3:A","s3:b"])"));
}

TEST_CASE("--write writes what differs, keeps permissions, and leaves nothing behind") {
  const Folder folder;
  folder.Write("in/loose.json", kLoose);
  folder.Write("in/good.json", kIndented);
  folder.Write("in/notes.json", R"({"a": 1})");
  folder.Write("in/suite.ptest.json", "{}");
  folder.Write("in/plan.json", kPlan);
  const std::string good = folder.path() + "/in/good.json";
  const auto before = std::filesystem::last_write_time(good);
  std::filesystem::permissions(folder.path() + "/in/loose.json", std::filesystem::perms(0640));
  const auto result = folder.Run({"fmt", "-w", "in"});
  CHECK(result.code == 0);
  CHECK(result.out.empty());
  CHECK(result.err == "1 of 2 policy files written, 3 other files skipped\n");
  CHECK(folder.Read("in/loose.json") == kIndented);
  CHECK(folder.Read("in/notes.json") == R"({"a": 1})");
  CHECK(std::filesystem::last_write_time(good) == before);
  CHECK(std::filesystem::status(folder.path() + "/in/loose.json").permissions() ==
        std::filesystem::perms(0640));
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry :
       std::filesystem::directory_iterator(folder.path() + "/in")) {
    ++count;
  }
  CHECK(count == 5);
  CHECK(folder.Run({"fmt", "--write", "in"}).err ==
        "0 of 2 policy files written, 3 other files skipped\n");
}

TEST_CASE("--check names the files, --diff shows the lines, and both write nothing") {
  const Folder folder;
  folder.Write("loose.json", kLoose);
  folder.Write("good.json", kIndented);
  const auto check = folder.Run({"fmt", "--check", "loose.json", "good.json"});
  CHECK(check.code == 1);
  CHECK(check.out == "loose.json\n");
  CHECK(check.err == "1 of 2 policy files not in this form\n");
  const auto diff = folder.Run({"-q", "fmt", "--diff", "loose.json", "good.json"});
  CHECK(diff.code == 1);
  CHECK(diff.err.empty());
  CHECK(diff.out.starts_with("--- loose.json\n+++ loose.json\n@@ -1,2 +1,14 @@\n"));
  CHECK(Has(diff.out, "+      \"Sid\": \"One\",\n"));
  CHECK(folder.Read("loose.json") == kLoose);
  for (const char* way : {"--check", "--diff"}) {
    const auto good = folder.Run({"fmt", way, "good.json"});
    CHECK(good.code == 0);
    CHECK(good.out.empty());
  }
}

TEST_CASE("what is no policy by itself is refused with a word on what to do") {
  struct Row {
    std::string_view text;
    std::string_view says;
  };
  const Row rows[] = {
      {"{\"Statement\": [\n  // all\n]}", "p.json:2:3: policies cannot hold comments"},
      {"{\"Statement\": [\n  {\"Effect\" \"Allow\"}]}", "p.json:2:"},
      {"{\"Statement\": [], \"Version\": 1, \"Statement\": []}",
       "p.json:1:33: `Statement` is given twice, first at 1:2"},
      {R"({"Statement": {"Condition": {"Null": {"a": "true", "a": "true"}}}})",
       "`a` is given twice"},
      {"", "p.json:1:1: "},
      {"\xEF\xBB\xBF{\"Statement\": []}", "p.json:1:1: "},
      {"[1]", "holds no policy"},
      {"{}", "holds no policy"},
      {R"({"a": {"Statement": []}})", "holds no policy"},
      {kPlan, "holds policies among other things (Terraform plan): format the policies where"},
      {R"("{\"Statement\":[]}")", "the policy stands in a JSON string: decode it first"},
      {"%7B%22Statement%22%3A%5B%5D%7D", "the policy stands in URL encoding: decode it first"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    const Folder folder;
    folder.Write("p.json", row.text);
    for (const std::vector<std::string>& way : {std::vector<std::string>{"fmt", "p.json"},
                                                {"fmt", "-w", "p.json"},
                                                {"fmt", "--minify=safe", "-w", "p.json"},
                                                {"fmt", "--minify=tight", "-w", "p.json"}}) {
      const auto result = folder.Run(way);
      CAPTURE(result.err);
      CHECK(result.code == 2);
      CHECK(result.out.empty());
      CHECK(Has(result.err, row.says));
      CHECK(folder.Read("p.json") == row.text);
    }
  }
  const Folder folder;
  folder.Write("main.tf", "resource {}");
  CHECK(Has(folder.Run({"fmt", "main.tf"}).err, "`terraform fmt`"));
}

TEST_CASE("a file that cannot be formatted does not hold up the others") {
  const Folder folder;
  folder.Write("bad.json", "{\"Statement\": [,]}");
  folder.Write("loose.json", kLoose);
  const auto result = folder.Run({"fmt", "-w", "bad.json", "loose.json", "none.json"});
  CHECK(result.code == 2);
  CHECK(Has(result.err, "bad.json:1:"));
  CHECK(Has(result.err, "`none.json`: no such file"));
  CHECK(folder.Read("loose.json") == kIndented);
}

TEST_CASE("flags that do not go together are usage errors") {
  const Folder folder;
  folder.Write("p.json", kLoose);
  folder.Write("q.json", kLoose);
  const std::vector<std::vector<std::string>> rows = {
      {"fmt"},
      {"fmt", "p.json", "q.json"},
      {"fmt", "."},
      {"fmt", "-w", "--check", "p.json"},
      {"fmt", "--diff", "--check", "p.json"},
      {"fmt", "-w", "-"},
      {"fmt", "--sort", "--minify=safe", "p.json"},
      {"fmt", "--keep-sids", "p.json"},
      {"fmt", "--minify=most", "p.json"},
      {"fmt", "--max-chars=0", "p.json"},
      {"fmt", "--kind=bukket", "p.json"},
  };
  for (const auto& row : rows) {
    const auto result = folder.Run(row, std::string(kLoose));
    CAPTURE(result.err);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.starts_with("postern: error: "));
  }
  CHECK(folder.Read("p.json") == kLoose);
}

TEST_CASE("tight refuses what AWS would refuse, and says where") {
  const Folder folder;
  folder.Write(
      "p.json",
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Alow","Action":"*","Resource":"*"}]})");
  const auto result = folder.Run({"fmt", "--minify=tight", "p.json"});
  CHECK(result.code == 2);
  CHECK(Has(result.err, "p.json:1:"));
  CHECK(Has(result.err, "AWS would refuse the policy"));
  // The other forms leave its errors as they are.
  CHECK(folder.Run({"fmt", "p.json"}).code == 0);
  // The kind decides what is refused.
  folder.Write("q.json", kAllowAll);
  CHECK(folder.Run({"fmt", "--minify=tight", "q.json"}).code == 0);
  CHECK(folder.Run({"fmt", "--minify=tight", "--kind=bucket", "q.json"}).code == 2);
}

TEST_CASE("the configuration says which files are endpoint policies, as for lint") {
  const Folder folder;
  folder.Write(
      "s3.json",
      R"({"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Principal":{"AWS":["*"]},"Action":"*","Resource":"*"}]})");
  // A resource policy of unknown kind may be managed by its Sids.
  CHECK(Has(folder.Run({"fmt", "--minify=tight", "s3.json"}).out, R"("Sid":"A")"));
  folder.Write("postern.yaml", "version: 1\nlint:\n  endpoints:\n    s3.json: {type: gateway}\n");
  CHECK_FALSE(Has(folder.Run({"fmt", "--minify=tight", "s3.json"}).out, "Sid"));
  folder.Write("postern.yaml", "version: 2\n");
  const auto broken = folder.Run({"fmt", "s3.json"});
  CHECK(broken.code == 2);
  CHECK(broken.out.empty());
}

TEST_CASE("--max-chars takes the first form that fits, and says when it is not the indented one") {
  const Folder folder;
  folder.Write("p.json", kIndented);
  const auto indented = folder.Run({"fmt", "--max-chars=300", "--kind=scp", "p.json"});
  CHECK(indented.code == 0);
  CHECK(indented.out == kIndented);
  CHECK(indented.err.empty());
  const auto line = folder.Run({"fmt", "--max-chars=160", "--kind=scp", "p.json"});
  CHECK(line.code == 0);
  CHECK(line.out.size() <= 160);
  CHECK(Has(line.err, "warning: `p.json`: indented it has "));
  CHECK(Has(line.err, ": written on one line it has "));
  // White space does not count for a managed policy.
  CHECK(folder.Run({"fmt", "--max-chars=160", "--kind=managed", "p.json"}).out == kIndented);
}

TEST_CASE("what does not fit is not written, and its largest statements are named") {
  const Folder folder;
  const std::string text =
      R"({"Version":"2012-10-17","Statement":[{"Sid":"Small","Effect":"Allow","Action":"s3:A","Resource":"*"},)"
      R"({"Effect":"Deny","Action":["s3:GetObject","s3:Get*"],"Resource":"arn:aws:s3:::a-long-name/*"}]})";
  folder.Write("p.json", text);
  const auto result = folder.Run({"fmt", "-w", "--max-chars=180", "--kind=scp", "p.json"});
  CHECK(result.code == 1);
  CHECK(result.out.empty());
  CHECK(
      Has(result.err,
          "postern: `p.json`: 196 characters, white space included: 16 more than --max-chars 180\n"
          "  statement 2 (`/Statement/1`): 93, 47 %\n"
          "  Small (`/Statement/0`): 63, 32 %\n"
          "help: with --minify=tight it has 165, and fits\n"));
  CHECK(folder.Read("p.json") == text);
  const auto never = folder.Run({"fmt", "--check", "--minify=tight", "--max-chars=100", "p.json"});
  CHECK(never.code == 1);
  CHECK_FALSE(Has(never.err, "help:"));
  CHECK(Has(never.err, "  Small (`/Statement/0`): "));
  CHECK(folder.Run({"fmt", "-w", "--minify=tight", "--max-chars=180", "p.json"}).code == 0);
  CHECK(folder.Read("p.json").size() == 165);
}
