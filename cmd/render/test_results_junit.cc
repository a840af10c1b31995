#include <fmt/format.h>

#include <algorithm>

#include "cmd/render/snippet.h"
#include "cmd/render/test_results.h"
#include "cmd/render/xml.h"

namespace postern::cmd {
namespace {

using authz::CaseStatus;

// A todo that is still open counts as skipped: it may fail.
bool IsSkipped(CaseStatus status) {
  return status == CaseStatus::kSkipped || status == CaseStatus::kTodo;
}

std::size_t CountOf(const SuiteRun& run, bool (*is)(CaseStatus)) {
  return static_cast<std::size_t>(
      std::ranges::count_if(run.cases, [is](const CaseRun& one) { return is(one.result.status); }));
}

class Junit {
 public:
  explicit Junit(const TestReport& report) {
    for (const SuiteRun& run : report.suites) AddSuite(run);
    if (!report.unusable.empty()) AddUnusable(report);
    xml_ += "</testsuites>\n";
  }
  std::string Take() { return std::move(xml_); }

 private:
  void AddSuite(const SuiteRun& run) {
    xml_ += fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n",
        XmlText(fmt::format("{} ({})", OneLine(run.suite.name), run.source->name())),
        run.cases.size(), CountOf(run, [](CaseStatus s) { return s == CaseStatus::kFailed; }),
        CountOf(run, [](CaseStatus s) { return s == CaseStatus::kError; }),
        CountOf(run, &IsSkipped));
    for (const CaseRun& one : run.cases) AddCase(run, one);
    xml_ += "  </testsuite>\n";
  }

  void AddCase(const SuiteRun& run, const CaseRun& one) {
    const CaseStatus status = one.result.status;
    xml_ += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", XmlText(run.source->name()),
                        XmlText(OneLine(one.test->name)));
    if (status == CaseStatus::kPassed) {
      xml_ += "/>\n";
      return;
    }
    xml_ += ">\n";
    if (status == CaseStatus::kTodoPassed) {
      xml_ += fmt::format("      <system-out>{}</system-out>\n",
                          XmlText("passed, and is still marked as todo: " + one.test->todo));
    } else if (IsSkipped(status)) {
      xml_ += fmt::format("      <skipped message=\"{}\"/>\n",
                          XmlText(OneLine(status == CaseStatus::kTodo ? "todo: " + one.test->todo
                                                                      : one.test->skip)));
    } else if (status == CaseStatus::kError) {
      xml_ += fmt::format("      <error type=\"{}\" message=\"{}\"/>\n",
                          XmlText(one.result.error->code), XmlText(FailureInOneLine(one)));
    } else {
      AddFailure(run, one);
    }
    xml_ += "    </testcase>\n";
  }

  void AddFailure(const SuiteRun& run, const CaseRun& one) {
    std::string text = PlaceOfCase(run, one) + ": failed\n" + FailureAsText(one);
    if (explained_++ < kMostExplained) text += '\n' + ExplainCase(run, one, false);
    xml_ += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                        authz::VerdictName(one.result.decision.verdict),
                        XmlText(FailureInOneLine(one)), XmlText(text));
  }

  void AddUnusable(const TestReport& report) {
    xml_ +=
        fmt::format("  <testsuite name=\"postern\" tests=\"{0}\" failures=\"0\" errors=\"{0}\">\n",
                    report.unusable.size());
    for (const UnusableFile& file : report.unusable) {
      xml_ += fmt::format(
          "    <testcase classname=\"postern\" name=\"{}\">\n      <error message=\"{}\"/>\n"
          "    </testcase>\n",
          XmlText(file.name.empty() ? "arguments" : file.name), XmlText(UnusableInOneLine(file)));
    }
    xml_ += "  </testsuite>\n";
  }

  std::string xml_ =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"postern test\">\n";
  std::size_t explained_ = 0;
};

}  // namespace

std::string TestsAsJunit(const TestReport& report) { return Junit(report).Take(); }

}  // namespace postern::cmd
