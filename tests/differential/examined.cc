#include "tests/differential/examined.h"

namespace postern::differential {
namespace {

std::vector<std::string> AbsentKeys(const authz::Request& request) {
  std::vector<std::string> keys;
  for (const authz::ContextEntry& entry : request.context) {
    if (!entry.unknown && entry.count == 0) keys.emplace_back(entry.key);
  }
  return keys;
}

}  // namespace

Examined::Examined(const std::string& text) : engine(text) {
  json.Parse(text.data(), text.size());
  for_reference.Parse<rapidjson::kParseNumbersAsStringsFlag>(text.data(), text.size());
  for (std::size_t i = 0; i < engine.size(); ++i) {
    const bool decided = engine.Ask(i);
    answers.push_back(engine.answer());
    decisions.push_back(engine.decision());
    absent_keys.push_back(AbsentKeys(engine.request()));
    explanations.emplace_back();
    if (decided) explanations.back() = engine.Explain();
  }
}

}  // namespace postern::differential
