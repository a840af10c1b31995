#include "cmd/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace postern::cmd {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadBlock = std::size_t{64} << 10;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string Megabytes(std::size_t bytes) { return fmt::format("{} MiB", bytes >> 20); }

std::string Because(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return "no such file";
    case EACCES:
    case EPERM:
      return "permission denied";
    case EISDIR:
      return "is a directory";
    default:
      return std::generic_category().message(error);
  }
}

tl::unexpected<std::string> Failure(std::string_view path, std::string_view why) {
  return tl::make_unexpected(fmt::format("`{}`: {}", path, why));
}

tl::expected<std::string, std::string> ReadWhole(const fs::path& path, std::string_view shown,
                                                 std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return Failure(shown, Because(errno));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return Failure(shown, Because(errno));
  if (S_ISDIR(status.st_mode)) return Failure(shown, Because(EISDIR));
  const std::string too_large = "larger than " + Megabytes(limit);
  std::string text;
  if (S_ISREG(status.st_mode)) {
    if (static_cast<std::size_t>(status.st_size) > limit) return Failure(shown, too_large);
    text.reserve(static_cast<std::size_t>(status.st_size) + 1);
  }
  for (;;) {
    const std::size_t used = text.size();
    text.resize(text.capacity() > used ? text.capacity() : used + kReadBlock);
    const ssize_t count = ::read(file.get(), text.data() + used, text.size() - used);
    if (count < 0 && errno == EINTR) {
      text.resize(used);
      continue;
    }
    if (count < 0) return Failure(shown, Because(errno));
    text.resize(used + static_cast<std::size_t>(count));
    if (text.size() > limit) return Failure(shown, too_large);
    if (count == 0) return text;
  }
}

tl::expected<std::string, std::string> ReadStream(std::istream& in, std::string_view shown,
                                                  std::size_t limit) {
  std::string text;
  while (in) {
    const std::size_t used = text.size();
    text.resize(used + kReadBlock);
    in.read(text.data() + used, static_cast<std::streamsize>(kReadBlock));
    text.resize(used + static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit) return Failure(shown, "larger than " + Megabytes(limit));
  }
  if (in.bad()) return Failure(shown, "cannot be read");
  return text;
}

bool IsPattern(std::string_view text) { return text.find_first_of("*?[") != text.npos; }

// The path as a person would write it: `./a` only where the argument began so.
std::string Shown(const fs::path& argument, const fs::path& name) {
  return argument.empty() || argument == "." ? name.string() : (argument / name).string();
}

struct Entry {
  fs::path name;
  bool directory;
};

