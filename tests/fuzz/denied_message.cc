// An AccessDenied text as `postern explain --message` takes it.
#include "authz/diagnose/denied_message.h"

#include "cmd/message_case.h"
#include "policy/catalogue.h"
#include "policy/json_tree.h"
#include "tests/fuzz/decide.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"

namespace postern::fuzz {

void CheckDeniedMessage(std::string_view bytes) {
  const authz::DeniedMessage message = authz::ReadDeniedMessage(bytes);
  Require(message.authorization_failure || !message.note.empty(),
          "no authorization failure, and nothing says why");
  Require(message.authorization_failure || (!message.layer && !message.denial),
          "a layer refused what nobody refused");
  for (const std::string* text : {&message.error_code, &message.api, &message.action}) {
    Require(text->find('\n') == text->npos, "a name of two lines");
  }

  constexpr std::string_view kCase = R"({"policies": {"identity": "role.json"}})";
  auto read = policy::ReadJson(std::make_shared<const policy::Source>("case", std::string(kCase)));
  authz::DocumentCache documents(AnyPolicyFile());
  std::vector<authz::CaseProblem> problems;
  auto the_case = authz::ReadCase(std::make_shared<const policy::Tree>(*std::move(read.tree)),
                                  documents, problems, authz::Completeness::kPartial);
  Require(the_case.has_value(), "the empty case is not read");
  cmd::CompleteFromMessage(message, policy::Catalogue::Embedded(), *the_case);
  if (the_case->question.request.action.empty()) return;
  const auto decision = DecideAlike(the_case->policies, the_case->question, {true});
  if (decision)
    cmd::Disagreement("message", message, *decision, {}, cmd::LayersNotGiven(*the_case));
}

std::vector<std::string> DeniedMessageSeeds(const std::filesystem::path& root) {
  std::vector<std::string> seeds = LiteralsIn(root / "tests/authz/diagnose/denied_message_test.cc");
  for (std::string& text : StringsOf(root / "corpus/events")) {
    if (text.find("authorized") != text.npos) seeds.push_back(std::move(text));
  }
  return seeds;
}

}  // namespace postern::fuzz
