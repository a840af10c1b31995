// `-f` and `-o`: which formats go where, from one run.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/command.h"

namespace postern::cmd {

enum class Format { kText, kJson, kSarif, kJunit, kGithub, kTap, kHtml };

// What every command has.
inline constexpr std::array kTextAndJson{Format::kText, Format::kJson};

struct OutputOptions {
  std::vector<std::string> formats;
  std::vector<std::string> outputs;
  bool deterministic = false;
};
void AddOutputOptions(CLI::App& app, OutputOptions& options,
                      std::span<const Format> formats = kTextAndJson);

struct Output {
  Format format = Format::kText;
  std::string file;  // "" = standard output
};

// Where the answers of one run go. Made before the work is done, so that a wrong format costs
// nothing.
class Outputs {
 public:
  // False after having said why on `session.err`. `formats`: those that the command has.
  bool Open(const OutputOptions& options, Session& session,
            std::span<const Format> formats = kTextAndJson);
  // Whether one of them takes standard output.
  bool UsesStandardOutput() const;
  using Render = std::function<std::string(Format format, bool color)>;
  // Draws and writes each; kFailed if a file cannot be written.
  ExitCode Write(const Render& render, Session& session) const;

 private:
  std::vector<Output> outputs_;
};

// `path` from the session's directory on. kFailed after having said why it cannot be written.
ExitCode WriteFile(const std::string& path, std::string_view text, const Session& session);

// Whether what goes to `stream` is to be coloured.
bool WantsColor(const Session& session, const std::ostream& stream);

}  // namespace postern::cmd
