// Draws an explanation: the request as understood, layer by layer, what failed and what was
// missing.
#pragma once

#include <string>
#include <vector>

#include "authz/diagnose/denied_message.h"
#include "authz/remedy/remedy.h"
#include "cmd/verdict_report.h"

namespace postern::cmd {

struct ExplanationReport {
  VerdictReport verdict;
  std::string api;                          // "" = not known
  authz::DeniedMessage message;             // empty without --message
  std::string disagreement;                 // of the message and the verdict; "" = none
  std::vector<std::string_view> not_given;  // layers that the case says nothing of
  std::string cause;                        // one sentence
  std::vector<std::string> notes;
  std::vector<authz::Remedy> remedies;  // what would let the deciding call through
};

std::string ExplanationAsText(const ExplanationReport& report, bool color);
std::string ExplanationAsJson(const ExplanationReport& report);

}  // namespace postern::cmd
