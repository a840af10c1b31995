#include "policy/json_repair.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/json_tree.h"

namespace postern::policy {
namespace {

using namespace std::string_view_literals;

RepairResult Repair(std::string text, JsonLimits limits = kPolicyLimits) {
  return RepairJson(std::make_shared<const Source>("policy.json", std::move(text)), limits);
}

// "JS102 1:7 JS105 1:1": codes and places, in order.
std::string Places(std::string_view text, const std::vector<Diagnostic>& diagnostics) {
  const Source source("policy.json", std::string(text));
  std::string places;
  for (const Diagnostic& diagnostic : diagnostics) {
    const LineColumn at = source.Locate(diagnostic.range.begin);
    if (!places.empty()) places += ' ';
    places += std::string(diagnostic.code) + " " + std::to_string(at.line) + ":" +
              std::to_string(at.column);
  }
  return places;
}

struct Expectation {
  std::string_view text;
  std::string_view places;
};

void CheckAll(const std::vector<Expectation>& table) {
  for (const Expectation& row : table) {
    CAPTURE(row.text);
    const RepairResult result = Repair(std::string(row.text));
    CHECK(Places(row.text, result.diagnostics) == row.places);
  }
}

// A missing `{`, and behind it what strict readers never reach.
constexpr std::string_view kLostBrace = R"({
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "Objects",
            "Effect": "Allow",
            "Action": [
                "s3:GetObject",
                "s3:PutObject"
            ],
            "Resource": "arn:aws:s3:::example-bucket/*"
        },
        
            "Resource": [
                "arn:aws:s3:::example-bucket",
            ]
        }
    ]
}
)";

TEST_CASE("a lost brace and the trailing comma behind it are found in one pass") {
  const RepairResult result = Repair(std::string(kLostBrace));
  CHECK(Places(kLostBrace, result.diagnostics) == "JS104 14:13 JS102 15:46");
  const Diagnostic& brace = result.diagnostics[0];
  CHECK(brace.message == "this looks like a member of an object; the `{` that opens it is missing");
  CHECK(brace.help == "insert `{` before line 14");
  const Source source("a", std::string(kLostBrace));
  CHECK(source.Slice(brace.range) == "\"Resource\"");
  REQUIRE(brace.related.size() == 2);
  CHECK(source.Locate(brace.related[0].range.begin).line == 12);
  CHECK(source.Locate(brace.related[1].range.begin).line == 17);
  CHECK(result.diagnostics[1].message == "trailing comma before `]`; JSON does not allow one");
}

TEST_CASE("the repaired tree has the object whose brace was lost") {
  const RepairResult result = Repair(std::string(kLostBrace));
  REQUIRE(result.tree);
  const Tree& tree = *result.tree;
  REQUIRE(tree.At("/Statement/1/Resource/0") != nullptr);
  CHECK(tree.At("/Statement/1/Resource/0")->text == "arn:aws:s3:::example-bucket");
  CHECK(tree.At("/Statement/1")->IsObject());
  CHECK(tree.At("/Statement")->count == 2);
  CHECK(tree.root().count == 2);
  CHECK(tree.source().Locate(tree.At("/Statement/1")->range.begin).line == 14);
  CHECK(tree.source().Locate(tree.At("/Statement/1")->range.end).line == 17);
}

TEST_CASE("valid JSON has no findings, beyond what the strict reader can hold too") {
  CheckAll({
      {"{}", ""},
      {" [1, \"a\", true, false, null, {\"a\": [[]]}] \r\n", ""},
      {"\"\\u0000\\ud83d\\ude00\"", ""},
      {"[1e400, -1E+400]", ""},
      {"{\"a\": 1, \"a\": 2}", ""},
      {"{\n\"a\": {\n\"b\": 1\n},\n\"c\": [\n2\n]\n}", ""},
  });
}