std::vector<Entry> List(const fs::path& directory, std::error_code& error) {
  std::vector<Entry> entries;
  fs::directory_iterator it(directory, error);
  if (error) return entries;
  for (; it != fs::directory_iterator(); it.increment(error)) {
    if (error) break;
    const std::string name = it->path().filename().string();
    if (name.starts_with('.')) continue;
    std::error_code ignored;
    const fs::file_status link = it->symlink_status(ignored);
    const bool is_directory = fs::is_directory(link);
    if (is_directory || it->is_regular_file(ignored)) entries.push_back({name, is_directory});
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

class Expansion {
 public:
  Expansion(const Files& files, const std::function<bool(std::string_view)>& wanted)
      : files_(files), wanted_(wanted) {}

  void Add(const std::string& argument) {
    std::error_code error;
    const fs::path path = files_.Resolve(argument);
    const bool is_path = argument != "-";
    if (is_path && fs::is_directory(path, error)) {
      Recurse(argument);
    } else if (is_path && IsPattern(argument) && !fs::exists(fs::symlink_status(path, error))) {
      Match(argument);
    } else {
      result_.files.push_back({argument, true});
    }
  }

  ExpandResult Take() { return std::move(result_); }

 private:
  void Recurse(const fs::path& shown) {
    std::error_code error;
    const std::vector<Entry> entries = List(files_.Resolve(shown.string()), error);
    if (error) {
      result_.errors.push_back(fmt::format("`{}`: {}", shown.string(), Because(error.value())));
    }
    for (const Entry& entry : entries) {
      const std::string path = Shown(shown, entry.name);
      if (entry.directory) {
        Recurse(path);
      } else if (wanted_(path)) {
        result_.files.push_back({path, false});
      } else {
        result_.others.push_back(path);
      }
    }
  }

  void Match(const std::string& pattern) {
    std::vector<fs::path> parts;
    for (const fs::path& part : fs::path(pattern)) parts.push_back(part);
    const std::size_t before = result_.files.size();
    const fs::path start = fs::path(pattern).is_absolute() ? fs::path("/") : fs::path();
    matched_ = false;
    MatchFrom(start, parts, start.empty() ? 0 : 1);
    if (!matched_) {
      result_.errors.push_back(fmt::format("`{}`: no file matches", pattern));
      return;
    }
    const auto first = result_.files.begin() + static_cast<std::ptrdiff_t>(before);
    std::sort(first, result_.files.end(),
              [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
    const auto same = [](const InputFile& a, const InputFile& b) { return a.path == b.path; };
    result_.files.erase(std::unique(first, result_.files.end(), same), result_.files.end());
  }

  void MatchFrom(const fs::path& shown, const std::vector<fs::path>& parts, std::size_t at) {
    if (at == parts.size()) return;
    const bool last = at + 1 == parts.size();
    if (parts[at] == "**") MatchFrom(shown, parts, at + 1);
    if (!IsPattern(parts[at].string())) {
      const fs::path next = shown / parts[at];
      std::error_code error;
      if (!fs::exists(files_.Resolve(next.string()), error)) return;
      Reach(next, fs::is_directory(files_.Resolve(next.string()), error), parts, at, last);
      return;
    }
    std::error_code error;
    for (const Entry& entry : List(files_.Resolve(shown.empty() ? "." : shown.string()), error)) {
      if (parts[at] == "**") {
        if (entry.directory) MatchFrom(shown / entry.name, parts, at);
        if (last && !entry.directory) Reach(shown / entry.name, false, parts, at, true);
      } else if (::fnmatch(parts[at].c_str(), entry.name.c_str(), FNM_PERIOD) == 0) {
        Reach(shown / entry.name, entry.directory, parts, at, last);
      }
    }
  }

  void Reach(const fs::path& path, bool directory, const std::vector<fs::path>& parts,
             std::size_t at, bool last) {
    if (!last) {
      if (directory) MatchFrom(path, parts, at + 1);
      return;
    }
    matched_ = true;
    if (directory) {
      Recurse(path);
    } else if (wanted_(path.string())) {
      result_.files.push_back({path.string(), false});
    } else {
      result_.others.push_back(path.string());
    }
  }

  const Files& files_;
  const std::function<bool(std::string_view)>& wanted_;
  ExpandResult result_;
  bool matched_ = false;
};

}  // namespace

Files::Files(fs::path directory, std::istream& in, std::string stdin_name)
    : directory_(std::move(directory)),
      in_(&in),
      stdin_name_(stdin_name.empty() ? std::string(kStdinName) : std::move(stdin_name)) {}

fs::path Files::Resolve(std::string_view path) const { return directory_ / fs::path(path); }

fs::path Files::Absolute(std::string_view path) const {
  std::error_code error;
  const fs::path resolved = Resolve(path);
  const fs::path absolute = fs::absolute(resolved.empty() ? "." : resolved, error);
  const fs::path normal = (error ? resolved : absolute).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

ReadResult Files::Read(const std::string& path, std::size_t limit) const {
  const bool standard_input = path == "-";
  const std::string& shown = standard_input ? stdin_name_ : path;
  tl::expected<std::string, std::string> text =
      standard_input ? ReadStream(*in_, shown, limit) : ReadWhole(Resolve(path), shown, limit);
  if (!text) return tl::make_unexpected(std::move(text.error()));
  return std::make_shared<const policy::Source>(shown, *std::move(text));
}

ReadResult Files::ReadReferred(std::string_view path, std::string_view referrer) const {
  if (path.empty()) return tl::make_unexpected(std::string("an empty path"));
  fs::path shown(path);
  if (shown.is_relative() && !referrer.empty() && referrer != stdin_name_) {
    shown = fs::path(referrer).parent_path() / shown;
  }
  const std::string name = shown.lexically_normal().string();
  tl::expected<std::string, std::string> text = ReadWhole(Resolve(name), name, kPolicyBytes);
  if (!text) return tl::make_unexpected(std::move(text.error()));
  return std::make_shared<const policy::Source>(name, *std::move(text));
}

ExpandResult Files::Expand(const std::vector<std::string>& arguments,
                           const std::function<bool(std::string_view)>& wanted) const {
  Expansion expansion(*this, wanted);
  for (const std::string& argument : arguments) expansion.Add(argument);
  return expansion.Take();
}

bool HasSuffix(std::string_view path, std::string_view suffix) {
  return path.size() > suffix.size() && path.ends_with(suffix);
}

}  // namespace postern::cmd
