#include "authz/suites/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <utility>

#include "authz/suites/matrix.h"
#include "authz/suites/read_policies.h"
#include "authz/suites/read_request.h"
#include "authz/suites/reading.h"

namespace postern::authz {

using policy::Node;
using policy::NodeKind;

namespace {

constexpr std::uint64_t kMostCells = 1'000'000;
// What a suite may grow to: bytes, roughly.
constexpr std::uint64_t kMostBytes = std::uint64_t{4} << 30;
constexpr std::uint64_t kBytesPerCase = 1024;
constexpr std::uint64_t kBytesPerNode = 32;
// Cells of one row say the same again and again: enough is enough.
constexpr std::size_t kMostProblemsOfRow = 50;

constexpr std::array<std::string_view, 3> kStatuses = {"documented", "observed", "inferred"};

enum EntryMember : std::size_t {
  kName,
  kRequest,
  kExpect,
  kPolicies,
  kOrganization,
  kLayers,
  kTags,
  kSkip,
  kTodo,
  kWhy,
  kTitle,
  kSource,
  kStatus,
  kRules,
  kEntryMemberCount,
};
constexpr std::array<std::string_view, kEntryMemberCount> kEntryNames = {
    "name", "request", "expect", "policies", "organization", "layers", "tags",
    "skip", "todo",    "why",    "title",    "source",       "status", "rules"};

// A matrix row has the members of a case and those of a request.
constexpr auto kRowNames = [] {
  std::array<std::string_view, kEntryMemberCount + kRequestMemberCount> names{};
  std::ranges::copy(kEntryNames, names.begin());
  std::ranges::copy(kRequestMembers, names.begin() + kEntryMemberCount);
  return names;
}();

using EntryMembers = MemberArray<kEntryMemberCount>;
using RequestMembers = MemberArray<kRequestMemberCount>;

// Two objects with one text mean one policy set, so that it is compiled once.
void AppendContent(const Node* node, std::string& key) {
  if (node == nullptr) {
    key += "-\n";
    return;
  }
  for (const Node* each = node; each != node + node->span; ++each) {
    key += fmt::format("{} {} {}:{}{}:{}\n", static_cast<int>(each->kind), each->count,
                       each->key.size(), each->key, each->text.size(), each->text);
  }
}

class SuiteReader {
 public:
  SuiteReader(std::shared_ptr<const policy::Tree> tree, DocumentCache& documents,
              std::vector<CaseProblem>& problems)
      : tree_(std::move(tree)), documents_(documents), read_(tree_.get(), problems) {}

  std::optional<Suite> Read();

 private:
  // What a case says beside its request, and what every cell of a row shares.
  struct Common {
    SuiteCase settings;
    LayerMask layers = LayerMask::All();
    std::optional<Expectation> expect;
    const Node* place;
  };

  void ReadVersion(const Node* version);
  std::string OptionalText(const Node* node);
  std::vector<std::string> OptionalTexts(const Node* node);
  void CheckStatus(const Node* status);
  void ReadReason(const Node* node, std::string& reason);
  void ReadDefaults(const Node& defaults);
  void ReadCases(const Node& cases);
  void ReadMatrix(const Node& matrix);
  void ReadRow(const Node& row);
  Common ReadCommon(const Node& entry, const EntryMembers& members);
  std::uint32_t PoliciesOf(const Node* policies, const Node* organization);
  RequestMembers ReadRequestMembers(const Node* request);
  bool Afford(const Node& place, std::uint64_t cells, std::uint64_t nodes_per_cell,
              std::uint64_t name_length, const Common& common);
  void AddCase(const Common& common, std::string name, const RequestParts& parts);

