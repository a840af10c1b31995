#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/installed_catalogue.h"
#include "cmd/output.h"
#include "cmd/render/catalog_page.h"
#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/suggest.h"

namespace postern::cmd {
namespace {

using policy::Catalogue;

struct Options {
  std::string what;
  std::string name;
  OutputOptions output;
};

std::string_view ServiceNamed(const Catalogue& catalogue, std::string_view name) {
  for (const std::string_view service : catalogue.Services()) {
    if (policy::EqualsIgnoreAsciiCase(service, name)) return service;
  }
  return {};
}

ExitCode Unknown(const Catalogue& catalogue, std::string_view name, Session& session) {
  const std::size_t colon = name.find(':');
  std::vector<std::string_view> known = catalogue.Services();
  std::string_view part = name.substr(0, colon);
  std::string_view what = "service";
  if (colon != name.npos && !ServiceNamed(catalogue, part).empty()) {
    known.clear();
    for (const policy::Action& action : catalogue.ActionsOf(part)) known.push_back(action.name);
    part = name.substr(colon + 1);
    what = "action or condition key";
  }
  return session.Fail(
      fmt::format("there is no {} `{}`{}", what, name, policy::DidYouMean(part, known, "; ")));
}

ExitCode Show(const std::string& name, const Outputs& outputs, Session& session) {
  const Catalogue& catalogue = Catalogue::InUse();
  const auto write = [&](const auto& as_json, const auto& as_text) {
    return outputs.Write(
        [&](Format format, bool color) {
          return format == Format::kJson ? as_json() : as_text(color);
        },
        session);
  };
  const std::size_t colon = name.find(':');
  if (colon == name.npos) {
    const std::string_view service = ServiceNamed(catalogue, name);
    if (service.empty()) return Unknown(catalogue, name, session);
    return write([&] { return ServiceAsJson(catalogue, service); },
                 [&](bool color) { return ServiceAsText(catalogue, service, color); });
  }
  if (const auto action = catalogue.FindAction(name.substr(0, colon), name.substr(colon + 1))) {
    return write([&] { return ActionAsJson(catalogue, *action); },
                 [&](bool color) { return ActionAsText(catalogue, *action, color); });
  }
  if (const auto key = catalogue.FindConditionKey(name)) {
    return write([&] { return ConditionKeyAsJson(*key); },
                 [&](bool color) { return ConditionKeyAsText(*key, color); });
  }
  return Unknown(catalogue, name, session);
}

ExitCode Info(const Catalogue& catalogue, std::string_view file, const Outputs& outputs,
              Session& session) {
  return outputs.Write(
      [&](Format format, bool) {
        return format == Format::kJson ? CatalogInfoAsJson(catalogue, file)
                                       : CatalogInfoAsText(catalogue, file);
      },
      session);
}

// A file, or the catalogue in use.
ExitCode Verify(const std::string& file, const Outputs& outputs, Session& session) {
  if (file.empty()) {
    const auto whole = Catalogue::Open(Catalogue::InUse().bytes());
    if (!whole) return session.Fail("the catalogue in use is damaged");
    return Info(*whole, CatalogueInUseFrom(), outputs, session);
  }
  const Files files(session.directory, session.in);
  const ReadResult read = files.Read(file, kContainerBytes);
  if (!read) return session.Fail(read.error());
  const auto whole = Catalogue::Open((*read)->text());
  if (!whole) {
    return session.Fail(
        fmt::format("`{}` is not a whole catalogue of the version read here", file));
  }
  return Info(*whole, file, outputs, session);
}

ExitCode Update(const std::string& file, const Outputs& outputs, Session& session) {
  if (file.empty()) {
    return session.Fail("say which catalogue to use from now on: a file, or `built-in`");
  }
  const auto installed = InstallCatalogue(file, session);
  if (!installed) return session.Fail(installed.error());
  if (!session.quiet) {
    session.err << fmt::format("the catalogue of {} takes the place of the one of {}{}{}\n",
                               installed->catalogue.date(), installed->before,
                               installed->path.empty() ? "" : ": ", installed->path.string());
  }
  return Info(installed->catalogue, installed->path.string(), outputs, session);
}

ExitCode RunCatalog(const Options& options, Session& session) {
  Outputs outputs;
  if (!outputs.Open(options.output, session)) return ExitCode::kFailed;
  if (options.what == "show") {
    if (options.name.empty()) {
      return session.Fail("say what to show: a service, `SERVICE:Action`, or a condition key");
    }
    return Show(options.name, outputs, session);
  }
  if (options.what == "update") return Update(options.name, outputs, session);
  if (options.what == "verify") return Verify(options.name, outputs, session);
  if (!options.name.empty()) return session.Fail("`catalog info` takes no name");
  return Info(Catalogue::InUse(), CatalogueInUseFrom(), outputs, session);
}

}  // namespace

RunCommand SetUpCatalog(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("WHAT", options->what,
                 "info: of which day, how much; show: a service, an action or a condition key; "
                 "verify: is it whole? update: use another one from now on")
      ->required()
      ->check(CLI::IsMember({"info", "show", "verify", "update"}));
  app.add_option("NAME", options->name,
                 "show: s3, s3:GetObject or aws:SourceVpce; verify: a file, else the one in use; "
                 "update: the file that a newer build packed, or `built-in`");
  AddOutputOptions(app, options->output);
  return [options](Session& session) { return RunCatalog(*options, session); };
}

}  // namespace postern::cmd
