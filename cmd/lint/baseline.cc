#include "cmd/lint/baseline.h"

#include <array>
#include <memory>
#include <vector>

#include "authz/suites/reading.h"
#include "cmd/case_input.h"
#include "cmd/render/json_writer.h"
#include "policy/json_tree.h"

namespace postern::cmd {
namespace {

using policy::Node;

constexpr std::string_view kSchema = "postern/baseline/1";

void ReadFindings(const policy::Tree& tree, Baseline& baseline,
                  std::vector<authz::CaseProblem>& problems) {
  static constexpr std::array<std::string_view, 2> kNames{"schema", "findings"};
  static constexpr std::array<std::string_view, 3> kOfFinding{"file", "rule", "fingerprint"};
  authz::Reading read(&tree, problems);
  const auto [schema, findings] = read.Members(tree.root(), kNames);
  if (schema == nullptr || schema->text != kSchema || findings == nullptr || !findings->IsArray()) {
    read.Report(tree.root(), "bad-baseline", "this is no baseline",
                "write one with `postern lint --write-baseline FILE`");
    return;
  }
  for (const Node& entry : findings->children()) {
    const auto members = read.Members(entry, kOfFinding);
    std::array<std::string, kOfFinding.size()> texts;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (members[i] == nullptr) {
        read.Report(entry, "missing-member", "a finding has `file`, `rule` and `fingerprint`");
        return;
      }
      texts[i] = read.Text(*members[i]).value_or("");
    }
    baseline.findings.insert({texts[0], texts[1], texts[2]});
  }
}

}  // namespace

KnownFinding Baseline::Key(const std::filesystem::path& file, std::string_view rule,
                           std::string_view fingerprint) const {
  return {file.lexically_relative(folder).generic_string(), std::string(rule),
          std::string(fingerprint)};
}

std::optional<Baseline> ReadBaseline(const std::string& path, const Files& files,
                                     const Session& session) {
  const ReadResult source = files.Read(path, kSuiteBytes);
  if (!source) {
    session.Fail(source.error());
    return std::nullopt;
  }
  Baseline baseline{files.Absolute(path).parent_path(), {}};
  std::vector<authz::CaseProblem> problems;
  policy::JsonResult json = policy::ReadJson(*source, policy::kSuiteLimits);
  if (json.tree) {
    const auto tree = std::make_shared<const policy::Tree>(*std::move(json.tree));
    ReadFindings(*tree, baseline, problems);
  } else {
    const std::uint32_t at = json.error->offset;
    problems.push_back({*source, {at, at}, "", "malformed", json.error->message, ""});
  }
  ReportProblems(problems, {}, session);
  if (!problems.empty()) return std::nullopt;
  return baseline;
}

std::string BaselineAsJson(const Baseline& baseline) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", kSchema).Key("findings").BeginArray();
  for (const KnownFinding& finding : baseline.findings) {
    json.BeginObject().Member("file", finding.file).Member("rule", finding.rule);
    json.Member("fingerprint", finding.fingerprint).EndObject();
  }
  json.EndArray().EndObject();
  return text;
}

}  // namespace postern::cmd
