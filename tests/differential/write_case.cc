#include "tests/differential/write_case.h"

#include <fmt/format.h>
#include <rapidjson/prettywriter.h>

#include <fstream>
#include <string>

#include "tests/differential/documents.h"
#include "tests/differential/examined.h"

namespace postern::differential {
namespace {

bool WriteFile(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text << '\n';
  return static_cast<bool>(out.flush());
}

std::string PrettyPrint(const Json& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

// What the case expects: the reference evaluator's answer if it has a verdict.
std::string Expectation(const std::string& text) {
  const Examined examined(text);
  const Answer reference = AskReference(examined.for_reference, 0);
  const Answer expected = reference.IsError() ? examined.answers.front() : reference;
  std::string by;
  for (const std::string& layer : expected.decided_by) by += (by.empty() ? "" : ", ") + layer;
  return fmt::format("{{verdict: {}, by: [{}]}}", expected.verdict, by);
}

}  // namespace

bool WriteCase(const std::filesystem::path& folder, const Failure& failure) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return false;
  JsonDocument json;
  json.Parse(failure.text.data(), failure.text.size());
  const std::string expectation = Expectation(failure.text);

  bool written = true;
  for (const DocumentPlace& place : DocumentsOf(json["policies"])) {
    const std::string file = fmt::format("{}-{}.json", LayerName(place.layer), place.policy + 1);
    written &= WriteFile(folder / file, PrettyPrint(*place.document));
    *place.document = MakeText(file, json.GetAllocator());
  }
  // JSON is YAML; quoting `why` as JSON keeps whatever stands in it.
  std::string text = fmt::format(
      "version: 1\nsuite: a generated case\ntitle: {}\nsource: tests/differential\n"
      "status: inferred\nrules: []\nwhy: {}\npolicies: {}\n",
      Print(MakeText(failure.rule, json.GetAllocator())),
      Print(MakeText(failure.what, json.GetAllocator())), Print(json["policies"]));
  if (const Json* organization = Find(json, "organization")) {
    text += fmt::format("organization: {}\n", Print(*organization));
  }
  text += fmt::format(
      "cases:\n  - name: as generated\n    todo: decide which is right\n    request: {}\n"
      "    expect: {}",
      Print(json["requests"][0]), expectation);
  return written && WriteFile(folder / "case.ptest.yaml", text);
}

}  // namespace postern::differential
