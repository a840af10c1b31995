#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cmd/choices.h"
#include "cmd/command.h"
#include "cmd/embedded.h"
#include "policy/suggest.h"

namespace postern::cmd {
namespace {

constexpr std::string_view kFolder = "schemas/";
constexpr std::string_view kSuffix = ".schema.json";

ExitCode RunSchema(const std::string& name, Session& session) {
  const std::vector<std::string_view> names = EmbeddedNames(kFolder, kSuffix);
  if (name.empty()) {
    for (std::string_view known : names) session.out << known << '\n';
    return ExitCode::kGood;
  }
  if (const auto text = FindEmbedded(fmt::format("{}{}{}", kFolder, name, kSuffix))) {
    session.out << *text;
    return ExitCode::kGood;
  }
  return session.Fail(fmt::format("there is no format `{}`: there are {}{}", name,
                                  fmt::join(names, ", "), policy::DidYouMean(name, names, "; ")));
}

}  // namespace

RunCommand SetUpSchema(CLI::App& app) {
  const auto name = std::make_shared<std::string>();
  app.add_option("FORMAT", *name, "its name; without one, the names are listed")
      ->type_name(Choices("TEXT", EmbeddedNames(kFolder, kSuffix)));
  return [name](Session& session) { return RunSchema(*name, session); };
}

}  // namespace postern::cmd
