// The changes that `explain` proposes, over the policies of the corpus: each lets its request
// through, and nobody else's without saying whose.
#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authz/engine.h"
#include "authz/remedy/cause.h"
#include "authz/remedy/remedy.h"
#include "authz/suites/suite.h"
#include "policy/catalogue.h"
#include "policy/kind.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/wildcard.h"
#include "policy/parse.h"
#include "tests/corpus.h"
#include "tests/differential/generate/random.h"
#include "tests/files.h"

namespace postern::authz {
namespace {

using differential::Random;

constexpr std::size_t kDenials = 200;
constexpr std::size_t kNeighbours = 50;

// ---- the corpus

struct CorpusSuite {
  std::string file;
  Suite suite;
};

// Suites that read without a problem; their requests point into them.
const std::deque<CorpusSuite>& Suites() {
  static const std::deque<CorpusSuite> kSuites = [] {
    std::deque<CorpusSuite> suites;
    for (const auto& file : testing::CorpusSuites()) {
      DocumentCache documents(testing::ReadBeside);
      std::vector<CaseProblem> problems;
      auto suite = ReadSuite(testing::ReadSuiteTree(file), documents, problems);
      if (suite) suites.push_back({file.string(), std::move(*suite)});
    }
    return suites;
  }();
  return kSuites;
}

// Text that requests made here point to.
std::string_view Keep(std::string text) {
  static std::set<std::string, std::less<>> kept;
  return *kept.insert(std::move(text)).first;
}

std::optional<Explanation> Explained(const PolicySet& policies, const Request& request) {
  const auto compiled = Compile(policies, policy::Catalogue::Embedded());
  BoundRequest bound;
  if (Bind(*compiled, request, bound)) return std::nullopt;
  return Explain(compiled, bound);
}

bool IsDenied(const std::optional<Explanation>& explanation) {
  return explanation && (explanation->decision.verdict == Verdict::kImplicitDeny ||
                         explanation->decision.verdict == Verdict::kExplicitDeny);
}

// ---- denied requests

struct Denied {
  const CorpusSuite* suite;
  const PolicySet* policies;
  Request request;
};

// A request of the suite, or one put together from two of them.
Request Drawn(const Suite& suite, std::size_t first, Random& random) {
  Request request = RequestOfCall(suite.cases[first].question, 0);
  const Request other = RequestOfCall(suite.cases[random.Below(suite.cases.size())].question, 0);
  switch (random.Below(4)) {
    case 0:
      break;
    case 1:
      request.action = other.action;
      request.resource = other.resource;
      request.resource_account_state = other.resource_account_state;
      request.resource_account = other.resource_account;
      break;
    case 2:
      request.principal = other.principal;
      break;
    default:
      request.context = other.context;
      request.values = other.values;
  }
  return request;
}

// As many of every suite, as far as it has them.
std::vector<Denied> DeniedRequests() {
  std::vector<Denied> denied;
  Random random(20'261'127);
  for (int round = 0; round < 40 && denied.size() < kDenials; ++round) {
    for (const CorpusSuite& each : Suites()) {
      if (denied.size() == kDenials) break;
      const std::size_t drawn = random.Below(each.suite.cases.size());
      const PolicySet& policies = each.suite.policies[each.suite.cases[drawn].policies];
      const Request request = Drawn(each.suite, drawn, random);
      if (IsDenied(Explained(policies, request))) denied.push_back({&each, &policies, request});
    }
  }
  return denied;
}

// ---- can a change of policies help at all?

// What a policy of that kind can say to let everything through.
DocumentPtr Open(const policy::PolicyDocument& document) {
  const policy::KindTraits& traits = policy::TraitsOf(document.kind());
  const bool is_rcp = document.kind() == policy::PolicyKind::kRcp;
  std::string statement = is_rcp ? R"({"Effect": "Deny", "Action": "s3:GetObjectTorrent")"
                                 : R"({"Effect": "Allow", "Action": "*")";
  if (traits.principal == policy::Requirement::kRequired) statement += R"(, "Principal": "*")";
  if (traits.resource != policy::Requirement::kForbidden) {
    statement +=
        is_rcp ? R"(, "Resource": "arn:aws:s3:::nothing/nothing")" : R"(, "Resource": "*")";
  }
  auto parsed = policy::ParseText(
      std::make_shared<const policy::Source>(
          "open.json", R"({"Version": "2012-10-17", "Statement": [)" + statement + "}]}"),
      document.kind());
  REQUIRE(parsed.document);
  return std::make_shared<const policy::PolicyDocument>(std::move(*parsed.document));
}

bool PoliciesCanAllow(const PolicySet& policies, const Request& request) {
  PolicySet open = policies;
  for (const DocumentPtr& document : DocumentsOf(policies)) {
    open = WithDocument(std::move(open), document, Open(*document));
  }
  const auto explanation = Explained(open, request);
  return explanation && StoppedBy(*explanation).empty();
}

// ---- what a proposal does

PolicySet With(const PolicySet& policies, const Explanation& explanation,
               const std::vector<Change>& changes) {
  PolicySet changed = policies;
  for (const Change& change : changes) {
    const DocumentPtr before = PoliciesOf(*explanation.policies, change.layer)[change.policy];
    std::string text(before->source().text());
    text.replace(change.at.begin, change.at.end - change.at.begin, change.text);
    auto parsed = policy::ParseText(
        std::make_shared<const policy::Source>(before->source().name(), std::move(text)),
        before->kind());
    REQUIRE(parsed.document);
    changed =
        WithDocument(std::move(changed), before,
                     std::make_shared<const policy::PolicyDocument>(std::move(*parsed.document)));
  }
  return changed;
}

// ---- neighbours

enum class Differs : std::uint8_t { kPrincipal, kAction, kResource };

struct Neighbour {
  Request request;
  std::set<Differs> differs;
};

void ChangePrincipal(Request& request, Random& random) {
  struct Other {
    std::string_view arn;
    std::string_view org_id;
  };
  static constexpr std::string_view kOwn = "o-a1b2c3d4e5";
  static constexpr std::string_view kForeign = "o-neighbour01";
  static constexpr Other kOthers[] = {
      {"arn:aws:iam::111122223333:role/neighbour", kOwn},
      {"arn:aws:iam::111122223333:user/neighbour", kOwn},
      {"arn:aws:sts::111122223333:assumed-role/neighbour/session", kOwn},
      {"arn:aws:iam::444455556666:role/neighbour", kOwn},
      {"arn:aws:iam::444455556666:role/neighbour", kForeign},
      {"arn:aws:iam::999988887777:user/stranger", kForeign},
      {"", kForeign}};  // anonymous
  const Other& drawn = random.Pick(kOthers);
  Principal other;
  other.kind = drawn.arn.empty() ? RequesterKind::kAnonymous : RequesterKind::kArn;
  other.arn = drawn.arn;
  if (!drawn.arn.empty()) other.org_id = drawn.org_id;
  request.principal = other;
}

void ChangeAction(Request& request, Random& random) {
  const std::string_view service = request.action.substr(0, request.action.find(':'));
  const auto actions = policy::Catalogue::Embedded().ActionsOf(service);
  if (actions.empty() || random.Chance(10)) {
    request.action = "sqs:SendMessage";
    return;
  }
  const policy::Action& other = actions[random.Below(actions.size())];
  request.action = Keep(std::string(other.service) + ":" + std::string(other.name));
}

// Another one of the same owner, or of somebody in another organization.
void ChangeResource(Request& request, Random& random) {
  const std::string was(request.resource);
  std::string others[] = {was + "x", was + "/x", was.substr(0, was.size() - 1),
                          was.substr(0, was.rfind(':') + 1) + "neighbour",
                          was.substr(0, was.rfind('/') + 1) + "neighbour"};
  if (was == "*") return;  // of calls without a resource there is no other one
  request.resource = Keep(std::move(others[random.Below(std::size(others))]));
  if (random.Chance(70)) return;
  request.resource_account_state = ResourceAccountState::kGiven;
  request.resource_account = "999988887777";
  request.resource_org_id = "o-neighbour01";
}

Neighbour NeighbourOf(const Request& request, Random& random) {
  constexpr void (*kChanges[])(Request&, Random&) = {ChangePrincipal, ChangeAction, ChangeResource};
  Neighbour neighbour{request, {}};
  Request& changed = neighbour.request;
  for (std::size_t changes = random.Chance(70) ? 1 : 2; changes > 0; --changes) {
    random.Pick(kChanges)(changed, random);
  }
  if (changed.principal.arn != request.principal.arn ||
      changed.principal.kind != request.principal.kind) {
    neighbour.differs.insert(Differs::kPrincipal);
  }
  if (!policy::EqualsIgnoreAsciiCase(changed.action, request.action)) {
    neighbour.differs.insert(Differs::kAction);
  }
  if (changed.resource != request.resource) neighbour.differs.insert(Differs::kResource);
  return neighbour;
}

// Policies of the caller are not those of another one, and what a role or a secret says of itself
// is not said of another one.
bool IsUnder(const policy::PolicyDocument& document, Layer layer, const Neighbour& neighbour) {
  const bool of_caller =
      layer == Layer::kIdentity || layer == Layer::kBoundary || layer == Layer::kSession;
  if (of_caller) return !neighbour.differs.contains(Differs::kPrincipal);
  const bool of_one_resource =
      policy::TraitsOf(document.kind()).resource == policy::Requirement::kForbidden;
  return !of_one_resource || !neighbour.differs.contains(Differs::kResource);
}

bool Says(std::string_view text, std::string_view words) {
  return text.find(words) != std::string_view::npos;
}

// Whether what the changes say that they open has the neighbour in it.
bool IsSaid(const std::vector<Change>& changes, const Neighbour& neighbour) {
  const auto said = [&changes](auto says) { return std::ranges::any_of(changes, says); };
  return std::ranges::all_of(neighbour.differs, [&](Differs differs) {
    return said([&](const Change& change) {
      const std::string_view opens = change.opens;
      if (Says(opens, "everything else that the statement denies")) return true;
      switch (differs) {
        case Differs::kPrincipal: {
          if (Says(opens, "every caller") || Says(opens, "every principal of the accounts under")) {
            return true;
          }
          const std::string_view account =
              policy::SplitArn(neighbour.request.principal.arn).account();
          return Says(opens, "every principal of account `" + std::string(account) + "`");
        }
        case Differs::kAction:
        case Differs::kResource:
          return Says(opens, "` on ");
      }
      return false;
    });
  });
}

std::string Words(const Denied& denied, const Remedy& remedy, const Neighbour& neighbour) {
  std::string words = denied.suite->file + ": " + std::string(denied.request.action) + " on " +
                      std::string(denied.request.resource) + " by " +
                      std::string(denied.request.principal.arn) + "\n";
  for (const Change& change : remedy.changes) {
    words += change.title + " (opens: " + change.opens + ")\n" + change.text + "\n";
  }
  words += "lets through " + std::string(neighbour.request.action) + " on " +
           std::string(neighbour.request.resource) + " by " +
           std::string(neighbour.request.principal.arn);
  return words;
}

// Without any one of the changes the others would not do.
void CheckThatEachIsNeeded(const Denied& denied, const Explanation& explanation,
                           const Remedy& remedy) {
  for (std::size_t left_out = 0; left_out < remedy.changes.size(); ++left_out) {
    std::vector<Change> others = remedy.changes;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
    CAPTURE(remedy.changes[left_out].title);
    const auto after = Explained(With(*denied.policies, explanation, others), denied.request);
    REQUIRE(after);
    CHECK_FALSE(StoppedBy(*after).empty());
  }
}

struct Totals {
  std::size_t can_be_allowed = 0;
  std::size_t with_proposal = 0;
  std::size_t proposals = 0;
  std::size_t neighbours = 0;
  std::size_t said = 0;
};

void CheckNeighbours(const Denied& denied, const Explanation& explanation, const Remedy& remedy,
                     Random& random, Totals& totals) {
  std::size_t asked = 0;
  for (std::size_t drawn = 0; drawn < 20 * kNeighbours && asked < kNeighbours; ++drawn) {
    const Neighbour neighbour = NeighbourOf(denied.request, random);
    if (neighbour.differs.empty()) continue;
    if (!IsDenied(Explained(*denied.policies, neighbour.request))) continue;
    ++asked;
    std::vector<Change> changes;
    for (const Change& change : remedy.changes) {
      const auto& document = *PoliciesOf(*explanation.policies, change.layer)[change.policy];
      if (IsUnder(document, change.layer, neighbour)) changes.push_back(change);
    }
    const auto after = Explained(With(*denied.policies, explanation, changes), neighbour.request);
    REQUIRE(after);
    if (!StoppedBy(*after).empty()) continue;
    ++totals.said;
    if (!IsSaid(remedy.changes, neighbour)) FAIL_CHECK(Words(denied, remedy, neighbour));
  }
  totals.neighbours += asked;
}

TEST_CASE("over the corpus, a proposed change lets the request through and says who else gets in") {
  const std::vector<Denied> all = DeniedRequests();
  REQUIRE(all.size() == kDenials);
  Random random(3);
  Totals totals;
  for (const Denied& denied : all) {
    CAPTURE(denied.suite->file);
    CAPTURE(std::string(denied.request.action));
    const auto explanation = Explained(*denied.policies, denied.request);
    const auto remedies = SmallestChanges(*denied.policies, policy::Catalogue::Embedded(), {},
                                          denied.request, *explanation);
    if (PoliciesCanAllow(*denied.policies, denied.request)) {
      ++totals.can_be_allowed;
      totals.with_proposal += remedies.empty() ? 0 : 1;
    }
    for (const Remedy& remedy : remedies) {
      ++totals.proposals;
      const auto after =
          Explained(With(*denied.policies, *explanation, remedy.changes), denied.request);
      REQUIRE(after);
      CHECK(StoppedBy(*after).empty());
      if (remedy.if_allowed_by.empty()) CHECK(after->decision.verdict == Verdict::kAllow);
      CheckThatEachIsNeeded(denied, *explanation, remedy);
      CheckNeighbours(denied, *explanation, remedy, random, totals);
    }
  }
  MESSAGE(totals.can_be_allowed << " of " << all.size()
                                << " denied requests can be allowed by policies, "
                                << totals.with_proposal << " of them have proposals: "
                                << totals.proposals << ", held against " << totals.neighbours
                                << " neighbours, of which they let " << totals.said
                                << " in and say so");
  CHECK(totals.with_proposal * 10 >= totals.can_be_allowed * 9);
}

}  // namespace
}  // namespace postern::authz
