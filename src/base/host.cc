#include <botocxx/base/host.h>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <system_error>

namespace botocxx::inline v1 {
namespace {

// Whole files are models, settings and parameters; a device without an end must not fill memory.
constexpr std::size_t kLargestFile = 1024UL * 1024 * 1024;

Error system_error(const char* what, const std::string& path, int code) {
  return Error(ErrorKind::kUsage, "FileAccess",
               fmt::format("{} {}: {}", what, path, std::generic_category().message(code)));
}

class SystemClock : public Clock {
 public:
  Timestamp now() const override {
    return Timestamp::from_chrono(std::chrono::system_clock::now());
  }
};

class SystemRandom : public Random {
 public:
  void fill(std::span<std::byte> out) const override {
    while (!out.empty()) {
      ssize_t got = getrandom(out.data(), out.size(), 0);
      if (got > 0) {
        out = out.subspan(static_cast<std::size_t>(got));
      } else if (errno != EINTR) {
        std::random_device device;
        for (std::byte& byte : out) byte = static_cast<std::byte>(device());
        return;
      }
    }
  }
};

class SystemEnvironment : public Environment {
 public:
  std::optional<std::string> get(std::string_view name) const override {
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return std::string(value);
  }
};

struct FileCloser {
  int descriptor;
  explicit FileCloser(int fd) : descriptor(fd) {}
  FileCloser(const FileCloser&) = delete;
  FileCloser& operator=(const FileCloser&) = delete;
  ~FileCloser() { ::close(descriptor); }
};

Result<void> write_all(int fd, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    ssize_t put = ::write(fd, content.data(), content.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return system_error("cannot write", path, errno);
    content.remove_prefix(static_cast<std::size_t>(put));
  }
  if (::fsync(fd) != 0) return system_error("cannot write", path, errno);
  return {};
}

Result<void> make_folders_above(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  std::error_code failure;
  if (!folder.empty()) std::filesystem::create_directories(folder, failure);
  if (failure) return system_error("cannot make the folder", folder, failure.value());
  return {};
}

class SystemFiles : public FileSystem {
 public:
  Status status(const std::string& path) const override {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return {};
    Status status;
    status.type = S_ISREG(info.st_mode)   ? Type::kFile
                  : S_ISDIR(info.st_mode) ? Type::kDirectory
                                          : Type::kOther;
    status.size = static_cast<std::uint64_t>(info.st_size);
    status.modified_ns = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec;
    status.identity = (static_cast<std::uint64_t>(info.st_dev) << 40) ^ info.st_ino;
    return status;
  }

  Result<std::string> read_file(const std::string& path) const override {
    int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return system_error("cannot open", path, errno);
    FileCloser closer(fd);
    struct stat info {};
    if (::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
      return system_error("cannot read", path, EISDIR);
    }
    if (info.st_size > static_cast<off_t>(kLargestFile)) {
      return system_error("cannot read", path, EFBIG);
    }
    std::string text;
    text.resize(info.st_size > 0 ? static_cast<std::size_t>(info.st_size) + 1 : 4096);
    std::size_t used = 0;
    while (true) {
      if (used == text.size()) text.resize(text.size() * 2);
      ssize_t got = ::read(fd, text.data() + used, text.size() - used);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_error("cannot read", path, errno);
      if (got == 0) break;
      used += static_cast<std::size_t>(got);
      if (used > kLargestFile) return system_error("cannot read", path, EFBIG);
    }
    text.resize(used);
    return text;
  }

  Result<std::vector<std::string>> list_directory(const std::string& path) const override {
    std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(path.c_str()), ::closedir);
    if (!directory) return system_error("cannot list", path, errno);
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(directory.get())) {
      std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<void> replace_file(const std::string& path, std::string_view content) const override {
    if (auto made = make_folders_above(path); !made) return made;
    std::string temporary = path + ".XXXXXX";
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
    if (fd < 0) return system_error("cannot write beside", path, errno);
    FileCloser closer(fd);
    auto written = write_all(fd, content, temporary);
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
      written = system_error("cannot replace", path, errno);
    }
    if (!written) ::unlink(temporary.c_str());
    return written;
  }

  Result<void> remove_file(const std::string& path) const override {
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
    return system_error("cannot remove", path, errno);
  }
};

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string expand_variables(std::string_view text, const Environment& environment) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '$') {
      out += text[i++];
      continue;
    }
    bool braced = i + 1 < text.size() && text[i + 1] == '{';
    std::size_t start = i + (braced ? 2 : 1);
    std::size_t end = start;
    while (end < text.size() && (braced ? text[end] != '}' : is_name_char(text[end]))) ++end;
    bool closed = !braced || end < text.size();
    std::size_t after = end + (braced && closed ? 1 : 0);
    auto value =
        closed && end > start ? environment.get(text.substr(start, end - start)) : std::nullopt;
    out += value ? *value : std::string(text.substr(i, after - i));
    i = after;
  }
  return out;
}

}  // namespace

Result<void> FileSystem::replace_file(const std::string& path, std::string_view) const {
  return system_error("cannot write", path, EROFS);
}

Result<void> FileSystem::remove_file(const std::string& path) const {
  return system_error("cannot remove", path, EROFS);
}

std::string make_uuid4(const Random& random) {
  std::array<std::byte, 16> bytes{};
  random.fill(bytes);
  bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte{0x40};
  bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", std::to_integer<unsigned>(bytes[i]));
  }
  return text;
}

Platform current_platform() {
  utsname names{};
  if (::uname(&names) != 0) return {};
  return {names.sysname, names.release, names.machine};
}

const Host& system_host() {
  static const SystemClock clock;
  static const SystemRandom random;
  static const SystemEnvironment environment;
  static const SystemFiles files;
  static const Host host{&clock, &random, &environment, &files};
  return host;
}

std::string home_directory(const Host& host) {
  if (auto home = host.environment->get("HOME"); home && !home->empty()) return *home;
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
    return found->pw_dir;
  }
  return {};
}

std::string expand_path(std::string_view path, const Host& host) {
  std::string text = expand_variables(path, *host.environment);
  if (text.empty() || text[0] != '~' || (text.size() > 1 && text[1] != '/')) return text;
  std::string home = home_directory(host);
  return home.empty() ? text : home + text.substr(1);
}

}  // namespace botocxx::inline v1
