// What a CloudTrail record says, put where the case says nothing, and held against the verdict.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "authz/diagnose/cloudtrail_event.h"
#include "authz/explain.h"
#include "authz/suites/case_file.h"
#include "policy/catalogue.h"

namespace postern::cmd {

// Requester, calls, resource, way and condition keys of the event; a layer that it blames and that
// the case does not give is unknown, and so is every key that it does not tell. The case refers to
// the event's text from then on. Adds to `notes` what the case says otherwise.
void CompleteFromEvent(const authz::CloudTrailEvent& event, const policy::Catalogue& catalogue,
                       authz::CaseFile& into, std::vector<std::string>& notes);

// The message of the event's error, with what the rest of the record tells of the same.
authz::DeniedMessage UnderstoodOf(const authz::CloudTrailEvent& event);

struct EventComparison {
  std::optional<bool> agrees;  // absent: the two cannot be compared
  std::string sentence;        // one line; "" = nothing to say
};
EventComparison CompareWithEvent(const authz::CloudTrailEvent& event,
                                 const authz::Decision& decision,
                                 std::span<const authz::LayerEvidence> layers,
                                 const std::vector<std::string_view>& not_given);

}  // namespace postern::cmd
