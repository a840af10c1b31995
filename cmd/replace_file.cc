#include "cmd/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace postern::cmd {
namespace {

bool WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// What a new file may be, by the umask of whoever runs the program.
mode_t ModeOfNewFile() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// The errno of what failed; 0 if nothing did. On the disk before it takes the place of another:
// else a power cut could leave neither.
int Fill(int fd, mode_t mode, std::string_view text) {
  const bool written = ::fchmod(fd, mode) == 0 && WriteAll(fd, text) && ::fsync(fd) == 0;
  const int error = written ? 0 : errno;
  return ::close(fd) == 0 || error != 0 ? error : errno;
}

}  // namespace

std::optional<std::string> ReplaceFile(const std::filesystem::path& path, std::string_view text) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, error);
  if (error) return error.message();
  struct stat status {};
  status.st_mode = S_IFREG | ModeOfNewFile();
  const bool is_new = ::stat(target.c_str(), &status) != 0;
  if (is_new && errno != ENOENT) return std::generic_category().message(errno);
  if (!S_ISREG(status.st_mode)) return "is not a regular file";
  if (!is_new && ::access(target.c_str(), W_OK) != 0) return std::generic_category().message(errno);

  std::string temporary = target.parent_path() / ".postern-XXXXXX";
  const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return std::generic_category().message(errno);
  // Root may leave a file with its owner; for others the two are the same, or it is refused.
  if (!is_new) static_cast<void>(!::fchown(fd, status.st_uid, status.st_gid));
  int failed = Fill(fd, status.st_mode & 07777, text);
  if (failed == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) failed = errno;
  if (failed == 0) return std::nullopt;
  ::unlink(temporary.c_str());
  return std::generic_category().message(failed);
}

}  // namespace postern::cmd