TEST_CASE("trailing and missing commas") {
  CheckAll({
      {"[1,]", "JS102 1:3"},
      {"{\"a\":1,}", "JS102 1:7"},
      {"{\"a\":[1,\n],\n}", "JS102 1:8 JS102 2:2"},
      {"[1 2]", "JS103 1:3"},
      {"[\n\"a\"\n\"b\"\n]", "JS103 2:4"},
      {"[\"a\"\"b\"]", "JS103 1:5"},
      {"[{} {}]", "JS103 1:4"},
      {"{\"a\":1 \"b\":2}", "JS103 1:7"},
      {"{\"a\":{}\n\"b\":[]\n\"c\":1}", "JS103 1:8 JS103 2:7"},
      {"[1,,2]", "JS101 1:4"},
      {"[,]", "JS101 1:2"},
      {"{,}", "JS101 1:2"},
      {"{\"a\":1,,\"b\":2}", "JS101 1:8"},
      {"{\"a\":1;\"b\":2}", "JS101 1:7"},
  });
}

TEST_CASE("a missing comma names both neighbours and the line") {
  const RepairResult result = Repair("[\n  \"s3:GetObject\"\n  \"s3:PutObject\"\n]");
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].message ==
        "missing `,` between `\"s3:GetObject\"` (line 2) and `\"s3:PutObject\"`");
}

TEST_CASE("a lost brace, in its several shapes") {
  CheckAll({
      {"[{\"a\":1},\"b\":2}]", "JS104 1:10"},
      {"[{\"a\":1},\"b\":2,\"c\":3},{\"d\":4}]", "JS104 1:10"},
      {"{\"Statement\":[\"Effect\":\"Allow\"}]}", "JS104 1:15"},
      {"[{\"a\":1},\"b\":2]", "JS104 1:10"},
      {"[{\"a\":1},\"b\":2,{\"c\":3}]", "JS104 1:10"},
      {"\"Version\":\"2012-10-17\"}", "JS104 1:1"},
      {"{\n  \"Condition\":\n    \"Bool\": {}\n  }\n}", "JS104 3:5"},
      {"{\"Principal\":\"AWS\":\"*\"},\"Effect\":\"Allow\"}", "JS104 1:14"},
      {"[{\"a\":1},\"b\":2},\"c\":3}]", "JS104 1:10 JS104 1:17"},
  });
}

TEST_CASE("a bracket that is not closed is blamed where it was opened") {
  CheckAll({
      {"{", "JS105 1:1"},
      {"[1", "JS105 1:1"},
      {"[1,", "JS105 1:1"},
      {"{\"a\":", "JS105 1:1"},
      {"{\"a\"", "JS105 1:1"},
      {"{\"a\":[{\"b\":1", "JS105 1:7"},
      {"{\"a\":[1,2}", "JS105 1:6"},
      {"[{\"a\":1,{\"b\":2}]", "JS105 1:2"},
      {"{\"Action\":[\"a\",\"Resource\":\"*\"}", "JS105 1:11"},
      {"{\"Action\":[\"a\"\n\"Resource\":\"*\"}", "JS105 1:11"},
      // The indentation tells which one it is.
      {"{\n  \"a\": {\n    \"b\": {\n      \"c\": 1\n    },\n  \"d\": 2\n}\n", "JS105 2:8"},
      {"{\n  \"s\": [\n    {\n      \"c\": {\n        \"d\": 1\n      ,\n      \"e\": 2\n    }\n  "
       "]\n}\n",
       "JS105 4:12"},
      {"{\n  \"s\": [\n    {\n      \"a\": 1\n    ,\n    {\n      \"b\": 2\n    }\n  ]\n}\n",
       "JS105 3:5"},
      {"{\n  \"a\": [\n    1\n  \"b\": 2\n}\n", "JS105 2:8"},
  });
}

TEST_CASE("an unclosed bracket says where its indentation would end it") {
  const RepairResult result =
      Repair("{\n  \"a\": {\n    \"b\": {\n      \"c\": 1\n    },\n  \"d\": 2\n}\n");
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].message ==
        "`{` opened at 2:8 is never closed; by its indentation it should end before line 6");
  REQUIRE(result.tree);
  CHECK(result.tree->At("/d") != nullptr);
  CHECK(result.tree->At("/a/b/c") != nullptr);
}

