#include "cmd/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <system_error>

#include "cmd/choices.h"
#include "cmd/replace_file.h"
#include "policy/suggest.h"

namespace postern::cmd {
namespace {

constexpr std::array<std::string_view, 7> kFormatNames{"text",   "json", "sarif", "junit",
                                                       "github", "tap",  "html"};

std::vector<std::string_view> NamesOf(std::span<const Format> formats) {
  std::vector<std::string_view> names;
  for (Format format : formats) names.push_back(kFormatNames[static_cast<std::size_t>(format)]);
  return names;
}

// Devices and pipes take the text as it comes; a file is the old one until it is the new one.
std::optional<std::string> Put(const std::filesystem::path& path, std::string_view text) {
  std::error_code none;
  const auto type = std::filesystem::status(path, none).type();
  if (type != std::filesystem::file_type::character && type != std::filesystem::file_type::fifo) {
    return ReplaceFile(path, text);
  }
  errno = 0;
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream.fail()) return std::nullopt;
  return std::generic_category().message(errno == 0 ? EIO : errno);
}

}  // namespace

void AddOutputOptions(CLI::App& app, OutputOptions& options, std::span<const Format> formats) {
  app.add_option("-f,--format", options.formats,
                 "what is written to standard output; text when left out")
      ->type_name(Choices("FORMAT", NamesOf(formats)))
      ->allow_extra_args(false);
  app.add_option("-o,--output", options.outputs, "a format and where it goes; may be repeated")
      ->type_name("FORMAT[=FILE]")
      ->allow_extra_args(false);
  app.add_flag("--deterministic", options.deterministic, "leave out times and tool versions");
}

bool Outputs::Open(const OutputOptions& options, Session& session,
                   std::span<const Format> formats) {
  const std::vector<std::string_view> names = NamesOf(formats);
  std::vector<std::string> specs = options.formats;
  specs.insert(specs.end(), options.outputs.begin(), options.outputs.end());
  if (specs.empty()) {
    const char* from_environment = std::getenv("POSTERN_FORMAT");
    const bool set = from_environment != nullptr && *from_environment != '\0';
    specs.emplace_back(set ? from_environment : "text");
  }
  for (const std::string& spec : specs) {
    const std::size_t equals = spec.find('=');
    const std::string_view name = std::string_view(spec).substr(0, equals);
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
      session.Fail(fmt::format("`{}` is not a format: there are {}{}", name, fmt::join(names, ", "),
                               policy::DidYouMean(name, names, "; ")));
      return false;
    }
    Output output{formats[static_cast<std::size_t>(found - names.begin())],
                  equals == spec.npos ? std::string() : spec.substr(equals + 1)};
    if (equals != spec.npos && output.file.empty()) {
      session.Fail(fmt::format("`{}` names no file", spec));
      return false;
    }
    if (output.file == "-") output.file.clear();
    const auto same = [&](const Output& other) { return other.file == output.file; };
    if (std::any_of(outputs_.begin(), outputs_.end(), same)) {
      session.Fail(output.file.empty() ? "two formats for standard output: give one of them a file"
                                       : fmt::format("two formats for `{}`", output.file));
      return false;
    }
    outputs_.push_back(std::move(output));
  }
  return true;
}

bool Outputs::UsesStandardOutput() const {
  return std::ranges::any_of(outputs_, [](const Output& each) { return each.file.empty(); });
}

ExitCode Outputs::Write(const Render& render, Session& session) const {
  ExitCode code = ExitCode::kGood;
  for (const Output& output : outputs_) {
    if (output.file.empty()) {
      session.out << render(output.format, WantsColor(session, session.out));
      continue;
    }
    const std::string text = render(output.format, session.color == ColorChoice::kAlways);
    code = Worse(code, WriteFile(output.file, text, session));
  }
  return code;
}

ExitCode WriteFile(const std::string& path, std::string_view text, const Session& session) {
  const auto why = Put(session.directory / path, text);
  return why ? session.Fail(fmt::format("cannot write `{}`: {}", path, *why)) : ExitCode::kGood;
}

bool WantsColor(const Session& session, const std::ostream& stream) {
  if (session.color != ColorChoice::kAuto) return session.color == ColorChoice::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const int fd = &stream == &std::cout ? STDOUT_FILENO : &stream == &std::cerr ? STDERR_FILENO : -1;
  return fd >= 0 && ::isatty(fd) == 1;
}

}  // namespace postern::cmd
