// Concrete requests through an endpoint, to ask its policy about: by somebody of the user's, or by
// an outsider, on a resource of either.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "authz/compile.h"
#include "authz/request.h"
#include "authz/verdict.h"
#include "policy/rule.h"

namespace postern::authz {

// An account and the organization it is in.
struct Party {
  std::string account;
  std::string organization;
};

enum class Caller : std::uint8_t {
  kInsider,    // a role of the user's account
  kOutsider,   // a role of another account in another organization
  kAnonymous,  // not signed
  kService,    // a service principal
  kFederated,  // AssumeRoleWithWebIdentity
};

struct Question {
  Caller caller = Caller::kInsider;
  std::string_view principal;  // an ARN in place of the caller's usual one; "" = that
  std::string_view action;
  std::string_view resource;
  bool resource_is_own = false;
  std::vector<Tag> tags;  // of the principal
};

struct Answer {
  Verdict verdict;
  const policy::Statement* statement;  // the first Allow that lets the request through, or null
};

class EndpointQuestions {
 public:
  // The context's document must outlive it.
  explicit EndpointQuestions(const policy::LintContext& context);

  // Whether questions have answers: an endpoint policy in which every statement is sound.
  bool answerable() const { return answerable_; }
  const Party& own() const { return own_; }
  const Party& foreign() const { return foreign_; }
  // The insiders that the policy names, and one that it does not.
  const std::vector<std::string>& insiders() const { return insiders_; }
  std::string_view outsider() const { return outsider_; }
  // The service whose requests come through: as given, or the one that all actions, `*`
  // apart, are of; "" if that is not known.
  const std::string& service() const { return service_; }
  // `{P}` is the partition, `{R}` the Region, `{A}` the account of the owner.
  std::string Fill(std::string_view pattern, bool own) const;

  // What the policy alone says. Keys that the question does not settle are unknown. Absent where
  // no such request can be.
  std::optional<Answer> Ask(const Question& question) const;
  bool Allows(const Question& question) const;
  bool Refuses(const Question& question) const;  // whatever is unknown

 private:
  void FindParties(const policy::LintContext& context);
  Request RequestOf(const Question& question) const;
  std::optional<Verdict> VerdictOn(const Question& question) const;

  const policy::PolicyDocument& document_;
  bool answerable_ = false;
  Party own_;
  Party foreign_;
  std::string partition_ = "aws";
  std::string region_ = "us-east-1";
  std::string service_;
  std::vector<std::string> insiders_;
  std::string outsider_;
  std::vector<std::string_view> keys_;  // that the document reads
  std::shared_ptr<const CompiledPolicySet> compiled_;
};

// Made by the first rule that asks, for all that ask of the same document.
const EndpointQuestions& QuestionsOf(policy::LintContext& context);

// The pattern with `*` and `?` as one letter; absent where there is text that may stand for
// anything.
std::optional<std::string> Concrete(std::string_view pattern);

// A request that the statement's Action and Resource match, as text; for `*` what the service is
// mostly used for. "" where none can be told.
struct Sample {
  std::string action;
  std::string resource;
};
std::optional<Sample> SampleOf(const EndpointQuestions& questions,
                               const policy::Catalogue& catalogue,
                               const policy::Statement& statement);

// What data can leave through, or come in by, to and from accounts of others.
struct Exit {
  std::string_view service;
  std::string_view action;
  std::string_view resource;
  bool writes;
};
std::span<const Exit> Exits();

}  // namespace postern::authz
