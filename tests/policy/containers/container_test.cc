#include "tests/policy/containers/testing.h"

using namespace postern;
using testing::Lint;
using testing::ReadContainer;

namespace {

constexpr std::string_view kPlan =
    "{\"planned_values\": {\"root_module\": {\"resources\": [\n"
    "  {\"address\": \"aws_iam_policy.\u00e4\", \"type\": \"aws_iam_policy\", \"values\": {\n"
    "    \"policy\": \"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":"
    "\\\"allow\\\",\\\"Action\\\":\\\"*\\\",\\\"Resource\\\":\\\"*\\\"}]}\"}}]}}}\n";

std::string Utf16(std::u16string_view text, bool big_endian) {
  std::string bytes;
  for (char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xff);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

std::u16string Widen(std::string_view utf8) {  // up to U+07FF
  std::u16string wide;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    wide += byte < 0x80 ? static_cast<char16_t>(byte)
                        : static_cast<char16_t>((byte & 0x1f) << 6 | (utf8[++i] & 0x3f));
  }
  return wide;
}

}  // namespace

TEST_CASE("a plan in UTF-16 is read, and says that bytes are counted in UTF-8") {
  const policy::Container plain = ReadContainer(std::string(kPlan));
  CHECK(plain.note.empty());
  const std::string expected = Lint(plain, plain.policies.at(0));
  CHECK(expected == "GR213 3:71 `\\\"allow\\\"`\n");
  for (const bool big_endian : {false, true}) {
    for (const bool mark : {false, true}) {
      CAPTURE(big_endian);
      CAPTURE(mark);
      const std::u16string text = (mark ? u"\ufeff" : u"") + Widen(kPlan);
      const policy::Container wide = ReadContainer(Utf16(text, big_endian));
      CHECK(wide.note.find("UTF-16") != std::string_view::npos);
      CHECK(wide.source->text() == kPlan);
      CHECK(Lint(wide, wide.policies.at(0)) == expected);
      CHECK_FALSE(wide.policies[0].editable);
    }
  }
  CHECK(ReadContainer("\xef\xbb\xbf" + std::string(kPlan)).note.find("mark") !=
        std::string_view::npos);
}

TEST_CASE("a container that cannot be read is an error with a place") {
  const auto read = [](std::string text) {
    return policy::ReadContainer(std::make_shared<const policy::Source>("x", std::move(text)));
  };
  const auto cut = read(std::string(kPlan.substr(0, 90)));
  REQUIRE(cut.error.has_value());
  CHECK_FALSE(cut.error->message.empty());
  const auto deep =
      read("{\"resource_changes\": " + std::string(600, '[') + std::string(600, ']') + "}");
  REQUIRE(deep.error.has_value());
  CHECK(deep.error->message.find("512") != std::string::npos);
  CHECK(read("A: b\nResources:\n  - {\n").error.has_value());
  CHECK(read("Resources:\n" + std::string(200'000, '[')).container == std::nullopt);
}

TEST_CASE("any bytes and any nesting are read without harm") {
  const std::string_view texts[] = {
      kPlan,
      "Resources:\n  A: {Type: 'AWS::IAM::Role', Properties: {Policies: !If [a, &x [*x, !Sub '{'], "
      "b]}}\n",
      "Resources: {A: {Type: 'AWS::IAM::Policy', Properties: {PolicyDocument: !Sub {a: b}}}}\n",
      "Resources: {A: {Type: 'AWS::IAM::Policy', Properties: {PolicyDocument: !Join [a]}}}\n",
      "Resources: {A: {Type: 'AWS::IAM::Policy', Properties: {PolicyDocument: [!Ref [], !Sub [[]], "
      "!Join [[], []], !GetAtt {}, !If [a], ! x]}}}\n",
  };
  for (const std::string_view text : texts) {
    for (std::size_t size = 0; size <= text.size(); ++size) {
      for (const std::string& each :
           {std::string(text.substr(0, size)),
            std::string(text.substr(0, size)) + "\xff" + std::string(text.substr(size))}) {
        const auto result =
            policy::ReadContainer(std::make_shared<const policy::Source>("x", each));
        if (!result.container) continue;
        for (const policy::ContainedPolicy& policy : result.container->policies) {
          if (policy.unreadable.empty()) Lint(*result.container, policy);
        }
      }
    }
  }
  std::string nested =
      "{\"Resources\": {\"A\": {\"Type\": \"AWS::IAM::Policy\", \"Properties\": "
      "{\"PolicyDocument\": {\"Statement\": ";
  constexpr int kJoins = 160;  // three levels each
  for (int i = 0; i < kJoins; ++i) nested += "{\"Fn::Join\": [\"\", [";
  nested += "\"x\"";
  for (int i = 0; i < kJoins; ++i) nested += "]]}";
  nested += "}}}}}";
  const auto result = policy::ReadContainer(std::make_shared<const policy::Source>("x", nested));
  REQUIRE(result.container.has_value());
  CHECK(result.container->policies.at(0).tree->At("/Statement")->text == "x");
}
