// Where bytes come from: files, directories, globs, standard input. Errors are one line for people.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "policy/source.h"

namespace postern::cmd {

inline constexpr std::size_t kPolicyBytes = std::size_t{1} << 20;
inline constexpr std::size_t kSuiteBytes = std::size_t{64} << 20;
inline constexpr std::size_t kContainerBytes = std::size_t{256} << 20;
inline constexpr std::string_view kStdinName = "<stdin>";

using ReadResult = tl::expected<std::shared_ptr<const policy::Source>, std::string>;

// One input of a command.
struct InputFile {
  std::string path;    // as diagnostics print it; "-" is standard input
  bool named = false;  // given by itself, not found in a directory or by a glob
};

struct ExpandResult {
  std::vector<InputFile> files;     // in the order of the arguments; those of one directory by name
  std::vector<std::string> others;  // files in directories that `wanted` did not want
  std::vector<std::string> errors;
};

// Reads relative to one directory. Reading files is safe from several threads; standard input is
// read once.
class Files {
 public:
  // "" = the working directory.
  Files(std::filesystem::path directory, std::istream& in, std::string stdin_name = {});

  // Whole files, at most `limit` bytes. A directory, a missing or unreadable file and a larger one
  // are errors: "`x.json`: no such file".
  ReadResult Read(const std::string& path, std::size_t limit) const;

  // A policy that the file `referrer` names: relative to its folder, or to the directory where that
  // is standard input or "" (flags).
  ReadResult ReadReferred(std::string_view path, std::string_view referrer) const;

  // Arguments -> files: a directory is recursed (names that begin with a dot are passed over), and
  // a pattern with `*`, `?`, `[` or `**` matched, unless a file of that very name exists.
  ExpandResult Expand(const std::vector<std::string>& arguments,
                      const std::function<bool(std::string_view path)>& wanted) const;

  const std::string& stdin_name() const { return stdin_name_; }
  std::filesystem::path Resolve(std::string_view path) const;
  // The same from the root on, without `.` and `..`; symbolic links are not followed.
  std::filesystem::path Absolute(std::string_view path) const;

 private:
  std::filesystem::path directory_;
  std::istream* in_;
  std::string stdin_name_;
};

bool HasSuffix(std::string_view path, std::string_view suffix);

}  // namespace postern::cmd
