#include "cmd/render/result_line.h"

#include <array>
#include <charconv>

#include "cmd/render/json_writer.h"

namespace postern::cmd {
namespace {

void AppendNumber(std::string& out, unsigned number) {
  std::array<char, 10> digits{};
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), result.ptr);
}

// Names that need no escapes.
void AppendName(std::string& out, char before, std::string_view name) {
  out += before;
  out += '"';
  out += name;
  out += '"';
}

void AppendStatements(std::string& out, const authz::CompiledPolicySet& policies,
                      const authz::Decision& decision) {
  bool any = false;
  for (std::size_t i = 0; i < authz::kLayerCount; ++i) {
    const auto layer = static_cast<authz::Layer>(i);
    const authz::StatementRef& ref = decision.StatementOf(layer);
    if (!decision.decided_by.Has(layer) || !ref.present()) continue;
    out += any ? "," : ",\"statements\":[";
    any = true;
    AppendName(out += "{\"layer\"", ':', authz::LayerName(layer));
    out += ",\"policy\":";
    AppendNumber(out, ref.policy);
    const policy::Statement* statement = authz::StatementAt(policies, layer, ref);
    if (statement != nullptr && statement->sid != nullptr) {
      out += ",\"sid\":";
      AppendJsonString(out, statement->sid->text);
    }
    out += ",\"index\":";
    AppendNumber(out, ref.statement);
    out += '}';
  }
  if (any) out += ']';
}

void AppendMissing(std::string& out, const authz::CompiledPolicySet& policies,
                   const authz::Decision& decision) {
  out += ",\"missing\":[";
  bool first = true;
  for (const std::string& name : authz::MissingNames(policies, decision.missing)) {
    if (!first) out += ',';
    AppendJsonString(out, name);
    first = false;
  }
  out += ']';
}

void AppendAssumed(std::string& out, const authz::AssumptionSet& assumed,
                   const std::vector<std::string>& of_api) {
  char before = '[';
  out += ",\"assumed\":";
  for (std::size_t i = 0; i < authz::kAssumptionCount; ++i) {
    const auto assumption = static_cast<authz::Assumption>(i);
    if (!assumed.Has(assumption)) continue;
    AppendName(out, before, authz::AssumptionName(assumption));
    before = ',';
  }
  for (const std::string& name : of_api) {
    AppendName(out, before, name);
    before = ',';
  }
  out += ']';
}

}  // namespace

void AppendResultLine(std::string& out, std::string_view id,
                      const authz::CompiledPolicySet& policies, const authz::Decision& decision,
                      const std::vector<std::string>& assumed_of_api) {
  out += "{\"id\":";
  if (id.empty()) {
    out += "null";
  } else {
    AppendJsonString(out, id);
  }
  AppendName(out += ",\"verdict\"", ':', authz::VerdictName(decision.verdict));
  out += ",\"decided_by\":[";
  bool first = true;
  for (std::size_t i = 0; i < authz::kLayerCount; ++i) {
    const auto layer = static_cast<authz::Layer>(i);
    if (!decision.decided_by.Has(layer)) continue;
    if (!first) out += ',';
    out += '"';
    out += authz::LayerName(layer);
    out += '"';
    first = false;
  }
  out += ']';
  AppendStatements(out, policies, decision);
  if (decision.verdict == authz::Verdict::kUnknown) AppendMissing(out, policies, decision);
  if (!decision.assumed.empty() || !assumed_of_api.empty()) {
    AppendAssumed(out, decision.assumed, assumed_of_api);
  }
  out += "}\n";
}

}  // namespace postern::cmd