TEST_CASE("a bracket too many, or of the wrong kind") {
  CheckAll({
      {"{}}", "JS106 1:3"},
      {"]", "JS106 1:1"},
      {"{\"a\":1]}", "JS106 1:7"},
      {"[1,2}]", "JS106 1:5"},
      {"{\"a\":[1,2}],\"b\":3}", "JS106 1:10"},
      {"{\"a\":1},\"b\":2}", "JS106 1:7"},
      {"{\"a\":1}\n,\"b\":2", "JS106 1:7"},
      {"[1,2}", "JS101 1:5"},
      {"{\"a\":1]", "JS101 1:7"},
      {"{\"a\":[1,2},\"b\":3}", "JS101 1:10"},
      {"{\n  \"s\": [\n    {\n      \"c\": {}\n      },\n      \"e\": 2\n    }\n  ]\n}\n",
       "JS106 5:7"},
  });
}

TEST_CASE("comments are findings of their own and hide nothing") {
  CheckAll({
      {"// a\n{\"a\": 1, # b\n /* c\n */ \"b\": 2,}", "JS107 1:1 JS107 2:10 JS107 3:2 JS102 4:11"},
      {"{\"a\": \"// # /* no comment */\"}", ""},
      {"{} /* never closed", "JS107 1:4"},
      {"# nothing else", "JS107 1:1"},
  });
}

TEST_CASE("keys and values that are not JSON") {
  CheckAll({
      {"{\"a\"}", "JS101 1:5"},
      {"{\"a\",\"b\":1}", "JS101 1:5"},
      {"{\"a\" 1}", "JS101 1:5"},
      {"{\"a\":}", "JS101 1:6"},
      {"{\"a\":,\"b\":1}", "JS101 1:6"},
      {"{\"a\":\n\"b\":1}", "JS101 1:6"},
      {"{a:1}", "JS108 1:2"},
      {"{1:2}", "JS101 1:2"},
      {"{\"a\":1, 2}", "JS101 1:9"},
      {"{\"a\"::1}", "JS101 1:6"},
      {"{[1]}", "JS101 1:2"},
      {"{{\"a\":1}}", "JS101 1:2"},
      {"{:1}", "JS101 1:2"},
      {"{\"a\" = 1}", "JS101 1:6"},
      {"{a = 1}", "JS108 1:2 JS101 1:4"},
      {"['a']", "JS108 1:2"},
      {"[\xe2\x80\x9c"
       "a\xe2\x80\x9d]",
       "JS109 1:2"},
      {"[True, None, 0x1f, 012, +1, .5, 1., Allow]",
       "JS108 1:2 JS108 1:8 JS108 1:14 JS120 1:20 JS101 1:25 JS101 1:29 JS101 1:33 JS101 1:37"},
      {"[1 % 2]", "JS103 1:3 JS101 1:4"},
      {"[\xc2\xa0"
       "1,\xc2\xa0"
       "2]",
       "JS101 1:2"},
      {"[\"a\" : 1]", "JS104 1:2"},
      {"[1 : 2]", "JS103 1:3 JS101 1:4"},
  });
}

TEST_CASE("strings that are not JSON") {
  CheckAll({
      {"[\"a]", "JS105 1:1 JS101 1:2"},
      {"{\"a\": \"b,\n\"c\": \"d\"}", "JS101 1:7"},
      {"[\"a\tb\tc\"]", "JS114 1:4"},
      {"[\"a\0b\"]"sv, "JS114 1:4"},
      {"[1,\0 2]"sv, "JS101 1:4"},
      {"[\"\\x\\u12\\d\"]", "JS101 1:3 JS101 1:5 JS101 1:9"},
      {"[\"\\udc00 \\ud800\"]", "JS111 1:3 JS111 1:10"},
      {"[\"say \"hi\" then\"]", "JS101 1:7"},
      {"[\"a, \"b\"]", "JS101 1:6"},
      {"{Effect\": \"Allow\", \"Action\": s3:GetObject\"}", "JS101 1:2 JS101 1:30"},
      {"[a\"b]", "JS105 1:1 JS101 1:2 JS101 1:3 JS103 1:3"},
  });
}

