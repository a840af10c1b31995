// What an AccessDenied text says, put where the case says nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "authz/diagnose/denied_message.h"
#include "authz/explain.h"
#include "authz/suites/case_file.h"
#include "policy/catalogue.h"

namespace postern::cmd {

// Principal, action and resource from the message; a layer that the message blames and the case
// does not give is unknown, and so is every key that the case does not give and that nothing else
// tells. The case refers to the message's text from then on.
void CompleteFromMessage(const authz::DeniedMessage& message, const policy::Catalogue& catalogue,
                         authz::CaseFile& into);

// Layers that the case says nothing of.
std::vector<std::string_view> LayersNotGiven(const authz::CaseFile& file);

// One sentence where the verdict is another than the message's or, if that is unknown, what the
// layer says that the message blames; "" where they agree or cannot be compared. `source`: what the
// message is called, "message" or "event". `layers`: of the call that decides.
std::string Disagreement(std::string_view source, const authz::DeniedMessage& message,
                         const authz::Decision& decision,
                         std::span<const authz::LayerEvidence> layers,
                         const std::vector<std::string_view>& not_given);

// A layer that was said to refuse exists: unless the case gives it, it is unknown.
void Blame(authz::Layer layer, authz::CaseFile& into);

// An action without resource types is asked on `*`.
bool IsAccountLevel(std::string_view action, const policy::Catalogue& catalogue);

}  // namespace postern::cmd