  const std::shared_ptr<const policy::Tree> tree_;
  DocumentCache& documents_;
  Reading read_;
  Suite suite_;
  SuiteCase inherited_;  // what the suite says for all its cases
  LayerMask layers_ = LayerMask::All();
  const Node* principals_ = nullptr;
  RequestMembers defaults_{};
  std::uint64_t default_nodes_ = 0;
  std::uint64_t matrix_cells_ = 0;
  std::uint64_t bytes_ = 0;
  std::map<std::string, std::uint32_t> overrides_;
  std::unordered_set<std::string> names_;
};

std::optional<Suite> SuiteReader::Read() {
  static constexpr std::array<std::string_view, 19> kNames = {
      "$schema",    "version",  "suite",  "title",  "source",    "status",   "rules",
      "why",        "tags",     "layers", "skip",   "todo",      "policies", "organization",
      "principals", "defaults", "cases",  "matrix", "parameters"};
  const Node& root = tree_->root();
  const auto [schema, version, name, title, source, status, rules, why, tags, layers, skip, todo,
              policies, organization, principals, defaults, cases, matrix, parameters] =
      read_.Members(root, kNames);
  if (!root.IsObject()) return std::nullopt;
  read_.ReportDuplicates(root);
  suite_.tree = tree_;
  OptionalText(schema);
  ReadVersion(version);
  suite_.name = name ? OptionalText(name) : tree_->source().name();
  suite_.title = OptionalText(title);
  suite_.source = OptionalText(source);
  suite_.status = OptionalText(status);
  CheckStatus(status);
  suite_.rules = OptionalTexts(rules);
  OptionalText(why);
  inherited_.tags = OptionalTexts(tags);
  ReadReason(skip, inherited_.skip);
  ReadReason(todo, inherited_.todo);
  if (layers) {
    layers_ = ReadLayers(*tree_, *layers, read_.problems()).value_or(LayerMask::All());
  }
  PolicySet& base = suite_.policies.emplace_back();
  if (policies) ReadPoliciesOver(tree_, *policies, documents_, base, read_.problems());
  if (organization) ReadOrganizationOver(*tree_, *organization, base, read_.problems());
  if (principals) {
    Case scratch;
    CheckPrincipals(*principals, scratch, read_);
    principals_ = principals;
  }
  if (defaults) ReadDefaults(*defaults);
  if (cases) ReadCases(*cases);
  if (matrix) ReadMatrix(*matrix);
  if (read_.clean() && suite_.cases.empty()) {
    read_.Report(root, "empty-suite", "the suite has no cases");
  }
  if (read_.clean()) return std::move(suite_);
  DropRepeated(read_.problems());
  return std::nullopt;
}

void SuiteReader::ReadVersion(const Node* version) {
  if (version == nullptr) {
    read_.Report(tree_->root(), "missing-member", "the suite has no `version`", "write version: 1");
  } else if (version->kind != NodeKind::kNumber) {
    read_.ReportType(*version, "a number");
  } else if (version->text != "1") {
    read_.Report(*version, "unsupported-version",
                 fmt::format("version {} of suites is not known here", version->text),
                 "version 1 is");
  }
}

std::string SuiteReader::OptionalText(const Node* node) {
  return node ? std::string(read_.Text(*node).value_or("")) : std::string();
}

std::vector<std::string> SuiteReader::OptionalTexts(const Node* node) {
  std::vector<std::string_view> texts;
  if (node) read_.Texts(*node, texts);
  return {texts.begin(), texts.end()};
}

void SuiteReader::CheckStatus(const Node* status) {
  if (status == nullptr || !status->IsString() || status->text.empty()) return;
  if (std::ranges::find(kStatuses, status->text) != kStatuses.end()) return;
  read_.Report(*status, "bad-status", fmt::format("`{}` is not a status", status->text),
               "documented, observed or inferred");
}

void SuiteReader::ReadReason(const Node* node, std::string& reason) {
  if (node && read_.CheckWord(*node)) reason = OptionalText(node);
}

void SuiteReader::ReadDefaults(const Node& defaults) {
  static constexpr std::array<std::string_view, 1> kNames = {"request"};
  const auto [request] = read_.Members(defaults, kNames);
  defaults_ = ReadRequestMembers(request);
  if (request) default_nodes_ = request->span;
}

RequestMembers SuiteReader::ReadRequestMembers(const Node* request) {
  return request ? read_.Members(*request, kRequestMembers) : RequestMembers{};
}

std::uint32_t SuiteReader::PoliciesOf(const Node* policies, const Node* organization) {
  if (policies == nullptr && organization == nullptr) return 0;
  std::string key;
  AppendContent(policies, key);
  AppendContent(organization, key);
  const auto [known, is_new] =
      overrides_.try_emplace(std::move(key), static_cast<std::uint32_t>(suite_.policies.size()));
  if (!is_new) return known->second;
  PolicySet set = suite_.policies.front();
  if (policies) ReadPoliciesOver(tree_, *policies, documents_, set, read_.problems());
  if (organization) ReadOrganizationOver(*tree_, *organization, set, read_.problems());
  suite_.policies.push_back(std::move(set));
  return known->second;
}

SuiteReader::Common SuiteReader::ReadCommon(const Node& entry, const EntryMembers& members) {
  Common common;
  common.place = &entry;
  SuiteCase& settings = common.settings;
  settings.range = entry.range;
  settings.policies = PoliciesOf(members[kPolicies], members[kOrganization]);
  settings.tags = inherited_.tags;
  for (std::string& tag : OptionalTexts(members[kTags])) settings.tags.push_back(std::move(tag));
  settings.skip = inherited_.skip;
  settings.todo = inherited_.todo;
  ReadReason(members[kSkip], settings.skip);
  ReadReason(members[kTodo], settings.todo);
  settings.why = OptionalText(members[kWhy]);
  OptionalText(members[kTitle]);
  OptionalText(members[kSource]);
  OptionalText(members[kStatus]);
  CheckStatus(members[kStatus]);
  settings.rules = OptionalTexts(members[kRules]);
  common.layers = layers_;
  if (const Node* layers = members[kLayers]) {
    common.layers = ReadLayers(*tree_, *layers, read_.problems()).value_or(LayerMask::All());
  }
  if (const Node* expect = members[kExpect]) {
    common.expect = ReadExpectation(*tree_, *expect, read_.problems());
  } else if (entry.IsObject()) {
    read_.Report(entry, "missing-member", "the case has no `expect`");
  }
  if (!members[kName] && entry.IsObject()) {
    read_.Report(entry, "missing-member", "the case has no `name`");
  }
  return common;
}

bool SuiteReader::Afford(const Node& place, std::uint64_t cells, std::uint64_t nodes_per_cell,
                         std::uint64_t name_length, const Common& common) {
  const SuiteCase& settings = common.settings;
  std::uint64_t bytes = kBytesPerCase + kBytesPerNode * (nodes_per_cell + default_nodes_) +
                        name_length + settings.skip.size() + settings.todo.size() +
                        settings.why.size();
  for (const auto* texts : {&settings.tags, &settings.rules}) {
    for (const std::string& text : *texts) bytes += kBytesPerNode + text.size();
  }
  if (bytes > kMostBytes / cells || bytes_ + bytes * cells > kMostBytes) {
    read_.Report(place, "too-large", "the suite is too large: its cases repeat too much text");
    return false;
  }
  bytes_ += bytes * cells;
  return true;
}

void SuiteReader::AddCase(const Common& common, std::string name, const RequestParts& parts) {
  if (!names_.insert(name).second) {
    read_.Report(*common.place, "duplicate-name",
                 fmt::format("there is another case with the name `{}`", name));
    return;
  }
  SuiteCase& test = suite_.cases.emplace_back(SuiteCase{});
  const SuiteCase& settings = common.settings;
  test.range = settings.range;
  test.policies = settings.policies;
  test.tags = settings.tags;
  test.skip = settings.skip;
  test.todo = settings.todo;
  test.why = settings.why;
  test.rules = settings.rules;
  test.question.tree = tree_;
  ReadRequestParts(parts, principals_, test.question, read_, Completeness::kWhole);
  CheckRoute(suite_.policies[settings.policies], parts, test.question, read_);
  test.question.request.layers = common.layers;
  test.question.id = name;
  test.name = std::move(name);
  if (common.expect) test.question.expect = *common.expect;
}

void SuiteReader::ReadCases(const Node& cases) {
  if (!cases.IsArray()) {
    read_.ReportType(cases, "a list of cases");
    return;
  }
  for (const Node& entry : cases.children()) {
    const EntryMembers members = read_.Members(entry, kEntryNames);
    if (!entry.IsObject()) continue;
    const Common common = ReadCommon(entry, members);
    RequestParts parts{&entry, ReadRequestMembers(members[kRequest]), {}};
    parts.Default(defaults_);
    const auto name = members[kName] ? read_.Text(*members[kName]) : std::nullopt;
    if (!Afford(entry, 1, entry.span, 0, common)) return;
    AddCase(common, std::string(name.value_or(fmt::format("/cases at {}", entry.range.begin))),
            parts);
  }
}

void SuiteReader::ReadMatrix(const Node& matrix) {
  if (!matrix.IsArray()) {
    read_.ReportType(matrix, "a list of rows");
    return;
  }
  for (const Node& row : matrix.children()) ReadRow(row);
}

void SuiteReader::ReadRow(const Node& row) {
  const auto members = read_.Members(row, kRowNames);
  if (!row.IsObject()) return;
  EntryMembers entry{};
  RequestMembers varying{};
  std::ranges::copy_n(members.begin(), kEntryMemberCount, entry.begin());
  std::ranges::copy_n(members.begin() + kEntryMemberCount, kRequestMemberCount, varying.begin());
  const RequestMembers fixed = ReadRequestMembers(entry[kRequest]);
  for (std::size_t i = 0; i < kRequestMemberCount; ++i) {
    if (fixed[i] == nullptr || varying[i] == nullptr) continue;
    read_.ReportKey(*varying[i], "contradiction",
                    fmt::format("`{}` is given in the row and in its request", kRequestMembers[i]));
  }

  const Common common = ReadCommon(row, entry);
  const Matrix matrix(varying, read_);
  const auto name = entry[kName] ? read_.Text(*entry[kName]) : std::nullopt;
  if (!name || matrix.cells() == 0) return;
  const NameTemplate names(*entry[kName], matrix, read_);
  if (matrix.cells() > kMostCells || matrix_cells_ + matrix.cells() > kMostCells) {
    read_.Report(row, "too-many-cells", "the matrices of a suite may have 1,000,000 cells");
    return;
  }
  matrix_cells_ += matrix.cells();
  const std::uint64_t request_nodes = entry[kRequest] ? entry[kRequest]->span : 0;
  if (!Afford(row, matrix.cells(), matrix.nodes_per_cell() + request_nodes, names.longest(),
              common)) {
    return;
  }
  const std::size_t before = read_.problems().size();
  for (std::uint64_t cell = 0; cell < matrix.cells(); ++cell) {
    RequestParts parts{&row, matrix.Cell(cell), {}};
    for (std::size_t i = 0; i < kRequestMemberCount; ++i) {
      if (parts.members[i] == nullptr) parts.members[i] = fixed[i];
    }
    parts.Default(defaults_);
    AddCase(common, names.Of(parts), parts);
    if (read_.problems().size() - before >= kMostProblemsOfRow) return;
  }
}

}  // namespace

std::optional<Suite> ReadSuite(std::shared_ptr<const policy::Tree> tree, DocumentCache& documents,
                               std::vector<CaseProblem>& problems, const ParameterValues& values) {
  FilledSuite filled = FillParameters(std::move(tree), values, problems);
  if (filled.tree == nullptr) return std::nullopt;
  std::optional<Suite> suite = SuiteReader(std::move(filled.tree), documents, problems).Read();
  if (!suite) return std::nullopt;
  suite->parameters = std::move(filled.parameters);
  suite->untold = std::move(filled.untold);
  return suite;
}

std::vector<std::string> UntoldIn(const Suite& suite, const SuiteCase& test) {
  ParameterSet untold = suite.untold.shared;
  const std::vector<Untold::Text>& texts = suite.untold.of_cases;
  for (auto text = std::ranges::lower_bound(texts, test.range.begin, {}, &Untold::Text::place);
       text != texts.end() && text->place < test.range.end; ++text) {
    untold |= text->parameters;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < suite.parameters.size(); ++i) {
    if (untold.test(i)) names.push_back(suite.parameters[i]);
  }
  return names;
}

}  // namespace postern::authz
