#include <doctest/doctest.h>
#include <zlib.h>

#include <string>

#include "cmd/gunzip.h"
#include "tests/cmd/run_program.h"
#include "tests/files.h"

using postern::test::Folder;
using postern::test::ProgramResult;
using postern::test::RunProgram;

namespace {

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string Event(const std::string& slug) {
  return postern::testing::ReadAll(postern::testing::SourceDir() / "corpus/events" / slug /
                                   "event.json");
}

// One record of a service's call, on one line.
std::string Record(const std::string& id, const std::string& more) {
  return R"({"eventID": ")" + id +
         R"(", "eventSource": "s3.amazonaws.com", "eventName": "ListBuckets",
  "eventTime": "2026-03-02T09:00:00Z", "awsRegion": "eu-west-1", "sourceIPAddress": "10.0.0.5",
  "vpcEndpointId": "vpce-0a1b2c3d4e5f60718", "userIdentity": {"type": "IAMUser",
  "arn": "arn:aws:iam::111122223333:user/mira", "accountId": "111122223333"})" +
         more + "}";
}

std::string OnOneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text + "\n";
}

const std::string kRefused =
    R"(, "errorCode": "AccessDenied", "errorMessage": "User: arn:aws:iam::111122223333:user/mira is not authorized to perform: s3:ListAllMyBuckets because no VPC endpoint policy allows the s3:ListAllMyBuckets action")";

constexpr std::string_view kObjectsOnly =
    R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]})";

std::string Gzip(const std::string& text) {
  std::string out(text.size() + 1024, '\0');
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string input = text;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

constexpr std::string_view kFlow =
    "2 111122223333 eni-0a1b 10.0.0.5 10.0.1.9 40001 443 6 10 840 1772442000 1772442060 REJECT "
    "OK\n";

}  // namespace

TEST_CASE("explain reads one event, from a file or from standard input") {
  const Folder folder;
  folder.Write("e.json", Record("e1", kRefused));
  folder.Write("endpoint.json", kObjectsOnly);
  const std::vector<std::string> rest{"--endpoint", "endpoint.json", "--endpoint-type",
                                      "gateway",    "--identity",    "none"};
  std::vector<std::string> args{"explain", "--event", "e.json"};
  args.insert(args.end(), rest.begin(), rest.end());
  const ProgramResult result = folder.Run(args);
  CHECK(result.code == 1);
  CHECK(
      Has(result.out,
          "event e1 at 2026-03-02T09:00:00Z: s3.amazonaws.com ListBuckets, refused (AccessDenied)\n"
          "implicit-deny by endpoint"));
  CHECK(Has(result.out, "aws:SourceVpce = `vpce-0a1b2c3d4e5f60718` (derived)"));
  CHECK(Has(result.out, "agrees: as in the event, the request is refused"));
  args[2] = "-";
  CHECK(folder.Run(args, Record("e1", kRefused)).out == result.out);
}

TEST_CASE("an event that the policies let through is said to disagree") {
  const Folder folder;
  folder.Write("e.json", Record("e1", kRefused));
  folder.Write("all.json", postern::test::kAllowAll);
  const ProgramResult result = folder.Run(
      {"explain", "--event", "e.json", "--endpoint", "default", "--identity", "all.json"});
  CHECK(result.code == 0);
  CHECK(Has(result.out,
            "but: the event says implicit deny by endpoint, these policies give allow; not given: "
            "resource"));
  const ProgramResult without =
      folder.Run({"explain", "--event", "e.json", "--identity", "all.json"});
  CHECK(without.code == 3);
  CHECK(Has(without.out,
            "note: the event says that it was refused by endpoint, and no policy is given for that "
            "layer"));
  folder.Write("fine.json", Record("e2", ""));
  const ProgramResult fine = folder.Run(
      {"explain", "--event", "fine.json", "--endpoint", "default", "--identity", "none"});
  CHECK(fine.code == 1);
  CHECK(Has(fine.out, "but: the event says that the request was let through, these policies give"));
}

TEST_CASE("the policy of another endpoint is not held against an event") {
  const Folder folder;
  folder.Write("e.json", Record("e1", kRefused));
  folder.Write("endpoint.json", kObjectsOnly);
  const ProgramResult result =
      folder.Run({"explain", "--event", "e.json", "--endpoint", "endpoint.json", "--endpoint-id",
                  "vpce-0f0f0f0f0f0f0f0f0"});
  CHECK(result.code == 3);
  CHECK(Has(result.out,
            "the event came through `vpce-0a1b2c3d4e5f60718`, and the policy given is "
            "that of `vpce-0f0f0f0f0f0f0f0f0`"));
  CHECK(Has(result.out, "missing: layer:endpoint"));
}