TEST_CASE("encodings other than UTF-8 without a mark") {
  CheckAll({
      {"\xef\xbb\xbf{}", "JS111 1:1"},
      {"\xef\xbb\xbf[1,]", "JS111 1:1 JS102 1:4"},
      {"[\"caf\xe9\", \"\xff\"]", "JS111 1:6"},
      {"\xff\xfe{\0}\0"sv, "JS111 1:1"},
      {"{\0}\0"sv, "JS111 1:1"},
  });
  const RepairResult latin1 = Repair("[\"caf\xe9\"]");
  CHECK(latin1.diagnostics[0].message == "invalid UTF-8 at byte 5");
  CHECK(latin1.tree->At("/0")->text == "caf\xef\xbf\xbd");
}

TEST_CASE("what follows the document, or is none") {
  CheckAll({
      {"{} {}", "JS115 1:4"},
      {"{}\n{\"a\":,}", "JS115 2:1"},
      {"{}, {}", "JS115 1:5"},
      {"{},", "JS101 1:3"},
      {"{} x", "JS115 1:4"},
      {"", "JS101 1:1"},
      {" \n ", "JS101 2:2"},
      {"no JSON at all", "JS101 1:1"},
      {"Effect: Allow\n", "JS101 1:1"},
      {"policy = {\"a\": 1}", "JS101 1:1"},
  });
  CHECK(!Repair("no JSON at all").tree);
  CHECK(!Repair("Effect: Allow\nAction: [a]").tree);
  CHECK(!Repair("").tree);
  CHECK(!Repair("\xff\xfe{\0}\0").tree);
  CHECK(Repair("policy = {\"a\": 1}").tree->At("/a")->text == "1");
}

