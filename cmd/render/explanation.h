// Draws an explanation: the request as understood, layer by layer, what failed and what was
// missing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "authz/diagnose/denied_message.h"
#include "authz/diagnose/flow_match.h"
#include "authz/diagnose/flow_summary.h"
#include "authz/remedy/remedy.h"
#include "cmd/event_case.h"
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
  std::vector<authz::Remedy> remedies;            // what would let the deciding call through
  const authz::CloudTrailEvent* event = nullptr;  // of `--event`; must outlive the report
  EventComparison comparison;                     // with the event
  std::optional<authz::FlowFindings> flows;       // of `--flow-log`
};

// The answers to the events of one file.
struct ExplanationList {
  std::vector<ExplanationReport> reports;
  std::size_t records = 0;
  std::size_t refused = 0;
  std::size_t not_shown = 0;    // beyond the limit
  std::size_t let_through = 0;  // not explained, as others were refused
};

std::string ExplanationAsText(const ExplanationReport& report, bool color);
std::string ExplanationAsJson(const ExplanationReport& report);
// One after the other, each under a line that names its event.
std::string ExplanationsAsText(const ExplanationList& list, bool color);
std::string ExplanationsAsJson(const ExplanationList& list);

// A flow log by itself.
std::string FlowSummaryAsText(const authz::FlowSummary& summary, bool color);
std::string FlowSummaryAsJson(const authz::FlowSummary& summary);

// Each as a page of its own, see html/page.h. They tell what the texts tell.
std::string ExplanationAsHtml(const ExplanationReport& report);
std::string ExplanationsAsHtml(const ExplanationList& list);
std::string FlowSummaryAsHtml(const authz::FlowSummary& summary);

// Sentences that text and page share.
std::string RefusedInSomeWay(const VerdictReport& report);   // "" unless the verdict is unknown
std::string EventEnd(const authz::CloudTrailEvent& event);   // "refused (AccessDenied)"
std::string ListFigures(const ExplanationList& list);        // "3 records: 2 refused, 2 explained"
std::string FlowFigures(const authz::FlowSummary& summary);  // "9 records: 7 accepted, 2 rejected"
std::string_view WhatStopped(const authz::FlowGroup& group);

}  // namespace postern::cmd