TEST_CASE("an event from a public address is judged without the endpoint that the case gives") {
  const Folder folder;
  std::string record = Record("e1", "");
  record.replace(record.find("10.0.0.5"), 8, "203.0.113.7");
  const std::string endpoint = R"("vpcEndpointId": "vpce-0a1b2c3d4e5f60718", )";
  record.replace(record.find(endpoint), endpoint.size(), "");
  folder.Write("e.json", record);
  folder.Write("endpoint.json", kObjectsOnly);
  folder.Write("all.json", postern::test::kAllowAll);
  const ProgramResult result = folder.Run(
      {"explain", "--event", "e.json", "--endpoint", "endpoint.json", "--identity", "all.json"});
  CHECK(result.code == 0);
  CHECK(Has(result.out, "judged without the endpoint's policy"));
  CHECK(Has(result.out, "aws:SourceIp = `203.0.113.7`"));
}

TEST_CASE("the case goes before the event") {
  const Folder folder;
  folder.Write("e.json", Record("e1", kRefused));
  const ProgramResult result =
      folder.Run({"explain", "--event", "e.json", "--principal", "arn:aws:iam::444455556666:root",
                  "--action", "s3:GetObject", "--resource", "arn:aws:s3:::b/k", "--context",
                  "aws:UserAgent=mine", "--unknown", "aws:RequestedRegion"});
  CHECK(Has(result.out, "principal  arn:aws:iam::444455556666:root"));
  CHECK(Has(result.out, "action     s3:GetObject"));
  CHECK(Has(result.out, "resource   arn:aws:s3:::b/k"));
  CHECK(Has(result.out, "aws:UserAgent = `mine`"));
  CHECK(Has(result.out, "aws:RequestedRegion (unknown)"));
}

TEST_CASE("of several events the refused ones are explained, and with -v all") {
  const Folder folder;
  folder.Write("endpoint.json", kObjectsOnly);
  const std::string refused = Record("e1", kRefused);
  const std::string fine = Record("e2", "");
  folder.Write("records.json", R"({"Records": [)" + refused + ", " + fine + "]}");
  folder.Write("lines.json", OnOneLine(refused) + "\n" + OnOneLine(fine));
  folder.Write("dated.json", "2026-03-02T09:00:01Z " + OnOneLine(refused) + OnOneLine(fine));
  folder.Write("records.json.gz", Gzip(R"({"Records": [)" + refused + ", " + fine + "]}"));
  for (const char* file : {"records.json", "lines.json", "dated.json", "records.json.gz"}) {
    CAPTURE(file);
    const ProgramResult result = folder.Run(
        {"explain", "--event", file, "--endpoint", "endpoint.json", "--identity", "none"});
    CHECK(result.code == 1);
    CHECK(result.err.empty());
    CHECK(Has(result.out, "event e1"));
    CHECK_FALSE(Has(result.out, "event e2"));
    CHECK(Has(result.out, "2 records: 1 refused, 1 explained; 1 not refused, which -v explains\n"));
  }
  const ProgramResult all = folder.Run({"-v", "explain", "--event", "lines.json", "--endpoint",
                                        "endpoint.json", "--identity", "none", "-f", "json"});
  CHECK(Has(all.out, R"("schema": "postern/explanations/1")"));
  CHECK(Has(all.out, R"("id": "e2")"));
}

TEST_CASE("many events are cut, with their count") {
  std::string lines;
  for (int i = 0; i < 130; ++i) lines += OnOneLine(Record("e" + std::to_string(i), kRefused));
  const Folder folder;
  folder.Write("lines.json", lines);
  const ProgramResult result = folder.Run({"explain", "--event", "lines.json"});
  CHECK(result.code == 3);
  CHECK(Has(result.out, "130 records: 130 refused, 100 explained, 30 more not shown\n"));
  CHECK(Has(result.out, "event e99 "));
  CHECK_FALSE(Has(result.out, "event e100 "));
}

TEST_CASE("what cannot be read of an event file is said, with its place") {
  const Folder folder;
  const std::string good = Gzip(Record("e1", kRefused));
  folder.Write("cut.gz", good.substr(0, good.size() / 2));
  folder.Write("head.gz", good.substr(0, 2));
  std::string damaged = good;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  folder.Write("damaged.gz", damaged);
  folder.Write("empty.json", "");
  folder.Write("none.json", "{}");
  folder.Write("list.json", "[]");
  folder.Write("text.json", "hello\n");
  folder.Write("part.json", OnOneLine(Record("e1", kRefused)) + "{\n");
  constexpr struct {
    const char* file;
    const char* words;
  } kRows[] = {
      {"cut.gz", "ends early"},
      {"head.gz", "ends early"},
      {"damaged.gz", "damaged.gz"},
      {"empty.json", "error"},
      {"none.json", "none.json:1:1: error: not a CloudTrail record"},
      {"list.json", "`list.json` holds no CloudTrail record"},
      {"text.json", "text.json:1:1: error"},
      {"missing.json", "no such file"},
      {"part.json", "part.json:2: error"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.file);
    const ProgramResult result = folder.Run({"explain", "--event", row.file});
    CHECK(result.code == 2);
    CAPTURE(result.err);
    CHECK(Has(result.err, row.words));
  }
}

