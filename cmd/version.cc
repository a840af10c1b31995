#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cmd/command.h"
#include "cmd/output.h"
#include "cmd/render/json_writer.h"
#include "policy/catalogue.h"

namespace postern::cmd {
namespace {

std::string VersionAsText(const policy::Catalogue& catalogue, bool deterministic) {
  if (deterministic) return "postern\n";
  return fmt::format("postern {}\ncatalogue of {} (iam-data {})\n", POSTERN_VERSION,
                     catalogue.date(), catalogue.version());
}

std::string VersionAsJson(const policy::Catalogue& catalogue, bool deterministic) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", "postern/version/1");
  if (!deterministic) {
    json.Member("version", POSTERN_VERSION);
    json.Key("catalogue").BeginObject();
    json.Member("date", catalogue.date()).Member("version", catalogue.version()).EndObject();
  }
  json.EndObject();
  return text;
}

ExitCode RunVersion(const OutputOptions& options, Session& session) {
  Outputs outputs;
  if (!outputs.Open(options, session)) return ExitCode::kFailed;
  const policy::Catalogue& catalogue = policy::Catalogue::InUse();
  return outputs.Write(
      [&](Format format, bool) {
        return format == Format::kJson ? VersionAsJson(catalogue, options.deterministic)
                                       : VersionAsText(catalogue, options.deterministic);
      },
      session);
}

}  // namespace

RunCommand SetUpVersion(CLI::App& app) {
  const auto options = std::make_shared<OutputOptions>();
  AddOutputOptions(app, *options);
  return [options](Session& session) { return RunVersion(*options, session); };
}

}  // namespace postern::cmd
