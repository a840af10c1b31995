#include <array>

#include "tests/bench/workloads/compose.h"
#include "tests/bench/workloads/request_lines.h"
#include "tests/bench/workloads/workloads.h"

namespace postern::bench {
namespace {

constexpr std::size_t kStatements = 100;
constexpr std::array<std::string_view, 5> kActionPatterns = {"s3:*e*t*Obj*", "s3:*", "s3:*Object",
                                                             "s3:?et*", "s3:Get*Ob?ect"};
constexpr std::array<std::string_view, 4> kCalled = {"s3:GetObject", "s3:PutObject",
                                                     "s3:DeleteObject", "s3:GetObjectTagging"};

std::string Repeated(std::string_view text, std::size_t times) {
  std::string repeated;
  for (; times > 0; --times) repeated += text;
  return repeated;
}

// Five shapes in turn.
std::string ResourcePattern(std::size_t index, Random& random) {
  switch (index % 5) {
    case 0:
      return "data/" + Repeated("*a", random.Between(2, 6)) + "*bb";
    case 1:
      return Fill("*@0*/@1*@2", {Repeated("?", random.Between(2, 6)),
                                 Repeated("*a", random.Between(2, 5)), random.Word(2, 2)});
    case 2:
      return Fill("d?t?/*/@0*/??*@1*", {random.Word(2, 2), random.Word(1, 1)});
    case 3:
      return "data/" + random.Word(20, 24, "aaabbb??**");
    default:
      return "data/*aa*ab*ba*bb*" + random.Word(1, 1, "cdefgh0123456789");
  }
}

std::string Statement(std::size_t index, Random& random) {
  const bool denies = index % 10 == 9;
  const std::string condition =
      index % 4 == 0 && !denies
          ? Fill(R"(,"Condition":{"StringLike":{"aws:UserAgent":["*cli*oto*@0*","*?*ython*"]}})",
                 {std::to_string(random.Below(7))})
          : "";
  return Fill(R"({"Sid":"W@0","Effect":"@1","Action":"@2","Resource":"arn:aws:s3:::@3"@4})",
              {std::to_string(index), denies ? "Deny" : "Allow", random.Pick(kActionPatterns),
               ResourcePattern(index, random), condition});
}

// Short, so that matchers that back-track can be measured with the same load.
std::string Key(Random& random) {
  if (random.Percent(80)) return random.Word(12, 32, "ab");
  return Fill("@0/@1/@2/@3",
              {random.Word(6, 6), random.Word(6, 6), random.Word(6, 6), random.Word(4, 8)});
}

}  // namespace

Workload WildcardWorkload(std::size_t requests) {
  Random random(3);
  std::vector<std::string> statements;
  for (std::size_t i = 0; i < kStatements; ++i) statements.push_back(Statement(i, random));
  Workload workload{
      "W3",
      Fill(R"({"endpoint":@0,"identity":[@1]})",
           {PolicyOf({R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"})"}),
            PolicyOf(statements)}),
      {},
      {}};
  for (std::size_t id = 0; id < requests; ++id) {
    const Call call{std::string(random.Pick(kCalled)), "arn:aws:s3:::data/" + Key(random)};
    workload.lines.push_back(RequestLine(id, call, random));
  }
  return workload;
}

}  // namespace postern::bench