TEST_CASE("an archive of several members is read whole, and a bomb is not") {
  const std::string text(100000, 'a');
  const auto read = postern::cmd::Gunzip(Gzip(text) + Gzip("b"), 1 << 20);
  REQUIRE(read.has_value());
  CHECK(*read == text + "b");
  const auto bomb = postern::cmd::Gunzip(Gzip(std::string(3 << 20, '\0')), 1 << 20);
  REQUIRE_FALSE(bomb.has_value());
  CHECK(bomb.error() == "larger than 1 MiB once inflated");
  CHECK_FALSE(postern::cmd::Gunzip("\x1f\x8b junk", 1 << 20).has_value());
}

TEST_CASE("message and event exclude each other, and standard input is read once") {
  CHECK(RunProgram({"explain", "--event", "e.json", "--message", "Access Denied"}).code == 2);
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"explain", "--event", "-", "-"},
        {"explain", "--event", "-", "--flow-log", "-"},
        {"explain", "--message", "-", "--flow-log", "-"}}) {
    const ProgramResult result = RunProgram(args);
    CHECK(result.code == 2);
    CHECK(Has(result.err, "standard input"));
  }
}

TEST_CASE("a flow log beside an event tells whether it arrived") {
  const Folder folder;
  folder.Write("e.json", Record("e1", kRefused));
  folder.Write("flows.txt", kFlow);
  const ProgramResult result =
      folder.Run({"explain", "--event", "e.json", "--flow-log", "flows.txt"});
  CHECK(result.err.empty());
  CHECK(Has(result.out, "flow log: packets to port 443 were rejected at `eni-0a1b`"));
  CHECK(Has(result.out, "  line 1: 2 111122223333 eni-0a1b 10.0.0.5"));
  folder.Write("flows.txt.gz", Gzip(std::string(kFlow)));
  CHECK(folder.Run({"explain", "--event", "e.json", "--flow-log", "flows.txt.gz"}).out ==
        result.out);
}

TEST_CASE("a flow log beside a case or a message takes the address from the context") {
  const Folder folder;
  folder.Write("flows.txt", kFlow);
  const ProgramResult result =
      folder.Run({"explain", "-f", "json", "--message", "connection timed out", "--flow-log",
                  "flows.txt", "--context", "aws:VpcSourceIp=10.0.0.5"});
  CHECK(Has(result.out, R"("outcome": "rejected")"));
  CHECK(Has(result.out, "no policy was asked"));
  const ProgramResult without =
      folder.Run({"explain", "--message", "connection timed out", "--flow-log", "flows.txt"});
  CHECK(Has(without.out, "flow log: the request's address is not known"));
}

TEST_CASE("a flow log alone is summed up") {
  const Folder folder;
  folder.Write("flows.txt", kFlow);
  const ProgramResult result = folder.Run({"explain", "--flow-log", "flows.txt"});
  CHECK(result.code == 1);
  CHECK(result.out ==
        "1 records: 0 accepted, 1 rejected\n"
        "rejected to or from AWS services and port 443\n"
        "  eni-0a1b 10.0.0.5 -> 10.0.1.9 port 443: 10 packets in 1 records, the first in line 1\n"
        "    a security group or a network ACL\n");
  folder.Write("fine.txt",
               "2 1 eni-a 10.0.0.5 10.0.1.9 40001 443 6 10 840 1 2 ACCEPT OK\nnonsense\n");
  const ProgramResult part = folder.Run({"explain", "--flow-log", "fine.txt", "-f", "json"});
  CHECK(part.code == 2);
  CHECK(Has(part.err, "fine.txt:2: error: a record of 1 fields"));
  CHECK(Has(part.out, R"("accepted": 1)"));
  folder.Write("columns", "PAR1 binary");
  CHECK(Has(folder.Run({"explain", "--flow-log", "columns"}).err, "Parquet"));
  folder.Write("empty", "\n");
  CHECK(Has(folder.Run({"explain", "--flow-log", "empty"}).err, "holds no flow log record"));
  CHECK(folder.Run({"explain", "--flow-log", "missing"}).code == 2);
}

TEST_CASE("an event in an envelope of the corpus is explained as in the file itself") {
  const Folder folder;
  folder.Write("event.json", Event("lambda-list-functions-eventbridge"));
  const ProgramResult result = folder.Run({"explain", "--event", "event.json"});
  CHECK(Has(result.out,
            "lambda.amazonaws.com ListFunctions20150331, refused (AccessDeniedException)"));
  CHECK(Has(result.out, "action     lambda:ListFunctions"));
}