TEST_CASE("nesting too deep ends the reading, and says how deep it goes") {
  const std::string nested = std::string(65, '[') + std::string(65, ']');
  const RepairResult result = Repair(nested);
  CHECK(Places(nested, result.diagnostics) == "JS119 1:65");
  CHECK(result.diagnostics[0].message == "nested 65 levels deep; at most 64 are read");
  CHECK(Repair(std::string(64, '[') + std::string(64, ']')).diagnostics.empty());

  CHECK(Repair(std::string(200'000, '[')).diagnostics.size() == 1);
  std::string members;
  while (members.size() < (1 << 20) - 5) members += "{\"a\":";
  const RepairResult deep = Repair(members);
  REQUIRE(deep.diagnostics.size() == 1);
  CHECK(deep.diagnostics[0].code == "JS119");
}

TEST_CASE("a text beyond the size limit is refused") {
  const RepairResult result = Repair("[1,2]", {4, 64});
  CHECK(!result.tree);
  CHECK(result.diagnostics.size() == 1);
}

TEST_CASE("findings are bounded, and the last one says how many more there are") {
  std::string text = "[";
  for (int i = 0; i < 80; ++i) text += "1 ";
  text += "]";
  const RepairResult result = Repair(text);
  REQUIRE(result.diagnostics.size() == kMaxRepairDiagnostics + 1);
  CHECK(result.diagnostics.back().message == "29 more problems are not shown");
}

TEST_CASE("every finding is an error with a range inside the text") {
  for (const std::string_view text : {kLostBrace, "[1 2,]}"sv, "{a:'b',,}"sv, "[\"x"sv, "{"sv}) {
    for (const Diagnostic& diagnostic : Repair(std::string(text)).diagnostics) {
      CHECK(diagnostic.severity == Severity::kError);
      CHECK(diagnostic.range.begin <= diagnostic.range.end);
      CHECK(diagnostic.range.end <= text.size());
      CHECK(!diagnostic.message.empty());
    }
  }
}

TEST_CASE("what the words of other languages stand for is in the tree") {
  const RepairResult result = Repair("{Effect: Allow, 'a': True, b: None, c: 'it'}");
  REQUIRE(result.tree);
  CHECK(result.tree->At("/Effect")->text == "Allow");
  CHECK(result.tree->At("/a")->kind == NodeKind::kBool);
  CHECK(result.tree->At("/a")->text == "true");
  CHECK(result.tree->At("/b")->kind == NodeKind::kNull);
  CHECK(result.tree->At("/c")->text == "it");
}

TEST_CASE("a missing value is unknown, not absent") {
  const RepairResult result = Repair("{\"Effect\":\n \"Action\": \"*\"}");
  REQUIRE(result.tree);
  CHECK(result.tree->At("/Effect")->kind == NodeKind::kUnknown);
  CHECK(result.tree->At("/Action")->text == "*");
}

// The tree of a damaged text holds together, and findings are there exactly if strict reading
// refuses.
void CheckSound(std::string text) {
  const auto source = std::make_shared<const Source>("a", std::move(text));
  const RepairResult result = RepairJson(source);
  const bool valid = ReadJson(source).tree.has_value();
  CHECK(result.diagnostics.empty() == valid);
  if (valid) CHECK(result.tree.has_value());
  if (!result.tree) return;
  const Node* root = &result.tree->root();
  for (const Node* node = root; node != root + root->span; ++node) {
    std::uint32_t children = 0;
    for (const Node& child : node->children()) {
      REQUIRE(child.span >= 1);
      REQUIRE(&child + child.span <= node + node->span);
      ++children;
    }
    REQUIRE(children == node->count);
    REQUIRE(node->range.begin <= node->range.end);
    REQUIRE(node->range.end <= source->text().size());
  }
  FindDuplicateKeys(*root);
}

constexpr std::string_view kPolicies[] = {
    kLostBrace,
    R"({"Statement":[{"Principal":"*","Effect":"Allow","Action":["s3:*","sqs:?"],"Resource":"*"}]})",
    "{\n\t\"Version\": \"2012-10-17\",\r\n\t\"Statement\": {\n\t\t\"Effect\": "
    "\"Deny\",\r\n\t\t\"Act"
    "ion\": \"\\u0073\\\"3:*\\\\\",\n\t\t\"Condition\": {\"Bool\": {\"aws:SecureTransport\": [false"
    "]}}\n\t}\n}",
    "// note\n[{'a': True}, {b: None, \"c\": 012}, \xe2\x80\x9cq\xe2\x80\x9d, -1.5e+3, "
    "\"\\ud83d\\ud"
    "e00\"]",
};

TEST_CASE("every prefix of a policy is read without harm") {
  for (const std::string_view text : kPolicies) {
    for (std::size_t size = 0; size <= text.size(); ++size) {
      CAPTURE(size);
      CheckSound(std::string(text.substr(0, size)));
    }
  }
}

TEST_CASE("every byte of a policy may be lost, doubled or changed without harm") {
  for (const std::string_view text : kPolicies) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      CAPTURE(i);
      CheckSound(std::string(text).erase(i, 1));
      CheckSound(std::string(text).insert(i, 1, text[i]));
      for (const char c : "\0\t\n \"'{}[],:\\/#=;x0-\x7f\xc2\xe2\xff"sv) {
        std::string damaged(text);
        damaged[i] = c;
        CheckSound(std::move(damaged));
      }
    }
  }
}

TEST_CASE("large texts full of mistakes are read in linear time") {
  const auto repeated = [](std::string_view part) {
    std::string text = "[";
    while (text.size() + part.size() < (1 << 18)) text += part;
    return text;
  };
  for (const std::string_view part :
       {"1 "sv, ",,"sv, "\"a\"b "sv, "{]"sv, "}{"sv, "[}"sv, "'"sv, "\""sv, "\"a\":"sv, "/*"sv,
        "#\n"sv, "{\"a\":[1}],"sv, "\\"sv, "\xff"sv, "a=b "sv, "\n]"sv, "{a\n"sv, "\"a\"b\"a"sv}) {
    CAPTURE(part);
    CHECK(!Repair(repeated(part)).diagnostics.empty());
  }
}

}  // namespace
}  // namespace postern::policy
