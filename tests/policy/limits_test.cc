#include "policy/limits.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace postern::policy {

TEST_CASE("the text of a policy is measured in characters and bytes") {
  struct Row {
    std::string text;
    std::size_t characters, bytes, without_space, minified;
  };
  const Row rows[] = {
      {"", 0, 0, 0, 0},
      {"{}", 2, 2, 2, 2},
      {"{ }\r\n\t", 6, 6, 2, 2},
      {R"({ "a b": "c" })", 14, 14, 10, 11},
      // An escape counts as it is written.
      {R"({"é":"\u00e9"})", 14, 15, 14, 14},
      {"\"\xF0\x9F\x9A\xAA\"", 3, 6, 3, 3},
      // A quote behind a backslash does not end the string; a backslash behind one does not escape.
      {R"({"a\" b" : 1})", 13, 13, 10, 11},
      {R"({"a\\" : 1})", 11, 11, 9, 9},
      // A byte order mark is not part of the text, a stray byte counts as one.
      {"\xEF\xBB\xBF{}", 2, 2, 2, 2},
      {"\"\xFF\"", 3, 3, 3, 3},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const TextSize size = Measure(row.text);
    CHECK(Counted(size, SizeUnit::kCharacters) == row.characters);
    CHECK(Counted(size, SizeUnit::kBytes) == row.bytes);
    CHECK(Counted(size, SizeUnit::kCharactersButNoSpace) == row.without_space);
    CHECK(size.minified_characters() == row.minified);
  }
}

TEST_CASE("limits are those of the guides") {
  struct Row {
    PolicyKind kind;
    std::size_t limit;
    SizeUnit unit;
  };
  const Row rows[] = {
      {PolicyKind::kEndpoint, 20480, SizeUnit::kCharacters},
      {PolicyKind::kManaged, 6144, SizeUnit::kCharactersButNoSpace},
      {PolicyKind::kBoundary, 6144, SizeUnit::kCharactersButNoSpace},
      {PolicyKind::kTrust, 2048, SizeUnit::kCharactersButNoSpace},
      {PolicyKind::kSession, 2048, SizeUnit::kCharacters},
      {PolicyKind::kScp, 10240, SizeUnit::kCharacters},
      {PolicyKind::kRcp, 5120, SizeUnit::kCharacters},
      {PolicyKind::kBucket, 20480, SizeUnit::kBytes},
      {PolicyKind::kAccessPoint, 20480, SizeUnit::kBytes},
      {PolicyKind::kQueue, 8192, SizeUnit::kBytes},
      {PolicyKind::kTopic, 30720, SizeUnit::kBytes},
      {PolicyKind::kKey, 32768, SizeUnit::kBytes},
      {PolicyKind::kSecret, 20480, SizeUnit::kBytes},
  };
  for (const Row& row : rows) {
    CAPTURE(TraitsOf(row.kind).name);
    const auto limits = LimitsOf(row.kind);
    REQUIRE(limits.size() == 1);
    CHECK(limits.front().limit == row.limit);
    CHECK(limits.front().unit == row.unit);
  }
  CHECK(LimitsOf(PolicyKind::kInline).size() == 3);
  // Of these it depends on what they are for.
  CHECK(LimitsOf(PolicyKind::kIdentity).empty());
  CHECK(LimitsOf(PolicyKind::kResource).empty());
}

TEST_CASE("the rows of a kind stand together") {
  std::size_t found = 0;
  for (const KindTraits& kind : AllKinds()) {
    for (const SizeLimit& row : LimitsOf(kind.kind)) {
      CHECK(row.kind == kind.kind);
      ++found;
    }
  }
  CHECK(found == AllSizeLimits().size());
}

}  // namespace postern::policy
