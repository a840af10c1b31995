// `lint --fix`, `--unsafe-fixes` and `--diff`.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/cmd/run_program.h"

using postern::test::Folder;
using postern::test::kAllowAll;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

constexpr std::string_view kSlips = R"({
  "Version": "2012-10-17",
  "Statment": [
    {
      "Effect": "Deny",
      "Action": ["s3:GetObject" "s3:PutObject",],
      "resource": "arn:aws:s3:::acme-data/*"
    }
  ]
}
)";
constexpr std::string_view kRepaired = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::acme-data/*"
    }
  ]
}
)";
const std::vector<std::string> kReading{"lint", "--select", "JS,GR"};

std::vector<std::string> Lint(std::vector<std::string> more) {
  more.insert(more.begin(), kReading.begin(), kReading.end());
  return more;
}

}  // namespace

TEST_CASE("a fix is drawn with its title, the line as it is and the line as it would be") {
  const Folder folder;
  folder.Write("p.json", kSlips);
  const auto result = folder.Run(Lint({"p.json"}));
  CHECK(result.code == 1);
  CHECK(Has(result.out,
            "  fix:  write `Statement`\n"
            "  3 -   \"Statment\": [\n"
            "  3 +   \"Statement\": [\n"));
  CHECK(Has(result.out,
            "  fix:  insert a comma\n"
            "  6 -       \"Action\": [\"s3:GetObject\" \"s3:PutObject\",],\n"
            "  6 +       \"Action\": [\"s3:GetObject\", \"s3:PutObject\",],\n"));
  CHECK(Has(result.out, "--fix repairs 4 findings\n"));
  CHECK(folder.Read("p.json") == kSlips);
}

TEST_CASE("--fix writes the repaired text, says so, and reports what is left") {
  const Folder folder;
  folder.Write("p.json", kSlips);
  std::filesystem::permissions(folder.path() + "/p.json", std::filesystem::perms(0640));
  const auto result = folder.Run(Lint({"--fix", "p.json"}));
  CAPTURE(result.out);
  CHECK(result.code == 0);
  CHECK(folder.Read("p.json") == kRepaired);
  CHECK(Has(result.out, "repaired 4 findings (GR207, GR209, JS102, JS103) in p.json\n"));
  CHECK(std::filesystem::status(folder.path() + "/p.json").permissions() ==
        std::filesystem::perms(0640));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  CHECK(folder.Run(Lint({"--fix", "p.json"})).out ==
        "checked 1 file: no findings\n"
        "kind: identity (no statement has "
        "`Principal`)\n");
}

TEST_CASE("--fix as JSON lists what was repaired") {
  const Folder folder;
  folder.Write("p.json", kSlips);
  const auto before = folder.Run(Lint({"-f", "json", "p.json"}));
  CHECK(Has(before.out, "\"title\": \"write `Statement`\""));
  CHECK(Has(before.out, "\"safe\": true"));
  CHECK(Has(before.out, "\"text\": \"\\\"Statement\\\"\""));
  const auto after = folder.Run(Lint({"-f", "json", "--fix", "p.json"}));
  CHECK(Has(after.out, "\"findings\": []"));
  CHECK(Has(after.out, "\"rule\": \"GR207\""));
}

TEST_CASE("a file behind a symbolic link is repaired, and the link stays") {
  const Folder folder;
  folder.Write("real/p.json", kSlips);
  std::filesystem::create_symlink("real/p.json", folder.path() + "/p.json");
  CHECK(folder.Run(Lint({"--fix", "p.json"})).code == 0);
  CHECK(std::filesystem::is_symlink(folder.path() + "/p.json"));
  CHECK(folder.Read("real/p.json") == kRepaired);
}

TEST_CASE("--diff shows what --fix would do, writes nothing, and ends with 1") {
  const Folder folder;
  folder.Write("p.json", kSlips);
  folder.Write("good.json", kRepaired);
  const auto result = folder.Run(Lint({"--diff", "good.json", "p.json"}));
  CHECK(result.code == 1);
  CHECK(result.out.starts_with("--- p.json\n+++ p.json\n@@ -1,10 +1,10 @@\n {\n"));
  CHECK(Has(result.out, "-  \"Statment\": [\n+  \"Statement\": [\n"));
  CHECK(folder.Read("p.json") == kSlips);
  const auto nothing = folder.Run(Lint({"--diff", "good.json"}));
  CHECK(nothing.code == 0);
  CHECK(nothing.out.empty());
}

TEST_CASE("standard input is shown repaired, not written") {
  const Folder folder;
  CHECK(folder.Run(Lint({"--fix", "-"}), std::string(kSlips)).code == 2);
  CHECK(Has(folder.Run(Lint({"--diff", "-"}), std::string(kSlips)).out, "--- <stdin>\n"));
}

TEST_CASE("what is ignored is not repaired") {
  const Folder folder;
  folder.Write("p.json", kSlips);
  folder.Run(Lint({"--ignore", "JS103,GR2", "--fix", "p.json"}));
  CHECK(Has(folder.Read("p.json"), "\"s3:GetObject\" \"s3:PutObject\"]"));
  CHECK(Has(folder.Read("p.json"), "Statment"));
}

TEST_CASE("inside a string a fix is shown and not applied") {
  const Folder folder;
  const std::string wrapped =
      R"("{\"Version\":\"2012-10-17\",\"statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}")";
  folder.Write("p.json", wrapped);
  const auto result = folder.Run(Lint({"--fix", "--kind", "identity", "p.json"}));
  CHECK(result.code == 1);
  CHECK(Has(result.out, "fix:  write `Statement` (to be made by hand: the policy is in a string)"));
  CHECK_FALSE(Has(result.out, "--fix repairs"));
  CHECK(folder.Read("p.json") == wrapped);
}

TEST_CASE("a file that cannot be written is exit code 2 and stays as it was") {
  if (::geteuid() == 0) {
    MESSAGE("skipped: root may write everything");
    return;
  }
  const Folder folder;
  folder.Write("p.json", kSlips);
  std::filesystem::permissions(folder.path() + "/p.json", std::filesystem::perms::owner_read);
  const auto result = folder.Run(Lint({"--fix", "p.json"}));
  CHECK(result.code == 2);
  CHECK(Has(result.err, "cannot write `p.json`"));
  CHECK(folder.Read("p.json") == kSlips);
}

TEST_CASE("flags of repairing that do not go together are exit code 2") {
  const Folder folder;
  folder.Write("p.json", kAllowAll);
  for (const std::vector<std::string>& flags :
       std::vector<std::vector<std::string>>{{"--unsafe-fixes", "p.json"},
                                             {"--diff", "-f", "json", "p.json"},
                                             {"--fix", "--write-baseline", "b.json", "p.json"}}) {
    CAPTURE(flags.front());
    CHECK(folder.Run(Lint(flags)).code == 2);
  }
}

TEST_CASE("a repair that would bring a new error is left out and said, and the others are made") {
  const Folder folder;
  folder.Write("endpoint.json", R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Layers",
      "Effect": "Allow",
      "Principal": "*",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket",
      "Condition": {"StringEquals": {"aws:PrincipalOrgId": "o-a1b2c3d4e5"}}
    }
  ]
}
)");
  const auto result = folder.Run({"lint", "--fix", "--unsafe-fixes", "--type", "gateway",
                                  "--service", "s3", "--region", "eu-west-1", "endpoint.json"});
  CAPTURE(result.out);
  CHECK(result.code == 1);
  CHECK(Has(folder.Read("endpoint.json"), "\"aws:PrincipalOrgID\""));
  CHECK(Has(folder.Read("endpoint.json"), "layer-bucket\",\n"));
  CHECK(Has(result.out, "repaired 1 finding (CO708)"));
  CHECK(result.err ==
        "postern: warning: `endpoint.json`: RS615 at 8:17 is not repaired: it would bring EP602\n");
}

TEST_CASE(
    "ARNs of buckets are replaced where all actions are about objects, else objects are added") {
  struct Row {
    std::string_view action, resource, repaired;
  };
  const std::vector<Row> rows{
      {R"("s3:GetObject")", R"("arn:aws:s3:::app-data")", R"("arn:aws:s3:::app-data/*")"},
      {R"(["s3:GetObject", "s3:PutObject"])",
       R"(["arn:aws:s3:::app-data", "arn:aws:s3:::app-logs"])",
       R"(["arn:aws:s3:::app-data/*", "arn:aws:s3:::app-logs/*"])"},
      {R"("s3:ListBucket")", R"("arn:aws:s3:::app-data/*")", R"("arn:aws:s3:::app-data")"},
      {R"(["s3:GetObject", "s3:ListBucket"])", R"("arn:aws:s3:::app-data")",
       R"(["arn:aws:s3:::app-data", "arn:aws:s3:::app-data/*"])"}};
  for (const Row& row : rows) {
    const Folder folder;
    const std::string before =
        R"({"Version": "2012-10-17", "Statement": [{"Sid": "Data", "Effect": "Allow",
"Action": )" +
        std::string(row.action) + R"(, "Resource": )";
    folder.Write("p.json", before + std::string(row.resource) + "}]}");
    folder.Run({"lint", "--select", "RS615", "--fix", "--unsafe-fixes", "p.json"});
    CHECK(folder.Read("p.json") == before + std::string(row.repaired) + "}]}");
  }
}
